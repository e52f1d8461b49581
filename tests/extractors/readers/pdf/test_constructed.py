"""Tables as reports set them: each constructed page is read as it was printed."""

import pytest

from extractors.readers.pdf import read_pdf
from tests.extractors.readers.pdf import constructed_cases, constructed_more, constructed_pages
from tests.extractors.readers.pdf.constructed import CASES, score

LEAST = {constructed_cases: 22, constructed_more: 10, constructed_pages: 4}  # cases each file registers


def test_each_file_registers_its_cases() -> None:
    for module, least in LEAST.items():
        assert sum(build.__module__ == module.__name__ for build in CASES.values()) >= least


@pytest.mark.parametrize("name", CASES)
def test_constructed_page_is_read_as_printed(name: str) -> None:
    right, wrong = score(CASES[name], lambda data: read_pdf(data, name="case.pdf"))
    assert right == 1.0, wrong

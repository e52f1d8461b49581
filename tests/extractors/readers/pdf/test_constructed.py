"""Tables as reports set them: each constructed page is read as it was printed."""

import pytest

from extractors.readers.pdf import read_pdf
from tests.extractors.readers.pdf import constructed_cases, constructed_pages  # noqa: F401 -- register the cases
from tests.extractors.readers.pdf.constructed import CASES, score


@pytest.mark.parametrize("name", CASES)
def test_constructed_page_is_read_as_printed(name: str) -> None:
    right, wrong = score(CASES[name], lambda data: read_pdf(data, name="case.pdf"))
    assert right == 1.0, wrong

"""Long runs of one letter, figure or sign: patterns that try all ways to split one would never end on these."""

import pytest

from extractors import extract_claims, read
from extractors.claims.tables.statements import NOTE_HEAD
from extractors.readers.pdf.charts.figures import figure_of

LINES = [
    "-" * 80 + "x",
    "-- " * 40 + "x",
    "ACGT" * 60 + "9",
    "1" * 400 + " a b",
    "(see " * 80,
    "|" * 80,
    "Note no. " * 40 + "x",
]


@pytest.mark.parametrize("line", LINES, ids=[line[:9] for line in LINES])
def test_a_document_with_a_long_run_is_read(line: str) -> None:
    text = f"{line} | {line}\n{line} | 1\n\n青海電機株式会社の2024年度の売上高は120億円となった。\n"
    for name in ("run.md", "run.txt"):
        document = read(text.encode(), name=name)
        assert all(document.quote(claim.span) for claim in extract_claims(document).claims)
        assert "120億円" in {claim.value_as_written for claim in extract_claims(document).claims}


def test_a_long_number_is_no_data_label_and_long_notes_no_head() -> None:
    assert figure_of("1" * 60 + " a b") is None
    assert NOTE_HEAD.match("Note no. " * 40 + "x") is None

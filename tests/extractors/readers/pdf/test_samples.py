"""The laws of a document on the sample PDFs: spans, boxes, characters covered, cells."""

from functools import cache
from pathlib import Path

import pytest

from extractors.readers.pdf import read_pdf
from schemas import Document

SAMPLES = sorted(p for p in (Path(__file__).parents[4] / "raw" / "samples").glob("*.pdf") if "scan" not in p.name)


@cache
def _read(path: Path) -> Document:
    return read_pdf(path.read_bytes(), name=path.name)


@pytest.fixture(params=SAMPLES, ids=lambda p: p.name)
def document(request: pytest.FixtureRequest) -> Document:
    return _read(request.param)


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 3


def test_every_character_is_on_a_page(document: Document) -> None:
    covered = [False] * len(document.text)
    for before, run in zip([None, *document.layout], document.layout, strict=False):
        assert before is None or before.span.end <= run.span.start
        covered[run.span.start : run.span.end] = [True] * (run.span.end - run.span.start)
    bare = {c for c, done in zip(document.text, covered, strict=True) if not done}
    assert bare <= {" ", "\n", "\t", "\u2009"}


def test_boxes_lie_on_their_page(document: Document) -> None:
    sizes = {p.number: (p.width, p.height) for p in document.pages}
    for run in document.layout:
        width, height = sizes[run.box.page]
        assert -2 <= run.box.x0 <= run.box.x1 <= width + 2 and -2 <= run.box.top < run.box.bottom <= height + 2


def test_blocks_tile_the_text_in_order(document: Document) -> None:
    place = 0
    for block in document.blocks:
        assert place <= block.span.start < block.span.end
        assert not document.text[place : block.span.start].strip()
        place = block.span.end


def test_cells_are_what_their_spans_quote(document: Document) -> None:
    for table in document.tables:
        for cell in table.cells:
            assert cell.text == " ".join(document.quote(s) for s in cell.spans)
            assert all(table.span.start <= s.start and s.end <= table.span.end for s in cell.spans)


def test_nothing_is_alarming_in_clean_documents(document: Document) -> None:
    assert document.tables and not [t.alarms for t in document.tables if t.alarms]
    assert not document.issues

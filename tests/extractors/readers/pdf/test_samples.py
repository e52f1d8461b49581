"""The laws of a document on the sample PDFs: spans, boxes, characters covered, cells."""

import pytest

from schemas import Document
from tests.samples import SAMPLES, sample

PAGED = sorted(path.name for path in SAMPLES.glob("*.pdf") if "scan" not in path.name)


@pytest.fixture(params=PAGED)
def document(request: pytest.FixtureRequest) -> Document:
    return sample(request.param)


def test_there_are_samples() -> None:
    assert len(PAGED) >= 3


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

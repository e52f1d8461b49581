"""Laws that hold for every document a text reader gives."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from schemas import BlockKind, Document, Span


def letters(text: str) -> str:
    return re.sub(r"[\s\\]+", "", unescape(text))


def without(document: Document, span: Span) -> str:
    """The text of a span with marks and breaks left out."""
    out, at = [], span.start
    for gap in sorted((*document.marks, *document.breaks), key=lambda s: s.start):
        if gap.end <= span.start or gap.start >= span.end:
            continue
        out.append(document.text[at : max(at, gap.start)])
        at = max(at, gap.end)
    out.append(document.text[at : span.end])
    return "".join(out)


def check_spans(document: Document) -> None:
    """Every span lies in the text; blocks are in order and do not overlap; tables match their grid."""
    length = len(document.text)
    last = 0
    for index, block in enumerate(document.blocks):
        assert last <= block.span.start < block.span.end <= length, (index, block)
        last = block.span.end
        assert all(i < index for i in block.heading_path)
        assert all(document.blocks[i].kind in (BlockKind.HEADING, BlockKind.TITLE) for i in block.heading_path)
        assert block.parent is None or block.parent < index
        if block.marker:
            assert block.span.start <= block.marker.start <= block.marker.end <= block.span.end
        assert (block.table is not None) == (block.kind is BlockKind.TABLE)
    for spans in (document.marks, document.breaks):
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(s.end <= length for s in spans)
    check_tables(document)


def check_tables(document: Document) -> None:
    for table in document.tables:
        assert table.header_rows <= table.rows
        assert table.header_columns <= table.columns
        taken: set[tuple[int, int]] = set()
        for cell in table.cells:
            assert cell.last_row < table.rows
            assert cell.last_column < table.columns
            places = {
                (r, c) for r in range(cell.row, cell.last_row + 1) for c in range(cell.column, cell.last_column + 1)
            }
            assert not places & taken
            taken |= places
            assert bool(cell.text) == bool(cell.spans)
            for span in cell.spans:
                assert table.span.start <= span.start <= span.end <= table.span.end
            assert letters(cell.text) == letters("".join(without(document, s) for s in cell.spans)), cell


def uncovered(document: Document) -> str:
    """The text that no block holds and that is no markup: what the reader lost."""
    covered = [b.span for b in document.blocks] + list(document.marks) + list(document.breaks)
    out, at = [], 0
    for span in sorted(covered, key=lambda s: (s.start, s.end)):
        out.append(document.text[at : max(at, span.start)])
        at = max(at, span.end)
    return "".join([*out, document.text[at:]])

"""Footnotes: small lines at the foot of a page that start with a mark, and the raised marks that point to them."""

from __future__ import annotations

import re

from extractors.readers.pdf.structure import FlowBlock
from schemas import BlockKind

MARK = re.compile(
    r"^(?:[⁰¹²³⁴-⁹]{1,3}[)）]?|[*＊†‡§]{1,3}|"
    r"[0-9]{1,2}(?=[\s　]|[^\x00-\x7f])|[(（]?[注脚][0-9０-９]{1,2}[)）]?)[\s　:：.．]*"
)
EXPONENT = re.compile(r"(?:(?<![A-Za-z])(?:[kcm]?m|ft|in|s)|10)$")


def name_footnotes(blocks: list[FlowBlock], body: float, height: float) -> None:
    """Turn the small blocks at the foot of a page into footnotes; `height` is the page's, in points.

    Footnotes are a run at the end of the page, smaller than the body text; the first of them starts with a mark, and
    what follows without one (a list of references) belongs to the note above it.
    """
    start = len(blocks)
    while start and _may_be_note(blocks[start - 1], body, height):
        start -= 1
    marked = [i for i in range(start, len(blocks)) if _mark(blocks[i])]
    if not marked:
        return
    top = blocks[marked[0]].lines[0].box[1]
    for block in blocks[marked[0] :]:
        if block.lines[0].box[1] < top - 1:
            continue
        if block.kind is not BlockKind.NOTE or _mark(block):
            block.kind = BlockKind.FOOTNOTE
            block.marker = _mark(block)


def _may_be_note(block: FlowBlock, body: float, height: float) -> bool:
    small = block.style[0] <= 0.93 * body or block.lines[0].main.size <= 0.93 * body
    low = block.lines[0].box[1] > 0.35 * height
    return small and low and block.kind not in (BlockKind.TITLE, BlockKind.CAPTION)


def _mark(block: FlowBlock) -> int:
    """Return the length of the mark a block starts with, 0 where there is none."""
    segment = block.lines[0].segments[0]
    match = MARK.match(segment.text)
    if match:
        return match.end()
    return segment.marks[0][1] if segment.marks and segment.marks[0][0] == 0 else 0


def is_exponent(before: str) -> bool:
    """Say whether a raised number after `before` is a power (m², 10⁶) rather than a footnote mark."""
    return bool(EXPONENT.search(before))

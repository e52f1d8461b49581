"""Captions that run on: the number of a table on a line of its own and its title below, a title over several lines.

Table A-1.
Households by Region: 2015 and 2019      a heading by its print, and yet the caption's own words
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas import Block, BlockKind, Span

_BARE = re.compile(r"\W*[^\W\d_]{1,8}\.?\s*(?:[A-Z]{1,2}[-.]?)?\d{1,3}(?:[-.–]\d{1,3})*[a-z]?\W*")  # Table A-1., 図表 3
_OPEN = re.compile(r"(?:[,:\-–—]|\b(?:and|or|of|by|in|for|the|to|with|from))\s*$")
_OF_CAPTION = (BlockKind.HEADING, BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.CAPTION)
_MOST_LINES, _LONGEST = 3, 200


def whole_caption(text: str, blocks: Sequence[Block], caption: Span, table: int) -> Span:
    """Return the caption of a table with the blocks right behind it, and over the table, that go on with it."""
    first = next((i for i, b in enumerate(blocks) if b.span == caption), None)
    if first is None:
        return caption
    end, last = caption.end, blocks[first]
    for block in blocks[first + 1 : first + 1 + _MOST_LINES]:
        said = text[caption.start : end].rstrip()
        if block.page != last.page or not _goes_on(said, block, text) or not _is_over(block, last):
            break
        end, last = block.span.end, block
    over = any(b.table == table and b.span.start >= end for b in blocks[first:])  # not below the table
    return Span(start=caption.start, end=end) if over else caption


def _goes_on(said: str, block: Block, text: str) -> bool:
    """Say whether a block goes on with a caption: its title behind a bare number, its next line behind an open one."""
    words = text[block.span.start : block.span.end].strip()
    if (
        block.table is not None
        or block.kind not in _OF_CAPTION
        or len(words) > _LONGEST
        or re.search(r"\w{3}[.。]$", words)
    ):
        return False
    if _BARE.fullmatch(said):
        return not _BARE.fullmatch(words)
    return (
        _OPEN.search(said) is not None
        or words[:1].islower()
        or words[:1] in "(（"
        or bool(re.match(r"[12]\d{3}\b", words))
    )


def _is_over(block: Block, caption: Block) -> bool:
    """Say whether a block stands right below the caption in the same column of the page, or right behind its number."""
    if not block.boxes or not caption.boxes:
        return False
    a, b = block.boxes[0], caption.boxes[-1]
    height = b.bottom - b.top
    behind = abs(a.top - b.top) < 0.5 * height and 0 <= a.x0 - b.x1 < 8 * height
    return behind or (a.x0 < b.x1 and b.x0 < a.x1 and b.top <= a.top <= b.bottom + 2.5 * height)

"""What stands around a chart: title, unit note and source; they may be farther off than those of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.pdf.charts.labels import around
from extractors.readers.pdf.structure import FlowBlock
from extractors.readers.pdf.tables.around import BRACKETED, UNIT_WORD
from extractors.readers.pdf.tables.grid import Rect
from extractors.readers.roles import is_caption, is_source_line
from extractors.readers.tableheads import find_unit_note
from schemas import BlockKind

BARE = re.compile(r"[^\W\d_]{1,8}[.．]?\s*[\dIVX.\-－]+\s*[:：.．]?")  # "Figure 2." without a title
REACH = 6.0  # lines
LEFT = 90.0  # points by which a title or unit note may begin left of the plot, where the axis stands
MOST = 3  # title lines over a chart
WORDS = 2  # characters of a title at least
Bound = tuple[FlowBlock | None, FlowBlock | None, FlowBlock | None]


def chart_neighbours(blocks: Sequence[FlowBlock], box: Rect, others: Sequence[Rect]) -> Bound:
    """Return the title, the block that holds the unit note and the source line of a chart at `box`, or None for each.

    `others` are the boxes of other tables and charts; nothing beyond one of them is bound.
    """
    texts = [b for b in blocks if b.kind is not BlockKind.AXIS and _stands_by(bounds(b), box, others)]
    far = 0.5 * (box[3] - box[1])
    above = sorted((b for b in texts if _gap(b, box, -1, far) and not _cut(bounds(b), box, others)), key=_foot)
    below = sorted((b for b in texts if _gap(b, box, 1, far) and not _cut(bounds(b), box, others)), key=_top)
    source = next((b for b in below if is_source_line(_text(b))), None)
    titles, unit = _titles(above)
    named = [b for b in titles if is_caption(_text(b))] or [b for b in below[:2] if is_caption(_text(b))]
    full = [b for b in named if not BARE.fullmatch(_text(b))]
    caption = next(iter([*full, *(b for b in titles if b not in named), *named]), None)
    return caption, unit or _unit_in(caption), source


def _titles(above: Sequence[FlowBlock]) -> tuple[list[FlowBlock], FlowBlock | None]:
    """Return the title lines directly over a chart, the nearest first, and the block with its unit note."""
    titles: list[FlowBlock] = []
    unit: FlowBlock | None = None
    for block in reversed(above):
        words, holds = _parted(block)
        if holds and unit is None:
            unit = block
        if words >= WORDS:
            if not (_is_title(block) or _numbered(block, above)) or len(titles) == MOST:
                break
            titles.append(block)
    return titles, unit


def bounds(block: FlowBlock) -> Rect:
    """Return the box around a block."""
    return around([line.box for line in block.lines])


def _unit_in(block: FlowBlock | None) -> FlowBlock | None:
    return block if block is not None and _parted(block)[1] else None


def _parted(block: FlowBlock) -> tuple[int, bool]:
    """Return how many letters a block has besides a unit note, and whether it has one."""
    text = _text(block)
    place = find_unit_note(text)
    if place is None:
        if BRACKETED.fullmatch(text) and UNIT_WORD.search(text):
            return 0, True
        return sum(c.isalnum() for c in text), False
    return sum(c.isalnum() for c in text[: place[0]] + text[place[1] :]), True


def _is_title(block: FlowBlock) -> bool:
    text = _text(block)
    plain = block.kind not in (BlockKind.FOOTNOTE, BlockKind.LIST_ITEM, BlockKind.NOTE)
    short = len(text) < (90 if text.isascii() else 60) and (
        len(block.lines) == 1 or block.kind in (BlockKind.HEADING, BlockKind.CAPTION) or block.style[1]
    )
    return plain and short and not text.endswith(("。", "．", "."))


def _numbered(block: FlowBlock, above: Sequence[FlowBlock]) -> bool:
    """Say whether "Figure 2:" stands alone on the line where a block begins: the block is the title, however long."""
    x0, top, *_ = bounds(block)
    marks = [bounds(b) for b in above if BARE.fullmatch(_text(b))]
    return len(block.lines) <= 3 and any(abs(m[1] - top) < 3 and m[2] <= x0 for m in marks)


def _text(block: FlowBlock) -> str:
    return " ".join([line.text for line in block.lines]).strip()


def _overlaps(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] and a[2] > b[0]


def _stands_by(block: Rect, box: Rect, others: Sequence[Rect]) -> bool:
    """Say whether a block stands over or under a chart, or begins left of it where there is no other table."""
    wider = (box[0] - LEFT, box[1], box[2], box[3])
    return _overlaps(block, box) or (_overlaps(block, wider) and not any(_overlaps(block, o) for o in others))


def _gap(block: FlowBlock, box: Rect, side: int, far: float) -> bool:
    """Say whether a block stands above (-1) or below (1) a box, near enough to be bound to it."""
    own = bounds(block)
    gap = box[1] - own[3] if side < 0 else own[1] - box[3]
    size = block.lines[0].main.size
    return -0.6 * size <= gap <= max(far, REACH * size)


def _cut(block: Rect, box: Rect, others: Sequence[Rect]) -> bool:
    """Say whether another table or chart stands between a block and a chart."""
    low, high = (block[3], box[1]) if block[3] <= box[1] + 3 else (box[3], block[1])
    return any(_overlaps(o, box) and o[1] >= low - 3 and o[3] <= high + 3 for o in others)


def _foot(block: FlowBlock) -> float:
    return bounds(block)[3]


def _top(block: FlowBlock) -> float:
    return bounds(block)[1]

"""What stands around a table: caption, unit note and source line, found by place and wording."""

from __future__ import annotations

import re

from extractors.readers.pdf.structure import FlowBlock
from extractors.readers.pdf.tables.grid import Rect
from extractors.readers.roles import is_caption, is_source_line
from extractors.readers.tableheads import find_unit_note
from schemas import BlockKind

BRACKETED = re.compile(r"[(（\[［【〔<＜].{1,80}[)）\]］】〕>＞]")
UNIT_WORD = re.compile(r"[$€£¥￥%％]|million|thousand|billion|crore|lac|lakh|円|ドル|千|百万|億|人|株", re.IGNORECASE)
REACH = 4.5  # lines between a table and what is bound to it


def neighbours(blocks: list[FlowBlock], box: Rect) -> tuple[FlowBlock | None, FlowBlock | None, FlowBlock | None]:
    """Return the caption, the block that holds the unit note and the source line of a table at `box`, or None."""
    above = sorted((b for b in blocks if _over(b, box)), key=lambda b: -_bounds(b)[3])
    below = sorted((b for b in blocks if _under(b, box)), key=lambda b: _bounds(b)[1])
    unit = next((b for b in above if find_unit_note(_text(b))), None)
    unit = unit or next((b for b in above[:2] if BRACKETED.fullmatch(_text(b)) and UNIT_WORD.search(_text(b))), None)
    caption = next((b for b in above if is_caption(_text(b))), None) or _titled(above, unit)
    caption = caption or next((b for b in below if is_caption(_text(b))), None)
    source = next((b for b in below if is_source_line(_text(b))), None)
    return caption, unit, source


def _titled(above: list[FlowBlock], unit: FlowBlock | None) -> FlowBlock | None:
    """Return the short line directly above the table (past its unit note), a heading included, or None."""
    for block in above:
        if block is unit and (len(_text(block)) < 30 or BRACKETED.fullmatch(_text(block))):
            continue
        text = _text(block)
        short = len(block.lines) == 1 and len(text) < 60 and not text.endswith(("。", "．", "."))
        return block if short and block.kind not in (BlockKind.FOOTNOTE, BlockKind.LIST_ITEM) else None
    return None


def _text(block: FlowBlock) -> str:
    return " ".join([line.text for line in block.lines]).strip()


def _bounds(block: FlowBlock) -> Rect:
    boxes = [line.box for line in block.lines]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _over(block: FlowBlock, box: Rect) -> bool:
    x0, _, x1, bottom = _bounds(block)
    reach = REACH * block.lines[-1].main.size
    return box[1] - reach <= bottom <= box[1] + 3 and x0 < box[2] and x1 > box[0]


def _under(block: FlowBlock, box: Rect) -> bool:
    x0, top, x1, _ = _bounds(block)
    reach = REACH * block.lines[0].main.size
    return box[3] - 3 <= top <= box[3] + reach and x0 < box[2] and x1 > box[0]

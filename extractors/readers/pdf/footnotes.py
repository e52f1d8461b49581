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
    """Turn the small marked blocks at the foot of a page into footnotes; `height` is the page's, in points.

    Footnotes are a run at the end of the page: each starts with a mark, smaller than the body text.
    """
    for block in reversed(blocks):
        if not isinstance(block, FlowBlock):
            return
        line = block.lines[0]
        small = block.style[0] <= 0.93 * body or line.main.size <= 0.93 * body
        raised = bool(line.segments[0].marks) and line.segments[0].marks[0][0] == 0
        if block.kind in (BlockKind.TITLE, BlockKind.CAPTION) or not small or line.box[1] < 0.35 * height:
            return
        match = MARK.match(line.segments[0].text)
        if match is None and not raised:
            if block.kind is BlockKind.NOTE:
                continue
            return
        block.kind = BlockKind.FOOTNOTE
        block.marker = match.end() if match else line.segments[0].marks[0][1]


def is_exponent(before: str) -> bool:
    """Say whether a raised number after `before` is a power (m², 10⁶) rather than a footnote mark."""
    return bool(EXPONENT.search(before))

"""What a page break cut in two put together again: paragraphs, tables with or without repeated header."""

from __future__ import annotations

import re

from extractors.readers.pdf.pages import Flow, FlowTable, PageFlow
from extractors.readers.pdf.structure import LIST_MARK, SENTENCE_END, FlowBlock
from extractors.readers.pdf.tables.alarms import TOTAL
from extractors.readers.pdf.tables.grid import Grid, GridCell
from extractors.readers.pdf.tables.headers import cell_roles
from extractors.readers.pdf.tables.words import is_filler
from schemas import BlockKind

AFTER = (BlockKind.FOOTNOTE, BlockKind.NOTE)
CONTINUED = re.compile(r"続き|続く|つづき|\(続\)|（続）|cont(?:inued|['’]d|\.)", re.IGNORECASE)


def join_pages(flows: list[PageFlow]) -> None:
    """Move what continues a page's last paragraph or table from the next page to where it started, in place."""
    for i in range(len(flows) - 1, 0, -1):
        before, after = flows[i - 1], flows[i]
        last = next((b for b in reversed(before.flow) if not _aside(b)), None)
        if last is None or not after.flow:
            continue
        first = after.flow[0]
        if isinstance(last, FlowBlock) and isinstance(first, FlowBlock):
            if _same_paragraph(last, first):
                for line in first.lines:
                    line.frame = line.frame or after.frame
                last.lines.extend(first.lines)
                del after.flow[0]
        elif isinstance(last, FlowTable):
            _join_table(last, after)


def _aside(block: Flow) -> bool:
    return isinstance(block, FlowBlock) and block.kind is BlockKind.FOOTNOTE


def _same_paragraph(last: FlowBlock, first: FlowBlock) -> bool:
    if first.kind is not BlockKind.PARAGRAPH or last.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
        return False
    end, start = last.lines[-1], first.lines[0]
    text = end.text.rstrip()
    if not text or text[-1] in SENTENCE_END or LIST_MARK.match(start.text) or start.text[:1] == "　":
        return False
    size = end.main.size
    full = end.box[2] >= end.right - 2.2 * size and end.box[2] - end.box[0] > 10 * size
    return full and abs(start.main.size - size) < 0.5 and start.box[0] <= start.left + 0.6 * size


def _join_table(upper: FlowTable, after: PageFlow) -> None:
    place = next((k for k, b in enumerate(after.flow[:3]) if isinstance(b, FlowTable)), None)
    if place is None:
        return
    lower = after.flow[place]
    between = after.flow[:place]
    if not isinstance(lower, FlowTable) or not all(isinstance(b, FlowBlock) and _says_again(b, upper) for b in between):
        return
    if _ended(upper):
        return
    shared = _shared_header(upper.grid, lower.grid)
    if shared is None or len(upper.parts) + len(lower.parts) > 200:
        return
    _append(upper, lower, shared)
    upper.parts.extend(lower.parts)
    upper.source = upper.source or lower.source
    del after.flow[place]


def _ended(table: FlowTable) -> bool:
    """Say whether a table ends on its page: with a total, or well above the page's foot."""
    frame, grid = table.parts[-1]
    last = min((c for c in grid.cells if c.row == grid.rows - 1), key=lambda c: c.column, default=None)
    total = last is not None and TOTAL.match(re.sub(r"\s", "", last.text)) is not None
    return total or grid.box[3] < 0.55 * frame.size[1]


def _says_again(block: FlowBlock, table: FlowTable) -> bool:
    """Say whether a line above the second part of a table repeats what stands above the first, or that it goes on."""
    if len(block.lines) != 1:
        return False
    text = re.sub(r"\s", "", block.text)
    repeated = [re.sub(r"\s", "", b.text) for b in (table.caption, table.unit) if b is not None]
    return bool(CONTINUED.search(block.text)) or text in repeated


def _shared_header(upper: Grid, lower: Grid) -> int | None:
    """Return how many rows of the lower grid repeat the upper header, or None where the two are different tables."""
    if upper.columns != lower.columns or upper.columns < 2:
        return None
    cell_roles(upper)
    cell_roles(lower)
    head = _texts(upper, upper.header_rows)
    if len(head) > 1 and head == _texts(lower, upper.header_rows):
        return upper.header_rows
    a, b = _edges(upper), _edges(lower)
    width = max(1.0, upper.box[2] - upper.box[0])
    if any(abs(x - y) > 0.05 * width for x, y in zip(a, b, strict=False)):
        return None
    if lower.header_rows == 0 and upper.header_rows:
        return 0
    return 0 if upper.header_rows and _like_body(upper, lower) else None


def _like_body(upper: Grid, lower: Grid) -> bool:
    """Say whether the first row of a grid is set as the last of the upper one: its figures where that has figures."""
    last = {c.column: c.text for c in upper.filled() if c.row == upper.rows - 1}
    first = {c.column: c.text for c in lower.filled() if c.row == 0}
    head = {c.column: c.text for c in upper.filled() if c.row < upper.header_rows}
    alike = set(last) == set(first) and all(_shape(last[k]) == _shape(first[k]) for k in last)
    telling = sum(bool(_shape(first[k])) and _shape(first[k]) != _shape(head.get(k, "")) for k in first)
    return alike and telling >= 1


def _shape(text: str) -> str:
    """Return a text's outline: figures as 9, letters left out where there are figures; nothing without figures."""
    if is_filler(text.strip()):
        return "9"
    plain = re.sub(r"[0-9０-９][0-9０-９,，.．]*", "9", re.sub(r"\s", "", text))
    return "".join(c for c in plain if c == "9") if "9" in plain else ""


def _edges(grid: Grid) -> list[float]:
    lows: dict[int, float] = {}
    for cell in grid.cells:
        lows[cell.column] = min(lows.get(cell.column, 1e9), cell.box[0])
    return [lows[k] for k in sorted(lows)]


def _texts(grid: Grid, rows: int) -> list[tuple[int, int, str]]:
    return [(c.row, c.column, re.sub(r"\s", "", c.text)) for c in grid.filled() if c.row < rows]


def _append(upper: FlowTable, lower: FlowTable, shared: int) -> None:
    """Put the rows of `lower` under those of `upper`; its repeated header is kept as text without cells."""
    offset = upper.grid.rows - shared
    head = [c for c in lower.grid.cells if c.row < shared and c.lines]
    body: list[GridCell] = [c for c in lower.grid.cells if c.row >= shared]
    upper.dropped.update({row + offset: cells for row, cells in lower.dropped.items()})
    for cell in body:
        cell.row += offset
        cell.last_row += offset
    if head and body:
        upper.dropped[min(c.row for c in body)] = sorted(head, key=lambda c: (c.row, c.column))
    upper.grid.cells.extend(body)
    upper.grid.alarms = sorted({*upper.grid.alarms, *lower.grid.alarms} - {"total-does-not-add-up"})
    upper.grid.score = min(upper.grid.score, lower.grid.score)

"""Judging filled grids: how many cells are plainly wrong, and whether a grid is a table at all."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.readers.pdf.builder import Piece
from extractors.readers.pdf.tables.grid import Grid, GridCell, Rect, line_text
from extractors.readers.pdf.tables.words import Word, is_filler, is_number

TORN = re.compile(r"^[,，.．]\s?\d|\d[,，]$|^\d{1,3}\s[,，]")


def numbers_in(cell: GridCell) -> list[str]:
    """Return the figures that stand alone in a cell, word by word."""
    return [w for line in cell.lines for w in line_text(line).split() if is_number(w)]


def crowded(cell: GridCell) -> bool:
    """Say whether a cell holds several figures that a finer grid would part: under one another, or far apart."""
    lines = [line_text(line).split() for line in cell.lines]
    alone = [line for line in lines if line and all(is_number(w) or is_filler(w) for w in line)]
    if len(alone) >= 2:
        return True
    return any(_apart(line) for line in cell.lines)


def _apart(line: list[Piece]) -> bool:
    """Say whether a line holds two figures more than an em apart."""
    figures = [p for p in line if is_number(p.text.strip())]
    return any(b.x0 - a.x1 > p_size(a) for a, b in pairwise(figures))


def p_size(piece: Piece) -> float:
    """Return the type size of a piece."""
    return piece.segment.size


def loose_rows(grid: Grid, finer: Grid) -> int:
    """Count rows of `grid` that `finer` parts and whose label and figures stand on the same baselines."""
    count = 0
    for r in range(grid.rows):
        cells = [c for c in grid.filled() if c.row == c.last_row == r]
        if len(cells) < 2 or len(cells[0].lines) < 2:
            continue
        label = {round(line[0].segment.baseline) for line in cells[0].lines}
        others = [{round(line[0].segment.baseline) for line in c.lines} for c in cells[1:]]
        top, bottom = cells[0].box[1], cells[0].box[3]
        parted = {c.row for c in finer.filled() if top <= (c.box[1] + c.box[3]) / 2 <= bottom}
        count += all(o <= label for o in others) and len(parted) > 1
    return count


def defects(grid: Grid, words: list[Word]) -> float:
    """Return a count of what is wrong with a filled grid: crowded cells, torn figures, words it leaves out."""
    inside = sum(len(line_text(line).split()) for c in grid.cells for line in c.lines)
    near = sum(_within(grid.box, w) for w in words)
    wrong = sum(2.0 * crowded(c) + bool(TORN.search(c.text)) for c in grid.cells if c.lines)
    return wrong + max(0, near - inside) * 0.5


def _within(box: Rect, word: Word) -> bool:
    x, y = word.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def share(a: Rect, b: Rect) -> float:
    """Return the part of rectangle `a` that lies in `b`."""
    area = (a[2] - a[0]) * (a[3] - a[1])
    if area <= 0:
        return 0.0
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1])) / area


def is_table(grid: Grid) -> bool:
    """Say whether a filled grid of drawn lines is a table of its own right, not a box around text."""
    filled = grid.filled()
    if grid.rows < 2 or grid.columns < 2 or len(filled) < 4:
        return False
    if _cut_text(grid) > 0.2:
        return False
    rows = {c.row for c in filled}
    columns = {c.column for c in filled}
    full = [r for r in rows if sum(c.row == r for c in filled) >= 2]
    dense = len(filled) >= (0.3 if grid.unruled else 0.5) * len(grid.cells)
    return len(columns) >= 2 and len(full) >= 2 and dense


def _cut_text(grid: Grid) -> float:
    """Return the part of neighbouring cells between which running text goes on: boxes drawn around words of a text."""
    pairs = cut = 0
    ordered = grid.filled()
    for a, b in pairwise(ordered):
        if a.row != b.row or b.column <= a.column:
            continue
        pairs += 1
        left, right = a.lines[-1][-1], b.lines[0][0]
        same = abs(left.segment.baseline - right.segment.baseline) < 0.3 * p_size(left)
        cut += same and left.segment is right.segment and right.x0 - left.x1 < 0.6 * p_size(left)
    return cut / pairs if pairs else 0.0


def compress(grid: Grid) -> Grid:
    """Take out the rows and columns in which no entry stands alone: gaps between double lines, empty rows."""
    for axis in (0, 1):
        count = (grid.rows, grid.columns)[axis]
        for place in reversed(range(count)):
            spans = [_extent(c, axis) for c in grid.cells if c.lines]
            if (place, place) not in spans and (grid.rows, grid.columns)[axis] > 2:
                _take_out(grid, axis, place)
    return grid


def _extent(cell: GridCell, axis: int) -> tuple[int, int]:
    return (cell.row, cell.last_row) if axis == 0 else (cell.column, cell.last_column)


def _take_out(grid: Grid, axis: int, place: int) -> None:
    kept = []
    for cell in grid.cells:
        first, last = _extent(cell, axis)
        if first == last == place:
            continue
        first, last = first - (first > place), last - (last >= place)
        if axis == 0:
            cell.row, cell.last_row = first, last
        else:
            cell.column, cell.last_column = first, last
        kept.append(cell)
    grid.cells = kept


def trim_ruled(grid: Grid) -> Grid:
    """Take title and note rows, one cell over the whole width, off the top and the bottom of a grid of drawn lines."""
    while grid.rows > 2 and _lone(grid, 0):
        _drop_row(grid, 0)
    while grid.rows > 3 and _lone(grid, grid.rows - 1) and len(grid.cells[-1].text) > 30:
        _drop_row(grid, grid.rows - 1)
    return grid


def _lone(grid: Grid, row: int) -> bool:
    """Say whether a row is one cell over the whole width, or at the top nothing but a last cell (a date, a unit)."""
    cells = [c for c in grid.cells if c.row <= row <= c.last_row]
    if any(c.row != c.last_row for c in cells) or grid.columns < 2:
        return False
    filled = [c for c in cells if c.lines]
    if row == 0 and len(filled) == 1 and len(cells) > 1:
        return filled[0].last_column == grid.columns - 1 and grid.columns > 2
    return len(cells) == 1 and bool(filled)


def _drop_row(grid: Grid, row: int) -> None:
    gone = [c for c in grid.cells if c.row == row]
    grid.cells = [c for c in grid.cells if c.row != row]
    for cell in grid.cells:
        if cell.row > row:
            cell.row -= 1
            cell.last_row -= 1
    x0, top, x1, bottom = grid.box
    grid.box = (x0, gone[0].box[3], x1, bottom) if row == 0 else (x0, top, x1, gone[0].box[1])

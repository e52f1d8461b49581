"""Header rows and columns of a grid, and the role of each cell."""

from __future__ import annotations

import re

from extractors.readers.pdf.tables.grid import Grid
from extractors.readers.pdf.tables.words import is_number
from extractors.readers.tableheads import Heads, find_heads, role
from schemas import CellRole, TableKind


def cell_roles(grid: Grid) -> dict[int, CellRole]:
    """Set the grid's header rows and columns; return the role of each cell by its `id()`."""
    texts = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for r in range(cell.row, cell.last_row + 1):
            for c in range(cell.column, cell.last_column + 1):
                texts[r][c] = cell.text
    heads = find_heads(texts) if not grid.method.startswith("chart") else Heads(grid.header_rows, 1)
    grid.header_rows, grid.header_columns = heads.rows, heads.columns
    whole = grid.columns - 1
    return {id(c): role(c.row, c.column, heads, whole_row=c.column == 0 and c.last_column == whole) for c in grid.cells}


_NUMBERED = re.compile(r"\d{1,3}\.\d{1,3}\s?(?:\([a-z\d]{1,3}\))?[^\w.]*")  # of an exhibit: 10.38#
_LEAST_NUMBERED = 3


def table_kind(grid: Grid) -> TableKind:
    """Say whether a grid is a table of values or boxes of a diagram.

    A body without lines and figures is a diagram under heads. Boxes have no header row, hardly a figure, and rows of
    one cell over the whole width or texts too long for entries.
    """
    if grid.method.startswith("chart"):
        return TableKind.CHART
    cells = grid.filled()
    cell_roles(grid)
    figures = sum(is_number(c.text) for c in cells)
    if grid.unruled and figures <= 0.15 * len(cells):
        return TableKind.LAYOUT
    if grid.header_rows or figures > 0.15 * len(cells) or not cells:
        return TableKind.DATA
    first = [c.text.strip() for c in cells if c.column == 0 and c.last_column == 0]
    if len(first) >= _LEAST_NUMBERED and sum(bool(_NUMBERED.fullmatch(text)) for text in first) * 3 >= len(first) * 2:
        return TableKind.DATA
    whole = sum(c.column == 0 and c.last_column == grid.columns - 1 for c in cells)
    long = sum(len(c.text) for c in cells) / len(cells) > 40
    return TableKind.LAYOUT if whole >= 0.3 * grid.rows or (long and grid.columns <= 2) else TableKind.DATA

"""Header rows and columns of a grid, and the role of each cell."""

from __future__ import annotations

from extractors.readers.pdf.tables.grid import Grid
from extractors.readers.tableheads import find_heads, role
from schemas import CellRole


def cell_roles(grid: Grid) -> dict[int, CellRole]:
    """Set the grid's header rows and columns; return the role of each cell by its `id()`."""
    texts = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for r in range(cell.row, cell.last_row + 1):
            for c in range(cell.column, cell.last_column + 1):
                texts[r][c] = cell.text
    heads = find_heads(texts)
    grid.header_rows, grid.header_columns = heads.rows, heads.columns
    whole = grid.columns - 1
    return {id(c): role(c.row, c.column, heads, whole_row=c.column == 0 and c.last_column == whole) for c in grid.cells}

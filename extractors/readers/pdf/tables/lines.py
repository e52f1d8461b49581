"""Candidates from ruled lines: the cell boxes of PyMuPDF's table finder, its own text thrown away."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from extractors.readers.pdf.tables.grid import Grid, GridCell, Rect
from extractors.readers.pdf.tables.lattice import bounds, phrases
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.pdf.tables.words import Word


def line_grids(page: Any) -> list[Grid]:
    """Return the grids that the drawn lines of an upright PyMuPDF page span."""
    finder = page.find_tables(use_layout=False)
    if finder is None:
        return []
    return [grid for grid in (grid_of(_rects(table), "mupdf-lines") for table in finder.tables) if grid]


def _rects(table: Any) -> list[Rect]:
    return [(float(c[0]), float(c[1]), float(c[2]), float(c[3])) for c in table.cells if c]


def grid_of(rects: list[Rect], method: str, tolerance: float = 3.0) -> Grid | None:
    """Return a grid whose rows and columns are the distinct edges of `rects`; None for fewer than two cells."""
    rects = [r for r in rects if r[2] - r[0] > 1 and r[3] - r[1] > 1]
    if len(rects) < 2:
        return None
    xs = _edges([r[0] for r in rects] + [r[2] for r in rects], tolerance)
    ys = _edges([r[1] for r in rects] + [r[3] for r in rects], tolerance)
    cells = []
    for r in rects:
        c0, c1 = _nearest(xs, r[0]), _nearest(xs, r[2])
        r0, r1 = _nearest(ys, r[1]), _nearest(ys, r[3])
        if c1 > c0 and r1 > r0:
            cells.append(GridCell(r0, c0, r1 - 1, c1 - 1, r))
    if len(cells) < 2:
        return None
    return Grid((xs[0], ys[0], xs[-1], ys[-1]), cells, method)


def _edges(values: list[float], tolerance: float) -> list[float]:
    out: list[list[float]] = []
    for value in sorted(values):
        if out and value - out[-1][-1] <= tolerance:
            out[-1].append(value)
        else:
            out.append([value])
    return [sum(group) / len(group) for group in out]


def _nearest(values: list[float], value: float) -> int:
    return min(range(len(values)), key=lambda i: abs(values[i] - value))


def part_open(grid: Grid, words: list[Word], rules: Rules) -> Grid:
    """Part cells over several rows and columns, inside which nothing is drawn, along the lines around them.

    Tables with coloured heads often leave their body unruled; it comes as one cell. It is parted where its phrases
    stand in two rows and two columns at least and none crosses a line.
    """
    xs = sorted({x for c in grid.cells for x in (c.box[0], c.box[2])})
    ys = sorted({y for c in grid.cells for y in (c.box[1], c.box[3])})
    cells: list[GridCell] = []
    for cell in grid.cells:
        wide, high = cell.last_column - cell.column, cell.last_row - cell.row
        cells.extend(_parts(cell, xs, ys, words, rules) if wide and high else [cell])
    return Grid(grid.box, cells, grid.method, unruled=len(cells) > len(grid.cells))


def _parts(cell: GridCell, xs: list[float], ys: list[float], words: list[Word], rules: Rules) -> list[GridCell]:
    x0, top, x1, bottom = cell.box
    inside = [w for w in words if x0 < w.middle[0] < x1 and top < w.middle[1] < bottom]
    columns = _steps(xs, x0, x1, cell.last_column - cell.column + 1)
    rows = _steps(ys, top, bottom, cell.last_row - cell.row + 1)
    taken: set[tuple[int, int]] = set()
    for phrase in phrases(inside, rules):
        a, b, c, d = bounds(phrase)
        homes = [
            (i, j)
            for i, (y0, y1) in enumerate(pairwise(rows))
            for j, (left, right) in enumerate(pairwise(columns))
            if y0 <= (b + d) / 2 <= y1 and left - 1 <= a and c <= right + 1
        ]
        if len(homes) != 1:
            return [cell]
        taken.add(homes[0])
    if len({i for i, _ in taken}) < 2 or len({j for _, j in taken}) < 2:
        return [cell]
    return [
        GridCell(cell.row + i, cell.column + j, cell.row + i, cell.column + j, (left, y0, right, y1))
        for i, (y0, y1) in enumerate(pairwise(rows))
        for j, (left, right) in enumerate(pairwise(columns))
    ]


def _steps(edges: list[float], low: float, high: float, count: int) -> list[float]:
    """Return `count` + 1 boundaries from `low` to `high`, with the drawn ones between; only the ends if they differ."""
    inner: list[float] = []
    for edge in edges:
        if low + 3 < edge < high - 3 and (not inner or edge - inner[-1] > 3):
            inner.append(edge)
    return [low, *inner, high] if len(inner) == count - 1 else [low, high]

"""Candidates from ruled lines: the cell boxes of PyMuPDF's table finder, its own text thrown away."""

from __future__ import annotations

from typing import Any

from extractors.readers.pdf.tables.grid import Grid, GridCell, Rect


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

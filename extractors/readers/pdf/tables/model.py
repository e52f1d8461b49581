"""Regions and grids that PyMuPDF's layout model sees on a page; slow (about 0.3 s a page), so it is asked last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from extractors.readers.pdf.glyphs import Frame
from extractors.readers.pdf.tables.grid import Grid, GridCell, Rect
from extractors.readers.pdf.tables.lines import displayed


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page by its class ("table", "picture", "page-header", …); a table with the lines of its grid."""

    kind: str
    box: Rect
    rows: tuple[float, ...] = ()
    columns: tuple[float, ...] = ()


def regions_of(page: Any) -> list[Region]:
    """Return the regions of a PyMuPDF page on the unrotated page."""
    import pymupdf.layout

    page.get_layout(return_raw=True)
    found = []
    for group in page.layout_information or []:
        box = tuple(float(v) for v in group["group_bbox"][:4])
        grid = group.get("table_grid")
        rows: tuple[float, ...] = ()
        columns: tuple[float, ...] = ()
        if grid is not None:
            rows = (box[1], *(box[1] + float(h) for h in grid.h_lines), box[3])
            columns = (box[0], *(box[0] + float(v) for v in grid.v_lines), box[2])
        found.append(Region(group["class_name"], box, rows, columns))
    page.layout_information = None
    return found


def model_grids(page: Any, frame: Frame, regions: list[Region]) -> list[Grid]:
    """Return the grids the model predicts, in the coordinates of `frame`."""
    grids = []
    for region in regions:
        if region.kind != "table" or len(region.rows) < 3:
            continue
        cells = []
        for r, (top, bottom) in enumerate(zip(region.rows, region.rows[1:], strict=False)):
            for c, (x0, x1) in enumerate(zip(region.columns, region.columns[1:], strict=False)):
                cells.append(GridCell(r, c, r, c, (x0, top, x1, bottom)))
        if page.rotation or frame.quarter:
            from extractors.readers.pdf.tables.lines import grid_of

            grid = grid_of([frame.box_in(displayed(page, cell.box)) for cell in cells], "mupdf-layout")
            if grid:
                grids.append(grid)
            continue
        grids.append(Grid(region.box, cells, "mupdf-layout"))
    return grids

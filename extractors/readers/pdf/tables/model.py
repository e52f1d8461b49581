"""Regions and grids that PyMuPDF's layout model sees on a page; slow (about 0.3 s a page), so it is asked last."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extractors.readers.pdf.tables.grid import Grid, GridCell, Rect


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a page by its class ("table", "picture", "page-header", …); a table with the lines of its grid."""

    kind: str
    box: Rect
    rows: tuple[float, ...] = ()
    columns: tuple[float, ...] = ()


def regions_of(page: Any) -> list[Region]:
    """Return the regions of an upright PyMuPDF page."""

    page.get_layout(return_raw=True)
    found = []
    for group in page.layout_information or []:
        x0, top, x1, bottom = (float(v) for v in group["group_bbox"][:4])
        box = (x0, top, x1, bottom)
        grid = group.get("table_grid")
        rows: tuple[float, ...] = ()
        columns: tuple[float, ...] = ()
        if grid is not None:
            rows = (box[1], *(box[1] + float(h) for h in grid.h_lines), box[3])
            columns = (box[0], *(box[0] + float(v) for v in grid.v_lines), box[2])
        found.append(Region(group["class_name"], box, rows, columns))
    page.layout_information = None
    return found


def model_grids(regions: list[Region]) -> list[Grid]:
    """Return the grids the model predicts."""
    grids = []
    for region in regions:
        if region.kind != "table" or len(region.rows) < 3:
            continue
        cells = []
        for r, (top, bottom) in enumerate(pairwise(region.rows)):
            for c, (x0, x1) in enumerate(pairwise(region.columns)):
                cells.append(GridCell(r, c, r, c, (x0, top, x1, bottom)))
        grids.append(Grid(region.box, cells, "mupdf-layout"))
    return grids

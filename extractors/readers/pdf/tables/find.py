"""The tables of a page: candidates, filled from its words, the best of those that overlap."""

from __future__ import annotations

from typing import Any

from extractors.readers.pdf.glyphs import Frame, Segment
from extractors.readers.pdf.tables.fill import fill
from extractors.readers.pdf.tables.grid import Grid
from extractors.readers.pdf.tables.lines import line_grids
from extractors.readers.pdf.tables.words import words_of


def find_grids(page: Any, frame: Frame, segments: list[Segment]) -> list[Grid]:
    """Return the tables among the segments of one frame of a PyMuPDF page, filled, from top to bottom."""
    if len(segments) < 4:
        return []
    words = words_of(segments)
    grids = []
    for grid in line_grids(page, frame):
        fill(grid, words)
        if grid.rows >= 2 and grid.columns >= 2 and len(grid.filled()) >= 3:
            grids.append(grid)
    return grids

"""The grid of a table: rectangles of cells with the rows and columns they cover, before and after filling."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.readers.pdf.builder import Piece
from extractors.readers.pdf.joining import beside, joiner
from extractors.readers.pdf.segments import Segment

Rect = tuple[float, float, float, float]


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell: rows and columns count from 0, `last_*` inclusive; `lines` are its pieces line by line."""

    row: int
    column: int
    last_row: int
    last_column: int
    box: Rect
    lines: list[list[Piece]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The cell's text, wrapped lines joined as the canonical text joins them."""
        out = ""
        for line in self.lines:
            text = line_text(line)
            out += joiner(out, text) + text
        return out


@dataclass(slots=True, eq=False)
class Grid:
    """A table candidate: its cells, the engine that found it and what is known about its quality."""

    box: Rect
    cells: list[GridCell]
    method: str
    score: float = 1.0
    alarms: list[str] = field(default_factory=list)
    header_rows: int = 0
    header_columns: int = 0
    unruled: bool = False  # its body was parted along the lines of its heads
    rest: list[Segment] = field(default_factory=list)  # of a chart: figures of its axes, which belong to no cell

    @property
    def rows(self) -> int:
        """Number of rows."""
        return max((c.last_row for c in self.cells), default=-1) + 1

    @property
    def columns(self) -> int:
        """Number of columns."""
        return max((c.last_column for c in self.cells), default=-1) + 1

    def filled(self) -> list[GridCell]:
        """Return the cells with text, row by row."""
        return sorted((c for c in self.cells if c.lines), key=lambda c: (c.row, c.column))


def line_text(line: list[Piece]) -> str:
    """Return the text of pieces on one line."""
    out, last = "", None
    for piece in line:
        if last is not None:
            out += beside(out, piece.text, piece.x0 - last.x1, piece.segment.size)
        out += piece.text
        last = piece
    return out

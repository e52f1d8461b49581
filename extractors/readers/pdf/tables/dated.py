"""Careers and histories inside a cell: lines that open with a date, printed in one column or in two without a rule.

| 1981年４月   当社入社      |   the dates of a row's cell often stand in a column of their own, a text beside each
| 2015年６月   当社取締役    |   (nested tables without lines): one cell then, a date and its text on each line
"""

from __future__ import annotations

import re
import unicodedata

from extractors.readers.pdf.builder import Piece
from extractors.readers.pdf.tables.grid import Grid, GridCell, line_text

_ERA = r"(?:(?:明治|大正|昭和|平成|令和)\s?(?:元|\d{1,2})|(?:18|19|20)\d{2})"
_DATE = re.compile(rf"{_ERA}\s?(?:年(?:\s?\d{{1,2}}\s?月(?:\s?\d{{1,2}}\s?日)?)?|[./]\s?\d{{1,2}}(?:[./]\d{{1,2}})?)")
_LEAST = 2  # dated lines of a career
_LEVEL = 0.6  # of the size of type: how far a date and its text may stand apart in height

Line = list[Piece]


def join_dates(grid: Grid) -> None:
    """Join cells whose lines are dates with the cells to the right of them, where each date has its line there."""
    columns = {c.column for c in grid.cells if len(c.lines) >= _LEAST and _beside(grid, c) is not None}
    for dates in [c for c in grid.cells if c.column in columns and c.lines]:
        texts = _beside(grid, dates)
        if texts is not None:
            dates.lines = _merged(dates.lines, texts.lines)
            dates.last_column = texts.last_column
            dates.box = (dates.box[0], dates.box[1], texts.box[2], dates.box[3])
            grid.cells.remove(texts)


def starts_dated(line: Line) -> bool:
    """Say whether a line opens with a date that stands apart from what follows."""
    found = _DATE.match(_plain(line_text(line[:1])))
    if found is None:
        return False
    rest = _plain(line_text(line[:1]))[found.end() :]
    return rest.startswith(" ") if rest.strip() else len(line) > 1


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _beside(grid: Grid, dates: GridCell) -> GridCell | None:
    """Return the cell to the right of one that holds nothing but dates, a line for each of them."""
    if not dates.lines or not all(_DATE.fullmatch(_plain(line_text(line))) for line in dates.lines):
        return None
    texts = next((c for c in grid.cells if c.column == dates.last_column + 1 and c.row == dates.row), None)
    if texts is None or texts.last_row != dates.last_row or len(texts.lines) < len(dates.lines):
        return None
    if all(_DATE.match(_plain(line_text(line))) for line in texts.lines):
        return None
    return texts if all(any(_level(a, b) for b in texts.lines) for a in dates.lines) else None


def _level(left: Line, right: Line) -> bool:
    a, b = left[0].segment, right[0].segment
    return abs(a.baseline - b.baseline) < _LEVEL * max(a.size, b.size)


def _merged(dates: list[Line], texts: list[Line]) -> list[Line]:
    left = list(dates)
    merged: list[Line] = []
    for line in texts:
        own = next((d for d in left if _level(d, line)), None)
        if own is not None:
            left.remove(own)
        merged.append([*(own or []), *line])
    return merged

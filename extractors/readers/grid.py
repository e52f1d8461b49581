"""Placing table cells with rowspan and colspan on a grid, as the HTML standard's table model does.

Source: WHATWG HTML, 4.9.12 "Processing model" (forming a table).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

T = TypeVar("T")
MOST_COLUMNS = 1000  # spans beyond this are slips ("colspan=10000") and are clipped


class Placed(NamedTuple):
    """Where a cell landed; `last_*` are inclusive."""

    row: int
    column: int
    last_row: int
    last_column: int


def place(rows: Sequence[Sequence[tuple[T, int, int]]]) -> list[tuple[Placed, T]]:
    """Return each cell with its place; a cell is (payload, rowspan, colspan), rowspan 0 meaning "to the end"."""
    taken: set[tuple[int, int]] = set()
    placed: list[tuple[Placed, T]] = []
    for r, row in enumerate(rows):
        column = 0
        for payload, down, across in row:
            while (r, column) in taken:
                column += 1
            last_row = min(len(rows), r + (down or len(rows))) - 1
            last_column = min(MOST_COLUMNS, column + max(1, across)) - 1
            if last_column < column:
                break
            taken.update((i, j) for i in range(r, last_row + 1) for j in range(column, last_column + 1))
            placed.append((Placed(r, column, last_row, last_column), payload))
            column = last_column + 1
    return placed


def written_out(cells: Iterable[tuple[Placed, str]]) -> list[list[str]]:
    """Return the grid of texts with every merged cell's text repeated in all its places."""
    cells = list(cells)
    height = max((p.last_row for p, _ in cells), default=-1) + 1
    width = max((p.last_column for p, _ in cells), default=-1) + 1
    grid = [[""] * width for _ in range(height)]
    for place_, text in cells:
        for r in range(place_.row, place_.last_row + 1):
            for c in range(place_.column, place_.last_column + 1):
                grid[r][c] = text
    return grid


def span_of(value: str | None) -> int:
    """Return a rowspan or colspan attribute as a number; what is no number counts as 1."""
    try:
        number = int((value or "1").strip())
    except ValueError:
        return 1
    return max(0, min(number, MOST_COLUMNS))

"""Rows of bars that lost their line: cells that stand on lines of their own, each closed by a bar.

Tools that save pages as text write a cell that had paragraphs so:

    Rank |
    Vendor |
    Revenue |
    1 | Harbor | 76,692 |
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.flattenedrows import Flat, Place
from extractors.readers.tableheads import is_value

_BAR = re.compile(r"(?<!\\)\|")
_LEAST = 2  # lines with some cells of a row only
_NARROWEST, _WIDEST = 2, 60  # columns
_SHORTEST = 8  # lines of a framed table


def bar_cells(line: str) -> list[Place]:
    """Return the cells of a pipe table's row, split at bars without a backslash; outer bars are borders."""
    cuts = [m.start() for m in _BAR.finditer(line)]
    content = line.strip()
    edges = [-1, *cuts, len(line)]
    if cuts and content.startswith("|"):
        edges = edges[1:]
    if cuts and content.endswith("|") and not content.endswith("\\|") and len(edges) > 2:
        edges = edges[:-1]
    places = []
    for left, right in pairwise(edges):
        piece = line[left + 1 : right]
        start = left + 1 + len(piece) - len(piece.lstrip())
        places.append((start, max(start, left + 1 + len(piece.rstrip()))))
    return places


def is_closed(line: str) -> bool:
    """Say whether a line ends with a bar and begins without one."""
    return line.rstrip().endswith("|") and not line.lstrip().startswith("|")


def packed(lines: Sequence[tuple[int, list[Place]]], width: int) -> list[list[tuple[int, Place]]] | None:
    """Return rows of `width` cells, each with its line, from the cells of lines; None where they do not come out so."""
    rows: list[list[tuple[int, Place]]] = []
    for number, cells in lines:
        if rows and len(rows[-1]) < width:
            rows[-1] += [(number, place) for place in cells]
        else:
            rows.append([(number, place) for place in cells])
        if len(rows[-1]) > width:
            return None
    return rows if rows and len(rows[-1]) == width else None


def framed_bars(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Rows of one cell a line with a bar on a line of its own before the first cell and behind each: an empty cell is
    two bars on end, so the rows are told by their width, at which no row but the heads begins without a name."""
    end = at
    while end < len(lines) and lines[end].strip():
        end += 1
    if end - at < _SHORTEST or not _is_bar(lines[at]) or (_is_bar(lines[at + 1]) and not _is_bar(lines[at + 2])):
        return None
    if any(_is_bar(line) for line in lines[max(0, at - 2) : at]):
        return None  # within a frame that was no table from its start
    for width in range(_NARROWEST, _WIDEST + 1):
        rows, last = _framed_rows(lines, at, end, width)
        if len(rows) > 1 and last > at + (end - at) * 0.8:
            break
    else:
        return None
    kept = [c for c in range(width) if any(row[c][1][0] < row[c][1][1] for row in rows)]
    grid = [[row[c] for c in kept] for row in rows]
    places = [(row[0][0], [place for _, place in row]) for row in grid]
    return Flat(at, last, places, len(kept), "lines", 0.7, cell_lines=[[i for i, _ in row] for row in grid])


def _is_bar(line: str) -> bool:
    return line.strip() == "|"


def _framed_rows(lines: Sequence[str], at: int, end: int, width: int) -> tuple[list[list[tuple[int, Place]]], int]:
    """Return the whole rows of `width` cells from the bar in line `at` on, and the last line of them; none where one
    but the first has no name."""
    rows: list[list[tuple[int, Place]]] = []
    last = at
    while at < end and _is_bar(lines[at]):
        row: list[tuple[int, Place]] = []
        at += 1
        while len(row) < width and at < end:
            if _is_bar(lines[at]):
                row.append((at, (0, 0)))
                at += 1
            elif at + 1 < end and _is_bar(lines[at + 1]):
                start = len(lines[at]) - len(lines[at].lstrip())
                row.append((at, (start, start + len(lines[at].strip()))))
                at += 2
            else:
                return rows, last
        if len(row) < width:
            break
        name = lines[row[0][0]][slice(*row[0][1])]
        if rows and (not name or is_value(name)):
            return [], last
        rows.append(row)
        last = at - 1
    return rows, last


def barred(lines: Sequence[str], at: int) -> list[int]:
    """Return the numbers of the lines from `at` on that each have a line with nothing but a bar behind them."""
    found: list[int] = []
    while at + 1 < len(lines) and lines[at].strip() not in ("", "|") and lines[at + 1].strip() == "|":
        found.append(at)
        at += 2
    return found


def broken_bars(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Rows of bars with cells on lines of their own."""
    end = at
    while end < len(lines) and is_closed(lines[end]):
        end += 1
    cells = [(i, bar_cells(lines[i])) for i in range(at, end)]
    widths = Counter(len(row) for _, row in cells)
    width = max(widths, default=0)
    if width < _NARROWEST or sum(number for columns, number in widths.items() if columns < width) < _LEAST:
        return None
    rows = packed(cells, width)
    if rows is None or len(rows) < 2 or not any(is_value(lines[i][slice(*place)]) for row in rows for i, place in row):
        return None
    grid = [(row[0][0], [place for _, place in row]) for row in rows]
    return Flat(at, end - 1, grid, width, "bars", 0.85, cell_lines=[[i for i, _ in row] for row in rows])

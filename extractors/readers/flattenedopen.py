"""Rows of bars without outer bars and without a corner, as tools write the statements of English filings:

Three months ended June 30, | Six months ended June 30,
2026 | 2025 | 2026 | 2025
Revenue | 76,384 | 105,555 | 152,428 | 221,283
Other income
Interest income | 1,347 | 1,369 | 2,726 | 2,671
"""

from __future__ import annotations

from collections.abc import Sequence

from extractors.readers.flattenedbars import bar_cells
from extractors.readers.flattenedrows import SENTENCE, Flat, Place
from extractors.readers.tableheads import is_blank, is_value

_HEADS = 2  # lines of them at most
_LEAST = 2  # rows of figures
_SECTION = 60  # characters of a line between rows that heads the ones below it


def open_bars(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Return the table whose heads begin in line `at`, one fewer than its rows have cells; None for any other."""
    heads = [bar_cells(line) for line in _heads(lines, at)]
    first = at + len(heads)
    width = len(bar_cells(lines[first])) if heads and first < len(lines) else 0
    if width < _LEAST + 1 or len(heads[-1]) != width - 1:
        return None
    upper = _spread(heads[0], width) if len(heads) == _HEADS else []
    if upper is None:
        return None
    rows = [(at + i, [(0, 0), *cells]) for i, cells in enumerate([*([upper] if upper else []), heads[-1]])]
    last, told = first, 0
    for i in range(first, len(lines)):
        cells = _row(lines, i, width)
        if cells is None:
            break
        rows.append((i, cells))
        if "|" in lines[i]:
            last, told = i, told + 1
    rows = [row for row in rows if row[0] <= last]
    return Flat(at, last, rows, width, "bars", 0.85) if told >= _LEAST else None


def _heads(lines: Sequence[str], at: int) -> list[str]:
    """Return the one or two lines of words or times from `at` on, before a row of figures."""
    found: list[str] = []
    for line in lines[at : at + _HEADS + 1]:
        if not _is_open(line):
            return []
        if _is_figures(line, bar_cells(line)):
            return found
        if any(is_value(line[a:b]) or is_blank(line[a:b]) for a, b in bar_cells(line)):
            return []
        found.append(line)
    return []


def _is_open(line: str) -> bool:
    plain = line.strip()
    return "|" in plain and not plain.startswith("|") and not plain.endswith("|")


def _is_figures(line: str, cells: Sequence[Place]) -> bool:
    """Say whether a line is a label with figures behind it."""
    words = [line[a:b] for a, b in cells]
    told = [is_value(word) for word in words[1:]]
    return not is_value(words[0]) and any(told) and all(t or is_blank(w) for t, w in zip(told, words[1:], strict=True))


def _spread(upper: Sequence[Place], width: int) -> list[Place] | None:
    """Return the upper heads over the columns of figures, each over as many; None where they do not come out even."""
    each, rest = divmod(width - 1, len(upper))
    return None if rest else [place for place in upper for _ in range(each)]


def _row(lines: Sequence[str], at: int, width: int) -> list[Place] | None:
    """Return the cells of a row, empty ones at its end; a line of words alone over rows of figures is a section's."""
    line = lines[at]
    nothing = (len(line), len(line))
    if "|" not in line:
        behind = lines[at + 1] if at + 1 < len(lines) else ""
        short = 0 < len(line.strip()) <= _SECTION and not SENTENCE.search(line)
        if not short or not _is_open(behind) or not _is_figures(behind, bar_cells(behind)):
            return None
        return [(len(line) - len(line.lstrip()), len(line.rstrip())), *[nothing] * (width - 1)]
    cells = bar_cells(line)
    if not _is_open(line):
        return None
    if len(cells) == width - 1 and all(is_value(line[a:b]) for a, b in cells):
        return [(0, 0), *cells]  # a sum that has no words
    if len(cells) > width or not _is_figures(line, cells):
        return None
    return [*cells, *[nothing] * (width - len(cells))]

"""Tables whose every cell stands on a line of its own: the heads one below the other, then row after row.

So tables come out when a page or slide is copied as text. They are known by their beat: under as many words as there
are columns (or one fewer, where the corner was empty) each row has its name and then figures, dates and words in the
same places.

Where the columns are not of one kind (n/d among figures, "$100 / $200") the lines are a table's if it fills them all
and cells of one sort come again after as many lines as there are columns, more than after any other number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.readers.flattenedbeat import Layout, kind_of, likeliest
from extractors.readers.tableheads import find_unit_note

_LONGEST = 40  # characters of a cell
_LONGEST_TOLD = 80  # of one that tells
_MOST_ABOVE = 3  # lines above a table that belong to it no more than its title does
_WIDEST = 10
_SENTENCE = re.compile(r"[。！？\t|]|[.!?]\s*$|^\s*(?:[-*+]\s|[・●○■◆▪•※]\s*\S|[(（]?注)")
_UNIT_FIRST = re.compile(
    r"\s*(?:in\s+)?(?:[$€£¥￥]|us\$|usd|jpy|eur)\s?(?:k|m|bn|thousands?|millions?|billions?)\b", re.I
)


class Stacked(NamedTuple):
    """A table of `columns` columns whose heads start in line `first`; `corner`: whether they have a line for it."""

    first: int
    columns: int
    rows: int
    corner: bool

    @property
    def last(self) -> int:
        """The last line of the table."""
        return self.first + self.columns * (self.rows + 1) - 1 - (not self.corner)


def find_stacked(lines: Sequence[str], at: int) -> Stacked | None:
    """Return the table whose heads start in line `at`, None where there is none."""
    filled = _filled(lines, at)
    if filled is not None:
        return filled
    end = _run(lines, at, at + 2 * _WIDEST)
    heads = next((i for i in range(end - at) if kind_of(lines[at + i].strip()) in ("figure", "told")), 0)
    if not heads:  # so that long runs of words cost no more than short ones
        return None
    end = _run(lines, end, len(lines))
    kinds = [kind_of(line.strip()) for line in lines[at:end]]
    found = []
    for columns in range(2, min(_WIDEST, heads + 1) + 1):
        for corner in (True, False):
            start = columns - (not corner)
            if start < 2 or start > heads or (corner and not _may_be_corner(lines[at])):
                continue
            rows = _rows(kinds[start:], [line.strip() for line in lines[at + start : end]], columns)
            if rows >= (2 if columns > 3 else 3):
                found.append(Stacked(at, columns, rows, corner))
    return max(found, key=lambda table: (table.rows * table.columns, table.corner), default=None)


def _filled(lines: Sequence[str], at: int) -> Stacked | None:
    """Return the table that fills all lines from `at` to the next that can be no cell, None where there is none."""
    if at > _MOST_ABOVE and _run(lines, at - _MOST_ABOVE - 1, at, _LONGEST_TOLD) == at:
        return None  # further down in a run that was no table higher up
    cells = [line.strip() for line in lines[at : _run(lines, at, len(lines), _LONGEST_TOLD)]]
    if not any(cell[:1].isdigit() or kind_of(cell) == "figure" for cell in cells[: 3 * _WIDEST]):
        return None
    layouts = [
        Layout(columns, corner)
        for columns in range(2, _WIDEST + 1)
        for corner in (True, False)
        if columns - (not corner) > 1 and (len(cells) + (not corner)) % columns == 0
        if not corner or _may_be_corner(cells[0])
    ]
    found = likeliest(cells, layouts)
    if found is None:
        return None
    rows = (len(cells) + (not found.corner)) // found.columns - 1
    return Stacked(at, found.columns, rows, found.corner)


def _run(lines: Sequence[str], at: int, end: int, longest: int = _LONGEST) -> int:
    """Return the first line from `at` on, before `end`, that can be no cell."""
    while at < min(end, len(lines)) and 0 < len(lines[at].strip()) <= longest and not _SENTENCE.search(lines[at]):
        at += 1
    return at


def _may_be_corner(line: str) -> bool:
    """Say whether a line may head the column of names (区分, Company, （億円）, £m) rather than be a table's title."""
    short = len(line.strip()) <= (16 if line.isascii() else 6)
    return short or find_unit_note(line) is not None or _UNIT_FIRST.match(line) is not None


def _rows(kinds: list[str], cells: list[str], columns: int) -> int:
    """Count the rows that keep the beat of the first; 0 where the first does not look like a row."""
    first = kinds[:columns]
    told = [kind for kind in first[1:] if kind in ("figure", "time", "blank")]
    ranked = bool(cells) and cells[0] == "1" and columns > 2 and first[1] == "word"
    if len(first) < columns or "figure" not in first[1:] or len(told) * 2 < columns - 1:
        return 0
    if first[0] not in ("word", "time") and not ranked:
        return 0
    count = 0
    while (count + 1) * columns <= len(kinds):
        row = kinds[count * columns : (count + 1) * columns]
        if ranked and cells[count * columns] != str(count + 1):
            break
        if not ranked and row[0] != first[0] and {row[0], first[0]} != {"word", "time"}:
            break
        if not all(a == b or "blank" in (a, b) for a, b in zip(row[1:], first[1:], strict=True)):
            break
        count += 1
    return count

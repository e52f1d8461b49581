"""Tables whose every cell stands on a line of its own: the heads one below the other, then row after row.

So tables come out when a page or slide is copied as text. They are known by their beat: under as many words as there
are columns (or one fewer, where the corner was empty) each row has its name and then figures, dates and words in the
same places.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.readers.tableheads import find_unit_note, is_blank, is_period, is_value

_LONGEST = 40  # characters of a cell
_WIDEST = 10
_SENTENCE = re.compile(r"[。！？\t|]|[.!?]\s*$|^\s*(?:[-*+]\s|[・●○■◆▪•※]|[(（]?注)")
_TOLD = re.compile(r"[^\W\d]\s?[+＋\-−▲△]\d[\d.]*\s?[%％]")  # 実質+1.3%: a name with its figure, neither head nor cell
_DATE = re.compile(r"(?:19|20)\d\d\s*(?:[年/.-]\s*\d{1,2}\s*(?:月|[/.-])?\s*(?:\d{1,2}\s*日?)?|年)")


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
    end = _run(lines, at, at + 2 * _WIDEST)
    heads = next((i for i in range(end - at) if _kind(lines[at + i].strip()) in ("figure", "told")), 0)
    if not heads:  # so that long runs of words cost no more than short ones
        return None
    end = _run(lines, end, len(lines))
    kinds = [_kind(line.strip()) for line in lines[at:end]]
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


def _run(lines: Sequence[str], at: int, end: int) -> int:
    """Return the first line from `at` on, before `end`, that can be no cell."""
    while at < min(end, len(lines)) and 0 < len(lines[at].strip()) <= _LONGEST and not _SENTENCE.search(lines[at]):
        at += 1
    return at


def _may_be_corner(line: str) -> bool:
    """Say whether a line may head the column of names (区分, Company, （億円）) rather than be the table's title."""
    return len(line.strip()) <= (16 if line.isascii() else 6) or find_unit_note(line) is not None


def _kind(cell: str) -> str:
    if _DATE.fullmatch(cell) or is_period(cell):
        return "time"
    if is_blank(cell):
        return "blank"
    if _TOLD.search(cell):
        return "told"
    return "figure" if is_value(cell) and any(map(str.isdigit, cell)) else "word"


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

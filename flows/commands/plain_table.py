"""A table as lines of text, for pipes and for terminals that are wide enough: quicker than loading Rich."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence


def width(text: str) -> int:
    """Return the columns a terminal gives to `text`: two to wide characters, none to combining and invisible ones."""
    if text.isascii():
        return len(text)
    return sum(_width_of(character) for character in text)


def _width_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def printable(text: str) -> str:
    """Return text on one line, without the control characters that could steer a terminal."""
    line = " ".join(text.split())
    return line if line.isprintable() else "".join(c for c in line if unicodedata.category(c) != "Cc")


def widths(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> list[int]:
    """Return how wide each column must be."""
    return [max(width(row[i]) for row in (columns, *rows)) for i in range(len(columns))]


def lines(columns: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]) -> list[str]:
    """Return header, rule and rows; columns that are `right` are set flush right."""
    wide = widths(columns, rows)
    rule = "─" * (sum(wide) + 2 * (len(wide) - 1))
    return [_line(columns, wide, right), rule, *(_line(row, wide, right) for row in rows)]


def _line(cells: Sequence[str], wide: Sequence[int], right: Sequence[bool]) -> str:
    padded = []
    for cell, room, flush in zip(cells, wide, right, strict=True):
        blank = " " * (room - width(cell))
        padded.append(blank + cell if flush else cell + blank)
    return "  ".join(padded)

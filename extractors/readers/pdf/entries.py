"""Cells that hold a list of dated entries, one below the other: careers and chronicles of filings.

| 略歴                          |      The dates stand in one cell and what happened then in the cell beside it, on the
| 1981年４月  | 三井銀行入行     |      same lines; or each entry starts with its date in one cell. Either way the line
| 2005年４月  | 同行日本橋支店長 |      breaks say which words belong to which date: they are kept.
"""

from __future__ import annotations

import re

from extractors.readers.pdf.tables.grid import GridCell

_YEAR = r"(?:[12１２][0-9０-９]{3}年|(?:明治|大正|昭和|平成|令和)\s*(?:元|[0-9０-９]{1,2})年|同年)"
_DATE = re.compile(rf"\s*{_YEAR}\s*[0-9０-９]{{1,2}}月(?:\s*[0-9０-９]{{1,2}}日)?\s*")
_FEWEST = 2  # dated lines that make a list


def entry_starts(cells: list[GridCell]) -> dict[int, set[int]]:
    """Return for cells (by id) of a table which of their lines start an entry of a list, the first aside."""
    found: dict[int, set[int]] = {}
    for cell in cells:
        texts = ["".join(piece.text for piece in line) for line in cell.lines]
        dated = [i for i, text in enumerate(texts) if _DATE.match(text)]
        if len(dated) < _FEWEST or dated[0] != 0:
            continue
        found[id(cell)] = set(dated[1:])
        if all(_DATE.fullmatch(texts[i]) for i in dated) and len(dated) == len(texts):
            beside = next((c for c in cells if c.row == cell.row and c.column == cell.last_column + 1), None)
            if beside is not None:
                found[id(beside)] = _level_with(cell, beside)
    return found


def _level_with(dates: GridCell, words: GridCell) -> set[int]:
    """Return the lines of `words` that stand level with a line of `dates`, the first line aside."""
    marks = [line[0].segment.baseline for line in dates.lines]
    starts = set()
    for index, line in enumerate(words.lines):
        segment = line[0].segment
        if index and any(abs(segment.baseline - mark) < 0.5 * segment.size for mark in marks):
            starts.add(index)
    return starts

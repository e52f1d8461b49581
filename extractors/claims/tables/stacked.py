"""Heads printed in more rows than the reader took for heads: units and terms beneath, two lines of heads for two lines
of figures under each label.

| 銘柄   | 当事業年度              |        | 区分     | 前事業年度      |          |
|        | 株式数（株）            |        | 区分     | 金額（百万円）  | 構成比（％） |
|        | 貸借対照表計上額（千円）|        | 材料費   | 2,212           | 17.5         |
| ㈱上町 | 78,936                  |
|        | 219,442                 |
"""

from __future__ import annotations

import re

from extractors.claims.tables.notes import bare_number, unit_in, whole_unit
from schemas import Cell, Table

_TERM = (
    r"[0-9０-９]{1,2}\s*(?:年|[かヶカケ]月|ヵ月|日)\s*(?:超|以上|以内|以下|未満)"
    r"(?:\s*[0-9０-９]{1,2}\s*(?:年|[かヶカケ]月|ヵ月|日)\s*(?:以内|以下|未満))?"
)
TERM = re.compile(rf"(?:償還期限|期限)?{_TERM}")
_CORNER = re.compile(
    r"(?:区\s*分|銘\s*柄|科\s*目|項\s*目|種\s*類|内\s*訳|摘\s*要|名\s*称|会社名|氏\s*名|回次|注記\s*番号|セグメントの名称|品目|相手先)?"
)
_ENDS_IN_UNIT = re.compile(r"[^\d\s][（(][^（()）]{1,12}[）)]\s*$")
_MOST = 3  # rows of heads beneath the reader's


def rows_of_heads(table: Table, first: int) -> int:
    """Return the number of first rows that are heads, where units of all columns stand beneath the reader's `first`."""
    last = first
    while last < min(first + _MOST, table.rows - 1) and _is_heads(table, last, first):
        last += 1
    return last if last > first and _any_figure(table, last) else first


def _is_heads(table: Table, row: int, first: int) -> bool:
    left = max(table.header_columns, 1)
    lead = [c for column in range(left) if (c := table.at(row, column)) is not None]
    if row == first and (_is_under(table, row, left) or _is_terms(table, row)):
        return True
    if any(c.row >= first and not _CORNER.fullmatch(text := c.text.strip()) and not is_unit_head(text) for c in lead):
        return False
    cells = [c for column in range(left, table.columns) if (c := table.at(row, column)) is not None]
    own = [c for c in cells if c.row == row and c.text.strip()]
    if lead and all(c.row < first and c.last_row >= row for c in lead):  # the corner reaches down to here
        return bool(own) and all(bare_number(c.text) is None for c in own)
    return bool(own) and all(is_unit_head(c.text.strip()) for c in own)


def _is_under(table: Table, row: int, left: int) -> bool:
    """Say whether words stand below heads that span several columns, one below each (Finland over Female, Male)."""
    columns = range(left, table.columns)
    above = [(c, table.at(row - 1, c)) for c in columns] if row else []
    under = [table.at(row, c) for c, over in above if over is not None and over.last_column > over.column]
    texts = [c.text.strip() for c in under if c is not None and c.row == row]
    others = [c for i in columns if (c := table.at(row, i)) is not None and c.row == row]
    told = len(texts) > 1 and all(re.search(r"[^\W\d_]{2}|\d[-–]\d", text) for text in texts)
    return (
        told
        and all(bare_number(c.text) is None for c in others)
        and not any(re.search(r"\d[,.]\d", c.text) for c in others)
    )


def _is_terms(table: Table, row: int) -> bool:
    """Say whether a row below the numbers of terms (第58期) holds nothing but their days: 決算年月 | 2023年3月."""
    lead = table.at(row, 0)
    return lead is not None and re.fullmatch(r"決\s*算\s*(?:年\s*月\s*日?|期)|会計期間", lead.text.strip()) is not None


def is_unit_head(text: str) -> bool:
    """Say whether a cell of words is a head by its end: 金額（百万円）, 百万円, １年超５年以内."""
    if bare_number(text) is not None:
        return False
    if TERM.fullmatch(text) or whole_unit(text):
        return True
    return _ENDS_IN_UNIT.search(text) is not None and unit_in(text) is not None


def _any_figure(table: Table, row: int) -> bool:
    left = max(table.header_columns, 1)
    return any(c.row >= row and c.column >= left and bare_number(c.text) is not None for c in table.cells)


def lines_of_heads(table: Table, first: int, first_row: int) -> dict[int, int]:
    """Return under which of several rows of heads with units each row of figures stands; empty where there is one.

    The lines of a label are as many as the rows of heads, and its cell spans them or is empty behind the first.
    """
    heads = list(range(first, first_row))
    if len(heads) < 2 or table.header_columns != 1 or not _differ(table, heads):
        return {}
    found: dict[int, int] = {}
    for row in range(first_row, table.rows):
        place = (row - first_row) % len(heads)
        if (_label(table, row, first_row) is None) != (place > 0):
            return {}
        found[row] = heads[place]
    return found if len(found) % len(heads) == 0 else {}


def _differ(table: Table, heads: list[int]) -> bool:
    """Say whether some column has a head of its own in each of the rows."""
    cells = [[table.at(row, column) for row in heads] for column in range(1, table.columns)]
    own = [[c.text for c in line if c is not None and c.text.strip()] for line in cells]
    return any(len(set(texts)) == len(heads) for texts in own)


def _label(table: Table, row: int, first_row: int) -> Cell | None:
    """The cell that labels a row, None in the lines behind a label's first."""
    cell = table.at(row, 0)
    if cell is None or not cell.text.strip() or (cell.row < row and cell.row >= first_row):
        return None
    return cell

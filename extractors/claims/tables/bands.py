"""Bands as heads of statistics: doses, weeks or sizes of a first column, counts beside percents.

250 | 30 | 5.9            under the head Concentration (ppm): of "250 ppm"
Number | Percent          both are of the row, whatever the caption names
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.claims.context import Context
from extractors.claims.tables.labels import Label
from extractors.claims.tables.notes import bare_number, unit_in, whole_unit
from schemas import EvidenceRole, Table

if TYPE_CHECKING:
    from extractors.claims.tables.axes import Axes

_COUNTS = re.compile(r"(?:numbers?|no\.|n|estimates?|count|frequency)\s*[=¹²³]?", re.I)
_SHARES = re.compile(r"(?:per ?cent(?:ages?)?|[%％]|share)\s*(?:[(][%％][)])?\s*[¹²³]?", re.I)


def is_paired(axes: Axes, label: Label) -> bool:
    """Say whether a head Number stands beside one Percent: both are of the row, whatever the caption names."""
    text = label.text.strip()
    if label.role != EvidenceRole.COLUMN_HEADER or not (_COUNTS.fullmatch(text) or _SHARES.fullmatch(text)):
        return False
    return of_pairs(axes.columns)


def of_pairs(columns: dict[int, list[Label]]) -> bool:
    """Say whether counts (Number, n) stand beside percents under the columns' last heads."""
    heads = [labels[-1].text.strip() for labels in columns.values() if labels]
    return any(map(_COUNTS.fullmatch, heads)) and any(map(_SHARES.fullmatch, heads))


def of_units(table: Table, column: int, first_row: int) -> bool:
    """Say whether a column under no head of its own gives each row its unit: (百万円), (円), (％)."""
    head = table.at(first_row - 1, column) if first_row else None
    cells = [c.text.strip() for c in table.cells if c.column == column == c.last_column and c.row >= first_row]
    told = [text for text in cells if text]
    if (head is not None and head.text.strip()) or len(told) < 3:
        return False
    return sum(whole_unit(text.strip("()（）〔〕[] ")) for text in told) * 4 >= len(told) * 3


_TERM = re.compile(r"第\s*[\d０-９]{1,3}\s*期(?:\s*第?\s*[1-4１-４一二三]\s*四半期)?")


def as_terms(context: Context, table: Table, first_row: int, columns: dict[int, list[Label]]) -> None:
    """The months below the numbers of terms (第58期 over 2021年3月, in the row 決算年月) say when the terms end."""
    leads = [c for r in range(first_row) if (c := table.at(r, 0)) is not None]
    if not any(re.fullmatch(r"決\s*算\s*年\s*月", c.text.strip()) for c in leads):
        return
    for column, labels in columns.items():
        if any(x.kind == "period" for x in labels):
            columns[column] = [x for x in labels if not _TERM.fullmatch(x.text.strip())] or labels
        for label in labels:
            if re.fullmatch(r"\S{4,6}年\s*[\d０-９]{1,2}月", label.text.strip()):
                read = [m for m in context.mentions(f"{label.text.strip()}期") if m.period is not None]
                label.period = read[0].period if len(read) == 1 else label.period


def is_scale(table: Table, first_row: int) -> bool:
    """Say whether bare numbers of a first column are doses, weeks or sizes that the rows are for: under a head of words
    each is more than the one above it, in every section, and the figures beside them are in no such order."""
    head = table.at(first_row - 1, 0)
    if first_row == 0 or head is None or not re.search(r"[A-Za-z]{3}", head.text):
        return False
    columns = [_column(table, c, first_row) for c in range(min(table.columns, 4))]
    sections = columns[0]
    rising = bool(sections) and all(len(x) > 2 and _rises(x) for x in sections)
    return rising and len(columns) > 2 and any(not _rises(x) for column in columns[1:] for x in column)


def _rises(values: list[Decimal]) -> bool:
    return all(a < b for a, b in pairwise(values))


def _column(table: Table, column: int, first_row: int) -> list[list[Decimal]]:
    """The figures of a column, parted at its rows of words; empty where a section is anything but bare numbers."""
    found: list[list[Decimal]] = [[]]
    for row in range(first_row, table.rows):
        cell = table.at(row, column)
        value = bare_number(cell.text) if cell is not None else None
        if value is not None:
            found[-1].append(value)
        elif cell is not None and cell.text.strip() and found[-1]:
            found.append([])
    return [x for x in found if x]


def as_doses(table: Table, first_row: int, rows: dict[int, list[Label]]) -> None:
    """Take bare numbers that head rows for groups: with the unit of the head over them (Concentration (ppm))."""
    if not is_scale(table, first_row):
        return
    head = table.at(first_row - 1, 0)
    place = unit_in(head.text) if head is not None else None
    unit = f" {head.text[slice(*place)].strip()}" if head is not None and place else ""
    if any(x.kind == "period" for labels in rows.values() for x in labels):
        return
    for label in (x for labels in rows.values() for x in labels if bare_number(x.text) is not None):
        label.kind, label.period, label.unit, label.unit_span = "band", None, None, None
        label.text += unit

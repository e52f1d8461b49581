"""A figure among the line items of a filing: its metric by its row, column, section and the table's title; its time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.claims.build import Named, When
from extractors.claims.tables.capital import balance_of
from extractors.claims.tables.filings import expiry_of, explains_tax, item_of, numbered
from extractors.claims.tables.heads import has_text
from extractors.claims.tables.labels import Label
from extractors.claims.tables.times import at_balance, at_opening, year_to
from extractors.claims.tables.titles import of_parts
from extractors.ontology import Ontology
from extractors.recognizers.metrics import metric_from_header
from schemas import Cell, EvidenceRole
from schemas.ontology import slug

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Reading


def item_at(reading: Reading, cell: Cell, labels: list[Label]) -> Named | None:
    """Return the metric of a figure in a filing's table of line items; None under a head of change."""
    rows = [x for x in labels if x.role == EvidenceRole.ROW_HEADER]
    columns = [x for x in labels if x.role == EvidenceRole.COLUMN_HEADER]
    if any(x.kind == "change" for x in labels):
        return None
    if (expiring := expiry_of(rows, columns, reading.axes.rows.values())) is not None:
        return expiring
    if _is_share(reading, cell, rows):
        text = f"{reading.title} {rows[-1].text}"
        return Named(slug(text) or text, text, rows[-1].span, rows[-1].role)
    return item_of(rows, columns, _section_of(reading, cell.row, rows), reading.title)


def _is_share(reading: Reading, cell: Cell, rows: list[Label]) -> bool:
    """Say whether a figure is the share of an item in what the table's title names (年金資産: 債券 99.9％)."""
    unit = reading.units.get(cell.column, ("", None))[0]
    rated = unit == "%" or cell.text.strip().endswith(("%", "％"))
    return bool(rows and rated and reading.title) and of_parts(reading)


def section_heads(reading: Reading, row: int) -> Iterator[Label]:
    """The rows above that have words and no figure, the nearest first."""
    for above in range(row - 1, reading.axes.first_row - 1, -1):
        heads = reading.axes.rows.get(above, [])
        if heads and is_empty(reading, above):
            yield heads[-1]


def is_empty(reading: Reading, row: int) -> bool:
    """Say whether a row has no figure."""
    return reading.once("empty", row, lambda: not any(has_text(reading.table, row, c) for c in reading.axes.columns))


def _section_of(reading: Reading, row: int, rows: list[Label]) -> Label | None:
    """The section that a row stands in; none behind the numbered items ((1)債券) of one.

    A head printed in two rows (その他有価証券のうち満期があ, るもの) is read as one.
    """
    head = next(section_heads(reading, row), None)
    if head is None or not rows:
        return head
    between = [x[-1] for r, x in reading.axes.rows.items() if head.cell.row < r < row and x]
    if not numbered(rows[-1].text) and any(numbered(x.text) for x in between):
        return None
    above = reading.axes.rows.get(head.cell.row - 1, [])
    wrapped = bool(above) and "ぁ" <= head.text.strip()[:1] <= "ん" and is_empty(reading, head.cell.row - 1)
    return replace(above[-1], text=above[-1].text.strip() + head.text.strip()) if wrapped else head


def of_filing(reading: Reading, row: int, rows: list[Label], columns: list[Label], when: When | None) -> When | None:
    """Return when a figure of an account holds: balances on a day, rates of tax over the year."""
    labels = [*rows, *columns]
    if reading.itemized or balance_of(reading, row, columns) is not None:
        changed = any(x.kind == "change" for x in labels)  # 期首商品棚卸高 | 構成比
        when = when if changed else at_balance(when, [x.text.strip() for x in labels])
    when = at_opening(when, [x.text.strip() for x in rows])
    if reading.itemized and reading.once("rates of tax", 0, lambda: explains_tax(reading.axes.rows.values())):
        return year_to(when)
    return when


def per_share(words: str, ontology: Ontology) -> str | None:
    """Return the metric of an item that is of a section on shares: Basic under earnings per share."""
    if _SHARES.search(words) is None:
        return None
    name = metric_from_header(_USED.sub("", words), ontology=ontology)[0]
    return name if name in ontology.metrics else None


_SHARES = re.compile(r"\bshares?\b", re.I)
_USED = re.compile(r"(?<= used) (?:in|to|for)\b.*")  # shares used in computing earnings per share

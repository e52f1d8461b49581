"""Rows of tables about persons: who stands under the head 氏名, beside what the person is (役職名)."""

from __future__ import annotations

import re

from extractors.claims.build import Named
from extractors.claims.tables.axes import Axes
from schemas import EvidenceRole, Table

_NAME = re.compile(r"(?P<person>氏\s*名)(?:\s*[（(].*)?|氏名又は名称|名称又は氏名|会社等の名称(?:\s*又は\s*氏名)?")


def person_in(table: Table, axes: Axes, row: int) -> Named | None:
    """Return who stands in a row under the head 氏名 or 会社等の名称, None where there is none."""
    for column in range(table.columns):
        head = table.at(axes.first_row - 1, column) if axes.first_row else None
        named = _NAME.fullmatch(head.text.strip()) if head is not None else None
        if named is None:
            continue
        cell = table.at(row, column)
        if cell is not None and cell.span is not None and cell.text.strip() and cell.last_column == cell.column:
            sort = "person" if named["person"] else None
            return Named(cell.text.strip(), cell.text.strip(), cell.span, EvidenceRole.ROW_HEADER, None, sort)
    return None

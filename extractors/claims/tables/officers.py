"""Rows of tables about persons: who stands under the head 氏名, beside what the person is (役職名)."""

from __future__ import annotations

import re

from extractors.claims.build import Named
from extractors.claims.tables.axes import Axes
from schemas import EvidenceRole, Table

_NAME = re.compile(r"氏\s*名(?:又は名称)?(?:\s*[（(].*)?")


def person_in(table: Table, axes: Axes, row: int) -> Named | None:
    """Return who stands in a row under the head 氏名, None where there is none."""
    for column in range(table.columns):
        head = table.at(axes.first_row - 1, column) if axes.first_row else None
        if head is None or not _NAME.fullmatch(head.text.strip()):
            continue
        cell = table.at(row, column)
        if cell is not None and cell.span is not None and cell.text.strip() and cell.last_column == cell.column:
            return Named(cell.text.strip(), cell.text.strip(), cell.span, EvidenceRole.ROW_HEADER, None, "person")
    return None

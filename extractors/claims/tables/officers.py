"""Rows of tables about persons and parties: who stands under the head 氏名, beside what they are (役職名)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.claims.build import Named
from extractors.claims.tables.corners import whole
from schemas import EvidenceRole

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Reading

_NAMED = re.compile(r"[^（(\n]+")  # before how a name is read and when its bearer was born


def person_in(reading: Reading, row: int) -> Named | None:
    """Return who stands in a row under the head 氏名 or 会社等の名称, None where there is none."""
    table = reading.table
    places = ((r, c) for r in range(reading.axes.first_row) for c in range(table.columns))
    for head in (cell for place in places if (cell := table.at(*place)) is not None):
        words = re.sub(r"\s", "", head.text)
        person = whole("persons").match(words) is not None
        if not (person or whole("parties").match(words)):
            continue
        cell = table.at(row, head.column)
        if cell is None or cell.span is None or not cell.text.strip() or cell.last_column != cell.column:
            continue
        view = reading.context.view(cell.span)
        named = _NAMED.match(view.text) if person else None
        if named is None or not named.group().strip():
            return Named(cell.text.strip(), cell.text.strip(), cell.span, EvidenceRole.ROW_HEADER)
        text = named.group().rstrip()
        place = view.span(0, len(text))
        return Named(" ".join(text.split()), text, place, EvidenceRole.ROW_HEADER, None, "person")
    return None

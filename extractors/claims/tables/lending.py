"""A table without a unit that takes the one of the table right above it."""

from __future__ import annotations

import re

from extractors.claims.tables.notes import bare_number
from extractors.claims.tables.parts import Reading


def lends_unit(last: Reading, reading: Reading) -> bool:
    """Say whether a table without a unit takes that of the one right above: both are line items over times, nothing
    but a few words stands between them, and its figures are bare numbers of thousands."""
    table, axes, around = reading.table, reading.axes, reading.around
    if around.unit is not None or last.around.unit is None:
        return False
    if any((x.row_axis, x.column_axis) != ("metric", "period") for x in (axes, last.axes)):
        return False
    between = reading.context.document.text[last.table.span.end : table.span.start]
    if len(between) > 120 or re.search(r"^#|単位|\bin (?:thousands|millions)", between, re.M):
        return False
    labels = [label for lines in (axes.rows, axes.columns) for heads in lines.values() for label in heads]
    cells = [c.text.strip() for c in table.cells if c.row >= axes.first_row and c.column in axes.columns]
    bare = [text for text in cells if bare_number(text) is not None]
    return not any(x.unit for x in labels) and len(bare) * 4 >= len(cells) * 3 and sum("," in x for x in bare) > 2

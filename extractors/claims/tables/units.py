"""The unit of a table's bare numbers: from header, first cell, note or caption, or from what the metric can be."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from extractors.claims.context import Context
from extractors.claims.figures import per_base, rate_base
from extractors.claims.tables.labels import Label
from extractors.claims.tables.parts import Reading
from schemas import Cell, Mention, MentionKind, Quantity, QuantityKind, Span

_UNSCALED = re.compile(
    r"率|割合|比率|シェア|構成比|[%％]|[Mm]argin|[Rr]ate|[Rr]atio|[Ss]hare|[Pp]er share|1株当|１株当|\bEPS\b|ROE|ROA"
)
_SCALED_UNIT = re.compile(r"[十百千万億兆]+(?:円|米?ドル|元|ユーロ|株|人|台|トン|枚)")


def unit_for(reading: Reading, column: int, rows: list[Label], columns: list[Label]) -> tuple[str | None, Span | None]:
    """Return the row's own unit, else the column's, else what the column's first cell prints, else the table's note."""
    for label in (*reversed(rows), *reversed(columns)):
        if label.unit is not None:
            return label.unit, label.unit_span
    if column in reading.units:
        return reading.units[column]
    if any(_UNSCALED.search(label.text) for label in (*rows, *columns)):
        return None, None
    return reading.around.unit, reading.around.unit_span


def remember_unit(reading: Reading, cell: Cell, found: list[Mention], place: Callable[[int, int], Span]) -> None:
    """Note a unit printed only in the first figure of a column (122百万円): it holds for the bare figures below."""
    quantities = [m for m in found if m.kind == MentionKind.QUANTITY and m.quantity is not None]
    if len(quantities) != 1 or cell.column in reading.units:
        return
    unit = _SCALED_UNIT.search(quantities[0].text)
    if unit is not None:
        shift = quantities[0].span.start
        reading.units[cell.column] = (unit.group(), place(shift + unit.start(), shift + unit.end()))


def implied(context: Context, quantity: Quantity, metric_id: str | None, labels: list[Label]) -> Quantity:
    """Give a bare number the one unit that its metric can have (context length → token, growth rate → percent)."""
    if quantity.kind != QuantityKind.NUMBER or quantity.unit != "unitless":
        return quantity
    if any(label.kind == "change" and re.search(r"[%％]|率|比", label.text) for label in labels):
        return quantity.changed(kind=QuantityKind.PERCENT, unit="percent")
    dimensions = context.dimensions.get(metric_id or "", ())
    if len(dimensions) != 1:
        return quantity
    name, _, unit = dimensions[0].partition(":")
    if name == "percent":
        return quantity.changed(kind=QuantityKind.PERCENT, unit="percent")
    if name == "rank":
        return quantity.changed(kind=QuantityKind.RANK, unit="rank")
    if name in ("count", "measure") and unit:
        return quantity.changed(kind=QuantityKind(name), unit=unit)
    return quantity


def per_token(reading: Reading, quantity: Quantity, labels: list[Label]) -> Quantity:
    """Return a price under a header or caption that says per how many tokens as the price of one."""
    if quantity.kind != QuantityKind.MONEY:
        return quantity
    texts = [label.text for label in labels] + reading.around.words
    base: Decimal | None = next((found[0] for text in texts if (found := rate_base(text))), None)
    return per_base(quantity, base) if base else quantity

"""How far what is quoted moved, in a column beside its prices: WTI原油 | 67.02ドル | +1.81, of dollars and no rate."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.claims.build import Named
from extractors.claims.quoted import quoted_as
from extractors.claims.tables.currencies import in_yen
from schemas import Cell, Quantity, QuantityKind, Table

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Parts

_SIGN = r"[+＋\-−–▲△±]\s*\d[\d,.]*"
_BARE = re.compile(_SIGN)
_RATE = re.compile(rf"{_SIGN}\s*[%％]")
_PRICED = re.compile(rf"{_SIGN}\s*(?:円|銭|ドル|ポイント|pt|bp)|[+＋\-−–▲△±]\s*[$¥€£]\s*\d[\d,.]*")
_LEAST = 2


def moves_beside_rates(table: Table, column: int) -> bool:
    """Say whether the bare figures of a column of change are amounts: others in it print their unit, or the next
    column prints the rates.

    A sign of per cent in the first row alone holds for the rows below it.
    """
    own = [c.text.strip() for c in _cells(table, column)]
    bare = [text for text in own if _BARE.fullmatch(text)]
    if not bare or any(not (_BARE.fullmatch(t) or _RATE.fullmatch(t) or _PRICED.fullmatch(t)) for t in own):
        return False
    if any(_PRICED.fullmatch(text) for text in own) or any(_RATE.fullmatch(text) for text in own[1:]):
        return True
    if _with_decimals_of(table, column):
        return True
    rates = sum(_RATE.fullmatch(c.text.strip()) is not None for c in _cells(table, column + 1))
    return rates >= max(_LEAST, len(bare) - 1)


def _with_decimals_of(table: Table, column: int) -> bool:
    """Say whether bare figures have in every row the decimals of the price before them, and these differ."""
    before = {c.row: _DECIMALS.search(c.text.strip()) for c in _cells(table, column - 1)}
    own = {c.row: _DECIMALS.search(c.text.strip()) for c in _cells(table, column) if _BARE.fullmatch(c.text.strip())}
    told = [(len(found[1]), len(price[1])) for row, found in own.items() if found and (price := before.get(row))]
    return len(told) > _LEAST and len(told) == len(own) and all(a == b for a, b in told) and len({*told}) > 1


_DECIMALS = re.compile(r"\d\.(\d+)\s*(?:円|ドル|[%％])?$")


def _cells(table: Table, column: int) -> list[Cell]:
    cells = (c for c in table.cells if c.column == column and any(map(str.isdigit, c.text)))
    return sorted(cells, key=lambda c: c.row)


def as_quoted_change(parts: Parts, metric: Named, quantity: Quantity) -> tuple[Named, Quantity]:
    """Return the change of a price as that of what its row quotes, a bare amount in the unit of the price before it."""
    name = quoted_as(parts.entity.id, parts.entity.type)
    before = parts.reading.axes.columns.get(parts.cell.column - 1, [])
    if name is None and before and before[-1].metric_id == "share_price":
        name, quantity = "share_price", in_yen(parts.reading, quantity, parts.cell.text, "share_price")
    if name is not None and metric.name == "value_change":
        metric = replace(metric, name=f"{name}_change")
    if quantity.kind != QuantityKind.NUMBER or not metric.name.endswith("_change"):
        return metric, quantity
    if metric.name == "bond_yield_change":
        return metric, quantity.changed(kind=QuantityKind.PERCENT_POINT, unit="percentage_point")
    price = _price_before(parts)
    if price is None or price.kind != QuantityKind.MONEY:
        return metric, quantity
    return metric, quantity.changed(kind=price.kind, unit=price.unit, unit_text=price.unit_text)


def _price_before(parts: Parts) -> Quantity | None:
    """The only figure of the cell before, in the row."""
    row, column = parts.cell.row, parts.cell.column
    beside = next((c for c in parts.reading.table.cells if c.row == row and c.column == column - 1), None)
    found = [m.quantity for m in parts.reading.context.mentions(beside.text)] if beside is not None else []
    told = [quantity for quantity in found if quantity is not None]
    return told[0] if len(told) == 1 else None

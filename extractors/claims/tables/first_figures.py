"""Units that only the first figure of a column prints (122百万円, 30.6％): they hold for the bare figures below."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.claims.build import Named
from extractors.claims.metric_candidates import fit
from extractors.claims.tables.notes import bare_number, one
from extractors.claims.tables.parts import Reading
from schemas import Cell, Mention, MentionKind, QuantityKind, Span

_SCALED_UNIT = re.compile(r"[十百千万億兆]+(?:円|米?ドル|元|ユーロ|株|人|台|トン|枚)")
_WHOLE = 100  # percent


def remember_unit(reading: Reading, cell: Cell, found: list[Mention], place: Callable[[int, int], Span]) -> None:
    """Note a unit printed only in the first figure of a column (122百万円): it holds for the bare figures below."""
    quantities = [m for m in found if m.kind == MentionKind.QUANTITY and m.quantity is not None]
    if len(quantities) != 1 or cell.column in reading.units:
        return
    unit = _SCALED_UNIT.search(quantities[0].text)
    if unit is not None:
        if _prints_others(reading, cell, unit.group()):
            return
        shift = quantities[0].span.start
        reading.units[cell.column] = (unit.group(), place(shift + unit.start(), shift + unit.end()))
    elif reading.itemized and (sign := _PERCENT_SIGN.search(quantities[0].text)) and _tenths_below(reading, cell):
        shift = quantities[0].span.start
        reading.units[cell.column] = ("%", place(shift + sign.start(), shift + sign.end()))


def _prints_others(reading: Reading, cell: Cell, unit: str) -> bool:
    """Say whether figures of a column are printed with other units (120人 over 152万人 and 18MW): each says its own."""
    texts = [c.text.strip() for c in reading.table.cells if c.column == cell.column and c.row != cell.row]
    units = {found["unit"] for text in texts if (found := _PRINTED.fullmatch(text))}
    return bool(units - {unit, "%", "％"})


_PRINTED = re.compile(r"[約＋+△▲−-]?\s?[\d０-９][\d０-９,，.．]*\s?(?P<unit>[^\d０-９\s（(／/]{1,6})")


def may_lend(reading: Reading, column: int, metric: Named) -> bool:
    """Say whether the unit that a column's first figure prints may be its row's: no PER is in 百万円."""
    known = one(reading.units[column][0])
    told = reading.context.dimensions.get(metric.id or "", ())
    amount = metric.text.rstrip().endswith("額")  # 取得に伴う増加額
    return known is None or amount or not metric.id or known.kind != QuantityKind.MONEY or fit(told, known) != "no"


def _tenths_below(reading: Reading, cell: Cell) -> bool:
    """Say whether all bare figures below a percentage have as many decimals as it, and are no larger than shares."""
    told = re.search(r"[.．](\d+)\s*[%％]", cell.text)
    below = [c.text.strip() for c in reading.table.cells if c.column == cell.column and c.row > cell.row]
    bare = {text: value for text in below if (value := bare_number(text)) is not None}
    if told is None or not bare or any(abs(value) > _WHOLE for value in bare.values()):
        return False
    return all(re.search(rf"\.\d{{{len(told[1])}}}\D*$", text) for text in bare)


_PERCENT_SIGN = re.compile(r"[%％]\s*$")

"""The unit of a table's bare numbers: from header, first cell, note or caption, or from what the metric can be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from extractors.claims.build import Named
from extractors.claims.figures import as_stated, implied, per_base, rate_base
from extractors.claims.tables.labels import Label
from extractors.claims.tables.parts import Reading
from extractors.recognizers import recognize
from schemas import Bound, Cell, Mention, MentionKind, Quantity, QuantityKind, Span

_UNSCALED = re.compile(
    r"率|割合|比率|シェア|構成比|[%％]|[Mm]argin|[Rr]ate|[Rr]atio|[Ss]hare|[Pp]er share|1株当|１株当|\bEPS\b|ROE|ROA"
)
_SCALED_UNIT = re.compile(r"[十百千万億兆]+(?:円|米?ドル|元|ユーロ|株|人|台|トン|枚)")


def unit_for(reading: Reading, column: int, rows: list[Label], columns: list[Label]) -> tuple[str | None, Span | None]:
    """Return the row's own unit, else the column's, else what the column's first cell prints, else the table's note."""
    for label in (*reversed(rows), *reversed(columns)):
        if label.unit is not None:
            return ("thousands" if _ZEROS.search(label.unit) else label.unit), label.unit_span
    if column in reading.units:
        return reading.units[column]
    if any(_UNSCALED.search(label.text) for label in (*rows, *columns)):
        return None, None
    return _with_currency(reading), reading.around.unit_span


def _with_currency(reading: Reading) -> str | None:
    """The table's note; a mere magnitude (MILLIONS) takes the currency sign that the table prints in some cell."""
    unit = reading.around.unit
    if unit is not None and _ZEROS.search(unit):
        unit = "thousands"
    if unit is None or not _MAGNITUDE.fullmatch(unit.strip()):
        return unit
    sign = next((found.group() for c in reading.table.cells if (found := _SIGN.search(c.text))), None)
    return f"{sign} in {unit.strip().lower()}" if sign else unit


_ZEROS = re.compile(r"(?<![\d,])['’]?000(?:['’]?s)?(?!\d)")  # ('000), 000s


_MAGNITUDE = re.compile(r"(?:in\s+)?(?:thousands|millions|billions)", re.I)
_SIGN = re.compile(r"US\$|\$|€|£|¥|Rs\.?")


def remember_unit(reading: Reading, cell: Cell, found: list[Mention], place: Callable[[int, int], Span]) -> None:
    """Note a unit printed only in the first figure of a column (122百万円): it holds for the bare figures below."""
    quantities = [m for m in found if m.kind == MentionKind.QUANTITY and m.quantity is not None]
    if len(quantities) != 1 or cell.column in reading.units:
        return
    unit = _SCALED_UNIT.search(quantities[0].text)
    if unit is not None:
        shift = quantities[0].span.start
        reading.units[cell.column] = (unit.group(), place(shift + unit.start(), shift + unit.end()))


@lru_cache(maxsize=512)
def _one(unit: str) -> Quantity | None:
    """Return what "1 unit" is, read as in a sentence (万台, TB/s, W), or None."""
    text = f"1{unit.strip()}"
    found = [m for m in recognize(text) if m.quantity is not None]
    if len(found) != 1 or found[0].span.end - found[0].span.start < len(text) or found[0].quantity is None:
        return None
    quantity = as_stated(found[0], text).quantity
    return quantity if quantity is not None and quantity.value and quantity.unit != "unitless" else None


def in_unit(mention: Mention, unit: str | None) -> Mention:
    """Return a bare number of a cell in the unit of its header or note."""
    quantity = mention.quantity
    if unit is None or quantity is None or any(c.isalpha() or c in "%％$¥￥€£" for c in mention.text):
        return mention
    one = _one(unit)
    written = bare_number(mention.text)
    if one is None or one.value is None or written is None:
        return mention
    value = written * one.value
    plain = quantity.changed(
        kind=one.kind, value=value, low=None, high=None, bound=Bound.EQ, unit=one.unit, unit_text=one.unit_text
    )
    return mention.changed(quantity=plain)


def bare_number(text: str) -> Decimal | None:
    """Return a plain printed number with its sign (▲, △, −, accounting brackets), None for anything else."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _NUMBER.fullmatch(plain)
    if match is None:
        return None
    value = Decimal(match.group("digits").replace(",", ""))
    negative = match.group("sign") in tuple("▲△-−–") or (plain.startswith("(") and plain.endswith(")"))
    return -value if negative else value


_NUMBER = re.compile(r"[(]?(?P<sign>[▲△+\-−–±])?\s*(?P<digits>\d[\d,]*(?:\.\d+)?)\s*[)]?")


def under_labels(
    dimensions: dict[str, tuple[str, ...]], quantity: Quantity, metric_id: str | None, labels: list[Label]
) -> Quantity:
    """Give a bare number the unit that its labels imply: percent under 増減率, else the one unit of its metric."""
    bare = quantity.kind == QuantityKind.NUMBER and quantity.unit == "unitless"
    if bare and any(label.kind == "change" and re.search(r"[%％]|率|比", label.text) for label in labels):
        return quantity.changed(kind=QuantityKind.PERCENT, unit="percent")
    return implied(dimensions, quantity, metric_id)


def per_token(reading: Reading, quantity: Quantity, labels: list[Label]) -> Quantity:
    """Return a price under a header, or in a table with a note, that says per how many tokens as the price of one.

    A bare number is a price only under a header that says input or output, in the currency of the note.
    """
    texts = [label.text for label in labels] + reading.around.words
    base: Decimal | None = next((found[0] for text in texts if (found := rate_base(text))), None)
    if base is None:
        return quantity
    bare = quantity.kind == QuantityKind.NUMBER and any(_IN_OUT.search(label.text) for label in labels)
    currency = next((unit for text in texts if (unit := _currency(text))), None) if bare else None
    if currency is not None:
        quantity = quantity.changed(kind=QuantityKind.MONEY, unit=currency)
    return per_base(quantity, base)


_IN_OUT = re.compile(r"(?P<input>入力|input|prompt)|(?P<output>出力|output|completion)", re.I)
_CURRENCY = re.compile(
    r"(?P<USD>米?ドル|US\$|\$|USD|dollars?)|(?P<JPY>円|¥|JPY|yen)|"
    r"(?P<EUR>ユーロ|€|EUR|euros?)|(?P<CNY>元|CNY|RMB)",
    re.I,
)


def _currency(text: str) -> str | None:
    found = _CURRENCY.search(text)
    return found.lastgroup if found else None


def in_or_out(metric: Named) -> Named:
    """Input and output under a price per token are its two prices."""
    found = _IN_OUT.search(metric.text)
    name = f"price_{found.lastgroup}" if found else "price"
    return Named(name, metric.text, metric.span, metric.role, name)

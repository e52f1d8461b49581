"""The currency of amounts that a cell prints with a magnitude alone: 11.3B under 収益（USD）, 85億 under 営業利益."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from extractors.claims.tables.notes import one
from extractors.claims.tables.token_cells import currency_in
from schemas import Mention, Quantity, QuantityKind

if TYPE_CHECKING:
    from extractors.claims.tables.labels import Label
    from extractors.claims.tables.parts import Reading

_AMOUNT = re.compile(r"[\d０-９][\d０-９,.，．\s]*[百千]?[万億兆][\s+超強弱以上程度台規模前後]*$")
_FOREIGN = re.compile(
    r"ドル|ユーロ|ポンド|ウォン|元(?![々年祖来旦])|ルピー|[$€£₩₹]|\b(?:USD|EUR|GBP|CNY|RMB|KRW|INR|TWD)\b"
)
_KANA = re.compile(r"[ぁ-ん]")


SIGN = re.compile(r"US\$|\$|€|£|¥|Rs\.?")


def coin_of(note: str) -> str | None:
    """Return the currency of a table's note without its magnitude: of what is told per share."""
    sign = SIGN.search(note)
    return sign.group() if sign is not None else currency_in(note)


def of_currency(mention: Mention, quantity: Quantity, unit: str) -> Mention:
    """Return a figure with a magnitude of its own (11.3B) in the currency that its head names (USD)."""
    known = one(unit)
    if quantity.unit != "unitless" or known is None or known.kind != QuantityKind.MONEY or known.value != 1:
        return mention
    return mention.changed(quantity=quantity.changed(kind=known.kind, unit=known.unit, unit_text=known.unit_text))


def is_in_yen(note: str | None, labels: Iterable[Label]) -> bool:
    """Say whether a table's note is of yen in thousands or more, so that figures per share are in yen (1株益)."""
    return _YEN.search(note or "") is not None and not any(label.kind == "change" for label in labels)


_YEN = re.compile(r"[千万億]円")


def in_yen(reading: Reading, quantity: Quantity, text: str, metric: str | None) -> Quantity:
    """Return an amount of money printed as 431.6億 in yen, where a Japanese text's table names no other currency."""
    told = [d for d in reading.context.dimensions.get(metric or "", ()) if d != "text"]
    priced = metric in _OF_SHARES and _has_codes(reading)  # コード | 銘柄名 | 終値: of shares in Tokyo
    amount = told == ["money"] and _AMOUNT.search(text.strip()) is not None
    if quantity.unit != "unitless" or not (priced or amount):
        return quantity
    document, span = reading.context.document.text, reading.table.span
    near = document[max(0, span.start - _NEAR) : span.end]
    if not _KANA.search(document) or _FOREIGN.search(near):
        return quantity
    return quantity.changed(kind=QuantityKind.MONEY, unit="JPY")


def _has_codes(reading: Reading) -> bool:
    """Say whether a column of a table holds codes of shares."""
    columns = {c.column for c in reading.table.cells if c.row < reading.axes.first_row and "コード" in c.text}
    cells = [c.text.strip() for c in reading.table.cells if c.column in columns and c.row >= reading.axes.first_row]
    return bool(cells) and all(_CODE.fullmatch(text) for text in cells)


_CODE = re.compile(r"[1-9]\d[0-9A-Z][0-9A-Z]")
_OF_SHARES = frozenset(["share_price", "eps", "dividend_per_share", "bps", "target_price"])
_NEAR = 300  # characters before a table

"""Figures as cells print them: 16K, 201円60銭, a minus that stands with the words for a change."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.claims.tables.notes import bare_number
from schemas import Mention, MentionKind, Quantity, QuantityKind, Span

_SHORTHAND = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?:(?P<size>[Kk])|[eE]\+?(?P<power>\d{1,2}))")


_SEN = re.compile(r"[△▲\-−]?\s*(?P<yen>\d[\d,]*)\s*円\s*(?P<sen>\d{1,2})\s*銭")  # 201円60銭


def shorthand(text: str) -> list[Mention]:
    """Read a whole cell 16K or 2.1e25, which in a sentence would be a name, and 201円60銭, which is one figure."""
    coins = _SEN.fullmatch(text.strip())
    if coins is not None:
        value = Decimal(coins.group("yen").replace(",", "")) + Decimal(coins.group("sen")) / 100
        value = value if coins.start("yen") == 0 else -value
        start = text.index(coins.group())
        quantity = Quantity(kind=QuantityKind.MONEY, value=value, unit="JPY")
        place = Span(start=start, end=start + len(coins.group()))
        return [Mention(kind=MentionKind.QUANTITY, span=place, text=coins.group(), quantity=quantity, rule="yen-sen")]
    found = _SHORTHAND.fullmatch(text.strip())
    if found is None:
        return []
    power = 3 if found.group("size") else int(found.group("power"))
    start = text.index(found.group())
    quantity = Quantity(kind=QuantityKind.NUMBER, value=Decimal(found.group("number")) * 10**power, unit="unitless")
    place = Span(start=start, end=start + len(found.group()))
    return [Mention(kind=MentionKind.QUANTITY, span=place, text=found.group(), quantity=quantity, rule="shorthand")]


def percent(mention: Mention) -> Mention:
    """Return a bare figure as a percent."""
    if mention.quantity is None:
        return mention
    kept = {"low": None, "high": None, "kind": QuantityKind.PERCENT, "unit": "percent"}
    return mention.changed(quantity=mention.quantity.changed(value=bare_number(mention.text), **kept))


def signed(mention: Mention, text: str) -> Mention:
    """A minus between the words for a change and its figure (前年比-35%以上, サプライズ-12%) belongs to the figure."""
    quantity = mention.quantity
    if quantity is None or quantity.value is None or not _MINUS.search(text[: mention.span.start]):
        return mention
    return mention.changed(quantity=quantity.changed(value=-abs(quantity.value)))


_MINUS = re.compile(r"(?:比|率|差|サプライズ|YoY|y/y|change|growth)[:：]?\s*[-−–▲△]\s*$", re.I)


def words_before(text: str, start: int) -> str:
    """Return the words right before a figure of a cell with several (材料費40%, 前年比+28%)."""
    words = re.split(r"[、。,;；\n/（(「]", text[:start])[-1]
    words = re.sub(r"[\s「:：、,・+＋±\-−–▲△約]+$", "", words).strip()
    return words if 2 <= len(words) <= 16 and not re.search(r"\d", words) else ""

"""The figures of a text as claims count them: transitions parted, 弱 and 強 as approximations, rates per base."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal

from schemas import Bound, Mention, MentionKind, Quantity, QuantityKind, Span

_FROM = re.compile(r"\s*(?:から|→|⇒|\bto\b)\s*")
_MOVES = re.compile(
    r"\s*(?:規模|程度|前後)?(?:へ|に|まで|と)?[^、。]{0,8}?(?:増|減|拡大|縮小|引き上|引き下|上昇|低下|下落|伸び|改善|悪化|成長|倍増|急増|急落|移行|変更|なっ|達し|落ち|広が)"
)
_LITTLE = re.compile(r"[弱強]$")
_BASE = re.compile(
    r"(?:per\s+)?(?P<number>[\d,]+|[一百千万]+)?\s*(?P<scale>[百千万億]|thousand|million|[kKM])?\s*(?P<unit>トークン|tokens?)"
    r"\s*(?P<per>当たり|あたり|につき|ごと)?",
    re.I,
)
_SCALES = {"百": 100, "千": 1000, "万": 10**4, "億": 10**8, "thousand": 1000, "million": 10**6, "k": 1000, "m": 10**6}


def counted(mentions: Iterable[Mention], text: str, recognise: Callable[[str], list[Mention]]) -> list[Mention]:
    """Return `mentions` with each change from one figure to another (410人から700人に増やす) as two figures."""
    found: list[Mention] = []
    for mention in mentions:
        parts = _parted(mention, text, recognise) if mention.kind == MentionKind.QUANTITY else None
        found.extend(parts or [_softened(mention)])
    return found


def _parted(mention: Mention, text: str, recognise: Callable[[str], list[Mention]]) -> list[Mention] | None:
    quantity = mention.quantity
    if quantity is None or not quantity.is_range or quantity.vague:
        return None
    cut = _FROM.search(mention.text)
    if cut is None or not _MOVES.match(text, mention.span.end):
        return None
    parts = []
    for start, end in ((0, cut.start()), (cut.end(), len(mention.text))):
        piece = next((m for m in recognise(mention.text[start:end]) if m.kind == MentionKind.QUANTITY), None)
        if piece is None or piece.quantity is None:
            return None
        place = Span(
            start=mention.span.start + start + piece.span.start, end=mention.span.start + start + piece.span.end
        )
        parts.append(piece.changed(span=place))
    first, last = parts[0].quantity, parts[1].quantity
    if first is None or last is None or (first.unit != last.unit and first.kind != QuantityKind.NUMBER):
        return None
    return parts


def _softened(mention: Mention) -> Mention:
    """2割弱, 6割強: near the number rather than a bound on it."""
    quantity = mention.quantity
    if quantity is None or not _LITTLE.search(mention.text) or quantity.value is None:
        return mention
    soft = quantity.changed(bound=Bound.APPROX, approximate=True, low=None, high=None)
    return mention.changed(quantity=soft)


def rate_base(text: str) -> tuple[Decimal, int, int] | None:
    """Return how many tokens a price is for (100万トークンあたり, per 1M tokens) and where that stands, or None."""
    for found in _BASE.finditer(text):
        if (
            not found.group("per")
            and not re.match(r"per\b", found.group(), re.I)
            and "/" not in text[: found.start()][-2:]
        ):
            continue
        number = (
            Decimal((found.group("number") or "1").replace(",", ""))
            if _is_digits(found.group("number"))
            else Decimal(1)
        )
        scale = _SCALES.get((found.group("scale") or "").lower(), 1)
        if number * scale > 1:
            return number * scale, found.start(), found.end()
    return None


def _is_digits(text: str | None) -> bool:
    return text is None or text.replace(",", "").isdigit()


def per_base(quantity: Quantity, base: Decimal) -> Quantity:
    """Return a price of `base` tokens as the price of one."""
    if quantity.kind != QuantityKind.MONEY or "_per_" in quantity.unit:
        return quantity
    scaled = {
        name: None if (number := getattr(quantity, name)) is None else number / base
        for name in ("value", "low", "high")
    }
    return quantity.changed(**scaled, unit=f"{quantity.unit}_per_token")

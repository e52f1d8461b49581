"""Figures joined by arrows are of one unit, which only one of them may print: 1,800→4,100円, 6→3カ月, 10.7 → 14.5%.

A magnitude goes over too where it brings the two nearer (3→5億円 is 3億円, 9,000→1万円 is 9,000円).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from schemas import Mention, MentionKind, QuantityKind

_ARROW = re.compile(r"[\s*]*(?:→|⇒|➡|➔|->)[\s*]*(?:約)?")
_FROM = re.compile(r"から(?:約)?")  # 8000億から8500億ドルへ: what has a magnitude has the unit too
_MAGNITUDE = re.compile(
    r"(?P<myriads>[百千]?[万億兆])|(?P<english>million|billion|trillion|(?<=\d)(?:bn|mn|[MBK])\b)", re.I
)
_SCALES = {"万": 10**4, "億": 10**8, "兆": 10**12, "百": 100, "千": 1000}
_ENGLISH = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
    "trillion": 10**12,
}
_SHARED = frozenset(
    [QuantityKind.MONEY, QuantityKind.PERCENT, QuantityKind.COUNT, QuantityKind.MEASURE, QuantityKind.RATIO]
)


def over_arrows(mentions: Sequence[Mention], text: str) -> list[Mention]:
    """Return `mentions` (in order) with the unit of a figure given to the bare numbers that arrows join to it."""
    found = list(mentions)
    if "→" not in text and "から" not in text and _ARROW.search(text) is None:
        return found
    places = [i for i, m in enumerate(found) if m.quantity is not None and m.kind != MentionKind.NOISE]
    for first, second in reversed(list(pairwise(places))):
        _lend(found, second, first, text[found[first].span.end : found[second].span.start])
    for first, second in pairwise(places):
        _lend(found, first, second, text[found[first].span.end : found[second].span.start])
    _carry(found, places, text)
    return found


def _carry(found: list[Mention], places: list[int], text: str) -> None:
    """Give bare pairs the unit of the pair of amounts before: 利息 24,555百万円→29,169百万円、配当金 6,643→10,118."""
    pair: Mention | None = None
    for first, second in pairwise(places):
        one, two = found[first], found[second]
        if one.quantity is None or two.quantity is None:
            continue
        if _ARROW.fullmatch(text, one.span.end, two.span.start) is None:
            continue
        if one.quantity.kind == two.quantity.kind == QuantityKind.MONEY:
            pair = one
        elif pair is not None and not _STOPS.search(text, pair.span.end, one.span.start):
            lent = [_as_in(pair, m) for m in (one, two)]
            if lent[0] is not None and lent[1] is not None and _BARE.match(text, two.span.end):
                found[first], found[second] = lent[0], lent[1]


_STOPS = re.compile(r"[。\n]|\d\s?[%％人件社倍]")
_BARE = re.compile(r"\s?(?:[、。，,（(）)・;；]|と|へ|に|$)")


def _as_in(pair: Mention, mention: Mention) -> Mention | None:
    """Return a bare number in the currency and magnitude of an amount, or None where it is none or far from it."""
    told, bare = pair.quantity, mention.quantity
    if told is None or bare is None or bare.kind != QuantityKind.NUMBER or bare.unit != "unitless":
        return None
    scaled = bare.times(_scale(pair.text)) if _scale(mention.text) == 1 else bare
    near = told.value and scaled.value and 1 / _FAR <= abs(scaled.value / told.value) <= _FAR
    return mention.changed(quantity=scaled.changed(kind=told.kind, unit=told.unit)) if near else None


_FAR = 1000  # times: amounts told in one breath are seldom further apart


def _lend(found: list[Mention], lender: int, taker: int, between: str) -> None:
    told, bare = found[lender].quantity, found[taker].quantity
    if told is None or bare is None or not _is_joined(between, found[taker].text, taker < lender):
        return
    if told.kind not in _SHARED or bare.kind != QuantityKind.NUMBER or bare.unit != "unitless" or bare.value is None:
        return
    scale = _scale(found[lender].text) if _scale(found[taker].text) == 1 else Decimal(1)
    near = told.value is not None and _is_nearer(bare.value, scale, told.value)
    lent = bare.changed(kind=told.kind, unit=told.unit)
    found[taker] = found[taker].changed(quantity=lent.times(scale) if near else lent)


def _is_joined(between: str, bare: str, first: bool) -> bool:
    """Say whether an arrow, or から behind a number with a magnitude, joins two figures."""
    if _ARROW.fullmatch(between) is not None:
        return True
    return first and _FROM.fullmatch(between) is not None and _scale(bare) >= _SCALES["万"]


def _scale(words: str) -> Decimal:
    told = _MAGNITUDE.search(words)
    if told is None:
        return Decimal(1)
    if told["english"]:
        return Decimal(_ENGLISH[told["english"].lower()])
    scale = Decimal(1)
    for sign in told["myriads"]:
        scale *= _SCALES[sign]
    return scale


def _is_nearer(value: Decimal, scale: Decimal, told: Decimal) -> bool:
    """Say whether a number with the magnitude of the other is nearer to it than without."""
    if scale == 1 or value <= 0 or told <= 0:
        return False
    plain, scaled = (max(v / told, told / v) for v in (value, value * scale))
    return scaled < plain

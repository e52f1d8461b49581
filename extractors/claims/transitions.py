"""Figures joined by arrows are of one unit, which only one of them may print: 1,800→4,100円, 6→3カ月, 10.7 → 14.5%.

So are those that go from one to the other: from 38 to 43 percent, 38から43%に; and 62 to 30 percent is one against
another. A magnitude goes over too where it brings the two nearer (3→5億円 is 3億円, 9,000→1万円 is 9,000円), also to
an amount that prints its currency: from $1.2 to $0.9 billion.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from schemas import Mention, MentionKind, Quantity, QuantityKind

_ARROW = re.compile(r"[\s*]*(?:→|⇒|➡|➔|->)[\s*]*(?:約)?")
_FROM = re.compile(r"から(?:約)?")  # 8000億から8500億ドルへ: what has a magnitude has the unit too
_TO = re.compile(r"\s+to\s+(?:about |around |roughly |nearly |some )?", re.I)
_BY = re.compile(r"\b(?:by|up|down)\s+(?:about |around |roughly )?$", re.I)  # by 3 to 40 percent
_OUT_OF = re.compile(r"\bfrom\s+(?:about |around |roughly |nearly |just |only |some )?$", re.I)
_GOES_TO = re.compile(r"\s?(?:へ|に|まで|と)")
_NAME = re.compile(r"[A-Za-z.-]\s?$")  # Sonnet 4.5から10%に: a version
_LONGEST_BEFORE = 24
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
    if "→" not in text and "から" not in text and " to " not in text and _ARROW.search(text) is None:
        return found
    places = [i for i, m in enumerate(found) if m.quantity is not None and m.kind != MentionKind.NOISE]
    scales = {i: _scale(found[i].text) for i in places}
    for first, second in reversed(list(pairwise(places))):
        _lend(found, second, first, text, scales)
    for first, second in pairwise(places):
        _lend(found, first, second, text, scales)
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


def _lend(found: list[Mention], lender: int, taker: int, text: str, scales: dict[int, Decimal]) -> None:
    """Give the unit of one figure to its bare neighbour; `scales` are the magnitudes, their own or lent before."""
    told, bare = found[lender].quantity, found[taker].quantity
    if told is None or bare is None or told.kind not in _SHARED or bare.value is None:
        return
    unitless = bare.kind == QuantityKind.NUMBER and bare.unit == "unitless"
    if not (unitless or _is_short(told, bare)) or not _is_joined(found[lender], found[taker], text):
        return
    scale = scales[lender] if scales[taker] == 1 else Decimal(1)
    far = _FAR_APART if unitless else _FAR_FROM_TO
    near = told.value is not None and _is_nearer(bare.value, scale, told.value, far)
    lent = bare.changed(kind=told.kind, unit=told.unit)
    if near:
        scales[taker] = scale
    found[taker] = found[taker].changed(quantity=lent.times(scale) if near else lent)


def _is_short(told: Quantity, bare: Quantity) -> bool:
    """Say whether an amount may leave the magnitude to another of its currency."""
    return told.kind == bare.kind == QuantityKind.MONEY and told.unit == bare.unit


def _is_joined(lender: Mention, bare: Mention, text: str) -> bool:
    """Say whether an arrow joins two figures, or から or "to" where the first of them is the bare one."""
    first, second = sorted((lender, bare), key=lambda mention: mention.span.start)
    start, end = first.span.end, second.span.start
    if _ARROW.fullmatch(text, start, end) is not None:
        return True
    if first is not bare:
        return False
    before = text[max(0, bare.span.start - _LONGEST_BEFORE) : bare.span.start]
    if _FROM.fullmatch(text, start, end) is not None:
        goes = _GOES_TO.match(text, second.span.end) is not None and _NAME.search(before) is None
        return goes or _scale(bare.text) >= _SCALES["万"]
    if _TO.fullmatch(text, start, end) is None:
        return False
    percent = lender.quantity is not None and lender.quantity.kind == QuantityKind.PERCENT
    return _OUT_OF.search(before) is not None or (percent and _BY.search(before) is None)


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


_FAR_APART = 100  # times: from 800 to 1.2 million leaves the 800 as they are
_FAR_FROM_TO = 10  # gifts from $50 to $1 million: an amount with its currency is sooner told in full


def _is_nearer(value: Decimal, scale: Decimal, told: Decimal, far: int) -> bool:
    """Say whether a number with the magnitude of the other is nearer to it than without."""
    if scale == 1 or value <= 0 or told <= 0:
        return False
    plain, scaled = (max(v / told, told / v) for v in (value, value * scale))
    return scaled < plain and scaled < far

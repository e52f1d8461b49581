"""Amounts of money that leave their currency out because the words round them say it: 経常利益4,550億, raised 62.7m.

In Japanese the currency is the one of the sentence, else the yen; in English newsletters m, b and bn behind what was
raised or what something is valued at are millions and billions of the sentence's currency, else of dollars.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extractors.claims.cues import cue_lists
from schemas import Mention, MentionKind, Quantity, QuantityKind

_KANJI = re.compile(r"[億兆](?:超|以上|以下|未満|弱|強|規模|程度|前後|近く|台)?$")
_NO_NOUN = re.compile(
    r"\s*(?:[/／・、。，,)）」』→~〜～の（(]|を|に(?!つ)|へ|から|まで|で|と|規模|程度|超|以上|以下|未満|台|弱|強|増|減|$|\n)"
)
_LETTERS = re.compile(r"~?[0-9][0-9,.]*\s?(?P<letter>m|mm|mn|b|bn|k)$", re.I)
_FACTORS = {"m": 10**6, "mm": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9, "k": 1000}


@dataclass(slots=True, frozen=True)
class _Patterns:
    """The patterns made of the words that are data."""

    money: re.Pattern[str]
    counted: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    currencies: dict[str, re.Pattern[str]]


@cache
def _patterns() -> _Patterns:
    words = cue_lists("unstated.toml")["money"]
    return _Patterns(
        re.compile("|".join(words["words_ja"])),
        re.compile(rf"の?(?:{'|'.join(words['counted_ja'])})"),
        re.compile(rf"\b(?:{'|'.join(words['before_en'])})\s*[~≈]?$", re.I),
        re.compile(rf"\s?-?(?:{'|'.join(words['after_en'])})", re.I),
        {unit: re.compile(pattern) for unit, pattern in words["currencies"].items()},
    )


@cache
def _millions() -> re.Pattern[str]:
    counted = "|".join(cue_lists("unstated.toml")["millions"]["counted_en"])
    return re.compile(
        rf"\+?\s(?:(?!(?:of|and|or|from|to|for|in|with|by|on|at|than|per|as)\b)[a-z][a-z-]{{1,16}}\s){{0,2}}(?:{counted})\b"
    )


_METRES = re.compile(r"[~≈]?\d[\d,.]*m")


def told_millions(mention: Mention, text: str) -> Mention:
    """Return millions of what is counted, where they look like metres: 400m weekly users."""
    quantity = mention.quantity
    if quantity is None or quantity.unit != "metre" or _METRES.fullmatch(mention.text) is None:
        return mention
    if _millions().match(text, mention.span.end) is None:
        return mention
    return mention.changed(quantity=quantity.times(10**6).changed(kind=QuantityKind.NUMBER, unit="unitless"))


_SHIFT = re.compile(r"[+−–-]\d{1,2}(?:\.\d)?")
_SHIFTED = re.compile(r"\d\s?[%％]\s?\($")


def told_points(mention: Mention, text: str) -> Mention:
    """Return a bare number with a sign in brackets behind a percentage as its change in points: 67% (+5)."""
    quantity = mention.quantity
    if quantity is None or quantity.unit != "unitless" or _SHIFT.fullmatch(mention.text) is None:
        return mention
    start, end = mention.span.start, mention.span.end
    if text[end : end + 1] != ")" or _SHIFTED.search(text[max(0, start - 6) : start]) is None:
        return mention
    return mention.changed(quantity=quantity.changed(kind=QuantityKind.PERCENT_POINT, unit="percentage_point"))


def told_by_words(mention: Mention, text: str) -> Mention:
    """Return an amount without a currency as the money that the words round it say it is."""
    quantity = mention.quantity
    if mention.kind != MentionKind.QUANTITY or quantity is None:
        return mention
    if quantity.kind == QuantityKind.NUMBER and quantity.unit == "unitless" and _KANJI.search(mention.text):
        return _japanese(mention, quantity, text)
    if quantity.unit in ("metre", "unitless"):
        return _english(mention, quantity, text)
    return mention


def _sentence(mention: Mention, text: str) -> tuple[str, str]:
    start, end = mention.span.start, mention.span.end
    first = max(text.rfind(mark, 0, start) for mark in "。\n") + 1
    stops = [place for mark in "。\n" if (place := text.find(mark, end)) >= 0]
    return text[first:start], text[end : min(stops, default=len(text))]


def _currency(words: str, default: str) -> str:
    return next((unit for unit, pattern in _patterns().currencies.items() if pattern.search(words)), default)


def _japanese(mention: Mention, quantity: Quantity, text: str) -> Mention:
    before, after = _sentence(mention, text)
    if (
        _NO_NOUN.match(after) is None
        or _patterns().counted.match(after)
        or not _patterns().money.search(re.split(r"[、，]", before[-20:])[-1])
    ):
        return mention
    unit = _currency(before + after, "JPY")
    return mention.changed(quantity=quantity.changed(kind=QuantityKind.MONEY, unit=unit))


def _english(mention: Mention, quantity: Quantity, text: str) -> Mention:
    letters = _LETTERS.search(mention.text)
    if letters is None:
        return mention
    before, after = _sentence(mention, text)
    if _patterns().after.match(after) is None and _patterns().before.search(before[-40:]) is None:
        return mention
    factor = Decimal(_FACTORS[letters["letter"].lower()] if quantity.unit == "metre" else 1)
    currency = _currency(before + after, "USD")
    money = quantity.times(factor).changed(kind=QuantityKind.MONEY, unit=currency)
    return mention.changed(quantity=money)


_BIG = re.compile(r"[万億兆](?:[0-9０-９,，千百]*)(?:超|強|弱|以上|程度)?$|(?:million|billion|trillion)$", re.I)
_AGAINST = re.compile(
    r"[^。.;\n]{0,24}?(?:,? (?:against|versus|vs\.?|compared with|up from|down from|from)"
    r"(?: (?:about|around|only|an? \w+ of|(?:the|a) (?:previous|prior|initial|revised|earlier) \w+ of))?|"
    r"[（(](?:前期|前年同期|前年|前年度|前回|前月|昨年|当初)(?:は|の)?|、(?:前期|前年同期|前年|前回)は)\s*"
)
_NEAR = 30  # characters between two amounts of one thing
_FAR_APART = 1000  # times: amounts of one thing are seldom further apart


def in_the_same_unit(mentions: list[Mention], text: str) -> list[Mention]:
    """Return `mentions` with the unit of the figure before for those that leave it out.

    3 billion users, against 800 million; 2,700億パラメータのうち140億; 152円（前年同期は148）.
    """
    found: list[Mention] = []
    last: Mention | None = None
    for mention in mentions:
        quantity = mention.quantity
        if mention.kind == MentionKind.QUANTITY and quantity is not None and last is not None:
            mention = _like(mention, quantity, last, text)
        found.append(mention)
        last = mention if mention.kind == MentionKind.QUANTITY else last
    return found


def _like(mention: Mention, quantity: Quantity, last: Mention, text: str) -> Mention:
    told = last.quantity
    start, end = last.span.end, mention.span.start
    if told is None or quantity.kind != QuantityKind.NUMBER or quantity.unit != "unitless" or told.kind in _NO_UNIT:
        return mention
    if not start <= end <= start + _NEAR + 20 or any(mark in text[start:end] for mark in "。\n;；"):
        return mention
    both = quantity.value and told.value
    near = bool(both) and 1 / _FAR_APART <= abs(float(quantity.value / told.value)) <= _FAR_APART  # type: ignore[operator]
    big = (
        told.kind == QuantityKind.COUNT
        and end - start <= _NEAR
        and _BIG.search(mention.text)
        and _BIG_BEFORE.search(last.text)
    )
    alike = big or _is_listed(mention, told, text[start:end], text) or _AGAINST.fullmatch(text, start, end)
    if not near or not alike or _NAMED.match(text, mention.span.end):
        return mention
    return mention.changed(quantity=quantity.changed(kind=told.kind, unit=told.unit))


def _is_listed(mention: Mention, told: Quantity, between: str, text: str) -> bool:
    """Say whether an amount is one of a list in brackets behind a sum of money: 10億ドル（甲社 4億・乙社 3億など）."""
    money = told.kind == QuantityKind.MONEY and _KANJI.search(mention.text) is not None
    return money and _LISTED.fullmatch(between) is not None and _LISTED_END.match(text, mention.span.end) is not None


_LISTED = re.compile(
    r"(?:[^（()）]{0,12}[（(]|[)）]?\s?[・、,]\s?)[^（()）、。・はがを]{1,24}?(?:最大|約|累計|計)*[ が]?"
)
_LISTED_END = re.compile(r"\s*(?:など|ほか|等)?\s*[・、,)）]")
_NO_UNIT = frozenset([QuantityKind.NUMBER, QuantityKind.RANK, QuantityKind.RATIO])
_BIG_BEFORE = re.compile(r"[万億兆]|million|billion|trillion", re.I)
_NAMED = re.compile(
    r"\s?(?!(?:for|from|last|with|the|this|that|when|under|before|after)\b)(?:[A-Za-z]{3,}|の?[ァ-ヴ一-龯]{2})"
)  # what it counts is said behind it

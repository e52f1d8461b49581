"""The words that tell which price of tokens a price is: input, output, cached input, and pairs of them.

入力 $5, $0.60/1M入力, $5（入力）, $3 per million input tokens        one price
入力／出力 $0.14／$0.28, $2/$6 per million input/output tokens          two, in the order of the words
"""

from __future__ import annotations

import re

from extractors.claims.build import Named
from schemas import Quantity, QuantityKind

_CACHED = (
    r"キャッシュ(?!ミス)(?:した|済み)?の?(?:入力|ヒット時?|読み?取り?|利用時)(?:の?入力)?|"
    r"\bcache[d-]?[ -]?(?:input|read|hit|prompt)s?"
)
_KIND = rf"(?P<cached_input>{_CACHED})|(?P<input>入力|\binputs?\b)|(?P<output>出力|\boutputs?\b)"
KINDS = re.compile(_KIND, re.I)
_TOLD_BASE = r"(?:\s?(?:100万|1?M|百万|\d+(?:万|[kKM]))\s?(?:トークン|tok\w*))"
_NOUN = r"(?:\s?(?:トークン|単価|価格|料金|費用|コスト|tokens?|pric(?:e|ing)s?|costs?))*"
_JOINT = r"(?:あたり|当たり|につき|は|が|を|で|の|も|[:：=]|\s|\*|\bis\b|\bat\b|\bfor\b|\bof\b)*[約~〜≈]?\s*$"
_BEFORE = re.compile(rf"(?:{_KIND}){_NOUN}{_TOLD_BASE}?{_JOINT}", re.I)
_BASE = r"\s*(?:[/／]|per\b|a\b)\s*(?:1\s?)?(?:M\b|M(?=[入出])|Mtok|mil(?:lion)?|百万|100万)(?:\s?(?:トークン|tok\w*))?"
_GLUED = re.compile(rf"(?:{_BASE})(?:の)?(?:{_KIND})", re.I)
_SHORT = r"(?P<input>\bin\b(?=\s?(?:and|plus|,|/|[.;)]|$)))|(?P<output>\bout\b(?=\s?(?:and|,|/|[.;)]|$)))"
_BASED = re.compile(rf"(?:{_BASE})\s+(?:for )?(?:{_KIND})", re.I)
_BASED_SHORT = re.compile(rf"(?:{_BASE})\s(?:{_SHORT})", re.I)  # $0.60/M in and $2.50/M out
_BRACKETS = re.compile(rf"\s*[（(]\s*(?:{_KIND}){_NOUN}\s*[）)]", re.I)
_PLAIN = re.compile(
    r"\s(?:(?P<input>input\b|in(?=\s?/|,? (?:and|plus|per)\b))|"
    r"(?P<output>output\b|out(?=\s?/|,? (?:and|per)\b|[.,;)]|$)))",
    re.I,
)
_AND = r"\s?(?:[/／・,、&]|\band\b|と|及び|および)\s?"
_SIDE = rf"(?:{_NOUN}{_AND})"
_BOTH = (
    rf"(?:(?P<first>入力|\binput\b|\bin\b){_SIDE}(?:出力|\boutput\b|\bout\b)|"
    rf"(?P<turned>出力|\boutput\b){_SIDE}(?:入力|\binput\b))"
)
_BOTH_BEFORE = re.compile(rf"{_BOTH}{_NOUN}(?:[（(][^（）()]{{0,16}}[）)])?{_TOLD_BASE}?{_JOINT}", re.I)
_BOTH_BEHIND = re.compile(rf"(?:{_BASE})?\s*[（(]?{_BOTH}", re.I)
JOINED = re.compile(rf"(?:{_BASE})?[\s*]{{0,3}}(?:[/／・]|\band\b|と|,)[\s*]{{0,3}}", re.I)


def kind_told(text: str, start: int, end: int, first: int, last: int) -> tuple[str, int, int] | None:
    """Return which price the one at `start:end` is by the words next to it in `first:last`, and where they stand."""
    before = _BEFORE.search(text, max(first, start - 40), start)
    if before is not None and before.end() != start:
        before = None
    behind = _GLUED.match(text, end, last)
    pair = before is not None and _BOTH_BEFORE.search(text[max(first, start - 60) : start])
    if pair or _BOTH_BEHIND.match(text, end, last):
        return None
    found = behind or before or _BRACKETS.match(text, end, last) or _BASED.match(text, end, last)
    found = found or _PLAIN.match(text, end, last) or _BASED_SHORT.match(text, end, last)
    if found is None or found.lastgroup is None:
        return None
    kind = found.lastgroup
    return kind, found.start(kind), found.end(kind)


def order_told(text: str, start: int, end: int, first: int, last: int) -> tuple[str, int, int] | None:
    """Return the first kind of a pair of prices at `start:end` by the words round it, and where those stand."""
    floor = max(first, start - 60)
    found = next((m for m in _BOTH_BEFORE.finditer(text, floor, start) if m.end() == start), None)
    found = found or _BOTH_BEHIND.match(text, end, last)
    if found is None:
        return None
    place = found.span("first") if found["first"] else (found.start("turned"), found.end("turned"))
    return ("input" if found["first"] else "output"), place[0], found.end() if found.end() > end else start


IN_OUT = re.compile(
    r"(?P<cached>cached input|キャッシュ)|(?P<input>入力|input|prompt)|(?P<output>出力|output|completion)", re.I
)


def in_or_out(metric: Named) -> Named:
    """Input and output under a price per token are its two prices."""
    found = IN_OUT.search(metric.text)
    kind = found.lastgroup if found else None
    name = "price" if kind is None else "price_cached_input" if kind == "cached" else f"price_{kind}"
    return Named(name, metric.text, metric.span, metric.role, name)


def of_output(metric: Named, quantity: Quantity) -> Named:
    """What output costs is its price, not what a plant puts out: $12 under 出力."""
    return in_or_out(metric) if metric.id == "installed_capacity" and quantity.kind == QuantityKind.MONEY else metric

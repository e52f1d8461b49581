"""Prices of a model's tokens: told per many (100万トークンあたり入力3ドル, $3/M), counted as the price of one.

How many a price is for stands in its own sentence, in the heading or list item above, or once for the whole document
(a table's head, an earlier sentence): there it holds for what can only be a price of tokens (入力2ドル・出力10ドル,
$2/$10), unless the price says another base itself (月20ドル, $0.08/セッション). What a document never says stays as
printed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from extractors.claims.build import Named
from extractors.claims.figures import per_base, rate_base
from extractors.claims.scene import Scene
from extractors.claims.token_words import JOINED, KINDS, kind_told, order_told
from schemas import EvidenceRole, Mention, Quantity, QuantityKind

MOST = 1000  # what costs more is no price of a million tokens
_LEAST_PLAN = 20  # what a month of a subscription costs
_TIMES = (2, 10)  # what output costs, in prices of input
_PLANS = re.compile(r"プラン|月額|/月|サブスク|\bplans?\b|subscription|monthly|/mo", re.I)
_ABOUT = re.compile(r"価格|料金|単価|据え置|\bAPI\b|トークン|pric|token", re.I)
_PIECES = re.compile(r"[\n。|｜]")
_BASED = re.compile(r"トークン|tokens?|[/／]\s?(?:1\s?)?(?:M|百万|100万)", re.I)
_PRICE = re.compile(r"[$¥€￥]|ドル|円|価格|料金|単価|コスト|pric|cost", re.I)
_KINDS = (
    r"入力|出力|キャッシュ(?:した)?(?:入力|ヒット|ミス|読み?取?り?|書き?込み?|書込)?|"
    r"\b(?:cached )?input|\boutput|\bcache (?:read|write|hit|miss)"
)
_NAMED = re.compile(
    rf"(?:{_KINDS})(?:トークン|単価|価格|料金| ?tokens?| ?price)?"
    r"(?:は|が|を|で|[:：]|\s|\*|\bis\b|\bat\b|\bcosts?\b)*$",
    re.I,
)
_NAMED_BEHIND = re.compile(rf"\s?[（(](?:{_KINDS})[）)]|\s(?:input|output)\b", re.I)
_STROKE = re.compile(r"[\s*]{0,3}[/／・][\s*]{0,3}(?:(?:入力|出力)\s?)?")
_OF_NAME = re.compile(r"[A-Za-z0-9](?:は|が)\s?$")
_OTHER_BASE = re.compile(
    r"(?:\*|\s)*(?:[/／]\s?(?!\s*(?:[$¥€￥\d]|入力|出力|キャッシュ|input|output|cache))|per\b|an?\s|[-‐](?:an?|per)-|"
    r"(?:当たり|あたり|につき)|分の|ずつ|未満|以下の)",
    re.I,
)
_OTHER_BEFORE = re.compile(
    r"(?:[月年日週枚秒分回件本]|時間|月額|年額|画像|音声|動画|セッション|検索|タスク|\bper \w+|"
    r"/(?!\s?(?:入力|出力|キャッシュ|input|output|cache))\w+)"
    r"(?:あたり|当たり|につき|額|は|の|,|、|:|：|\s)*[^。、]{0,2}$",
    re.I,
)


def priced(scene: Scene, mention: Mention, document: str) -> Quantity | None:
    """Return a price told per many tokens as the price of one, other quantities as they are.

    `document` is the whole text.
    """
    quantity = mention.quantity
    if quantity is None or quantity.kind != QuantityKind.MONEY:
        return quantity
    texts = [scene.text, *([scene.lead.text] if scene.lead else []), *(h.text for h in scene.headings[-1:])]
    base = next((found[0] for text in texts if (found := rate_base(text))), None)
    if base is None and _is_of_tokens(scene, mention, quantity):
        base = told_base(document)
    return per_base(quantity, base) if base else quantity


def price_named(scene: Scene, mention: Mention, metric: Named) -> Named:
    """Return which price of tokens a figure is by the words next to it, by its place in a pair, or by the only kind
    that its sentence names before it; `metric` where nothing tells.
    """
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    told = kind_told(text, start, end, scene.start, scene.end) or _in_pair(scene, mention)
    if told is None and not metric.name.startswith("price_"):
        told = _said_before(text[scene.start : start], scene.start)
    if told is None:
        return metric
    name = f"price_{told[0]}"
    if told[1] < 0:
        return replace(metric, name=name, id=name)
    return Named(name, text[told[1] : told[2]], scene.view.span(told[1], told[2]), EvidenceRole.STATED, name)


def _in_pair(scene: Scene, mention: Mention) -> tuple[str, int, int] | None:
    """$2/$6 per million input/output tokens, $10/$50: the first is of input, the second of output."""
    text = scene.view.text
    for first, second in pairwise(scene.quantities):
        if mention not in (first, second) or not _are_joined(scene, first, second):
            continue
        told = order_told(text, first.span.start, second.span.end, scene.start, scene.end)
        if told is None and not _are_two_kinds(first, second):
            continue
        order, low, high = told or ("input", -1, -1)
        turned = (order == "output") == (mention is first)
        return ("output" if turned else "input"), low, high
    return None


def _are_joined(scene: Scene, first: Mention, second: Mention) -> bool:
    one, two = first.quantity, second.quantity
    joint = JOINED.fullmatch(scene.view.text, first.span.end, second.span.start)
    return joint is not None and one is not None and two is not None and one.kind == two.kind == QuantityKind.MONEY


def _are_two_kinds(first: Mention, second: Mention) -> bool:
    """Say whether the second price is so much more than the first that it is the one of output."""
    low, high = (_printed(m) for m in (first, second))
    return low is not None and high is not None and low > 0 and _TIMES[0] <= high / low <= _TIMES[1]


def _printed(mention: Mention) -> Decimal | None:
    """The price as it is printed: of $0.50/$1.50 per million tokens only the second is read with its base."""
    value = mention.quantity.value if mention.quantity else None
    found = _DIGITS.search(mention.text) if value is not None and value < _LEAST_PRINTED else None
    return Decimal(found.group()) if found else value


_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_LEAST_PRINTED = Decimal("0.001")


def _said_before(before: str, offset: int) -> tuple[str, int, int] | None:
    """The kind that the words before a price name, where they name one only: キャッシュ入力が安く、Aは$0.03."""
    found = {m.lastgroup: m for m in KINDS.finditer(before)}
    kind, place = next(iter(found.items())) if len(found) == 1 else (None, None)
    if kind is None or place is None:
        return None
    return kind, offset + place.start(), offset + place.end()


@lru_cache(maxsize=8)
def told_base(document: str) -> Decimal | None:
    """Return how many tokens the prices of a document are for, where it says one such number and no other."""
    told = {
        found[0]
        for piece in _PIECES.split(document)
        if _BASED.search(piece) and _PRICE.search(piece) and (found := rate_base(piece))
    }
    return told.pop() if len(told) == 1 else None


def _is_of_tokens(scene: Scene, mention: Mention, quantity: Quantity) -> bool:
    """Say whether a price is by its words one of input or output, or by its place one of such a pair."""
    if not _is_small(quantity) or _says_other_base(scene, mention):
        return False
    return (
        _is_named(scene, mention)
        or _is_listed(scene, mention)
        or any(
            _are_paired(scene, first, second) and mention in (first, second)
            for first, second in pairwise(scene.quantities)
        )
    )


def _is_listed(scene: Scene, mention: Mention) -> bool:
    """Say whether a name has a price of the kind of tokens named before: キャッシュ入力は安く、Aは$0.03、Bは$0.04."""
    before = scene.view.text[scene.start : mention.span.start]
    return _OF_NAME.search(before) is not None and _said_before(before, scene.start) is not None


def _is_named(scene: Scene, mention: Mention) -> bool:
    text, start = scene.view.text, mention.span.start
    before = text[max(scene.start, start - 24) : start]
    return bool(_NAMED.search(before) or _NAMED_BEHIND.match(text, mention.span.end, scene.end))


def _are_paired(scene: Scene, first: Mention, second: Mention) -> bool:
    """$2/$10: input and output, which costs some times as much; two plans of a subscription are none."""
    one, two = first.quantity, second.quantity
    if one is None or two is None or not (_is_small(one) and _is_small(two)) or one.unit != two.unit:
        return False
    if _STROKE.fullmatch(scene.view.text, first.span.end, second.span.start) is None or _PLANS.search(scene.text):
        return False
    low = one.value
    about = _ABOUT.search(scene.text) is not None or any(m.type == "model" for m in scene.entities)
    told = any(_is_named(scene, m) for m in scene.quantities) or (about and low is not None and low < _LEAST_PLAN)
    return (
        told
        and _are_two_kinds(first, second)
        and not _says_other_base(scene, first)
        and not _says_other_base(scene, second)
    )


def _says_other_base(scene: Scene, mention: Mention) -> bool:
    text, start = scene.view.text, mention.span.start
    before = text[max(scene.start, start - 24) : start]
    return bool(_OTHER_BASE.match(text, mention.span.end, scene.end) or _OTHER_BEFORE.search(before))


def _is_small(quantity: Quantity) -> bool:
    return quantity.kind == QuantityKind.MONEY and "_per_" not in quantity.unit and quantity.most < MOST

"""Sizes of models that leave out what they count: a bare capital B beside a model's name is a number of parameters.

Llama 5: 8B、70B、400Bの3サイズ          the model is named in the line
8B, 70B, and 405B parameters            the members of a list count what one of them says
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas import Mention, MentionKind, QuantityKind, Span

_SIZE = re.compile(
    r"(?:[~〜約]\s?|最大|up to )?(?:\d+(?:\.\d+)?B?\s?(?:から|[~〜～–-]|to)\s?)?\d+(?:\.\d+)?B(?:まで|\+)?"
)
_MONEY = re.compile(r"[$€£¥￥]\s?$")
_OTHERS = re.compile(  # a B that counts money, people or data
    r"[$€£¥￥円]|ドル|ユーザ|利用者|会員|人|トークン|データ|売上|収益|調達|評価額|時価総額|投資|学習|市場|ARR|"
    r"\b(?:users?|people|tokens?|data|revenue|sales|fund\w*|rais\w+|valu\w+|invest\w*|spend\w*|capex|market|train\w*|"
    r"worth|cost\w*|profit|queries|downloads?|views?|calls?|requests?)\b",
    re.I,
)
_JOINT = re.compile(r"\s?(?:、|，|,|/|／|・|と|および|または|or|and|, and|, or)\s?", re.I)
_NEAR = 24  # characters around a figure in which other things that it may count are looked for


def with_sizes(found: Sequence[Mention], models: Sequence[Span], text: str) -> list[Mention]:
    """Return the quantities `found` (in order) with bare sizes of models as numbers of parameters.

    `models` are the spans of the names of models in `text`.
    """
    told = [_as_size(m) if _is_bare(m, text) and _is_of_model(m, models, text) else m for m in found]
    for order in (range(1, len(told)), range(len(told) - 2, -1, -1)):
        for at in order:
            beside = told[at - order.step]
            if _counts(beside) and _is_bare(told[at], text) and _JOINT.fullmatch(text, *_between(told[at], beside)):
                told[at] = _as_size(told[at])
    return told


def _between(one: Mention, other: Mention) -> tuple[int, int]:
    first, last = sorted((one.span, other.span), key=lambda span: span.start)
    return first.end, max(first.end, last.start)


def _counts(mention: Mention) -> bool:
    return mention.quantity is not None and mention.quantity.unit == "parameter"


def _is_bare(mention: Mention, text: str) -> bool:
    quantity = mention.quantity
    return (
        mention.kind == MentionKind.QUANTITY
        and quantity is not None
        and (quantity.kind, quantity.unit) == (QuantityKind.NUMBER, "unitless")
        and _SIZE.fullmatch(mention.text) is not None
        and not _MONEY.search(text[max(0, mention.span.start - 2) : mention.span.start])
    )


def _is_of_model(mention: Mention, models: Sequence[Span], text: str) -> bool:
    start, end = mention.span.start, mention.span.end
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    around = text[max(line, start - _NEAR) : start] + " " + text[end : end + _NEAR].partition("\n")[0]
    named = any(line <= m.start and m.end <= (stop if stop >= 0 else len(text)) for m in models)
    return named and _OTHERS.search(around) is None


def _as_size(mention: Mention) -> Mention:
    assert mention.quantity is not None
    return mention.changed(quantity=mention.quantity.changed(kind=QuantityKind.COUNT, unit="parameter"))

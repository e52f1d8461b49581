"""Bounds that the words round a figure give it where its own words leave them open.

1兆ドルの大台を突破, 売上1億ドル（約150億円）突破      more than so much
PBR 1倍割れ, シェア40%を切る                            less than so much
1,500ドルの上限                                         so much at the most
past the $800 mark, funding past $1B                    more than so much
月額15万円〜。, 料金は3,000円～です                     so much at the least
a sub-$400 price                                        less than so much
目標2%を上回る, 前年の27億円を下回る                    just so much: what something else is compared with
販売台数100万台を上回った                              more than so much of what is named itself
"""

from __future__ import annotations

import re

from schemas import Bound, Mention, MentionKind, Quantity, QuantityKind

_BRACKET = r"(?:\s?[（(](?:約|およそ)?[^（）()。\n]{1,16}[）)])?"
_PASSED = re.compile(
    rf"{_BRACKET}\s?(?:の(?:大台|節目)(?:を|も)?|を)?(?:初めて|ついに)?\s?(?:突破|超え)(?!口|な|ず|られ[なず]|でき[なず]|し(?:な|ていな)|せず)|の(?:突破|[^、。\d\nはがでにを]{{1,8}}を突破)"
)
_FALLEN = re.compile(
    rf"{_BRACKET}\s?(?:の(?:大台|節目)(?:を)?|を)?"
    r"(?:切(?:る|って(?!い?な)|った|り(?=[、。]|始|そう))|割れ(?!な|ず|物|[をの]?(?:解消|回避|脱))|割り込[むみん](?!でいな))"
)
_LEAST = re.compile(
    r"(?:\s?[（(](?:約|およそ)?[^（）()。\n]{1,16}[）)]|[）)])以上(?!に|前|後)"
)  # 80億ドル（1兆円）以上
_MOST = re.compile(r"(?:の|を)(?:[^、。\d\n]{0,10})?上限(?!値?(?:の|から)|なし|[はが]な|に(?:達|到達)|を?撤廃)")
_PAST_EN = re.compile(r"\b(?:past|above|beyond|cross(?:ed|es|ing)|surpass\w*|topped|exceed\w*|broke) (?:the )?$", re.I)
_MARK_EN = re.compile(r"[ -](?:[a-z]+ )?(?:mark|level|threshold|milestone|barrier)\b", re.I)
_PAST_MONEY = re.compile(r"(?<!half )(?<!quarter )(?<!the )\bpast $|\bcross(?:es|ed|ing)? (?:the |a )?$", re.I)
_OPEN = re.compile(r"\s?[〜～~](?=\s*(?:$|[\n。、，,）)(（」|｜/]|です|と(?!\d)|の))")
_SUB = re.compile(r"\b(?:sub)-$", re.I)
_AMOUNTS = frozenset(
    [QuantityKind.MONEY, QuantityKind.COUNT, QuantityKind.PERCENT, QuantityKind.RATIO, QuantityKind.NUMBER]
)


def with_told_bound(mention: Mention, text: str) -> Mention:
    """Return a figure with the bound that the words behind it, or round it in English, give."""
    mention = _compared_with(mention, text)
    quantity = mention.quantity
    if mention.kind != MentionKind.QUANTITY or quantity is None or quantity.kind not in _AMOUNTS:
        return mention
    if quantity.value is None or quantity.bound not in (Bound.EQ, Bound.APPROX) or quantity.direction is not None:
        return mention
    bound = _bound(mention, quantity, text)
    if bound is None:
        return mention
    ends = {"high": quantity.value} if bound in (Bound.LT, Bound.LE) else {"low": quantity.value}
    return mention.changed(quantity=quantity.changed(bound=bound, **ends))


_PASSES = re.compile(r"\s?を(?:大きく|大幅に|優に|やや|わずかに|はるかに)?(?:上回|下回)(?!らな)")
_NAMED = re.compile(r"(?P<word>[一-龥ァ-ヶーA-Za-z々]|の)[\s約$¥€£（(+＋\-−▲△]*$")
_PARTS = frozenset([QuantityKind.PERCENT, QuantityKind.RATIO])  # GDPの2%を上回る is more than so much of it
_ALONE = re.compile(  # what leaves a number the one that is told: 年間10億円を上回る, 延べ3万人を上回る
    r"(?:年間?|月間?|週間?|日|累計|合計|総計|(?<!時価)(?<!資産)総額|総数|計|延べ|全体|全国|国内|世界|全て|初|毎[年月日]|規模|最[大低高]|同|約|各|人|台|件|円|社|%|％)"
    r"[\s約$¥€£（(+＋\-−▲△]*$"
)


def _compared_with(mention: Mention, text: str) -> Mention:
    """Return a figure without the bound of を上回る where a statistic is named right before it, no が or は between.

    時価総額$100Bを上回る資産, 目標2%を下回る: on marked documents 9 of 9 are the figure itself that another one passes.
    """
    quantity = mention.quantity
    if quantity is None or quantity.bound not in (Bound.GT, Bound.LT) or not _PASSES.match(text, mention.span.end):
        return mention
    before = text[max(0, mention.span.start - 12) : mention.span.start]
    named = _NAMED.search(before)
    if named is not None and named["word"] != "の" and _is_told_itself(mention, before, text):
        return mention
    if named is None or _ALONE.search(before) or (named["word"] == "の" and quantity.kind in _PARTS):
        return mention
    if quantity.value is None:  # 節目の5万円台を下回った: its own ends stay
        return mention.changed(quantity=quantity.changed(bound=Bound.EQ))
    return mention.changed(quantity=quantity.changed(bound=Bound.EQ, low=None, high=None))


_COME = re.compile(r"\s?を[^\s、。]{0,4}?(?:上回|下回)(?:った(?![一-龥ァ-ヶ])|っている(?![一-龥ァ-ヶ])|っており|り、)")
_BASELINE = re.compile(
    r"(?:前[年期月週日回]|昨年|去年|目標|予想|計画|想定|見通し|見込み?|平均|中央値|コンセンサス|実績|記録|基準|水準|従来|当初|上限|下限|値)"
    r"[^、。]{0,6}$"
)


def _is_told_itself(mention: Mention, before: str, text: str) -> bool:
    """Say whether a statistic has come to more than the figure behind its name: 販売台数100万台を上回った."""
    return _COME.match(text, mention.span.end) is not None and _BASELINE.search(before) is None


def _bound(mention: Mention, quantity: Quantity, text: str) -> Bound | None:
    start, end = mention.span.start, mention.span.end
    if _PASSED.match(text, end):
        return Bound.GT
    if _FALLEN.match(text, end) and quantity.kind != QuantityKind.COUNT:
        return Bound.LT
    if quantity.kind == QuantityKind.MONEY and _LEAST.match(text, end):
        return Bound.GE
    if quantity.kind in (QuantityKind.MONEY, QuantityKind.COUNT) and _MOST.match(text, end):
        return Bound.LE
    if _SUB.search(text[max(0, start - 5) : start]):
        return Bound.LT
    if quantity.kind == QuantityKind.MONEY and _OPEN.match(text, end):
        return Bound.GE
    if quantity.kind == QuantityKind.MONEY and _PAST_MONEY.search(text[max(0, start - 16) : start]):
        return Bound.GT
    if _MARK_EN.match(text, end) and _PAST_EN.search(text[max(0, start - 24) : start]):
        return Bound.GT
    return None

"""A table's metric that a figure cannot be of: what the figure itself, or the words beside it, tell instead.

エチレン生産能力 | 210万トン | 国内1位（32%）   a place is a rank, the percentage behind it a share
図表 利用サービス（複数回答）              a percentage of answers is a share
最新決算（7月10日発表）                    no amount is an announcement
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.claims.build import Named
from extractors.claims.metric_candidates import fit
from extractors.claims.quoted import quoted_as
from extractors.claims.tables.heads import DIFFERENCE, GENERIC
from extractors.claims.tables.labels import is_change
from extractors.claims.tables.parts import Parts
from extractors.claims.year_to_date import is_told
from schemas import EvidenceRole, MentionKind, Quantity, QuantityKind, Span
from schemas.ontology import slug

_BEHIND_PLACE = re.compile(r"\d\s*位\s*[（(]\s*(?:約|およそ)?\s*$")
_OF_WHOLE = re.compile(r"(?:(?:全体|全国|国内|世界|市場)の|\d\s*位\s*[（(])\s*(?:約|およそ)?\s*$")
_ANSWERS = re.compile(
    r"(?:単一|複数|自由|択一)回答|回答(?:者|企業|割合|比率)|アンケート|[nｎ]\s*[=＝]|\brespondents\b|% (?:agree|of)",
    re.I,
)
_PERCENT_HEAD = re.compile(r"[(（]?(?:[%％]|per ?cent(?:age)?s?|pct\.?)[)）]?", re.I)
_SIGN = re.compile(r"[-+−–▲△(（]\s*\d")
_AROUND = frozenset([EvidenceRole.CAPTION, EvidenceRole.HEADING, EvidenceRole.INHERITED])
_TIMES = re.compile(r"(?:改善|向上|増加|性能|比較)?倍率|speed-?up", re.I)


def refitted(parts: Parts, metric: Named, quantity: Quantity, text: str, start: int, place: Span) -> Named:
    """Return the metric of a figure that stands at `start` of a cell's text: `metric` where it can be that."""
    fits = fit(parts.reading.context.dimensions.get(metric.id or "", ()), quantity)
    if metric.role in _AROUND and metric.id != "growth_rate" and (price := _quote(parts, metric, quantity)) is not None:
        return price
    grown = metric.text.strip() == "倍率" and parts.reading.axes.row_axis == "period" and not _contest(parts)
    if grown and quantity.kind == QuantityKind.RATIO:
        return replace(metric, name="growth_ratio", id="growth_ratio")
    if fits == "yes" and not _BEHIND_PLACE.search(text[:start]):
        return metric
    if quantity.kind == QuantityKind.RANK:
        return Named("rank", text[:start].strip() or metric.text, place, EvidenceRole.VALUE_CELL, "rank")
    if quantity.kind == QuantityKind.PERCENT and _OF_WHOLE.search(text[:start]):
        return Named("share", text[:start].rstrip("（( 　"), place, EvidenceRole.VALUE_CELL, "share")
    if metric.id is not None and fits != "no":
        return metric
    if (price := _quote(parts, metric, quantity)) is not None:
        return price
    if quantity.kind == QuantityKind.RATIO and (times := _ratio_head(parts)) is not None:
        words = f"{metric.text} {times}" if metric.role == EvidenceRole.ROW_HEADER else times
        compared = parts.reading.axes.column_axis == "entity" and DIFFERENCE.search(times)
        name = "performance_ratio" if compared else "growth_ratio"
        return replace(metric, name=name, text=words, id=name)
    amount = quantity.kind in (QuantityKind.MONEY, QuantityKind.COUNT)
    dated = metric.id is not None and (metric.id.endswith("_date") or (amount and metric.id == "growth_rate"))
    bare = quantity.kind == QuantityKind.NUMBER  # 件数 and yen are printed without their units
    aside = metric.role == EvidenceRole.ROW_HEADER or metric.role in _AROUND
    behind = aside and _BEHIND_FIGURE.search(text[:start]) is not None  # 民生費 over 218億円（40.2％、3％増）
    if behind and quantity.kind == QuantityKind.PERCENT:
        moves = quantity.direction is not None or bool(quantity.basis) or _SIGN.search(text[start:]) is not None
        name = "growth_rate" if moves else "share"
        return replace(metric, name=name, id=name)
    unnamed = parts.nameless or _PERCENT_HEAD.fullmatch(metric.text.strip())
    if unnamed and metric.id is None and quantity.kind == QuantityKind.PERCENT and not _SIGN.search(text):
        return replace(metric, name="share", id="share")  # answers or sectors over years
    if metric.id is None or not (dated or (metric.role in _AROUND and not bare)):
        return metric
    if quantity.kind == QuantityKind.PERCENT and any(_ANSWERS.search(words) for words in parts.reading.around.words):
        head = next((x for x in parts.labels if x.role == EvidenceRole.COLUMN_HEADER), None)
        return Named("share", head.text, head.span, head.role, "share") if head is not None else metric
    return _by_words(parts, metric)


_BEHIND_FIGURE = re.compile(
    r"[0-9０-９][^（()）]{0,8}[（(](?:[^（()）]{0,16}[、，,／/・])?\s?(?:構成比|前年度?比|全体の|同|約)?\s?[+＋▲△−-]?$"
)


def _contest(parts: Parts) -> bool:
    """Say whether a table is of those who apply for something: 倍率 is how many there are for one place."""
    heads = (x.text for line in parts.reading.axes.columns.values() for x in line)
    return any(map(_CONTEST.search, (*heads, *parts.reading.around.words)))


_CONTEST = re.compile(r"応募|志願|出願|受験|入試|採用|合格|競争|抽選|求人|入札|応札|落札|申込|募集")


def _quote(parts: Parts, metric: Named, quantity: Quantity) -> Named | None:
    """What is told of an index, currency or raw material where no head names it: its level, or its return (年初来)."""
    priced = quoted_as(parts.entity.id, parts.entity.type)
    words = metric.text.strip()
    plain = GENERIC.fullmatch(words) or _WHEN.fullmatch(words)  # 4月末 of no year
    named = metric.role == EvidenceRole.COLUMN_HEADER and not metric.id and not plain
    if priced is None or named:
        return None
    if fit(parts.reading.context.dimensions.get(priced, ()), in_points(quantity, priced)) == "yes":
        return replace(metric, name=priced, id=priced)
    head = next((x for x in parts.labels if is_told(x.text)), None)
    if quantity.kind != QuantityKind.PERCENT or head is None:
        return None
    return Named("growth_rate", head.text, head.span, head.role, "growth_rate")


_WHEN = re.compile(r"(?:\d{1,2}月)?(?:\d{1,2}日|[上中下]旬|末|初)?(?=.)|[前先今当]?(?:日|週|月|年|期)(?:末|初)?", re.I)


def in_points(quantity: Quantity, metric: str | None) -> Quantity:
    """Return the level of an index in its points, not in percentage points."""
    if metric != "index_level" or quantity.unit != "percentage_point":
        return quantity
    return quantity.changed(kind=QuantityKind.COUNT, unit="point")


def _ratio_head(parts: Parts) -> str | None:
    heads = (x.text.strip() for x in parts.labels if x.role == EvidenceRole.COLUMN_HEADER)
    return next((text for text in heads if _TIMES.fullmatch(text)), None)


def _by_words(parts: Parts, metric: Named) -> Named:
    """Return the words of a head as the metric, where they only look like a known one, or the caption's cannot be."""
    if metric.role not in _AROUND:
        return Named(slug(metric.text) or metric.text, metric.text, metric.span, metric.role)
    label = next((x for x in parts.labels if x.kind in ("other", "metric", "attribute")), None)
    if label is None:
        return metric
    return Named(slug(label.text) or label.text, label.text, label.span, label.role)


def beside_words(parts: Parts, metric: Named, quantity: Quantity, words: str) -> Named:
    """Return the metric of a figure that has words of its own before it: a change, another metric, or a part."""
    if is_change(words) and quantity.kind in (QuantityKind.PERCENT, QuantityKind.RATIO):
        return Named("growth_rate", words, metric.span, metric.role, "growth_rate")
    own = [
        m for m in parts.reading.context.mentions(words) if m.kind == MentionKind.METRIC and m.id and m.type != "verb"
    ]
    if own and fit(parts.reading.context.dimensions.get(own[-1].id or "", ()), quantity) == "yes":
        return Named(own[-1].id or words, f"{metric.text} {words}", metric.span, metric.role, own[-1].id)
    return Named(metric.name, f"{metric.text} {words}", metric.span, metric.role, metric.id)

"""What a cell itself tells of a figure in it besides the metric: the time beside it, the thing before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.build import Named, When
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.parts import Parts
from schemas import EvidenceRole, Mention, MentionKind, Precision, QuantityKind, Span

_OPENS = re.compile(
    r"[^（(、。,;；\d]{0,10}[（(]\s*(?:[^（）()\d]{1,30}[,、]\s*)?(?:as of|in|est\.?|by|FY)?\s*",
    re.I,  # (Northgate, Feb 2026)
)
_CLOSES = re.compile(
    r"\s*(?:年?度?末?時点|実績|予測|見込み?|予想|推計|est(?:imate)?\.?|forecast|projected|[FEA])?\s*[)）]", re.I
)
_LEADS = re.compile(r"\s*(?:(?:時点)?(?:[にはの]|では|で)?|[:：]|=)\s*(?:約|およそ|~|〜|≈)?\s*[$€£¥]?")
_YEARS = frozenset([Precision.YEAR, Precision.FISCAL_YEAR, Precision.HALF, Precision.QUARTER, Precision.MONTH])
_DAYS = _YEARS | {Precision.DAY}
_STOP = re.compile(r"[。;；\n｜|→⇒]|\.\s|->")
_HAPPENED = re.compile(
    r"に(?![はもお])[^、。]*(?:[、,]|た(?=[一-龥ァ-ヴA-Za-z]))|\s*[A-Za-z][^、。]*[、,;]"
)  # 2019年に設立、: not when what follows holds
_SINCE = re.compile(r"(?:\b(?:since|from|vs\.?|versus|than|over|until|by)\s+)(?:in\s+)?$", re.I)
_ELSE = re.compile(
    r"\s*(?:末|時点|度|期|同期)?\s*(?:比|の?[一-龥]{0,4}以来|ぶり|から|より|まで|対比|に比べ|と比べ|に設立|設立|創業|上場|-[A-Za-z])"
)
_COMPARED = re.compile(r"\b(?:from|vs\.?|versus|against|compared with)\s*[$€£¥]?$", re.I)  # up from $2 million
_OWN = re.compile(r"\s(?:in|for|as of)\s(?:[A-Za-z]{3,9}\.?\s|Q\d\s|FY\s?)?(?:19|20)\d\d", re.I)  # $2 million in 2023
_BEHIND = re.compile(r"\d[^\s（(、。年月日期]{0,4}\s?[（(][^（）()]*$")  # 3,813円（2/5）: of the figure before
_NAMED = re.compile(r"(?: ?\d{1,2}(?:\.\d{1,2})?)?[\s:：はがのも約~〜≈]*$")  # Opus 5.5
_PIECE = re.compile(r"[、。;；\n/／（()）「」→⇒｜|+＋]|,(?!\d)|・(?=[^ァ-ヶー])")


def time_inside(parts: Parts, found: Sequence[Mention], figure: Span, text: str) -> When | None:
    """The time in brackets behind a figure ($344M (2026)) or right before it (2023年 30.8% → 2024年 12.5%)."""
    if parts.cell.span is None:
        return None
    view = parts.reading.context.view(parts.cell.span)
    for m in found:
        if m.kind != MentionKind.PERIOD or m.period is None or not is_dated(m) or m.period.precision not in _YEARS:
            continue
        start, end = m.span.start, m.span.end
        behind = _OPENS.fullmatch(text[figure.end : start]) and _CLOSES.match(text[end:])
        if start >= figure.end and behind:
            return When(m.period, view.span(start, end), EvidenceRole.VALUE_CELL)
        if end <= figure.start and _LEADS.fullmatch(text[end : figure.start]):
            return When(m.period, view.span(start, end), EvidenceRole.VALUE_CELL)
    told = _in_sentence(found, figure, text)
    if told is None or told.period is None:
        return None
    return When(told.period, view.span(told.span.start, told.span.end), EvidenceRole.VALUE_CELL)


def _in_sentence(found: Sequence[Mention], figure: Span, text: str) -> Mention | None:
    """The time last told before a figure in its sentence (2025年2月5日時点の株価は3,766円): not one it is compared to,
    nor one at which something happened before what the figure tells of."""
    if _OWN.match(text, figure.end):
        return None
    for m in reversed(found):
        if m.kind != MentionKind.PERIOD or m.period is None or m.span.end > figure.start:
            continue
        if not is_dated(m) or m.period.precision not in _DAYS or _STOP.search(text, m.span.end, figure.start):
            continue
        between = text[m.span.end : figure.start]
        before = text[: m.span.start]
        elsewhere = _COMPARED.search(between) or _ELSE.match(between) or happened(between)
        if not (elsewhere or _SINCE.search(before) or _BEHIND.search(before)):
            return m
    return None


def happened(behind: str) -> bool:
    """Say whether what stands behind a time, up to a figure, tells of something that happened then (に設立し、)."""
    return _HAPPENED.match(behind) is not None


def thing_before(parts: Parts, figures: Sequence[Mention], figure: Span, text: str) -> Named | None:
    """The thing named right before a figure of a cell that tells of others than its row (Opus 74.2%、Astra 74.1%).

    In the row of a thing only where several figures of the cell have one each.
    """
    found = _thing(parts, figures, figure, text)
    if found is None or parts.cell.span is None:
        return None
    if parts.reading.axes.row_axis == "entity":
        others = [m.span for m in figures if m.span.start != figure.start]
        if not any(_thing(parts, figures, span, text) for span in others):
            return None
    elif found.rule == "script" and len(figures) < 2:
        return None
    own = next((m.quantity for m in figures if m.span == figure), None)
    if own is not None and _only_scope(found, own.kind, text[found.span.end : figure.start]):
        return None
    place = parts.reading.context.view(parts.cell.span).span(found.span.start, found.span.end)
    return Named(found.name or found.text, found.text, place, EvidenceRole.VALUE_CELL, found.id, found.type)


def _only_scope(thing: Mention, kind: QuantityKind, between: str) -> bool:
    """Say whether a thing is only what a figure is compared with (前世代機の5倍) or counted in (国内1位)."""
    if kind == QuantityKind.RATIO:
        return between.rstrip(" 約").endswith("の")
    return kind == QuantityKind.RANK and thing.type in ("country", "region")


def _thing(parts: Parts, figures: Sequence[Mention], figure: Span, text: str) -> Mention | None:
    starts = [m.end() for m in _PIECE.finditer(text, 0, figure.start)]
    starts += [m.span.end for m in figures if m.span.end <= figure.start]
    start = max(starts, default=0)
    named = (m for m in parts.reading.context.mentions(text) if m.kind == MentionKind.ENTITY)
    for m in named:
        if m.rule == "coreference" or not start <= m.span.start < figure.start:
            continue
        before = text[start : m.span.start].strip()
        if not before and _NAMED.fullmatch(text, m.span.end, figure.start):
            return m
    return None

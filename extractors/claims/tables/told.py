"""What a cell itself tells of a figure in it besides the metric: the time beside it, the thing before it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.build import Named, When
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.parts import Parts
from schemas import EvidenceRole, Mention, MentionKind, Precision, Span

_OPENS = re.compile(r"[^（(、。,;；\d]{0,10}[（(]\s*(?:as of|in|est\.?|by|FY)?\s*", re.I)
_CLOSES = re.compile(
    r"\s*(?:年?度?末?時点|実績|予測|見込み?|予想|推計|est(?:imate)?\.?|forecast|projected|[FEA])?\s*[)）]", re.I
)
_LEADS = re.compile(r"\s*(?:(?:時点)?(?:[にはの]|では|で)?|[:：]|=)\s*(?:約|およそ|~|〜|≈)?\s*[$€£¥]?")
_YEARS = frozenset([Precision.YEAR, Precision.FISCAL_YEAR, Precision.QUARTER, Precision.MONTH])
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
    return None


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
    place = parts.reading.context.view(parts.cell.span).span(found.span.start, found.span.end)
    return Named(found.name or found.text, found.text, place, EvidenceRole.VALUE_CELL, found.id, found.type)


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

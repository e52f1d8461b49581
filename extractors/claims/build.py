"""Building a claim: every part with the span it was read from, checked letter by letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from extractors.claims.confidence import calibrated
from schemas import (
    Bound,
    Claim,
    Direction,
    Document,
    Evidence,
    EvidenceRole,
    Modality,
    Part,
    Period,
    Quantity,
    QuantityKind,
    Span,
    ValueType,
)


@dataclass(slots=True)
class Named:
    """An entity or metric of a claim and where it was read."""

    name: str
    text: str
    span: Span
    role: EvidenceRole
    id: str | None = None
    type: str | None = None


@dataclass(slots=True)
class When:
    """The period of a claim and where it was read."""

    period: Period
    span: Span
    role: EvidenceRole


@dataclass(slots=True)
class Draft:
    """A claim in the making; `place` is (table, row, column) for a figure in a table."""

    span: Span
    entity: Named
    metric: Named
    confidence: float
    method: str
    quantity: Quantity | None = None
    when: When | None = None
    event: Period | None = None
    text: str | None = None
    modality: Modality = Modality.ACTUAL
    modality_span: Span | None = None
    attribution: str | None = None
    attribution_span: Span | None = None
    of_metric: str | None = None
    signed: bool = False  # the metric takes the sign of the direction
    place: tuple[int, int, int] | None = None
    per: str | None = None
    extra: list[tuple[Part, EvidenceRole, Span]] = field(default_factory=list)
    alarms: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()  # what the confidence of a table's claim was told by


_SCANNED = 0.98  # figures in cells of scans as on the page: 1,879 of 1,914 (`tests/benchmarks/scanned.py`)


def claim_of(document: Document, draft: Draft, scans: Sequence[Span] = ()) -> Claim:
    """Return the claim of a draft.

    `scans` are the spans of pages read by OCR: a claim of theirs says so and is less sure.

    Raises `pydantic.ValidationError` where a part has no ground; that is a bug of the maker.
    """
    value, low, high = _numbers(draft)
    period = draft.event or (draft.when.period if draft.when else None)
    scanned = any(page.start <= draft.span.start < page.end for page in scans)
    sure = calibrated(draft.confidence, draft.method) * (_SCANNED if scanned else 1.0)
    return Claim(
        document_sha256=document.sha256,
        entity=draft.entity.name,
        entity_id=draft.entity.id,
        entity_type=draft.entity.type if draft.entity.type != "phrase" else None,
        entity_text=draft.entity.text,
        metric=draft.metric.name,
        metric_id=draft.metric.id,
        metric_text=draft.metric.text,
        of_metric=draft.of_metric,
        value_type=_value_type(draft),
        value=value,
        low=low,
        high=high,
        value_date=date_value(draft.event) if draft.event else None,
        value_text=draft.text,
        bound=_bound(draft),
        approximate=draft.quantity.approximate if draft.quantity else bool(draft.event and draft.event.approximate),
        vague=bool(draft.quantity and draft.quantity.vague),
        unit=_unit(draft),
        per=draft.per or _per(draft),
        value_as_written=document.quote(draft.span),
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        period_text=period.text or None if period else None,
        fiscal=period.fiscal if period else None,
        modality=draft.modality,
        attribution=draft.attribution,
        confidence=round(sure, 4),
        method=f"{draft.method}+ocr" if scanned else draft.method,
        span=draft.span,
        in_table=draft.place is not None,
        table=draft.place[0] if draft.place else None,
        row=draft.place[1] if draft.place else None,
        column=draft.place[2] if draft.place else None,
        evidence=_evidence(document, draft),
        alarms=draft.alarms,
    )


def _unit(draft: Draft) -> str | None:
    """Money is told in its currency; what it buys one of stands in `per`."""
    unit = draft.quantity.unit if draft.quantity else None
    return unit[:3] if unit and _PER.match(unit) else unit


def _per(draft: Draft) -> str | None:
    found = _PER.match(draft.quantity.unit) if draft.quantity else None
    return found.group(1) if found else None


_PER = re.compile(r"[A-Z]{3}_per_(\w+)$")


def _value_type(draft: Draft) -> ValueType:
    if draft.event is not None:
        return ValueType.DATE
    if draft.quantity is None:
        return ValueType.TEXT
    return ValueType.NUMBER if draft.quantity.value is not None else ValueType.RANGE


def _bound(draft: Draft) -> Bound:
    """Return the bound that the words give, as the gold's guide has it: 10%以上の減少 is `ge`, of the change's size."""
    if draft.quantity is not None:
        if draft.quantity.bound == Bound.EQ and draft.quantity.approximate:
            return Bound.APPROX
        return draft.quantity.bound
    if draft.event is not None and draft.event.start is not None and draft.event.end is None:
        return Bound.GE
    if draft.event is not None and draft.event.end is not None and draft.event.start is None:
        return Bound.LE
    return Bound.EQ


def _numbers(draft: Draft) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    quantity = draft.quantity
    if quantity is None:
        return None, None, None
    value, low, high = quantity.value, quantity.low, quantity.high
    if _turns(draft):
        value, low, high = (None if n is None else -n for n in (value, low, high))
        if low is not None and high is not None:
            low, high = high, low
    return value, low, high


def _turns(draft: Draft) -> bool:
    """Say whether a figure takes the sign of its direction; a tenfold drop is 10 times, not -10."""
    quantity = draft.quantity
    if quantity is None or quantity.kind == QuantityKind.RATIO:
        return False
    positive = all(n is None or n >= 0 for n in (quantity.value, quantity.low, quantity.high))
    return draft.signed and quantity.direction == Direction.DECREASE and positive


def date_value(period: Period) -> str:
    """Return a period as the export writes a date: "2025", "2025-04", "2025-04-08" or an interval "a/b"."""
    if period.iso:
        return period.iso
    start, end = period.start, period.end
    if start and end:
        if start == end:
            return start.isoformat()
        if (start.day, end) == (1, _month_end(end)):
            return f"{start:%Y-%m}/{end:%Y-%m}"
        return f"{start.isoformat()}/{end.isoformat()}"
    day = start or end
    if day is None:
        return period.fiscal or period.text
    return f"{day:%Y}" if (day.month, day.day) in ((1, 1), (12, 31)) else f"{day:%Y-%m}"


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _evidence(document: Document, draft: Draft) -> tuple[Evidence, ...]:
    value_role = EvidenceRole.VALUE_CELL if draft.place else EvidenceRole.STATED
    parts = [
        (Part.VALUE, value_role, draft.span),
        (Part.ENTITY, draft.entity.role, draft.entity.span),
        (Part.METRIC, draft.metric.role, draft.metric.span),
    ]
    if draft.when is not None:
        parts.append((Part.PERIOD, draft.when.role, draft.when.span))
    if draft.modality_span is not None:
        parts.append((Part.MODALITY, EvidenceRole.STATED, draft.modality_span))
    if draft.attribution_span is not None:
        parts.append((Part.ATTRIBUTION, EvidenceRole.STATED, draft.attribution_span))
    parts += draft.extra
    return tuple(_piece(document, part, role, span, draft.place) for part, role, span in parts)


def _piece(
    document: Document, part: Part, role: EvidenceRole, span: Span, place: tuple[int, int, int] | None
) -> Evidence:
    boxes = document.boxes(span) if document.layout else ()
    in_cell = place is not None and role == EvidenceRole.VALUE_CELL
    return Evidence(
        part=part,
        role=role,
        span=span,
        quote=document.quote(span),
        page=(boxes[0].page if boxes else document.page_of(span)) if document.pages else None,
        boxes=boxes,
        table=place[0] if place and role in _TABLE_ROLES else None,
        row=place[1] if place and in_cell else None,
        column=place[2] if place and in_cell else None,
        xpath=document.xpath_of(span) if document.elements else None,
    )


_TABLE_ROLES = frozenset([EvidenceRole.VALUE_CELL, EvidenceRole.ROW_HEADER, EvidenceRole.COLUMN_HEADER])

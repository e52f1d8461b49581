"""Claims of cells that hold a date or words, and who says what stands in a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TypedDict

from extractors.claims.build import Draft, Named
from extractors.claims.cues import event_words
from extractors.claims.event_senses import date_name
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.corners import is_aside, whole
from extractors.claims.tables.dated_lines import VERSION, event_draft
from extractors.claims.tables.heads import named_by
from extractors.claims.tables.modalities import modality_of
from extractors.claims.tables.parts import Parts, Reading
from extractors.claims.tables.sureness import reasons_of, sureness
from schemas import Cell, EvidenceRole, Mention, MentionKind, Modality, Span
from schemas.ontology import slug


class Source(TypedDict):
    """Who says it, and where that stands."""

    attribution: str | None
    attribution_span: Span | None


def source_of(reading: Reading, cell: Cell) -> Source:
    """Who says what stands in a cell: the head of its row where these name sources, else the note below the table."""
    head = reading.axes.sources.get(cell.row)
    if head is not None:
        return {"attribution": head.text, "attribution_span": head.span}
    return {"attribution": reading.around.source, "attribution_span": reading.around.source_span}


def _event(parts: Parts) -> Named:
    """The metric of a date: an event that its head names, under a bare head (Year, 時期) the one its row tells of."""
    metric = parts.metric
    if metric.name.endswith("_date"):
        return metric
    head = next((x for x in reversed(parts.labels) if x.role == EvidenceRole.COLUMN_HEADER), None)
    if head is not None and parts.reading.itemized and (head.metric_id or "").endswith("_date"):
        return named_by(head)  # 長期借入金 | 返済期限
    row = next((x for x in reversed(parts.labels) if x.role == EvidenceRole.ROW_HEADER), None)
    bare = head is not None and whole("times").match(head.text.strip()) is not None
    told = metric.text if not bare or row is None else row.text
    words = event_words(told, 0, len(told))
    if words:
        name = date_name(told, words[0])
    elif re.search(r"公開|release|launch", metric.text, re.I):
        name = "launch_date"
    else:
        name = "event_date" if bare else metric.name
    return Named(name, metric.text, metric.span, metric.role, metric.id)


def date_drafts(
    reading: Reading, cell: Cell, parts: Parts, mention: Mention, place: Span
) -> Iterator[tuple[Draft, Span]]:
    """Yield the draft of a date in a cell; of a term in which rights are exercised one for either end."""
    if mention.period is None:
        return
    if (ends := list(_ends(reading, cell, parts))) and len(ends) == _BOTH:
        yield from ends
        return
    modality = modality_of(parts, cell.text)
    yield (
        event_draft(parts, parts.owner(), _event(parts), place, mention.period, modality=modality, thing=parts.entity),
        place,
    )


def _ends(reading: Reading, cell: Cell, parts: Parts) -> Iterator[tuple[Draft, Span]]:
    """Yield the first and last day on which rights can be exercised (行使期間 | 2026年7月1日から2031年6月30日まで)."""
    if cell.span is None or not any(_EXERCISE.search(x.text) for x in parts.labels):
        return
    view = reading.context.view(cell.span)
    for found, which in zip(_DAY.finditer(view.text), ("start", "end"), strict=False):
        said = reading.context.mentions(found.group())
        period = next((m.period for m in said if m.kind == MentionKind.PERIOD and is_dated(m)), None)
        if period is not None:
            place = view.span(*found.span())
            metric = replace(parts.metric, name=f"exercise_period_{which}", id=None)
            yield event_draft(parts, parts.owner(), metric, place, period, thing=parts.entity), place


_EXERCISE = re.compile(r"(?:行使|転換)(?:可能|請求)?期間")
_DAY = re.compile(r"(?:\d{4}|(?:令和|平成)\s?(?:元|\d{1,2}))\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日")
_BOTH = 2


def _remark(parts: Parts) -> Named | None:
    """The head of a column of remarks (判定, 備考, Notes) behind the one that has the value of a row's metric; not its
    value in another state (従来 | 現状)."""
    axes = parts.reading.axes
    heads = [x for x in parts.labels if x.role == EvidenceRole.COLUMN_HEADER]
    behind = axes.row_axis == "metric" and parts.cell.column > min(axes.columns)
    if not behind or not heads or not is_aside(heads[-1]) or whole("states").match(heads[-1].text.strip()):
        return None
    return named_by(heads[-1])


_TAG = re.compile(r"(?:\s*<\w[^<>]*/>)+\s*")  # <Ref ids={[1, 2]} />
_LINK = re.compile(r"\W*https?://\S+\s*")


def is_reference(parts: Parts, text: str) -> bool:
    """Say whether a cell holds no words but a mark of reference, or in a column of sources a bare link."""
    return _TAG.fullmatch(text) is not None or (
        parts.metric.name == "data_source" and _LINK.fullmatch(text) is not None
    )


def text_draft(reading: Reading, cell: Cell, parts: Parts, span: Span) -> Draft:
    """Return the draft of a cell's words."""
    metric = parts.metric
    entity = parts.entity if reading.axes.names == cell.column else parts.owner()
    above = reading.axes.columns.get(cell.column, [])
    from_head = metric.role in (EvidenceRole.COLUMN_HEADER, EvidenceRole.ROW_HEADER)
    dated = metric.name.endswith("_date") and not from_head and above[-1:] != []
    heads = above if dated else [x for x in above if x.metric_text]
    if (metric.name == "market_size" or dated) and heads:  # a market is measured in figures only; words are no day
        metric = Named(slug(heads[-1].text) or heads[-1].text, heads[-1].text, heads[-1].span, heads[-1].role)
    elif (remark := _remark(parts)) is not None:
        metric = remark
        row = next((x for x in reversed(parts.labels) if x.role == EvidenceRole.ROW_HEADER), None)
        # 影響度 beside 英語 | 日本語: of what the row is on
        if row is not None and reading.axes.column_axis == "entity":
            entity = Named(row.text, row.text, row.span, row.role)
    if reading.axes.names == cell.column:
        metric = Named("model_name", metric.text, metric.span, metric.role, "model_name")
    return Draft(
        span=span,
        entity=entity,
        metric=metric,
        confidence=sureness(reasons_of(parts, parts.entity, metric, None, 1, noted=False)),
        method=f"{VERSION}.text",
        text=re.sub(r"\s+", " ", cell.text).strip(),
        when=parts.when,
        modality=next((x.modality for x in reversed(parts.labels) if x.modality and x.metric_id), Modality.ACTUAL),
        **source_of(reading, cell),
        place=(reading.index, cell.row, cell.column),
        alarms=reading.table.alarms,
    )

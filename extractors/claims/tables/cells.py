"""Claims from the cells of a table: each figure, date or text under the labels of its row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from extractors.claims.build import Draft, Named
from extractors.claims.context import Context
from extractors.claims.metric_candidates import fit
from extractors.claims.modality import header_modality
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.accounts import as_statement
from extractors.claims.tables.axes import read_axes
from extractors.claims.tables.bands import is_paired
from extractors.claims.tables.careers import career_drafts
from extractors.claims.tables.changes import (
    amounts_of_change,
    aside,
    counted_change,
    is_rate_beside,
    of_change,
    ratios_to_before,
    to_before,
)
from extractors.claims.tables.chronicles import as_happening, event_rows
from extractors.claims.tables.currencies import in_yen
from extractors.claims.tables.dated_lines import VERSION
from extractors.claims.tables.exhibits import exhibit_drafts, is_exhibits
from extractors.claims.tables.first_figures import remember_unit
from extractors.claims.tables.heads import DIFFERENCE, EMPTY, named_by
from extractors.claims.tables.inside import in_words, own, own_entity, tells_time_saved, without_aside
from extractors.claims.tables.labels import is_change
from extractors.claims.tables.modalities import modality_of
from extractors.claims.tables.model_cells import ACTIVE, MODEL_SIZE, SIZES, TRAINED, most_tokens, of_model
from extractors.claims.tables.moments import is_of_rows, only_dates, period_of_row
from extractors.claims.tables.notes import bare_number
from extractors.claims.tables.parts import Parts, Reading
from extractors.claims.tables.printed import fraction, is_mark, only_figures, percent, shorthand, signed, words_before
from extractors.claims.tables.quoted_changes import as_quoted_change
from extractors.claims.tables.ranks import rank_drafts
from extractors.claims.tables.refits import beside_words, in_points, refitted
from extractors.claims.tables.scales import as_marked, of_ten, same_most
from extractors.claims.tables.sentence_cells import as_told, event_drafts, told_drafts
from extractors.claims.tables.shares import as_before, lends_unit, of_shares
from extractors.claims.tables.statements import carry_heads
from extractors.claims.tables.sureness import reasons_of, sureness
from extractors.claims.tables.surroundings import read_surroundings
from extractors.claims.tables.texts import date_drafts, is_reference, source_of, text_draft
from extractors.claims.tables.things import metric_of_same
from extractors.claims.tables.times import lost_heads
from extractors.claims.tables.token_cells import own_price
from extractors.claims.tables.told import thing_before, time_inside
from extractors.claims.tables.units import (
    changes_in_note,
    in_unit,
    is_sample,
    of_companies,
    per_token,
    sampled,
    under_labels,
    unit_for,
)
from extractors.claims.token_words import in_or_out, of_output
from extractors.claims.told_metrics import told_by_unit
from schemas import Cell, CellRole, EvidenceRole, Mention, MentionKind, Part, Quantity, QuantityKind, Span, TableKind

_SOURCES = re.compile(
    r"^(?:[^\s/／・]{1,6}[/／])?(?:出所|出典|資料|参照|情報源|ソース|source|reference|ref\.?|link|url)s?"
    r"(?:\s*[・/／&+].{1,12})?$|^as of$",
    re.I,
)
_REMARK = re.compile(r"[（(]注[）)]\s*(?:[0-9０-９]{1,2}\s*[、,，]\s*)*$")  # （注）１, a remark's number
_MARGIN = re.compile(r"\[[^\[\]]*\]\s*$")
_PLACES = re.compile(
    r"^(?:住所|(?:本[社店])?所在地|電話(?:番号)?|URL|address|location|headquarters|phone|(?:証券|銘柄|企業|会社)?コード)",
    re.I,
)
_NOTES = re.compile(r"^(?:注記?|(?:notes?|schedules?|sch\.?|ref\.?)(?:\s*no\.?)?|no\.?|#|番号|注番号|備考番号)$", re.I)


MOST_WORDS = 300  # characters: a longer cell is a text set in a table, no value


def drafts(context: Context) -> Iterator[tuple[Draft, Span]]:
    """Yield the drafts of all tables of the document, with the span each one's value was read from."""
    last: Reading | None = None
    for index, table in enumerate(context.document.tables):
        if table.kind == TableKind.LAYOUT or not table.cells:
            continue
        around = read_surroundings(context, table)
        base = around.period.period if around.period and around.period.role != EvidenceRole.INHERITED else None
        axes = read_axes(context, table, captioned=around.captioned, united=around.unit is not None, base=base)
        changes_in_note(axes, around, table)
        reading = Reading(context, table, index, axes, around, {}, lost_heads(context, table, axes))
        reading.told = metric_of_same(reading)
        if last is not None and not reading.heads and carry_heads(table, axes, last.table, last.axes):
            around.unit, around.unit_span = around.unit or last.around.unit, around.unit_span or last.around.unit_span
        if last is not None and as_before(reading, last):
            around.unit, around.unit_span = last.around.unit, last.around.unit_span
        if last is not None and lends_unit(last, reading):
            around.unit, around.unit_span = last.around.unit, last.around.unit_span
        last = reading
        as_statement(reading)
        of_shares(reading)
        valued = axes.columns.keys() - axes.told
        for cell in sorted(table.cells, key=lambda c: (c.row, c.column)):
            if cell.row < axes.first_row or cell.column not in valued or cell.role == CellRole.CORNER:
                continue
            yield from _cell(reading, cell)
        yield from told_drafts(reading)
        yield from rank_drafts(reading, VERSION)
        yield from event_rows(reading)


def _cell(reading: Reading, cell: Cell) -> Iterator[tuple[Draft, Span]]:
    span = cell.span
    if span is None or EMPTY.match(cell.text.strip()):
        return
    columns = reading.axes.heads(cell.row, cell.column)
    rows = reading.axes.rows.get(cell.row, [])
    if columns and _SOURCES.match(columns[-1].text):
        return
    if columns and is_of_rows(reading, columns[-1]) and period_of_row(reading, cell.row) is not None:
        return
    if columns and _NOTES.match(columns[-1].text.strip()) and not in_words(cell.text):
        return
    view = reading.context.view(span)
    parts = Parts(reading, cell, rows, columns)
    if (entries := list(career_drafts(parts, view))) or is_exhibits(reading):
        yield from entries or exhibit_drafts(parts, view)
        if in_words(cell.text):
            yield text_draft(reading, cell, parts, span), span
        return
    unit, unit_span = unit_for(reading, cell.column, rows, columns, parts.metric)
    found = shorthand(view.text, columns[-1].text if columns else "", partial(same_most, reading, cell.column))
    found = found or as_marked(reading, cell, view.text, unit)
    found = found or fraction(view.text, parts.metric.text) or reading.context.mentions(view.text, unit)
    if unit is None:
        remember_unit(reading, cell, found, view.span)
    figures = [percent(m) if _noted(reading, view.text, m) else in_unit(m, unit) for m in found if m.quantity]
    figures = [signed(m, view.text) for m in figures if m.kind == MentionKind.QUANTITY]
    figures = [m for m in figures if not _REMARK.search(view.text[: m.span.start]) and not is_mark(m, view.text)]
    if reading.axes.names == cell.column or (columns and _PLACES.match(columns[-1].text.strip())):
        figures = []
    dates = [m for m in found if m.kind == MentionKind.PERIOD and is_dated(m)]
    timed = any(m.kind == MentionKind.PERIOD and m.quantity is None for m in found)
    if timed and not figures and columns and only_dates(reading, columns[-1]):
        return
    lengths = [m for m in found if m.kind == MentionKind.PERIOD and m.quantity is not None]
    margin = _MARGIN.search(view.text) if lengths else None
    if margin is not None:  # 3.5分 [1.6-6.9]
        figures = [m for m in figures if m.span.start < margin.start()]
    covered = sum(m.span.end - m.span.start for m in (*figures, *dates, *lengths))
    whole = any(m.rule in ("out of", "cell") for m in figures) or covered >= 0.75 * len(
        re.sub(r"\s", "", without_aside(view.text) if lengths and not figures else view.text)
    )
    if dates and not figures and (whole or parts.is_date):
        yield from date_drafts(reading, cell, parts, dates[0], view.span(dates[0].span.start, dates[0].span.end))
    for mention in figures or (lengths if whole or tells_time_saved(view.text) else []):
        place = view.span(mention.span.start, mention.span.end)
        draft = _figure_draft(
            reading, cell, parts, mention, place, view.text, len(figures), noted=unit_span is not None
        )
        if draft is not None:
            draft = as_told(parts, draft, mention, view.text)
            _tell(draft, parts, mention, found, figures, view.text)
            if unit_span is not None:
                draft.extra.append((Part.UNIT, EvidenceRole.UNIT_NOTE, unit_span))
            yield draft, place
    if not (dates and not figures and (whole or parts.is_date)):
        yield from event_drafts(parts, view.text)
    told = (not whole or len(figures) > 1) and not (dates and parts.is_date) and not only_figures(view.text, figures)
    if told and parts.labels and len(view.text) <= MOST_WORDS and not is_reference(parts, cell.text):
        draft = as_happening(parts, text_draft(reading, cell, parts, span))
        if draft.entity.span != draft.metric.span or draft.metric.role != EvidenceRole.COLUMN_HEADER:
            yield draft, span  # not under 確度 in a row of nothing


def _tell(
    draft: Draft, parts: Parts, mention: Mention, found: Sequence[Mention], figures: Sequence[Mention], text: str
) -> None:
    """Give a figure the time that stands beside it in its cell and the thing that stands before it."""
    when = time_inside(parts, found, mention.span, text)
    if when is not None:
        draft.when, draft.modality = when, modality_of(parts, text, when)
    thing = thing_before(parts, figures, mention.span, text)
    if thing is not None:
        draft.entity = thing
        if draft.metric.text.endswith(f" {thing.text}"):  # no words of the metric
            draft.metric = replace(draft.metric, text=draft.metric.text.removesuffix(f" {thing.text}"))


def _figure_draft(
    reading: Reading, cell: Cell, parts: Parts, mention: Mention, place: Span, text: str, figures: int, *, noted: bool
) -> Draft | None:
    quantity = mention.quantity
    if quantity is None:
        return None
    metric, of_metric = parts.metric_for(quantity), None
    if mention.rule == "out of":  # 8/15 is read under a head for scores alone
        metric = named_by(reading.axes.columns[cell.column][-1])
    quantity = under_labels(
        reading.context.dimensions,
        quantity,
        metric.id if parts.sure_metric and mention.rule != "out of" and not of_ten(reading, cell, metric) else None,
        parts.labels,
        amounts=any("比" in x.text for x in parts.labels)
        and reading.once("amounts", cell.column, lambda: amounts_of_change(reading.table, cell.column)),
        told=f"{metric.text} {metric.id}",
    )
    quantity = in_yen(reading, quantity, mention.text, metric.id)
    sample = next((x for x in parts.labels if is_sample(x) and not is_paired(reading.axes, x)), None)
    if sample is not None and quantity.kind == QuantityKind.NUMBER:
        quantity = sampled(quantity, parts.labels, reading.around.words, companies=of_companies(reading))
        metric = Named("sample_size", sample.text, sample.span, sample.role)
    size = MODEL_SIZE.fullmatch(mention.text)
    if size and quantity.unit != "token" and metric.id != "context_length" and of_model(parts):
        number = Decimal(size.group(1)) * SIZES[size.group(2)]
        if TRAINED.search(parts.words):  # trained on 15T
            quantity = quantity.changed(kind=QuantityKind.COUNT, unit="token", value=number)
            metric = Named("training_data_size", metric.text, metric.span, metric.role, "training_data_size")
        else:
            quantity = quantity.changed(kind=QuantityKind.COUNT, unit="parameter", value=number)
            metric = Named("parameter_count", metric.text, metric.span, metric.role, "parameter_count")
    if quantity.unit == "unitless" and of_model(parts) and (most := most_tokens(parts)) is not None:
        quantity, metric = quantity.changed(kind=QuantityKind.COUNT, unit="token"), most
    if ACTIVE.search(metric.text) and (quantity.unit == "parameter" or (_whole(quantity) and of_model(parts))):
        quantity = quantity.changed(kind=QuantityKind.COUNT, unit="parameter")
        metric = Named("active_parameter_count", metric.text, metric.span, metric.role, "active_parameter_count")
    per: str | None = None
    metric = of_output(metric, quantity)
    priced = per_token(reading, quantity, parts.labels)
    told_price = own_price(parts, text, mention.span, priced, scaled=priced is not quantity)
    if priced is not quantity:
        quantity, metric, per = priced, in_or_out(metric), "token"
    if quantity.unit == "metre" and _MILLIONS.fullmatch(mention.text) and not _LENGTH.search(parts.words):
        quantity = quantity.times(10**6).changed(kind=QuantityKind.NUMBER, unit="unitless")
    change = next((x for x in reversed(parts.labels) if x.kind == "change"), None)
    if change is not None:
        base = next((label for label in parts.labels if label is not change and label.says_metric), None)
        others = [x for x in parts.said if x is not change and (x.kind == "other" or reading.itemized)]
        base = base or next(iter(others), None)
        base = None if DIFFERENCE.search(change.text.strip()) else base
        quantity = counted_change(reading.context.dimensions, change, base, quantity)
        as_ratio = to_before(parts.labels) and reading.once(
            "ratios", cell.column, lambda: ratios_to_before(reading.table, cell.column)
        )
        metric, of_metric = of_change(change, base, quantity, as_ratio)
        metric, quantity = as_quoted_change(parts, metric, quantity)
    entity = parts.owner()
    told = None if change is not None else _of_caption(parts, metric, quantity)
    if told is not None:
        metric, entity = told, parts.own_thing() or entity
    headed = any(map(is_change, reading.around.words[:2])) or is_rate_beside(reading.axes, cell.column)
    if change is None and quantity.kind == QuantityKind.PERCENT and (headed or _SIGNED.match(mention.text + " ")):
        behind = figures > 1 and re.search(r"\d\S*(?: [a-z]{2,8})?\s*[（(]\s*$", text[: mention.span.start]) is not None
        changed = _only_a_change(reading, metric, quantity, behind=behind, headed=headed)
        metric, of_metric = changed or (metric, of_metric)
    extra: list[tuple[Part, EvidenceRole, Span]] = []
    words = words_before(text, mention.span.start)
    told_inside = own(parts, cell, mention, quantity, text) if change is None and size is None else None
    if told_price is not None:
        (metric, quantity), of_metric, per = told_price, None, "token"
    elif told_inside is not None:
        (metric, quantity), of_metric = told_inside, None
        entity = own_entity(parts, text) or entity
    else:
        if figures > 1 and words:
            metric = beside_words(parts, metric, quantity, words)
        if change is None:
            metric = refitted(parts, metric, quantity, text, mention.span.start, place)
            around = text[: mention.span.start], text[mention.span.end :]
            metric = told_by_unit(metric, quantity, reading.context.dimensions, *around)
            quantity = in_points(quantity, metric.id)
    if change is None and _noted(reading, text, mention):
        metric = Named(
            "growth_rate", f"{metric.text} {aside(reading.around.words)}", metric.span, metric.role, "growth_rate"
        )
    modality = (header_modality(words) if figures > 1 and words else None) or modality_of(parts, text)
    reasons = reasons_of(parts, entity, metric, quantity, figures, noted=noted)
    return Draft(
        span=place,
        entity=entity,
        metric=metric,
        confidence=sureness(reasons),
        method=f"{VERSION}.{reading.axes.row_axis}.{reading.axes.column_axis}",
        quantity=quantity,
        when=parts.when,
        modality=modality,
        **source_of(reading, cell),
        of_metric=of_metric,
        signed=True,
        place=(reading.index, cell.row, cell.column),
        extra=extra,
        per=per,
        alarms=reading.table.alarms,
        reasons=reasons,
    )


_SIGNED = re.compile(r"[+＋▲△−–-]\s*\d")


def _only_a_change(
    reading: Reading, metric: Named, quantity: Quantity, *, behind: bool, headed: bool
) -> tuple[Named, str | None] | None:
    """A percent with a sign under an amount (売上高 | +10.1%), or in brackets `behind` one (778億円（▲23.8%）), is the
    amount's change; `headed` by a word of change so is what may be a percentage too (個人消費, 前年度比％)."""
    told = reading.context.dimensions.get(metric.id or "", ())
    amount = headed and not {"money", "number"}.isdisjoint(told)
    if not behind and (not metric.id or not (amount or fit(told, quantity) == "no")):
        return None
    return Named("growth_rate", metric.text, metric.span, metric.role, "growth_rate"), metric.id


def _of_caption(parts: Parts, metric: Named, quantity: Quantity) -> Named | None:
    """The metric of a percent in a row named after an amount (普通預金 under 金利の変化（％）): the caption's."""
    dimensions = parts.reading.context.dimensions
    if quantity.kind != QuantityKind.PERCENT or not metric.id or fit(dimensions.get(metric.id, ()), quantity) != "no":
        return None
    told = [m for m in parts.reading.around.metrics if m.role == EvidenceRole.CAPTION and m.id]
    return next((m for m in told if fit(dimensions.get(m.id or "", ()), quantity) in ("yes", "kind")), None)


_MILLIONS = re.compile(r"[~≈]?\d+(?:\.\d+)?m")  # cars
_LENGTH = re.compile(r"length|height|depth|distance|width|altitude|\bm\b|metres?|[長高深距離延長]|メートル", re.I)


def _whole(quantity: Quantity) -> bool:
    return quantity.unit == "unitless" and quantity.value is not None and quantity.value >= 10**7


def _noted(reading: Reading, text: str, mention: Mention) -> bool:
    """Say whether a bare figure stands in brackets that a note of the table says to hold changes."""
    start, end = mention.span.start, mention.span.end
    if not re.search(r"[^\s（(][^（(]*[（(]\s*$", text[:start]) or not re.match(r"\s*[)）]", text[end:]):
        return False
    note = aside(reading.around.words)
    return note is not None and is_change(note) and bare_number(mention.text) is not None

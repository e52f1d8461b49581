"""Figures told in a sentence inside a cell: linked as those of prose are, under the headings and the row's head.

In `| A × B | Aは2026年4月にBへ10億ドルを出資し、… |` the sentence says what the figure is of; the heads of row and
column only say what the sentence is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import replace

from extractors.claims import events, prose
from extractors.claims.build import Draft, Named
from extractors.claims.entity_candidates import Candidate, Carried, Last
from extractors.claims.linking import Linked, link
from extractors.claims.metric_candidates import fit, unit_class
from extractors.claims.scene import Scene, scenes_of
from extractors.claims.stage import figures, stage_of
from extractors.claims.tables.corners import whole
from extractors.claims.tables.heads import GENERIC
from extractors.claims.tables.inside import is_vague
from extractors.claims.tables.labels import is_change
from extractors.claims.tables.parts import Parts, Reading
from extractors.claims.tables.sureness import sureness
from extractors.claims.tables.told import happened
from schemas import Cell, EvidenceRole, Mention, Modality, Quantity, Span

_KANA = re.compile(r"[ぁ-ん]")
_CLAUSE = re.compile(r"[をがはに。]")
_LEAST_WORDS = 8  # of an English cell that tells in a sentence
_FIRST = re.compile(r"[約およそ~〜≈+＋\-−▲△$€£¥\s]*")
_CLOSED = re.compile(r"\s*(?:$|[（(、,;；。|/／])")
_ITEM = "list_item"  # a cell stands below its row's head as an item below its lead
_WORDS = frozenset(["here", "phrase", "label", "lead0", "carried", "basis", "rank", "before0"])  # sources that say it
_OF_HEADS = ("e.", "m.", "same.", "weak.")  # features of what the heads say
_INSIDE = frozenset(["here", "phrase", "owner", "label", "group"])


def is_sentence(text: str) -> bool:
    """Say whether a cell's words tell in clauses: Japanese with a particle or full stop, long English."""
    return _CLAUSE.search(text) is not None if _KANA.search(text) else len(text.split()) >= _LEAST_WORDS


def linked_in(parts: Parts, mention: Mention, text: str) -> Linked | None:
    """Return a figure of a cell's sentence with the parts that the sentence names best, None where it is no sentence.

    A figure that opens its cell and stands alone there (約7%（大企業は約13%）) is of the heads, as the cell's value.
    """
    start, end = mention.span.start, mention.span.end
    if not is_sentence(text) or (_FIRST.fullmatch(text, 0, start) and _CLOSED.match(text, end)):
        return None
    place = (parts.cell.row, parts.cell.column)
    if place not in parts.reading.linked:
        parts.reading.linked[place] = {m.mention.span.start: m for m in _links(parts)}
    return parts.reading.linked[place].get(start)


def told_drafts(reading: Reading) -> Iterator[tuple[Draft, Span]]:
    """Yield the drafts of the columns whose cells are sentences of their own (事実 | 出典), read on as prose is."""
    context, table = reading.context, reading.table
    for column in sorted(reading.axes.told):
        rows = range(reading.axes.first_row, table.rows)
        cells = [cell for r in rows if (cell := table.at(r, column)) is not None]
        told = copy(context)
        told.scenes = []
        for cell in cells:
            told.scenes += _scenes(reading, cell, before=told.scenes[-1] if told.scenes else None)
        for draft in (*(d for d, _ in events.drafts(told)), *(d for d, _, _ in prose.drafts(told))):
            row = next(c.row for c in reversed(cells) if c.span and c.span.start <= draft.span.start)
            yield replace(draft, place=(reading.index, row, column), alarms=table.alarms), draft.span


def event_drafts(parts: Parts, text: str) -> Iterator[tuple[Draft, Span]]:
    """Yield the drafts of the events that a cell's words date (2026年2月2日、株式交換により統合; Expired end 2025).

    They are of the thing of its heads where no other is named in it.
    """
    heads = [x.text.strip() for x in parts.labels if x.role == EvidenceRole.COLUMN_HEADER]
    if parts.cell.span is None or any(whole("as_of").match(head) for head in heads):
        return
    reading, cell = parts.reading, parts.cell
    told = copy(reading.context)  # the same document with no scenes but the cell's
    told.scenes = _scenes(reading, cell, _lead(parts))
    for draft, _ in events.drafts(told):
        inside = parts.cell.span.start <= draft.entity.span.start < parts.cell.span.end
        entity = draft.entity if inside or not names_thing(parts) else parts.owner()
        place = (reading.index, cell.row, cell.column)
        yield replace(draft, entity=entity, place=place, alarms=reading.table.alarms), draft.span


def _links(parts: Parts) -> list[Linked]:
    context, carried, found = parts.reading.context, Carried(), []
    topic: str | None = parts.entity.name
    for scene in _scenes(parts.reading, parts.cell, _lead(parts)):
        stage = stage_of(context, scene, topic, carried)
        for mention in figures(scene):
            linked = link(context, stage, mention)
            if linked is None:
                continue
            topic, unit = linked.entity.name, unit_class(mention.quantity)
            carried.remember(unit, linked.entity, linked.metric, linked.period)
            stage.last = Last(topic, linked.metric.name, unit, mention.span.end)
            found.append(linked)
    return found


def _lead(parts: Parts) -> Scene | None:
    """Return the head of a cell's row as a scene."""
    rows = [x for x in parts.labels if x.role == EvidenceRole.ROW_HEADER]
    if not rows:
        return None
    context = parts.reading.context
    view = context.view(rows[-1].span)
    return next(scenes_of(view, context.mentions(view.text), block=-1, kind=_ITEM), None)


def _scenes(reading: Reading, cell: Cell, lead: Scene | None = None, before: Scene | None = None) -> list[Scene]:
    """Return the sentences of a cell, below the table's headings and the head of its row, behind that `before`."""
    context, headings = reading.context, reading.around.headings
    found: list[Scene] = []
    if cell.span is None:
        return found
    view = context.view(cell.span)
    for scene in scenes_of(view, context.mentions(view.text), block=-1, kind=_ITEM):
        scene.headings, scene.lead, scene.before = headings, lead, found[-1] if found else before
        if lead is not None:
            lead.headings = headings
        if context.scenes:
            scene.main, scene.lede = context.scenes[0].main, context.scenes[0].lede
        context.settle(scene)
        found.append(scene)
    return found


def told_entity(parts: Parts, linked: Linked) -> Named | None:
    """Return the entity that the sentence names before the figure; that from around it where no head names a thing."""
    entity, start = linked.entity, linked.mention.span.start
    inside = entity.source in _INSIDE and 0 <= entity.start < start and not is_change(entity.text)
    if names_thing(parts):
        return _named(entity) if inside and not _of_the_head(parts, linked) else None
    return _named(entity)


def _of_the_head(parts: Parts, linked: Linked) -> bool:
    """Say whether a sentence's entity is none beside the thing of its head: that thing again (the company, 同社), a
    unit (1ドルは150円), or, beside a known thing, the words of the metric alone (札幌市: 待機児童は30人)."""
    entity, metric = linked.entity, linked.metric
    if entity.mention is not None and entity.mention.rule == "coreference":
        return True
    text, place = parts.reading.context.document.text, entity.span.start
    if place > 0 and text[place - 1].isdigit():
        return True
    shared = entity.start < metric.end and metric.start < entity.end
    return shared and entity.id is None and parts.sure_entity


def names_thing(parts: Parts) -> bool:
    """Say whether a head of the cell names the thing that it tells of; one without heads is named after itself."""
    if not parts.labels and parts.entity.span == parts.cell.span:
        return False
    if parts.reading.axes.row_axis == "entity" or parts.sure_entity:
        return True
    return parts.entity.role != EvidenceRole.COLUMN_HEADER


def told_metric(parts: Parts, linked: Linked, metric: Named, quantity: Quantity) -> bool:
    """Say whether a sentence's words name a figure's metric better than what its heads and next words have said."""
    dimensions = parts.reading.context.dimensions
    fits = fit(dimensions.get(metric.id or "", ()), quantity) if metric.id else "no"
    if metric.role == EvidenceRole.VALUE_CELL and metric.id:
        return False
    if linked.metric.source in _WORDS:
        return fits != "yes" or (linked.metric.id is not None and linked.metric.source == "here")
    return bool(metric.id and fits == "no") or is_vague(metric) or bool(GENERIC.fullmatch(metric.text.strip()))


def as_told(parts: Parts, draft: Draft, mention: Mention, text: str) -> Draft:
    """Return a figure's draft with what the sentence that it stands in says; prices and changes are of their heads."""
    headed = (
        draft.per is not None or draft.metric.name == "sample_size" or any(x.kind == "change" for x in parts.labels)
    )
    linked = None if headed or mention.rule == "out of" else linked_in(parts, mention, text)
    if linked is None or draft.quantity is None:
        return draft
    told = prose.draft_of(parts.reading.context, linked)
    worded = told_metric(parts, linked, draft.metric, draft.quantity)
    if worded:
        quantity = told.quantity if linked.mention.quantity == mention.quantity else draft.quantity
        draft = replace(draft, metric=told.metric, of_metric=told.of_metric, quantity=quantity)
    if _is_its_time(linked, text):
        draft = replace(draft, when=told.when)
    if told.modality != Modality.ACTUAL:
        draft = replace(draft, modality=told.modality, modality_span=told.modality_span)
    entity = told_entity(parts, linked) or draft.entity
    reasons = (*(r for r in draft.reasons if not r.startswith(_OF_HEADS)), *_reasons(linked, entity, worded=worded))
    return replace(draft, entity=entity, confidence=sureness(reasons), reasons=reasons)


def _is_its_time(linked: Linked, text: str) -> bool:
    """Say whether the time that a figure is linked to stands in its cell and tells of it."""
    period, figure = linked.period, linked.mention.span
    if period is None or period.start < 0:
        return False
    return period.start > figure.start or not happened(text[period.end : figure.start])


def _reasons(linked: Linked, entity: Named, *, worded: bool) -> tuple[str, ...]:
    """Return the features of the sureness of a figure that a cell's sentence tells."""
    inside = entity.span == linked.entity.span
    metric = linked.metric.source if worded else "head"
    sure = int(linked.sure * 5)
    return ("told", f"told.e.{inside}.{linked.entity.source}", f"told.m.{metric}", f"told.sure.{sure}.{worded}")


def _named(candidate: Candidate) -> Named:
    return Named(candidate.name, candidate.text, candidate.span, candidate.role, candidate.id, candidate.type)

"""Chronologies: tables of times and what happened then (年 | 出来事). The time of each row dates its event.

| 1961 | 北浜製鉄が高炉の操業を開始 |   the start of 北浜製鉄's furnace, in 1961
A row whose own words date what happened needs nothing from its head; one without words of an event is left. In the
history of a company (沿革), which in filings often has no heads, each row tells an event, mostly the company's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.build import Draft, Named
from extractors.claims.cues import EventWord, event_words, row_event
from extractors.claims.event_senses import date_name
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.corners import is_of_times, whole
from extractors.claims.tables.dated_lines import event_draft
from extractors.claims.tables.dated_things import thing_at, thing_rows
from extractors.claims.tables.filings import filer
from extractors.claims.tables.happenings import (
    Happening,
    happening_in,
    modality_at,
    named_by,
    object_of,
    thing_of,
    whole_of,
)
from extractors.claims.tables.labels import Label
from extractors.claims.tables.parts import Parts, Reading
from schemas import Cell, EvidenceRole, Mention, MentionKind, Span


def event_rows(reading: Reading) -> Iterator[tuple[Draft, Span]]:
    """Yield the drafts of the events that the rows of a chronology date."""
    if (column := _history(reading)) is not None:
        yield from _history_rows(reading, column)
        return
    column = told_column(reading)
    if column is None:
        yield from thing_rows(reading)
    for row, labels in reading.axes.rows.items() if column is not None else ():
        time = next((x for x in labels if x.period is not None and x.period_span is not None), None)
        cell = reading.table.at(row, column) if column is not None else None
        event = happening_in(reading, cell) if time is not None and cell is not None else None
        if time is not None and cell is not None and event is not None:
            draft = _draft(reading, cell, time, event)
            if draft is not None:
                yield draft, draft.span


def told_column(reading: Reading) -> int | None:
    """Return the column that tells what happened at the times of a chronology's rows: 日付 | イベント.

    Below a heading of plans or of a course of events it may have a vague head (時期 | 内容).
    """
    axes, table = reading.axes, reading.table
    if axes.row_axis != "period":
        return None
    heads = {c: labels[-1].text.strip() for c, labels in axes.columns.items() if labels}
    happenings = [c for c, head in heads.items() if whole("happenings").match(head)]
    if (
        not happenings
        and is_of_times([axes.corner.strip()], 0)
        and any(_COURSE.search(x) for x in reading.around.words[:2])
    ):
        happenings = [c for c, head in heads.items() if whole("courses").match(head)]
        counted = any(_FIGURES.fullmatch(x.text.strip()) for x in table.cells if x.row >= axes.first_row and x.column)
        happenings = [] if counted else happenings
    return next(iter(happenings), None)


def _history(reading: Reading) -> int | None:
    """Return the column of the texts of a company's history: 年月 | 事項 below 沿革, or, where most rows close with
    words of an event, on a page of its own or in two columns without heads."""
    axes, table = reading.axes, reading.table
    dated = sum(any(x.kind == "period" for x in labels) for labels in axes.rows.values())
    if axes.row_axis != "period" or dated < _LEAST_ROWS or axes.first_column != 1 or table.columns > _MOST_COLUMNS:
        return None
    titled = any(_HISTORY.search(text) for text in reading.around.words)
    for column, labels in axes.columns.items():
        head = labels[-1].text.strip() if labels else ""
        named = whole("histories").match(head) is not None
        bare = not head and table.columns == 2 and not axes.first_row
        paged = named and bool(reading.context.document.pages)  # the heading may stand on the page before
        if (named and (titled or _HISTORY.search(head))) or ((bare or paged) and _tells(reading, column)):
            return column
    return None


def _tells(reading: Reading, column: int) -> bool:
    """Say whether most cells of a column close with words of an event."""
    texts = [cell.text for row in reading.axes.rows if (cell := reading.table.at(row, column)) and cell.text.strip()]
    return 2 * sum(_closing(text) is not None for text in texts) > len(texts)


def _closing(text: str) -> str | None:
    """Return the metric that the last words of a text tell, brackets aside."""
    told = row_event(text, 0, len(text))
    words = [w for w in event_words(text, 0, len(text)) if w.sort == "listed"] if told is None else []
    return told or (date_name(text, words[-1]) if words else None)


def _history_rows(reading: Reading, column: int) -> Iterator[tuple[Draft, Span]]:
    for row, labels in reading.axes.rows.items():
        time = next((x for x in labels if x.period is not None and x.period_span is not None), None)
        cell = reading.table.at(row, column)
        if time is None or cell is None or cell.span is None or not cell.text.strip():
            continue
        view = reading.context.view(cell.span)
        said = reading.context.mentions(view.text)
        if any(m.kind == MentionKind.PERIOD and is_dated(m) and not _bracketed(view.text, m) for m in said):
            continue
        metric = _closing(view.text) or "event_date"
        word = EventWord(0, len(view.text.rstrip()), metric, "history")
        draft = _draft(reading, cell, time, Happening(view, word, said))
        if draft is not None:
            yield draft, draft.span


def _bracketed(text: str, mention: Mention) -> bool:
    before = text[: mention.span.start]
    return len(re.findall(r"[（(]", before)) > len(re.findall(r"[）)]", before))


def _object(event: Happening) -> Named | None:
    """What was founded or bought by the row of a history: the company named before its last を."""
    view = event.view
    names = [m for m in event.said if m.kind == MentionKind.ENTITY and m.rule != "coreference"]
    made = [m for m in names if _MADE.match(view.text, m.span.end)] if event.metric in _OF_OBJECTS else []
    return named_by(event, made, made[-1].span.start, made[-1].span.end) if made else None


_HISTORY = re.compile(r"沿革|変遷|社史|略史|あゆみ|歩み|年表|\b(?:corporate|company|our) history\b", re.I)
_LEAST_ROWS = 3
_MOST_COLUMNS = 3
_OF_OBJECTS = frozenset(["founded_date", "acquisition_date"])
_MADE = re.compile(r"(?:[（(][^（()）]*[）)]){0,3}(?:の(?:全|発行済)?\S{0,4}株式)?を(?=.{0,24}\Z)", re.S)


def _company(reading: Reading) -> Named | None:
    """Whose history it is: the company that files the document."""
    return filer(reading) if reading.context.document.pages else None


def _beside(reading: Reading, told: Cell) -> Named | None:
    """What the row of the cell `told` names in a column of its own (時期 | 会社 | 出来事)."""
    if (keyed := thing_at(reading.axes.rows.get(told.row, []))) is not None:
        return keyed
    for column, labels in reading.axes.columns.items():
        cell = reading.table.at(told.row, column) if column != told.column else None
        if labels and whole("keys").match(labels[-1].text.strip()) and cell is not None and cell.span is not None:
            return Named(cell.text, cell.text, cell.span, EvidenceRole.VALUE_CELL) if cell.text.strip() else None
    return None


def _whose(reading: Reading, parts: Parts, event: Happening, *, told: bool) -> Named:
    """What an entry is about: what it says itself, a column of the row, else whose chronology it is."""
    own = None if told else thing_of(event)
    beside = own or _beside(reading, parts.cell) or (_company(reading) if told else None)
    if beside is not None:
        return beside
    owner = parts.owner()
    if told or (event.of_company and owner.role != EvidenceRole.COLUMN_HEADER):
        return owner
    thing = object_of(event) or (
        whole_of(event) if owner.role == EvidenceRole.COLUMN_HEADER or not event.word else None
    )
    return thing or owner


def as_happening(parts: Parts, draft: Draft) -> Draft:
    """Return the claim of an entry's words: of what the entry is about, to come where its time is."""
    reading, cell = parts.reading, parts.cell
    time = next((x for x in reading.axes.rows.get(cell.row, []) if x.period is not None), None)
    if time is None or _history(reading) is not None or told_column(reading) != cell.column:
        return draft
    event = happening_in(reading, cell)
    draft.entity = _whose(reading, parts, event, told=False) if event is not None else draft.entity
    draft.modality = modality_at(parts, cell.text, time)
    return draft


def _draft(reading: Reading, cell: Cell, time: Label, event: Happening) -> Draft | None:
    view, word, _ = event
    parts = Parts(reading, cell, reading.axes.rows[cell.row], reading.axes.columns[cell.column])
    told = word is not None and word.sort == "history"
    entity = (_object(event) if told else None) or _whose(reading, parts, event, told=told)
    if entity.role == EvidenceRole.COLUMN_HEADER:
        return None  # 出来事 names nothing that something happened to
    start, end = (word.start, word.end) if word is not None else (0, len(view.text.rstrip()))
    words = re.sub(r"\s+", " ", view.text[start:end])
    metric = Named(event.metric, words, view.span(start, end), EvidenceRole.VALUE_CELL)
    assert time.period_span is not None
    modality = modality_at(parts, cell.text, time)
    return event_draft(parts, entity, metric, time.period_span, time.period, modality=modality, column=0)


_COURSE = re.compile(
    r"予定|スケジュール|日程|ロードマップ|計画|年表|経緯|経過|歩み|あゆみ|沿革|軌跡|時系列|タイムライン|カレンダー|注目|"
    r"timeline|roadmap|road ahead|milestone|schedule|calendar|chronology|upcoming|ahead|history",
    re.I,
)
_FIGURES = re.compile(r"[$€£¥△▲\-]?[\d.,]+\s?\S{0,3}")

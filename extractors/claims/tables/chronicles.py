"""Chronologies: tables of times and what happened then (年 | 出来事). The time of each row dates its event.

| 1961 | 北浜製鉄が高炉の操業を開始 |   the start of 北浜製鉄's furnace, in 1961
A row whose own words date what happened needs nothing from its head; one without words of an event is left. In the
history of a company (沿革), which in filings often has no heads, each row tells an event, mostly the company's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.claims.build import Draft, Named
from extractors.claims.cues import EventWord, event_words, row_event
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.corners import whole
from extractors.claims.tables.filings import filer
from extractors.claims.tables.labels import Label
from extractors.claims.tables.modalities import modality_of
from extractors.claims.tables.parts import Parts, Reading
from extractors.claims.tables.sureness import reasons_of, sureness
from extractors.claims.view import View
from schemas import Cell, EvidenceRole, Mention, MentionKind, Span

_SUBJECT = re.compile(
    r"(?P<thing>(?:(?!など)[^\s、。（(がはをにで]){2,24})(?:[（(][^（()）]*[）)])?[がは](?![るらりれっ])"
)
_BESIDE = re.compile(r"[にでへと]|から|より|\s?(?:to|in|at|with|from)\b|[一-龥]{2}")  # 東証に上場, 千種工場
_ENDS = "。；;\n"


class _Event(NamedTuple):
    view: View
    word: EventWord
    said: list[Mention]  # what is named in the cell


def event_rows(reading: Reading, version: str) -> Iterator[tuple[Draft, Span]]:
    """Yield the drafts of the events that the rows of a chronology date."""
    axes = reading.axes
    if (column := _history(reading)) is not None:
        yield from _history_rows(reading, column, version)
        return
    happenings = [
        c for c, labels in axes.columns.items() if labels and whole("happenings").match(labels[-1].text.strip())
    ]
    if axes.row_axis != "period" or not happenings:
        return
    for row, labels in axes.rows.items():
        time = next((x for x in labels if x.period is not None and x.period_span is not None), None)
        cell = reading.table.at(row, happenings[0])
        event = _event_in(reading, cell) if time is not None and cell is not None else None
        if time is not None and cell is not None and event is not None:
            draft = _draft(reading, cell, time, event, version)
            if draft is not None:
                yield draft, draft.span


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
    return told or (words[-1].metric if words else None)


def _history_rows(reading: Reading, column: int, version: str) -> Iterator[tuple[Draft, Span]]:
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
        draft = _draft(reading, cell, time, _Event(view, word, said), version)
        if draft is not None:
            yield draft, draft.span


def _bracketed(text: str, mention: Mention) -> bool:
    before = text[: mention.span.start]
    return len(re.findall(r"[（(]", before)) > len(re.findall(r"[）)]", before))


def _object(event: _Event) -> Named | None:
    """What was founded or bought by the row of a history: the company named before its last を."""
    view, word, said = event
    names = [m for m in said if m.kind == MentionKind.ENTITY and m.rule != "coreference"]
    made = [m for m in names if _MADE.match(view.text, m.span.end)] if word.metric in _OF_OBJECTS else []
    if not made:
        return None
    last = made[-1]
    place = view.span(last.span.start, last.span.end)
    return Named(last.name or last.text, last.text, place, EvidenceRole.VALUE_CELL, last.id, last.type)


_HISTORY = re.compile(r"沿革|変遷|社史|略史|あゆみ|歩み|年表|\b(?:corporate|company|our) history\b", re.I)
_LEAST_ROWS = 3
_MOST_COLUMNS = 3
_OF_OBJECTS = frozenset(["founded_date", "acquisition_date"])
_MADE = re.compile(r"(?:[（(][^（()）]*[）)]){0,3}(?:の(?:全|発行済)?\S{0,4}株式)?を(?=.{0,24}\Z)", re.S)


def _event_in(reading: Reading, cell: Cell) -> _Event | None:
    """Return the first word of an event in a cell's first sentence; None where the cell tells a time of its own."""
    if cell.span is None:
        return None
    view = reading.context.view(cell.span)
    said = reading.context.mentions(view.text)
    if any(m.kind == MentionKind.PERIOD and is_dated(m) for m in said):
        return None
    ends = [at for mark in _ENDS if (at := view.text.find(mark)) >= 0]
    words = event_words(view.text, 0, min(ends, default=len(view.text)))
    names = [m.span for m in said if m.kind == MentionKind.ENTITY]
    words = [w for w in words if w.sort != "native" and not any(s.start <= w.start < s.end for s in names)]
    return _Event(view, words[0], said) if words else None


def _thing(event: _Event) -> Named | None:
    """What the cell says that it happened to: the subject of its clause, else the first name that is no place of it."""
    view, word, said = event
    names = [m for m in said if m.kind == MentionKind.ENTITY and m.rule != "coreference" and m.span.start < word.start]
    subject = _SUBJECT.match(view.text, 0, word.start)
    if subject is not None:
        start, end = subject.span("thing")
        whole_name = next((m for m in names if (m.span.start, m.span.end) == (start, end)), None)
        name = whole_name.name if whole_name is not None and whole_name.name else subject["thing"]
        known = (whole_name.id, whole_name.type) if whole_name is not None else (None, None)
        return Named(name, subject["thing"], view.span(start, end), EvidenceRole.VALUE_CELL, *known)
    found = next((m for m in names if not _BESIDE.match(view.text, m.span.end)), None)
    if found is None:
        return None
    place = view.span(found.span.start, found.span.end)
    return Named(found.name or found.text, found.text, place, EvidenceRole.VALUE_CELL, found.id, found.type)


def _company(reading: Reading) -> Named | None:
    """Whose history it is: the company that files the document."""
    return filer(reading) if reading.context.document.pages else None


def _beside(reading: Reading, row: int) -> Named | None:
    """What a row names in a column of its own (時期 | 会社 | 出来事)."""
    for column, labels in reading.axes.columns.items():
        cell = reading.table.at(row, column)
        if labels and whole("keys").match(labels[-1].text.strip()) and cell is not None and cell.span is not None:
            return Named(cell.text, cell.text, cell.span, EvidenceRole.VALUE_CELL) if cell.text.strip() else None
    return None


def _draft(reading: Reading, cell: Cell, time: Label, event: _Event, version: str) -> Draft | None:
    view, word, _ = event
    parts = Parts(reading, cell, reading.axes.rows[cell.row], reading.axes.columns[cell.column])
    told = word.sort == "history"
    named = _object(event) if told else _thing(event)
    entity = named or _beside(reading, cell.row) or (_company(reading) if told else None) or parts.owner()
    if entity.role == EvidenceRole.COLUMN_HEADER:
        return None  # 出来事 names nothing that something happened to
    words = re.sub(r"\s+", " ", view.text[word.start : word.end])
    metric = Named(word.metric, words, view.span(word.start, word.end), EvidenceRole.VALUE_CELL)
    assert time.period_span is not None
    return Draft(
        span=time.period_span,
        entity=entity,
        metric=metric,
        confidence=sureness(reasons_of(parts, entity, metric, None, 1, noted=False)),
        method=f"{version}.date",
        event=time.period,
        modality=modality_of(parts, cell.text),
        place=(reading.index, cell.row, 0),
        alarms=reading.table.alarms,
    )

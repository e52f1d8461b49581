"""Chronologies: tables of times and what happened then (年 | 出来事). The time of each row dates its event.

| 1961 | 北浜製鉄が高炉の操業を開始 |   the start of 北浜製鉄's furnace, in 1961
A row whose own words date what happened needs nothing from its head; one without words of an event is left.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from extractors.claims.build import Draft, Named
from extractors.claims.cues import EventWord, event_words
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.corners import whole
from extractors.claims.tables.filings import filer, is_filing
from extractors.claims.tables.heads import has_text
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
    happenings = [
        c for c, labels in axes.columns.items() if labels and whole("happenings").match(labels[-1].text.strip())
    ]
    if axes.row_axis != "period" or not happenings:
        yield from _of_filer(reading, version)
        return
    for row, labels in axes.rows.items():
        time = next((x for x in labels if x.period is not None and x.period_span is not None), None)
        cell = reading.table.at(row, happenings[0])
        event = _event_in(reading, cell) if time is not None and cell is not None else None
        if time is not None and cell is not None and event is not None:
            draft = _draft(reading, cell, time, event, version)
            if draft is not None:
                yield draft, draft.span


def _of_filer(reading: Reading, version: str) -> Iterator[tuple[Draft, Span]]:
    """Yield what a filing says became of its company (沿革): months before cells of words, with or without heads."""
    axes, company = reading.axes, filer(reading) if is_filing(reading) else None
    columns = [c for c in axes.columns if any(has_text(reading.table, r, c) for r in axes.rows)]
    times = {r: x for r, labels in axes.rows.items() for x in labels if x.period_span is not None}
    if company is None or len(columns) != 1 or len(times) < _FEWEST or len(times) * 5 < len(axes.rows) * 4:
        return
    cells = {r: cell for r in times if (cell := reading.table.at(r, columns[0])) is not None and cell.text.strip()}
    if any(len(cell.text) < _SHORTEST or not _SAID.search(cell.text) for cell in cells.values()):
        return
    for row, cell in cells.items():
        draft = _told_of(reading, cell, times[row], company, version)
        if draft is not None:
            yield draft, draft.span


_FEWEST = 3  # rows of a chronicle
_SHORTEST = 4  # characters of what a row tells
_SAID = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]{2}")
_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")


def _told_of(reading: Reading, cell: Cell, time: Label, company: Named, version: str) -> Draft | None:
    """The draft of what a row tells of the filing company: its words are the metric, its last event the kind."""
    if cell.span is None or time.period_span is None:
        return None
    words = re.split(r"[。\n]", cell.text, maxsplit=1)[0][:_LONGEST].rstrip()
    plain = _BRACKETS.sub("", words)
    found = [w for w in event_words(plain, 0, len(plain)) if w.sort != "native"]
    start = cell.span.start + reading.context.document.text[cell.span.start : cell.span.end].index(words)
    place = Span(start=start, end=start + len(words))
    metric = Named(found[-1].metric if found else "event_date", words, place, EvidenceRole.VALUE_CELL)
    parts = Parts(reading, cell, reading.axes.rows[cell.row], reading.axes.columns[cell.column])
    return Draft(
        span=time.period_span,
        entity=company,
        metric=metric,
        confidence=sureness(reasons_of(parts, company, metric, None, 1, noted=False)),
        method=f"{version}.date",
        event=time.period,
        modality=modality_of(parts, words),
        place=(reading.index, cell.row, 0),
        alarms=reading.table.alarms,
    )


_LONGEST = 90  # characters of what happened


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
    entity = _thing(event) or _beside(reading, cell.row) or parts.owner()
    if entity.role == EvidenceRole.COLUMN_HEADER:
        return None  # 出来事 names nothing that something happened to
    words = view.text[word.start : word.end]
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

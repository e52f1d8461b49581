"""Careers in tables of officers (略歴): dated entries, one below the other, of the person that the row names.

The dates stand in one cell and the entries in the cell beside it, line by line, or every line starts with its date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.claims.build import Draft, Named
from extractors.claims.cues import event_words
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.officers import person_in
from extractors.claims.tables.parts import Parts, Reading
from extractors.claims.tables.sureness import reasons_of, sureness
from schemas import Cell, EvidenceRole, Mention, MentionKind, Modality, Span

_CAREER = re.compile(r"(?:主要|主な)?(?:略\s*歴|経\s*歴|職\s*歴).{0,12}")
_FEWEST = 2
_JOINED = re.compile(r"入(?:社|行|所|省|庁|局|職|会|庫)")
_NOW = re.compile(r"[（(]現(?:任|在)[）)]|\s*\(現\)")
_POST = re.compile(r"(?:長|役|員|人|事|士|授|師|官|務|査|顧問|部付|マネージャー|ディレクター|社員|就任|パートナー)$")


def is_career(reading: Reading, cell: Cell) -> bool:
    """Say whether a cell is part of a list of dated entries under the head 略歴."""
    heads = reading.axes.columns.get(cell.column, [])
    if "\n" not in cell.text or not heads or not _CAREER.fullmatch(heads[-1].text.strip()):
        return False
    return cell.span is not None and reading.context.document.quote(cell.span) == cell.text


def career_drafts(reading: Reading, version: str) -> Iterator[tuple[Draft, Span]]:
    """Yield the drafts of the entries of the careers that a table holds."""
    for cell in reading.table.cells:
        if cell.span is None or cell.row < reading.axes.first_row or not is_career(reading, cell):
            continue
        for mention, entry in _entries(reading, cell):
            draft = _draft(reading, cell, mention, entry, version)
            if draft is not None:
                yield draft, draft.span


def _entries(reading: Reading, cell: Cell) -> list[tuple[Mention, Span]]:
    """The dates of a cell, each at its place in the document, with the place of what it dates."""
    assert cell.span is not None
    dates = []
    for start, end in _line_starts(cell.span, cell.text):
        text = cell.text[start - cell.span.start : end - cell.span.start]
        found = (m for m in reading.context.mentions(text) if m.kind == MentionKind.PERIOD and is_dated(m))
        first = next(found, None)
        if first is None or first.span.start > 1:
            return []
        dates.append((first, Span(start=start + first.span.end, end=end)))
    if len(dates) < _FEWEST:
        return []
    if any(_words(reading, place) for _, place in dates):
        return [(_at(m, place), place) for m, place in dates]
    beside = reading.table.at(cell.row, cell.last_column + 1)
    if beside is None or beside.span is None:
        return []
    lines = _line_starts(beside.span, beside.text)
    if len(lines) != len(dates):
        return []
    return [(_at(m, place), Span(start=a, end=b)) for (m, place), (a, b) in zip(dates, lines, strict=True)]


def _line_starts(span: Span, text: str) -> list[tuple[int, int]]:
    """The places of a cell's lines in the document."""
    cuts = [span.start, *(span.start + m.end() for m in re.finditer("\n", text)), span.start + len(text) + 1]
    return [(a, b - 1) for a, b in pairwise(cuts)]


def _at(mention: Mention, behind: Span) -> Mention:
    """The date at its place in the document: it ends where what stands behind it begins."""
    length = mention.span.end - mention.span.start
    return mention.changed(span=Span(start=behind.start - length, end=behind.start))


def _words(reading: Reading, place: Span) -> str:
    return reading.context.document.text[place.start : place.end].strip()


def _draft(reading: Reading, cell: Cell, mention: Mention, place: Span, version: str) -> Draft | None:
    words = _words(reading, place)
    person = person_in(reading.table, reading.axes, cell.row)
    if not words or mention.period is None:
        return None
    parts = Parts(reading, cell, reading.axes.rows.get(cell.row, []), reading.axes.columns[cell.column])
    start = place.start + reading.context.document.text[place.start : place.end].index(words)
    metric = Named(_kind(words), words, Span(start=start, end=start + len(words)), EvidenceRole.VALUE_CELL)
    entity = person or parts.owner()
    return Draft(
        span=mention.span,
        entity=entity,
        metric=metric,
        confidence=sureness(reasons_of(parts, entity, metric, None, 1, noted=False)),
        method=f"{version}.date",
        event=mention.period,
        modality=Modality.ACTUAL,
        place=(reading.index, cell.row, cell.column),
        alarms=reading.table.alarms,
    )


def _kind(words: str) -> str:
    """What an entry tells: that somebody joined, was appointed to a post, or another event."""
    plain = _NOW.sub("", words).strip()
    if _JOINED.search(plain):
        return "joining_date"
    if _POST.search(plain):
        return "appointment_date"
    found = event_words(plain, 0, len(plain))
    return found[0].metric if found else "event_date"

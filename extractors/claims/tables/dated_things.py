"""Tables whose rows begin with a time and name a thing (発売日 | 製品, 日付 | 企業 | 内容): an event of it is dated.

The head of the times says which (施行日, 発売日); a plain one (日付, Date) leaves it to the words of the row, else to
the caption or heading. Beside figures a plain time that no words tell an event for is when they hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.build import Draft, Named
from extractors.claims.cues import EventWord, event_words
from extractors.claims.event_senses import date_name
from extractors.claims.tables.corners import whole
from extractors.claims.tables.dated_lines import event_draft
from extractors.claims.tables.happenings import modality_at
from extractors.claims.tables.labels import Label
from extractors.claims.tables.parts import Parts, Reading
from extractors.recognizers.metrics import metric_from_header
from schemas import EvidenceRole, Span


def thing_rows(reading: Reading) -> Iterator[tuple[Draft, Span]]:
    """Yield the drafts of the times that head rows which name a thing."""
    axes = reading.axes
    corner = axes.corner.strip()
    plain = whole("times").match(corner) is not None
    own = None if plain else _head_metric(reading, corner)
    if not axes.columns or not axes.first_column or (own is None and not plain):
        return
    above = next((date_name(text, words[0]) for text in reading.around.words[:2] if (words := _listed(text))), None)
    counted = _is_counted(reading)
    for row, labels in axes.rows.items():
        time = next((x for x in labels if x.kind == "period" and not x.cell.column), None)
        cell = reading.table.at(row, min(axes.columns))
        if (
            time is None
            or time.period is None
            or time.period_span is None
            or (entity := thing_at(labels)) is None
            or cell is None
        ):
            continue
        told = own or (None if counted else _told(reading, row)) or above or (None if counted else "event_date")
        if told is None:
            continue
        parts = Parts(reading, cell, labels, axes.columns[cell.column])
        metric = Named(told, corner, _corner_span(reading, time), EvidenceRole.COLUMN_HEADER)
        modality = modality_at(parts, " ".join(_texts(reading, row)), time)
        draft = event_draft(parts, entity, metric, time.period_span, time.period, modality=modality, column=0)
        yield draft, draft.span


def _head_metric(reading: Reading, head: str) -> str | None:
    """Return the date metric that a head of times names; None for one of figures (基準日, 決算期)."""
    if whole("as_of").match(head) or whole("row_periods").match(head):
        return None
    name, _ = metric_from_header(head, ontology=reading.context.ontology)
    if name.endswith("_date") and name != "event_date":
        return name
    words = _listed(head)
    return date_name(head, words[0]) if words and whole("dates").match(head) else None


def _listed(text: str) -> list[EventWord]:
    return [word for word in event_words(text, 0, len(text)) if word.sort == "listed"]


def _texts(reading: Reading, row: int) -> list[str]:
    cells = (reading.table.at(row, column) for column in reading.axes.columns)
    return [cell.text for cell in cells if cell is not None]


def _told(reading: Reading, row: int) -> str | None:
    return next((date_name(text, words[-1]) for text in _texts(reading, row) if (words := _listed(text))), None)


def _is_counted(reading: Reading) -> bool:
    """Say whether some column of a table holds figures."""
    texts = [text.strip() for row in reading.axes.rows for text in _texts(reading, row)]
    return any(_FIGURE.match(text) for text in texts)


_FIGURE = re.compile(r"[約~〜+\-−▲△]?\s?[$€£¥]?\d[\d,.]*\s?[^\sをがはにで]{0,6}\Z")  # not 30億円を調達


def _corner_span(reading: Reading, time: Label) -> Span:
    """Where the head of the times stands."""
    cell = reading.table.at(reading.axes.first_row - 1, 0) if reading.axes.first_row else None
    return cell.span if cell is not None and cell.span is not None else time.span


def thing_at(labels: list[Label]) -> Named | None:
    """Return what the heads of a row name behind its time."""
    label = next((x for x in reversed(labels) if x.cell.column and x.kind in ("entity", "other", "attribute")), None)
    if label is None:
        return None
    known = label.entity if label.kind == "entity" else None
    own = (known.id, known.type) if known is not None else (None, None)
    name = (known.name or known.text) if known is not None else label.text
    return Named(name, label.text, label.span, label.role, *own)

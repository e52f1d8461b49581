"""Whether a table's figure is an actual one, an estimate, a forecast or a target."""

from __future__ import annotations

import re

from extractors.claims.build import When
from extractors.claims.tables.parts import Parts
from extractors.claims.tables.times import is_mean
from schemas import EvidenceRole, Modality


def modality_of(parts: Parts, text: str, when: When | None = None) -> Modality:
    """Return how a cell's figure is held: its own words, its heads, the time it is for, what stands around.

    `when` is the time that the cell itself tells of the figure.
    """
    if re.search(r"推定|推計", text):
        return Modality.ESTIMATE
    itemized = parts.reading.itemized  # a line item such as １年以内に返済予定の長期借入金 is no plan
    for label in reversed(parts.labels):
        if label.modality is not None and not (itemized and label.role == EvidenceRole.ROW_HEADER):
            return label.modality
        if _REAL.search(label.text):
            return Modality.ACTUAL
    if parts.beside is not None and parts.beside.modality is not None:
        return parts.beside.modality
    around = parts.reading.around
    when = when or parts.when
    headed = when is not None and when.role in (EvidenceRole.COLUMN_HEADER, EvidenceRole.ROW_HEADER)
    dated = headed or (when is not None and when.role == EvidenceRole.VALUE_CELL)
    if around.modality is None and dated and any(is_mean(x) for x in parts.labels) and _ends_ahead(parts, when):
        return Modality.FORECAST
    if around.modality is None and dated and parts.metric.id != "budget" and _is_ahead(parts, when):
        return Modality.FORECAST
    ahead = around.modality in _AHEAD
    if (around.outlook or headed) and ahead and when is not None and (_is_past(parts, when) or _precedes(parts, when)):
        return Modality.ACTUAL
    return around.modality or Modality.ACTUAL


_FISCAL = re.compile(r"年度|月期|\bFY|/\d{1,2}期?")
_REAL = re.compile(r"実績|[（(]実[）)]|(?:\d|年度?|期)\s*A$")


def _is_ahead(parts: Parts, when: When | None) -> bool:
    """Say whether a figure's time had not begun when the document was written, or its fiscal year had not ended."""
    told = parts.reading.context.reference_date
    if told is None or when is None or when.period.start is None or when.period.end is None:
        return False
    year = (when.period.end - when.period.start).days > 300 and bool(_FISCAL.search(parts.words))
    return when.period.start > told or (year and when.period.end > told)


def _ends_ahead(parts: Parts, when: When | None) -> bool:
    told = parts.reading.context.reference_date
    return told is not None and when is not None and when.period.end is not None and when.period.end.year > told.year


def _is_past(parts: Parts, when: When) -> bool:
    """Say whether a figure's time had ended when the document was written."""
    told, end = parts.reading.context.reference_date, when.period.end
    if when.role == EvidenceRole.INHERITED:
        return True
    lag = 0 if parts.reading.around.outlook else _LAG
    return told is not None and end is not None and (told - end).days >= lag


def _precedes(parts: Parts, when: When) -> bool:
    """Say whether a figure's time lies before the first whose head marks it as to come: 2030年度 | 2031年度（予）."""
    lines = parts.reading.axes.columns if when.role == EvidenceRole.COLUMN_HEADER else parts.reading.axes.rows
    marked = [x.period.start for line in lines.values() for x in line if x.modality in _AHEAD and x.period is not None]
    first = min((day for day in marked if day is not None), default=None)
    return first is not None and when.period.end is not None and when.period.end < first


_AHEAD = (Modality.FORECAST, Modality.TARGET)
_LAG = 45  # days after which the figures of a time are out, under a caption that tells a forecast

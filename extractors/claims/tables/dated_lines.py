"""Cells that tell events line by line, each with its own date: the draft of such an event."""

from __future__ import annotations

from extractors.claims.build import Draft, Named
from extractors.claims.tables.parts import Parts
from extractors.claims.tables.sureness import reasons_of, sureness
from schemas import Period, Span


def event_draft(parts: Parts, entity: Named, metric: Named, date: Span, event: Period | None) -> Draft:
    """Return the draft of an event of a cell, dated by words of that cell."""
    reading, cell = parts.reading, parts.cell
    return Draft(
        span=date,
        entity=entity,
        metric=metric,
        confidence=sureness(reasons_of(parts, entity, metric, None, 1, noted=False)),
        method="table/1.date",
        event=event,
        place=(reading.index, cell.row, cell.column),
        alarms=reading.table.alarms,
    )

"""Events that tables date, by a cell's own words or the head of its row: the draft of such an event."""

from __future__ import annotations

from extractors.claims.build import Draft, Named
from extractors.claims.tables.parts import Parts
from extractors.claims.tables.sureness import reasons_of, sureness
from schemas import Modality, Period, Span

VERSION = "table/1"  # how claims of tables are made


def event_draft(
    parts: Parts,
    entity: Named,
    metric: Named,
    date: Span,
    event: Period | None,
    *,
    modality: Modality = Modality.ACTUAL,
    column: int | None = None,
    thing: Named | None = None,
) -> Draft:
    """Return the draft of an event that a cell tells of.

    `column` is where its `date` stands, if not in the cell itself; `thing` is what the draft's sureness is told by, if
    not the entity.
    """
    reading, cell = parts.reading, parts.cell
    return Draft(
        span=date,
        entity=entity,
        metric=metric,
        confidence=sureness(reasons_of(parts, thing or entity, metric, None, 1, noted=False)),
        method=f"{VERSION}.date",
        event=event,
        modality=modality,
        place=(reading.index, cell.row, cell.column if column is None else column),
        alarms=reading.table.alarms,
    )

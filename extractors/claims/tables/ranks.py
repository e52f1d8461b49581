"""Places in a ranking that head the rows of a table (順位, Rank): each is a claim about the thing behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.claims.build import Draft, Named
from extractors.claims.tables.corners import heads_over, whole
from extractors.claims.tables.labels import read_label
from extractors.claims.tables.parts import Parts, Reading
from extractors.claims.tables.sureness import reasons_of, sureness
from schemas import EvidenceRole, Quantity, QuantityKind, Span

_PLACE = re.compile(r"(?:第)?(?P<place>\d{1,3})(?:位|[.．)]|st|nd|rd|th)?", re.I)


def rank_drafts(reading: Reading, version: str) -> Iterator[tuple[Draft, Span]]:
    """Yield the drafts of the places in the first column, where its head says that they are such."""
    axes, table = reading.axes, reading.table
    heads = heads_over(table, axes.first_row, axes.first_column)
    if not heads or not whole("places").match(heads[0]) or axes.row_axis != "entity":
        return
    head = table.at(axes.first_row - 1, 0)
    cells = [c for c in table.cells if c.column == 0 and c.row >= axes.first_row and c.span is not None]
    if head is None or head.span is None or not all(_PLACE.fullmatch(c.text.strip()) for c in cells):
        return
    label = read_label(reading.context, head, EvidenceRole.COLUMN_HEADER)
    dated = [label] if label is not None and label.period is not None else []  # 2024 Rank
    metric = Named("rank", heads[0], head.span, EvidenceRole.COLUMN_HEADER, "rank")
    for cell in cells:
        things = [x for x in axes.rows.get(cell.row, []) if x.cell is not cell and x.kind != "period"]
        found = _PLACE.fullmatch(cell.text.strip())
        if not things or found is None or cell.span is None:
            continue
        parts = Parts(reading, cell, things, dated)
        parts.metric, parts.sure_metric = metric, True
        quantity = Quantity(kind=QuantityKind.RANK, value=Decimal(found.group("place")), unit="rank")
        reasons = reasons_of(parts, parts.entity, metric, quantity, 1, noted=False)
        draft = Draft(
            span=cell.span,
            entity=parts.entity,
            metric=metric,
            confidence=sureness(reasons),
            method=f"{version}.rank",
            quantity=quantity,
            when=parts.when,
            attribution=reading.around.source,
            attribution_span=reading.around.source_span,
            signed=True,
            place=(reading.index, cell.row, cell.column),
            alarms=table.alarms,
            reasons=reasons,
        )
        yield draft, cell.span

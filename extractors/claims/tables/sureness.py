"""How sure a claim of a table is: the probability that its value, entity and metric are right.

A logistic model over how the table was understood, learned from marked tables by `tests/benchmarks/train_tables.py`.
"""

from __future__ import annotations

from extractors.claims.build import Named
from extractors.claims.metric_candidates import unit_class
from extractors.claims.ranker import model
from extractors.claims.tables.parts import Parts
from schemas import Quantity


def reasons_of(
    parts: Parts, entity: Named, metric: Named, quantity: Quantity | None, figures: int, *, noted: bool
) -> tuple[str, ...]:
    """Return the features of a claim; `figures` stand in its cell, `noted`: its unit is that of a note or head."""
    axes, around, table = parts.reading.axes, parts.reading.around, parts.reading.table
    kind = f"{axes.row_axis}.{axes.column_axis}"
    unit = unit_class(quantity)
    told = "note" if noted else "own" if quantity is not None and quantity.unit_text else "none"
    paged = bool(parts.reading.context.document.pages)
    return (
        "bias",
        f"axes.{kind}",
        f"axes.{int(axes.sure * 5)}.{paged}",
        f"e.{entity.role}.{parts.sure_entity}",
        f"e.{kind}.{entity.role}",
        f"e.{entity.type}.{entity.id is not None}",
        f"m.{metric.role}.{parts.sure_metric}",
        f"m.{kind}.{metric.role}",
        f"m.{metric.id is not None}.{unit}",
        f"unit.{told}.{unit}",
        f"paged.{paged}.{parts.reading.itemized}",
        f"weak.{around.weak}.{entity.role}",
        f"figures.{min(figures, 3)}",
        f"score.{int(table.score * 5)}.{bool(table.alarms)}",
        f"heads.{min(table.header_rows, 3)}.{min(table.header_columns, 2)}",
        f"same.{entity.text == metric.text}",
    )


def sureness(reasons: tuple[str, ...]) -> float:
    """Return the probability that a claim with these features is right."""
    return model("table_sureness").probability(reasons)

"""Tables of a company's accounts, read as one: line items of filings, movements of assets, totals by their place."""

from __future__ import annotations

from extractors.claims.tables.filings import as_filing
from extractors.claims.tables.parts import Reading
from extractors.claims.tables.resolutions import of_resolutions
from extractors.claims.tables.statements import is_movement, is_record, totals
from extractors.claims.tables.titles import title_of, told_company


def as_statement(reading: Reading) -> None:
    """Read a company's statement as one: movements of its assets, totals that only their place in the sum names."""
    axes = reading.axes
    if of_resolutions(reading):
        axes.row_axis, axes.column_axis = "case", "metric"
        return
    reading.itemized = as_filing(reading)
    if reading.itemized:
        reading.title, reading.affiliate = title_of(reading), told_company(reading)
        return
    if is_movement(axes.columns):
        reading.moving = True
        axes.row_axis, axes.column_axis = "metric", "case"
    elif is_record(axes.columns):
        axes.row_axis, axes.column_axis = "entity", "metric"
    elif is_record(axes.rows) and axes.column_axis != "period":
        axes.row_axis, axes.column_axis = "metric", "entity"
    elif axes.row_axis == "metric":
        reading.sections = totals(reading.table, axes.rows, axes.columns)

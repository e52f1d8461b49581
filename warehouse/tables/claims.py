"""Claims as versions: a row is what was believed from `learned_at` until `retired_at`; no row is ever deleted.

Whatever changes about a claim (its value, its confidence, its status) retires the row and adds the next version.
Numbers are stored twice: `value`, `low`, `high` as doubles, which SQL compares, sorts and sums the same on both
engines (integers would divide to integers on SQLite, NUMERIC is not exact there), and `*_exact` as decimal text.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from warehouse.tables.types import (
    boolean_column,
    integer_column,
    key_column,
    real_column,
    reference,
    text_column,
)


def _current(name: str, *columns: str, also: str = "") -> Index:
    """Return an index over the current versions only."""
    where = text("retired_at IS NULL" + also)
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class EntityRow(SQLModel, table=True):
    """An entity as claims name it; `key` is its ontology id, or its folded name where the ontology has none."""

    __tablename__ = "entity"
    __table_args__ = (
        Index("entity_spelling", "name", "key", "type", unique=True),
        Index("entity_key", "key"),
    )

    id: int = key_column()
    key: str = text_column()
    name: str = text_column()
    ontology_id: str | None = text_column(default=None)
    type: str = text_column()  # "" where unknown, so that the index is unique on both engines
    claims: int = integer_column()


class MetricRow(SQLModel, table=True):
    """A metric as claims name it."""

    __tablename__ = "metric"
    __table_args__ = (Index("metric_name", "name", "ontology_id", unique=True),)

    id: int = key_column()
    name: str = text_column()
    ontology_id: str = text_column()  # "" where unknown
    claims: int = integer_column()


class ClaimRow(SQLModel, table=True):
    """One version of one claim.

    `origin` is "machine" or "person" (a reading that a review keeps or corrects). `status` is "shown", "quarantined",
    "rejected" or "corrected" (the last two by a review). `series_key` is equal for claims about the same entity,
    metric, unit and period. `comparable_*` are the ends stated, `at_least` and `at_most` the ends of what the words
    allow once rounding is counted (NULL where open), all in the unit in which figures are compared.
    """

    __tablename__ = "claim"
    __table_args__ = (
        Index("claim_version", "claim_id", "version", unique=True),
        Index("claim_document", "document_id"),
        Index("claim_learned", "learned_at"),
        Index("claim_retired", "retired_at", sqlite_where=text("retired_at IS NOT NULL"),
              postgresql_where=text("retired_at IS NOT NULL")),
        _current("claim_entity", "entity", "metric", "period_start"),
        _current("claim_metric", "metric", "value"),
        _current("claim_spelling", "entity_id"),
        _current("claim_series", "series_key", also=" AND series_key IS NOT NULL"),
        _current("claim_year", "metric", "year", "unit", "value"),
        _current("claim_outlook", "metric", "period_end", also=" AND modality IN ('forecast', 'target')"),
    )  # fmt: skip

    id: int = key_column()
    claim_id: str = text_column()
    version: int = integer_column()
    document_id: int = reference("document.id")
    reading_id: int = reference("reading.id")
    entity_id: int = reference("entity.id")
    metric_id: int = reference("metric.id")
    entity: str = text_column(sa_column_kwargs={"server_default": ""})  # the names again, for the indexes:
    metric: str = text_column(sa_column_kwargs={"server_default": ""})  # the largest values of a metric, …
    entity_text: str = text_column()
    metric_text: str = text_column()
    of_metric: str | None = text_column(default=None)
    value_type: str = text_column()
    value: float | None = real_column(default=None)
    low: float | None = real_column(default=None)
    high: float | None = real_column(default=None)
    value_exact: str | None = text_column(default=None)
    low_exact: str | None = text_column(default=None)
    high_exact: str | None = text_column(default=None)
    value_date: str | None = text_column(default=None)
    value_text: str | None = text_column(default=None)
    bound: str = text_column()
    approximate: bool = boolean_column()
    vague: bool = boolean_column()
    unit: str | None = text_column(default=None)
    per: str | None = text_column(default=None)
    value_as_written: str = text_column()
    period_start: str | None = text_column(default=None)
    period_end: str | None = text_column(default=None)
    period_text: str | None = text_column(default=None)
    year: int | None = integer_column(default=None)  # of period_start
    fiscal: str | None = text_column(default=None)
    modality: str = text_column()
    attribution: str | None = text_column(default=None)
    confidence: float = real_column()
    method: str = text_column()
    span_start: int = integer_column()
    span_end: int = integer_column()
    quote: str = text_column()
    page: int | None = integer_column(default=None)
    in_table: bool = boolean_column()
    table_no: int | None = integer_column(default=None)
    table_row: int | None = integer_column(default=None)
    table_column: int | None = integer_column(default=None)
    alarms: str = text_column()
    series_key: int | None = integer_column(default=None)
    comparable_low: float | None = real_column(default=None)
    comparable_high: float | None = real_column(default=None)
    at_least: float | None = real_column(default=None)
    at_most: float | None = real_column(default=None)
    content_hash: str = text_column()
    origin: str = text_column()
    status: str = text_column()
    verdict: str | None = text_column(default=None)
    review_id: int | None = integer_column(default=None)
    learned_at: str = text_column()
    learned_run: int = reference("run.id")
    retired_at: str | None = text_column(default=None)
    retired_run: int | None = integer_column(default=None)
    retired_reason: str | None = text_column(default=None)


class EvidenceRow(SQLModel, table=True):
    """The place one part of a claim version was read from; boxes are JSON `[[page, x0, top, x1, bottom], …]`."""

    __tablename__ = "evidence_part"
    __table_args__ = {"sqlite_with_rowid": False}

    claim: int = reference("claim.id", primary_key=True)
    ordinal: int = integer_column(primary_key=True)
    part: str = text_column()
    role: str = text_column()
    span_start: int = integer_column()
    span_end: int = integer_column()
    quote: str = text_column()
    page: int | None = integer_column(default=None)
    boxes: str | None = text_column(default=None)
    table_no: int | None = integer_column(default=None)
    table_row: int | None = integer_column(default=None)
    table_column: int | None = integer_column(default=None)
    xpath: str | None = text_column(default=None)


class AgreementRow(SQLModel, table=True):
    """What several documents say of one quantity in one modality; follows from the claims, kept by each load."""

    __tablename__ = "agreement_group"
    __table_args__ = (
        Index("agreement_conflict", "documents", sqlite_where=text("conflict"), postgresql_where=text("conflict")),
        Index("agreement_entity", "entity_id", "metric_id"),
    )

    series_key: int = integer_column(primary_key=True)
    modality: str = text_column(primary_key=True)
    entity_id: int = reference("entity.id")
    metric_id: int = reference("metric.id")
    of_metric: str | None = text_column(default=None)
    unit: str | None = text_column(default=None)
    period_start: str | None = text_column(default=None)
    period_end: str | None = text_column(default=None)
    fiscal: str | None = text_column(default=None)
    documents: int = integer_column()
    claims: int = integer_column()
    minimum: float | None = real_column(default=None)
    maximum: float | None = real_column(default=None)
    at_least: float | None = real_column(default=None)  # the greatest of the least numbers allowed
    at_most: float | None = real_column(default=None)  # the least of the greatest numbers allowed
    conflict: bool = boolean_column()
    first_published: str | None = text_column(default=None)
    last_published: str | None = text_column(default=None)

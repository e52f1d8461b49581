"""Documents, where they lie, and their layers.

A document is one sequence of bytes. What a reader made of it is a *reading*: canonical text and layers. A new version
of a reader may read the same bytes differently; the old reading stays, because the spans of retired claims are on it.
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


class DocumentRow(SQLModel, table=True):
    """A document by its SHA-256, what it says about itself, and how it was last extracted."""

    __tablename__ = "document"
    __table_args__ = (
        Index("document_name", "name"),
        Index("document_published", "published_on"),
        Index("document_unparsed", "tokens_unparsed"),
        Index("document_replaced", "superseded_by", sqlite_where=text("superseded_by IS NOT NULL"),
              postgresql_where=text("superseded_by IS NOT NULL")),
    )  # fmt: skip

    id: int = key_column()
    sha256: str = text_column(unique=True)
    name: str = text_column()
    format: str = text_column()
    size: int = integer_column()
    url: str | None = text_column(default=None)
    fetched_at: str | None = text_column(default=None)
    title: str | None = text_column(default=None)
    author: str | None = text_column(default=None)
    publisher: str | None = text_column(default=None)
    published_on: str | None = text_column(default=None)
    published_text: str | None = text_column(default=None)
    published_evidence: str | None = text_column(default=None)
    published_strong: bool = boolean_column()
    updated_on: str | None = text_column(default=None)
    language: str | None = text_column(default=None)
    learned_at: str = text_column()
    learned_run: int = reference("run.id")
    reading_id: int = integer_column()
    code_version: str = text_column()
    ontology_hash: str = text_column()
    extracted_at: str = text_column()
    extraction_hash: str = text_column()
    tokens_claimed: int = integer_column()
    tokens_rejected: int = integer_column()
    tokens_unparsed: int = integer_column()
    rejected_reasons: str = text_column()  # JSON object: reason → tokens
    claims: int = integer_column()
    superseded_by: int | None = integer_column(default=None)
    superseded_at: str | None = text_column(default=None)


class ReadingRow(SQLModel, table=True):
    """What a reader made of a document: the canonical text, and a hash over the text and all layers."""

    __tablename__ = "reading"
    __table_args__ = (Index("reading_document", "document_id", "content_hash", unique=True),)

    id: int = key_column()
    document_id: int = reference("document.id")
    content_hash: str = text_column()
    reader: str = text_column()
    text: str = text_column()
    learned_at: str = text_column()


class LocationRow(SQLModel, table=True):
    """A path or address at which a document lay, from when, and until it was replaced by another version."""

    __tablename__ = "location"
    __table_args__ = (
        Index("location_place", "kind", "place", "replaced_at"),
        Index("location_document", "document_id"),
    )

    id: int = key_column()
    kind: str = text_column()  # path, url
    place: str = text_column()
    document_id: int = reference("document.id")
    seen_at: str = text_column()
    seen_run: int = reference("run.id")
    replaced_at: str | None = text_column(default=None)
    replaced_by: int | None = integer_column(default=None)


class PageRow(SQLModel, table=True):
    """A page of a reading; width and height in points."""

    __tablename__ = "page"
    __table_args__ = {"sqlite_with_rowid": False}

    reading_id: int = reference("reading.id", primary_key=True)
    number: int = integer_column(primary_key=True)
    width: float = real_column()
    height: float = real_column()
    rotation: int = integer_column()
    span_start: int = integer_column()
    span_end: int = integer_column()
    method: str = text_column()


class BlockRow(SQLModel, table=True):
    """A block of a reading; boxes and heading path are JSON. Its text is the span on the reading's text."""

    __tablename__ = "block"
    __table_args__ = (Index("block_reading", "reading_id", "ordinal", unique=True),)

    id: int = key_column()
    reading_id: int = reference("reading.id")
    ordinal: int = integer_column()
    kind: str = text_column()
    span_start: int = integer_column()
    span_end: int = integer_column()
    text: str = text_column()
    level: int = integer_column()
    page: int | None = integer_column(default=None)
    boxes: str = text_column()
    heading_path: str = text_column()
    parent: int | None = integer_column(default=None)
    table_no: int | None = integer_column(default=None)


class GridRow(SQLModel, table=True):
    """A table of a reading; `box` and `alarms` are JSON, caption, unit note and source their text."""

    __tablename__ = "grid"
    __table_args__ = (Index("grid_reading", "reading_id", "ordinal", unique=True),)

    id: int = key_column()
    reading_id: int = reference("reading.id")
    ordinal: int = integer_column()
    span_start: int = integer_column()
    span_end: int = integer_column()
    row_count: int = integer_column()
    column_count: int = integer_column()
    header_rows: int = integer_column()
    header_columns: int = integer_column()
    kind: str = text_column()
    caption: str | None = text_column(default=None)
    unit_note: str | None = text_column(default=None)
    source: str | None = text_column(default=None)
    page: int | None = integer_column(default=None)
    box: str | None = text_column(default=None)
    xpath: str | None = text_column(default=None)
    method: str = text_column()
    score: float = real_column()
    alarms: str = text_column()


class CellRow(SQLModel, table=True):
    """A cell of a table; rows and columns count from 0, `last_*` are inclusive; `spans` and `boxes` are JSON."""

    __tablename__ = "cell"
    __table_args__ = {"sqlite_with_rowid": False}

    grid_id: int = reference("grid.id", primary_key=True)
    ordinal: int = integer_column(primary_key=True)
    table_row: int = integer_column()
    table_column: int = integer_column()
    last_row: int = integer_column()
    last_column: int = integer_column()
    role: str = text_column()
    text: str = text_column()
    spans: str = text_column()
    boxes: str = text_column()

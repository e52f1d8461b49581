"""The ledger of number-like tokens, issues, and what each extraction of a document did."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import SQLModel

from warehouse.tables.types import integer_column, key_column, reference, text_column


class LedgerRow(SQLModel, table=True):
    """The outcome of one number-like token, from `learned_run` until `retired_run`."""

    __tablename__ = "ledger"
    __table_args__ = (
        Index("ledger_document", "document_id", sqlite_where=text("retired_run IS NULL"),
              postgresql_where=text("retired_run IS NULL")),
    )  # fmt: skip

    id: int = key_column()
    document_id: int = reference("document.id")
    reading_id: int = reference("reading.id")
    span_start: int = integer_column()
    span_end: int = integer_column()
    text: str = text_column()
    outcome: str = text_column()
    reason: str | None = text_column(default=None)
    learned_run: int = reference("run.id")
    retired_run: int | None = integer_column(default=None)


class IssueRow(SQLModel, table=True):
    """A signal about a document, or (`kind` "failure") about bytes that could not be read."""

    __tablename__ = "issue"
    __table_args__ = (
        Index("issue_document", "sha256"),
        Index("issue_code", "code"),
        Index("issue_failure", "path", sqlite_where=text("kind = 'failure' AND retired_at IS NULL"),
              postgresql_where=text("kind = 'failure' AND retired_at IS NULL")),
    )  # fmt: skip

    id: int = key_column()
    kind: str = text_column()  # issue, failure
    sha256: str = text_column()
    name: str = text_column()
    path: str | None = text_column(default=None)
    code: str = text_column()
    severity: str = text_column()
    message: str = text_column()
    page: int | None = integer_column(default=None)
    span_start: int | None = integer_column(default=None)
    span_end: int | None = integer_column(default=None)
    table_no: int | None = integer_column(default=None)
    learned_at: str = text_column()
    learned_run: int = reference("run.id")
    retired_at: str | None = text_column(default=None)
    retired_run: int | None = integer_column(default=None)


class ExtractionRow(SQLModel, table=True):
    """One loading of one document, and what it did."""

    __tablename__ = "extraction"
    __table_args__ = (Index("extraction_document", "document_id"),)

    id: int = key_column()
    document_id: int = reference("document.id")
    run: int = reference("run.id")
    reading_id: int = integer_column()
    at: str = text_column()
    added: int = integer_column()
    confirmed: int = integer_column()
    retired: int = integer_column()
    quarantined: int = integer_column()

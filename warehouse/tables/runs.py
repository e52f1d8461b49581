"""Runs and settings."""

from __future__ import annotations

from sqlmodel import SQLModel

from warehouse.tables.types import integer_column, key_column, text_column


class SettingRow(SQLModel, table=True):
    """A setting of the warehouse; `confidence_threshold` is what the `claims` view asks for."""

    __tablename__ = "setting"

    name: str = text_column(primary_key=True)
    value: str = text_column()


class RunRow(SQLModel, table=True):
    """One execution. Host and process say whether an unfinished run still lives."""

    __tablename__ = "run"

    id: int = key_column()
    run_id: str = text_column(unique=True)
    started_at: str = text_column()
    finished_at: str | None = text_column(default=None)
    status: str = text_column()
    command: str = text_column()
    code_version: str = text_column()
    ontology_hash: str = text_column()
    host: str = text_column()
    process: str = text_column()
    documents_new: int = integer_column(default=0)
    documents_unchanged: int = integer_column(default=0)
    documents_failed: int = integer_column(default=0)
    claims_added: int = integer_column(default=0)
    claims_confirmed: int = integer_column(default=0)
    claims_retired: int = integer_column(default=0)
    claims_quarantined: int = integer_column(default=0)

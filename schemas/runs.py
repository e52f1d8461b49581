"""Runs: one execution, what it was made with and what it did."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from schemas.spans import Frozen


class RunStatus(StrEnum):
    """How a run stands."""

    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    INTERRUPTED = "interrupted"  # killed: found unfinished by a later run


class Run(Frozen):
    """One execution. `code_version` and `ontology_hash` together decide whether a document must be read again."""

    run_id: str
    started_at: datetime
    finished_at: datetime | None = None
    status: RunStatus = RunStatus.RUNNING
    command: str = "ingest"
    code_version: str
    ontology_hash: str
    documents_new: int = 0
    documents_unchanged: int = 0
    documents_failed: int = 0
    claims_added: int = 0
    claims_confirmed: int = 0
    claims_retired: int = 0
    claims_quarantined: int = 0

"""Issues: recorded, queryable signals that something is wrong or missing."""

from __future__ import annotations

from enum import StrEnum

from schemas.errors import OntologyError, ReadError, TenkyoError
from schemas.spans import Frozen, Span

__all__ = ["Issue", "OntologyError", "ReadError", "Severity", "TenkyoError"]


class Severity(StrEnum):
    """How much an issue matters."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Issue(Frozen):
    """A signal about a document, a table or a claim.

    `code` is a stable, machine-readable name ("encrypted-pdf", "total-does-not-add-up"); `message` is one line
    for a person: what is wrong, and what to do.
    """

    code: str
    message: str
    severity: Severity = Severity.WARNING
    page: int | None = None
    span: Span | None = None
    table: int | None = None

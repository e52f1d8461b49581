"""Issues: recorded, queryable signals that something is wrong or missing."""

from __future__ import annotations

from enum import StrEnum

from schemas.spans import Frozen, Span


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


class TenkyoError(Exception):
    """Base of every error a user can cause or mend; its text is one clear line."""

    code = "error"


class ReadError(TenkyoError):
    """A document could not be read; `code` says why in a machine-readable way."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class OntologyError(TenkyoError):
    """An ontology or source file is wrong; the text names file, entry and reason."""

    code = "ontology"

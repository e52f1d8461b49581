"""What the warehouse answers with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class LoadResult:
    """What loading one document did to its claims.

    `quarantined` counts among `added`, `changed` among both `added` and `retired`; `superseded` are the claims retired
    of documents that this one replaced.
    """

    new_document: bool
    added: int = 0
    confirmed: int = 0
    retired: int = 0
    quarantined: int = 0
    changed: int = 0
    superseded: int = 0


@dataclass(frozen=True)
class Source:
    """Where the bytes came from."""

    path: str
    size: int
    url: str | None = None
    fetched_at: str | None = None

    @property
    def places(self) -> list[tuple[str, str]]:
        """Where the bytes lay, as (kind, place)."""
        return [("path", self.path), *([("url", self.url)] if self.url else [])]


@dataclass(frozen=True)
class RunKey:
    """The run that loads: its number, and what it reads with."""

    id: int
    code_version: str
    ontology_hash: str


@dataclass(frozen=True)
class QueryResult:
    """Columns and rows of a query; `truncated` says that there were more rows than the limit."""

    columns: list[str]
    rows: list[tuple[Any, ...]]
    truncated: bool = False

    def dicts(self) -> list[dict[str, Any]]:
        """Return the rows as dictionaries."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class KnownDocument:
    """What the warehouse knows of some bytes: what they were last read with, and whether that failed.

    `code_version` and `ontology_hash` are empty for a document that another version replaced, so that it is read again.
    """

    sha256: str
    code_version: str
    ontology_hash: str
    failed: bool
    paths: tuple[str, ...] = ()
    code: str | None = None
    message: str | None = None


@dataclass(frozen=True)
class DocumentInfo:
    """A row of the `documents` view, with its paths taken apart."""

    sha256: str
    name: str
    format: str
    paths: tuple[str, ...]
    url: str | None
    title: str | None
    publisher: str | None
    published_on: str | None
    claims: int
    code_version: str
    ontology_hash: str
    superseded_by: str | None
    extras: dict[str, Any] = field(default_factory=dict)

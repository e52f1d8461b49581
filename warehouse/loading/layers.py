"""Writing a document's own row and its layers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from warehouse.engines.session import Session
from warehouse.loading.document_rows import (
    BLOCK_COLUMNS,
    CELL_COLUMNS,
    GRID_COLUMNS,
    METADATA_COLUMNS,
    PAGE_COLUMNS,
)
from warehouse.loading.prepare import PreparedDocument
from warehouse.loading.signals import FAILED_THERE
from warehouse.search import index as search

_FIND = (
    "SELECT id, reading_id, extraction_hash, code_version, ontology_hash, superseded_by IS NOT NULL, claims "
    "FROM document WHERE sha256 = :sha"
)
_TRACES = (
    "SELECT EXISTS (SELECT 1 FROM issue WHERE sha256 = :sha AND retired_at IS NULL), "
    f"EXISTS (SELECT 1 FROM issue WHERE {FAILED_THERE}), "
    "EXISTS (SELECT 1 FROM review WHERE document_sha256 = :sha)"
)
_FIND_READING = "SELECT id FROM reading WHERE document_id = :document AND content_hash = :hash"
_STATE_COLUMNS = (
    "reading_id", "code_version", "ontology_hash", "extracted_at", "extraction_hash", "tokens_claimed",
    "tokens_rejected", "tokens_unparsed", "rejected_reasons", "claims",
)  # fmt: skip
_UPDATED = METADATA_COLUMNS + _STATE_COLUMNS
_UPDATE = f"UPDATE document SET {', '.join(f'{c} = :{c}' for c in _UPDATED)} WHERE id = :id"


@dataclass(frozen=True)
class Stored:
    """A document as the warehouse has it: its number, its current reading, and what last made its claims."""

    id: int
    reading_id: int
    extraction_hash: str
    code_version: str
    ontology_hash: str
    superseded: bool
    claims: int


@dataclass(frozen=True)
class Traces:
    """What the warehouse has of some bytes: the document, whether there are standing issues and reviews, and whether
    something at their path failed.
    """

    stored: Stored | None
    issues: bool
    failed_there: bool
    reviews: bool


def ask(session: Session, sha256: str, path: str) -> Callable[[], Traces]:
    """Ask for what the warehouse has of some bytes and their path, to be read when needed."""
    found, traces = session.later(_FIND, sha=sha256), session.later(_TRACES, sha=sha256, path=path)

    def read() -> Traces:
        documents, [(issues, failed_there, reviews)] = found(), traces()
        stored = Stored(*documents[0]) if documents else None
        return Traces(stored, bool(issues), bool(failed_there), bool(reviews))

    return read


def find(session: Session, sha256: str) -> Stored | None:
    """Return the document with these bytes, or None."""
    row = session.row(_FIND, sha=sha256)
    return None if row is None else Stored(*row)


def write_reading(session: Session, document: int, prepared: PreparedDocument, now: str, *, fresh: bool) -> int:
    """Return the number of the document's reading, writing text, pages, blocks and tables where it is new."""
    known = None if fresh else session.row(_FIND_READING, document=document, hash=prepared.reading_hash)
    if known:
        return int(known[0])
    reading = session.next_id("reading")
    session.insert(
        "reading",
        ("id", "document_id", "content_hash", "reader", "text", "learned_at"),
        [(reading, document, prepared.reading_hash, prepared.reader, prepared.text, now)],
    )
    session.insert("page", ("reading_id", *PAGE_COLUMNS), [(reading, *row) for row in prepared.pages])
    blocks = prepared.blocks
    first = session.next_id("block") if blocks else 0
    session.insert(
        "block", ("id", "reading_id", *BLOCK_COLUMNS), [(first + i, reading, *row) for i, row in enumerate(blocks)]
    )
    search.add(session, "block_text", enumerate(prepared.searched, first))
    _write_grids(session, reading, prepared)
    return reading


def _write_grids(session: Session, reading: int, prepared: PreparedDocument) -> None:
    grids = prepared.grids
    first = session.next_id("grid") if grids else 0
    session.insert(
        "grid", ("id", "reading_id", *GRID_COLUMNS), [(first + i, reading, *row) for i, (row, _) in enumerate(grids)]
    )
    cells = [(first + i, *cell) for i, (_, rows) in enumerate(grids) for cell in rows]
    session.insert("cell", ("grid_id", *CELL_COLUMNS), cells)


def insert_document(session: Session, id_: int, prepared: PreparedDocument, values: dict[str, Any]) -> None:
    """Add a document's row; `values` are all columns beyond what the document says about itself."""
    values = {"id": id_, **dict(zip(METADATA_COLUMNS, prepared.metadata, strict=True)), **values}
    session.insert("document", tuple(values), [tuple(values.values())])


def update_document(session: Session, id_: int, prepared: PreparedDocument, state: dict[str, Any]) -> None:
    """Bring a document's row up to date; `state` are the columns of the last extraction."""
    session.run(_UPDATE, id=id_, **dict(zip(METADATA_COLUMNS, prepared.metadata, strict=True)), **state)


def state(prepared: PreparedDocument, reading: int, claims: int, code: str, ontology: str, now: str) -> dict[str, Any]:
    """Return the columns that say how a document was last extracted."""
    claimed, rejected, unparsed = prepared.token_counts
    values = (
        reading, code, ontology, now, prepared.extraction_hash, claimed, rejected, unparsed,
        prepared.rejected_reasons, claims,
    )  # fmt: skip
    return dict(zip(_STATE_COLUMNS, values, strict=True))

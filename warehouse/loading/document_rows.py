"""A document as rows: pure functions, no database."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Any

from schemas import Document, Issue, LedgerEntry, Span, Table
from warehouse.errors import UngroundedError
from warehouse.loading.claim_rows import boxes_json, spans_json

Row = tuple[Any, ...]
_PARTIAL_DATE = re.compile(r"\d{4}(-\d\d){0,2}$")

METADATA_COLUMNS = (
    "name", "format", "title", "author", "publisher", "published_on", "published_text", "published_evidence",
    "published_strong", "updated_on", "language",
)  # fmt: skip
PAGE_COLUMNS = ("number", "width", "height", "rotation", "span_start", "span_end", "method")
BLOCK_COLUMNS = (
    "ordinal", "kind", "span_start", "span_end", "text", "level", "page", "boxes", "heading_path", "parent",
    "table_no",
)  # fmt: skip
GRID_COLUMNS = (
    "ordinal", "span_start", "span_end", "row_count", "column_count", "header_rows", "header_columns", "kind",
    "caption", "unit_note", "source", "page", "box", "xpath", "method", "score", "alarms",
)  # fmt: skip
CELL_COLUMNS = (
    "ordinal", "table_row", "table_column", "last_row", "last_column", "role", "text", "spans", "boxes",
)  # fmt: skip
LEDGER_COLUMNS = ("span_start", "span_end", "text", "outcome", "reason")
ISSUE_COLUMNS = ("code", "severity", "message", "page", "span_start", "span_end", "table_no")


def metadata(document: Document) -> Row:
    """Return the row of `METADATA_COLUMNS`."""
    said = document.metadata
    return (
        document.name, str(document.format), said.title, said.author, said.publisher, published_on(document),
        said.published_text, said.published_evidence, said.published_strong,
        said.updated.isoformat() if said.updated else None, said.language,
    )  # fmt: skip


def pages(document: Document) -> list[Row]:
    """Return the rows of `PAGE_COLUMNS`."""
    return [(p.number, p.width, p.height, p.rotation, p.span.start, p.span.end, p.method) for p in document.pages]


def blocks(document: Document) -> list[Row]:
    """Return the rows of `BLOCK_COLUMNS`."""
    return [
        (
            number, str(b.kind), b.span.start, b.span.end, document.quote(b.span), b.level, b.page,
            boxes_json(b.boxes) if b.boxes else "[]", _indices(b.heading_path), b.parent, b.table,
        )
        for number, b in enumerate(document.blocks)
    ]  # fmt: skip


def grids(document: Document) -> list[tuple[Row, list[Row]]]:
    """Return for each table its row of `GRID_COLUMNS` and its cells' rows of `CELL_COLUMNS`."""
    return [(_grid(document, number, table), _cells(table)) for number, table in enumerate(document.tables)]


def _grid(document: Document, number: int, t: Table) -> Row:
    def words(span: Span | None) -> str | None:
        return None if span is None else document.quote(span)

    return (
        number, t.span.start, t.span.end, t.rows, t.columns, t.header_rows, t.header_columns, str(t.kind),
        words(t.caption), words(t.unit_note), words(t.source), t.page, boxes_json([t.box]) if t.box else None, t.xpath,
        t.method, t.score, json.dumps(t.alarms, ensure_ascii=False),
    )  # fmt: skip


def token(document: Document, entry: LedgerEntry) -> Row:
    """Return the row of `LEDGER_COLUMNS`; raises `UngroundedError` when the token does not stand there."""
    start, end, text = entry.span.start, entry.span.end, entry.text
    if document.text[start:end] != text:
        raise UngroundedError(f"{document.name}: ledger token {text!r} does not stand at [{start}, {end})")
    return start, end, text, str(entry.outcome), None if entry.reason is None else str(entry.reason)


def issue(found: Issue) -> Row:
    """Return the row of `ISSUE_COLUMNS`."""
    span = found.span
    return (
        found.code, str(found.severity), found.message, found.page, span.start if span else None,
        span.end if span else None, found.table,
    )  # fmt: skip


def published_on(document: Document) -> str | None:
    """Return the day of publication, or as much of it as the document states ("2025-05")."""
    said = document.metadata
    partial = said.published_text if _PARTIAL_DATE.match(said.published_text or "") else None
    if said.published is None or (partial and said.published.isoformat().startswith(partial)):
        return partial
    return said.published.isoformat()


@lru_cache(maxsize=1000)
def _indices(path: tuple[int, ...]) -> str:
    return json.dumps(path)


def _cells(table: Table) -> list[Row]:
    return [
        (
            number, c.row, c.column, c.last_row, c.last_column, str(c.role), c.text, spans_json(c.spans),
            boxes_json(c.boxes),
        )
        for number, c in enumerate(table.cells)
    ]  # fmt: skip

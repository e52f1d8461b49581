"""A document as rows: pure functions, no database."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from schemas import Document, Extraction, Issue, LedgerEntry, Outcome, Span, Table
from warehouse.errors import UngroundedError
from warehouse.loading.claim_rows import ClaimRows, boxes_json, claim_rows, spans_json
from warehouse.search.tokens import index_tokens

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
_TEXT = BLOCK_COLUMNS.index("text")
GRID_COLUMNS = (
    "ordinal", "span_start", "span_end", "row_count", "column_count", "header_rows", "header_columns", "kind",
    "caption", "unit_note", "source", "page", "box", "xpath", "method", "score", "alarms",
)  # fmt: skip
CELL_COLUMNS = (
    "ordinal", "table_row", "table_column", "last_row", "last_column", "role", "text", "spans", "boxes",
)  # fmt: skip
LEDGER_COLUMNS = ("span_start", "span_end", "text", "outcome", "reason")
ISSUE_COLUMNS = ("code", "severity", "message", "page", "span_start", "span_end", "table_no")


@dataclass
class Prepared:
    """A document and its extraction as rows, ready to be written or compared with what is stored."""

    document: Document
    extraction: Extraction
    reading_hash: str
    extraction_hash: str

    def make_rows(self) -> None:
        """Make all rows now, so that no transaction waits for it; raises `UngroundedError`."""
        for claim in self.claims.values():
            claim.search_tokens()
        _ = self.blocks, self.block_tokens, self.grids, self.ledger

    def metadata(self) -> Row:
        """Return the row of `METADATA_COLUMNS`."""
        document, said = self.document, self.document.metadata
        return (
            document.name, str(document.format), said.title, said.author, said.publisher, published_on(document),
            said.published_text, said.published_evidence, said.published_strong,
            said.updated.isoformat() if said.updated else None, said.language,
        )  # fmt: skip

    @cached_property
    def claims(self) -> dict[str, ClaimRows]:
        """The claims' rows by claim id."""
        return claim_rows(self.document, self.extraction.claims)

    def pages(self) -> list[Row]:
        """Return the rows of `PAGE_COLUMNS`."""
        return [
            (p.number, p.width, p.height, p.rotation, p.span.start, p.span.end, p.method) for p in self.document.pages
        ]

    @cached_property
    def blocks(self) -> list[Row]:
        """The rows of `BLOCK_COLUMNS`."""
        return [
            (
                number, str(b.kind), b.span.start, b.span.end, self.document.quote(b.span), b.level, b.page,
                boxes_json(b.boxes), _indices(b.heading_path), b.parent, b.table,
            )
            for number, b in enumerate(self.document.blocks)
        ]  # fmt: skip

    @cached_property
    def block_tokens(self) -> list[list[str]]:
        """For each block the tokens that a search finds it by."""
        return [index_tokens(row[_TEXT]) for row in self.blocks]

    @cached_property
    def grids(self) -> list[tuple[Row, list[Row]]]:
        """For each table its row of `GRID_COLUMNS` and its cells' rows of `CELL_COLUMNS`."""
        return [(self._grid(number, table), _cells(table)) for number, table in enumerate(self.document.tables)]

    def _grid(self, number: int, t: Table) -> Row:
        return (
            number, t.span.start, t.span.end, t.rows, t.columns, t.header_rows, t.header_columns, str(t.kind),
            self._words(t.caption), self._words(t.unit_note), self._words(t.source), t.page,
            boxes_json([t.box]) if t.box else None, t.xpath, t.method, t.score,
            json.dumps(t.alarms, ensure_ascii=False),
        )  # fmt: skip

    def _words(self, span: Span | None) -> str | None:
        return None if span is None else self.document.quote(span)

    @cached_property
    def ledger(self) -> list[Row]:
        """The rows of `LEDGER_COLUMNS`, checked against the text."""
        return [self._entry(entry) for entry in self.extraction.ledger]

    def _entry(self, entry: LedgerEntry) -> Row:
        if self.document.quote(entry.span) != entry.text:
            raise UngroundedError(
                f"{self.document.name}: ledger token {entry.text!r} does not stand at "
                f"[{entry.span.start}, {entry.span.end})"
            )
        return (
            entry.span.start, entry.span.end, entry.text, str(entry.outcome),
            None if entry.reason is None else str(entry.reason),
        )  # fmt: skip

    def issues(self) -> list[Row]:
        """Return the rows of `ISSUE_COLUMNS`, without doubles."""
        return list(dict.fromkeys(_issue(i) for i in (*self.document.issues, *self.extraction.issues)))

    def rejected_reasons(self) -> str:
        """Return how many tokens were rejected for each reason, as a JSON object."""
        counts = Counter(str(entry.reason) for entry in self.extraction.ledger if entry.reason is not None)
        return json.dumps(dict(sorted(counts.items())))

    def token_counts(self) -> tuple[int, int, int]:
        """Return how many number-like tokens were claimed, rejected and left unparsed."""
        counts = Counter(entry.outcome for entry in self.extraction.ledger)
        return counts[Outcome.CLAIMED], counts[Outcome.REJECTED], counts[Outcome.UNPARSED]


def prepare(document: Document, extraction: Extraction) -> Prepared:
    """Return a document and what was read from it, with their hashes; the rows themselves are made when needed."""
    if "\x00" in document.text:
        raise UngroundedError(f"{document.name}: its text holds a NUL character, which Postgres cannot store")
    layers = document.model_dump_json(include={"text", "pages", "blocks", "tables"})
    reading = hashlib.blake2b(layers.encode(), digest_size=16).hexdigest()
    rest = document.model_dump_json(include={"name", "metadata", "issues", "format"}) + extraction.model_dump_json()
    whole = hashlib.blake2b((reading + rest).encode(), digest_size=16).hexdigest()
    return Prepared(document, extraction, reading, whole)


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


def _issue(issue: Issue) -> Row:
    span = issue.span
    return (
        issue.code, str(issue.severity), issue.message, issue.page, span.start if span else None,
        span.end if span else None, issue.table,
    )  # fmt: skip

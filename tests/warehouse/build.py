"""Small documents and claims for the warehouse's tests, in our own words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from schemas import (
    Block,
    Box,
    Cell,
    Claim,
    Document,
    Evidence,
    Extraction,
    Issue,
    LedgerEntry,
    Metadata,
    Span,
    Table,
)
from warehouse import Warehouse, open_warehouse


class Clock:
    """A clock that stands until it is told."""

    def __init__(self, start: str = "2026-01-05T09:00:00+00:00") -> None:
        self.now = datetime.fromisoformat(start).astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: float) -> None:
        self.now += timedelta(days=days)


def document(text: str, name: str = "note.txt", **metadata: Any) -> Document:
    """A text document of one paragraph a line."""
    blocks, start = [], 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip("\n"))
        if end > start:
            blocks.append(Block(kind="paragraph", span=Span(start=start, end=end)))
        start += len(line)
    metadata.setdefault("title", f"Title of {name}")
    metadata.setdefault("publisher", "Publisher")
    metadata.setdefault("published", date(2025, 5, 1))
    return Document(
        sha256=hashlib.sha256(text.encode()).hexdigest(), name=name, format="text", text=text, blocks=tuple(blocks),
        metadata=Metadata(**metadata), reader="text/1",
    )  # fmt: skip


def evidence(doc: Document, part: str, words: str, **more: Any) -> Evidence:
    start = doc.text.index(words)
    return Evidence(part=part, role=more.pop("role", "stated"), span=Span(start=start, end=start + len(words)),
                    quote=words, **more)  # fmt: skip


def claim(doc: Document, written: str, value: str | None = None, **fields: Any) -> Claim:
    """A claim about what stands in `doc` as `written`; entity and metric words must stand there too."""
    start = doc.text.index(written)
    entity, metric_text = fields.pop("entity"), fields.pop("metric_text")
    parts = [
        evidence(doc, "value", written, **fields.pop("place", {})),
        evidence(doc, "entity", fields.get("entity_text", entity)),
        evidence(doc, "metric", metric_text),
    ]
    if "period_text" in fields:
        parts.append(evidence(doc, "period", fields["period_text"]))
    defaults: dict[str, Any] = {
        "value_type": "number", "entity_type": "company", "entity_text": entity, "unit": "JPY", "confidence": 0.9,
        "method": "test/1",
    }  # fmt: skip
    return Claim(
        document_sha256=doc.sha256, entity=entity, metric_text=metric_text, value_as_written=written,
        value=None if value is None else Decimal(value), span=Span(start=start, end=start + len(written)),
        evidence=tuple(parts), **(defaults | fields),
    )  # fmt: skip


def revenue(doc: Document, written: str, value: str, **fields: Any) -> Claim:
    """A claim of the revenue of あおば電機."""
    return claim(doc, written, value, entity="あおば電機", metric="revenue", metric_text="売上高", **fields)


def token(doc: Document, words: str, outcome: str = "claimed", reason: str | None = None) -> LedgerEntry:
    start = doc.text.index(words)
    return LedgerEntry(span=Span(start=start, end=start + len(words)), text=words, outcome=outcome, reason=reason)


def load(
    warehouse: Warehouse, doc: Document, *claims: Claim, code: str = "1", ontology: str = "o1", **more: Any
) -> Any:
    """Load a document with these claims in a run of its own."""
    run = warehouse.start_run(command="ingest", code_version=code, ontology_hash=ontology)
    path = more.pop("path", f"raw/{doc.name}")
    url = more.pop("url", None)
    extraction = Extraction(claims=claims, ledger=more.pop("ledger", ()), issues=more.pop("issues", ()))
    result = warehouse.load(doc, extraction, run=run, path=path, size=len(doc.text.encode()), url=url)
    warehouse.finish_run(run)
    return result


def opened(url: str, clock: Clock | None = None) -> Warehouse:
    return open_warehouse(url, clock=clock or Clock())


def table_document() -> Document:
    """A page with one table of two rows, with boxes."""
    text = "表1 売上高(単位:億円)\n会社 2023年度\nあおば電機 1,234\nみどり精機 567\n"
    cells = []
    for row, line in enumerate(text.splitlines()[1:]):
        for column, words in enumerate(line.split(" ")):
            start = text.index(words)
            role = "column_header" if row == 0 else "row_header" if column == 0 else "value"
            box = Box(page=1, x0=50 + 100 * column, top=100 + 20 * row, x1=140 + 100 * column, bottom=118 + 20 * row)
            cells.append(Cell(row=row, column=column, last_row=row, last_column=column, text=words, role=role,
                              spans=(Span(start=start, end=start + len(words)),), boxes=(box,)))  # fmt: skip
    start = text.index("会社")
    table = Table(
        span=Span(start=start, end=len(text) - 1), cells=tuple(cells), rows=3, columns=2, header_rows=1,
        header_columns=1, page=1, method="ruled/1", unit_note=Span(start=6, end=13), caption=Span(start=0, end=6),
    )  # fmt: skip
    base = document(text, "table.pdf")
    return base.model_copy(update={"tables": (table,), "issues": (Issue(code="no-total", message="no total row"),)})


def dump(warehouse: Warehouse, *, without: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all views, sorted; columns named in `without` left out."""
    return dict(_views(warehouse, without))


def _views(warehouse: Warehouse, without: tuple[str, ...]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    from warehouse.viewfiles import view_sources

    for name in sorted(view_sources()):
        found = warehouse.query(f"SELECT * FROM {name}")
        keep = [i for i, column in enumerate(found.columns) if column not in without]
        yield name, sorted((tuple(row[i] for i in keep) for row in found.rows), key=repr)

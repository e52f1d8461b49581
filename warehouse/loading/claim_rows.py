"""A claim as rows: pure functions, no database."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, Protocol

from schemas import Box, Claim, Evidence, Span
from warehouse.errors import UngroundedError
from warehouse.loading.rounding import Figure, derive
from warehouse.search.tokens import index_tokens

EntityName = tuple[str, str, str | None, str]  # key, name, ontology id, type
MetricName = tuple[str, str]  # name, ontology id

CONTENT_COLUMNS = (
    "entity_text", "metric_text", "of_metric", "value_type", "value", "low", "high", "value_exact", "low_exact",
    "high_exact", "value_date", "value_text", "bound", "approximate", "vague", "unit", "per", "value_as_written",
    "period_start", "period_end", "period_text", "fiscal", "modality", "attribution", "confidence", "method",
    "span_start", "span_end", "quote", "page", "in_table", "table_no", "table_row", "table_column", "alarms",
)  # fmt: skip
SEARCHED_COLUMNS = (
    "entity_text", "metric_text", "of_metric", "value_as_written", "value_text", "period_text", "attribution",
)  # fmt: skip
_START = CONTENT_COLUMNS.index("period_start")
_SEARCHED = tuple(CONTENT_COLUMNS.index(name) for name in SEARCHED_COLUMNS)
EVIDENCE_COLUMNS = (
    "part", "role", "span_start", "span_end", "quote", "page", "boxes", "table_no", "table_row", "table_column",
    "xpath",
)  # fmt: skip


@dataclass(slots=True)
class ClaimRows:
    """What is stored of one claim.

    `content` goes by `CONTENT_COLUMNS`, each of `evidence` by `EVIDENCE_COLUMNS`, `derived` by `DERIVED_COLUMNS` (not
    part of the content hash: it follows from the content). `tokens` are what a search finds it by.
    """

    claim_id: str
    entity: EntityName
    metric: MetricName
    content: tuple[Any, ...]
    evidence: list[tuple[Any, ...]]
    derived: tuple[Any, ...]
    quarantined: bool
    content_hash: str = field(default="")
    tokens: list[str] | None = None

    @property
    def year(self) -> int | None:
        """The year in which the claim's period starts."""
        start = self.content[_START]
        return None if start is None else int(start[:4])

    def search_tokens(self) -> list[str]:
        """Return the tokens of what a search finds the claim by: `SEARCHED_COLUMNS`, the names of entity and metric."""
        if self.tokens is None:
            self.tokens = index_tokens(self.entity[1], self.metric[0], *[self.content[i] for i in _SEARCHED])
        return self.tokens

    def __post_init__(self) -> None:
        digest = hashlib.blake2b(digest_size=12)
        digest.update(repr((self.entity, self.metric, self.content, self.evidence)).encode())
        self.content_hash = digest.hexdigest()


class Source(Protocol):
    """What claims are checked against: a document, or one reading of it."""

    @property
    def sha256(self) -> str:
        """The document's identity."""

    @property
    def name(self) -> str:
        """Its name, for messages."""

    @property
    def text(self) -> str:
        """The canonical text."""


def claim_rows(document: Source, claims: Iterable[Claim]) -> dict[str, ClaimRows]:
    """Return the rows of a document's claims by claim id; of claims with one id the most confident is kept.

    Raises `UngroundedError` when a quote does not stand in the canonical text at its span.
    """
    chosen: dict[str, Claim] = {}
    for claim in claims:
        if claim.document_sha256 != document.sha256:
            raise UngroundedError(f"{document.name}: a claim of another document ({claim.document_sha256[:12]})")
        claim_id = claim.claim_id
        known = chosen.get(claim_id)
        if known is None or claim.confidence > known.confidence:
            chosen[claim_id] = claim
    return {claim_id: _rows(document, claim_id, claim) for claim_id, claim in chosen.items()}


def _rows(document: Source, claim_id: str, claim: Claim) -> ClaimRows:
    entity = entity_name(claim)
    value_page, evidence = _evidence(document, claim)
    content = (
        claim.entity_text, claim.metric_text, claim.of_metric, str(claim.value_type),
        real(claim.value), real(claim.low), real(claim.high), exact(claim.value), exact(claim.low), exact(claim.high),
        claim.value_date, claim.value_text, str(claim.bound), claim.approximate, claim.vague, claim.unit,
        claim.per, claim.value_as_written, _iso(claim.period_start), _iso(claim.period_end), claim.period_text,
        claim.fiscal, str(claim.modality), claim.attribution, claim.confidence, claim.method,
        claim.span.start, claim.span.end,
        document.text[claim.span.start : claim.span.end], value_page, claim.in_table, claim.table, claim.row,
        claim.column, json.dumps(claim.alarms, ensure_ascii=False) if claim.alarms else "[]",
    )  # fmt: skip
    metric = (claim.metric, claim.metric_id or "")
    return ClaimRows(claim_id, entity, metric, content, evidence, derive(_figure(claim, entity[0])), bool(claim.alarms))


def _figure(claim: Claim, entity_key: str) -> Figure:
    unit = f"{claim.unit}_per_{claim.per}" if claim.per else claim.unit
    return Figure(
        str(claim.value_type), claim.value, claim.low, claim.high, str(claim.bound), claim.approximate, claim.vague,
        unit, claim.value_as_written, entity_key, claim.metric, claim.of_metric, _iso(claim.period_start),
        _iso(claim.period_end), claim.fiscal,
    )  # fmt: skip


def _evidence(document: Source, claim: Claim) -> tuple[int | None, list[tuple[Any, ...]]]:
    """Return the page of the value and a row for each piece of evidence, checked against the text."""
    page, rows, text = None, [], document.text
    for part in claim.evidence:
        kind, span, quote, boxes = str(part.part), part.span, part.quote, part.boxes
        start, end = span.start, span.end
        if text[start:end] != quote:
            raise _ungrounded(document, claim, part)
        if page is None and kind == "value":
            page = part.page
        rows.append((
            kind, str(part.role), start, end, quote, part.page, boxes_json(boxes) if boxes else None, part.table,
            part.row, part.column, part.xpath,
        ))  # fmt: skip
    return page, rows


def _ungrounded(document: Source, claim: Claim, part: Evidence) -> UngroundedError:
    return UngroundedError(
        f"{document.name}: claim {claim.claim_id[:12]}: the {part.part} evidence {part.quote!r} does not stand "
        f"at [{part.span.start}, {part.span.end})"
    )


def entity_name(claim: Claim) -> EntityName:
    """Return key, name, ontology id and type of the claim's entity."""
    key = claim.entity_id or fold(claim.entity)
    return key, claim.entity, claim.entity_id, claim.entity_type or ""


@lru_cache(maxsize=20_000)
def fold(name: str) -> str:
    """Return a name with width, case and runs of blanks folded away, marked as not from the ontology."""
    return "~" + " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def exact(number: Decimal | None) -> str | None:
    """Return a number's digits without exponent or needless zeros: `7000000000`, `0.1`."""
    if number is None:
        return None
    text = format(number, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def real(number: Decimal | None) -> float | None:
    """Return the double nearest to a number."""
    return None if number is None else float(number)


def boxes_json(boxes: Sequence[Box]) -> str:
    """Return boxes as JSON `[[page, x0, top, x1, bottom], …]`, in points to a thousandth."""
    listed = (f"[{b.page},{round(b.x0, 3)},{round(b.top, 3)},{round(b.x1, 3)},{round(b.bottom, 3)}]" for b in boxes)
    return f"[{','.join(listed)}]"


def spans_json(spans: Sequence[Span]) -> str:
    """Return spans as JSON `[[start, end], …]`."""
    return f"[{','.join(f'[{s.start},{s.end}]' for s in spans)}]"


def _iso(day: Any) -> str | None:
    return None if day is None else day.isoformat()

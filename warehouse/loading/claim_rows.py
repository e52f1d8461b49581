"""A claim as rows: pure functions, no database."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from schemas import Box, Claim, Evidence, Span
from warehouse.errors import UngroundedError
from warehouse.loading.plain import encode
from warehouse.loading.rounding import Figure, derive
from warehouse.search.tokens import index_text

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
_searched = itemgetter(*(CONTENT_COLUMNS.index(name) for name in SEARCHED_COLUMNS))
EVIDENCE_COLUMNS = (
    "part", "role", "span_start", "span_end", "quote", "page", "boxes", "table_no", "table_row", "table_column",
    "xpath",
)  # fmt: skip


class Said(NamedTuple):
    """What a claim says and where it was read, as it is stored.

    `content` goes by `CONTENT_COLUMNS`, each of `evidence` by `EVIDENCE_COLUMNS`.
    """

    entity: EntityName
    metric: MetricName
    content: tuple[Any, ...]
    evidence: list[tuple[Any, ...]]


class ClaimRows(NamedTuple):
    """What is stored of one claim: what it says, and what follows from that.

    `derived` goes by `DERIVED_COLUMNS`; `searched` are the tokens that a search finds the claim by.
    """

    claim_id: str
    said: Said
    derived: tuple[Any, ...]
    quarantined: bool
    content_hash: str
    searched: str

    @property
    def year(self) -> int | None:
        """The year in which the claim's period starts."""
        start = self.said.content[_START]
        return None if start is None else int(start[:4])


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
    claims = tuple(claims)
    return complete(claims, [said(document, claim) for claim in claims])


def complete(claims: Sequence[Claim], sayings: Sequence[Said]) -> dict[str, ClaimRows]:
    """Return the rows of claims, of which `sayings` were made already."""
    chosen: dict[str, tuple[Claim, Said]] = {}
    for claim, saying in zip(claims, sayings, strict=True):
        claim_id = claim.claim_id
        known = chosen.get(claim_id)
        if known is None or claim.confidence > known[0].confidence:
            chosen[claim_id] = claim, saying
    return {claim_id: _complete(claim_id, *pair) for claim_id, pair in chosen.items()}


def _complete(claim_id: str, claim: Claim, saying: Said) -> ClaimRows:
    return ClaimRows(
        claim_id, saying, derive(_figure(claim, saying)), bool(claim.alarms), content_hash(saying),
        index_text(saying.entity[1], saying.metric[0], *_searched(saying.content)),
    )  # fmt: skip


def content_hash(saying: Said) -> str:
    """Return a hash over what a claim says: equal when nothing of it differs."""
    return hashlib.blake2b(encode(tuple(saying)), digest_size=12).hexdigest()


def said(document: Source, claim: Claim) -> Said:
    """Return what a claim says; raises `UngroundedError` when that is not where it says it is."""
    if claim.document_sha256 != document.sha256:
        raise UngroundedError(f"{document.name}: a claim of another document ({claim.document_sha256[:12]})")
    value_page, evidence = _evidence(document, claim)
    start, end = claim.span.start, claim.span.end
    content = (
        claim.entity_text, claim.metric_text, claim.of_metric, str(claim.value_type),
        real(claim.value), real(claim.low), real(claim.high), exact(claim.value), exact(claim.low), exact(claim.high),
        claim.value_date, claim.value_text, str(claim.bound), claim.approximate, claim.vague, claim.unit,
        claim.per, claim.value_as_written, _iso(claim.period_start), _iso(claim.period_end), claim.period_text,
        claim.fiscal, str(claim.modality), claim.attribution, claim.confidence, claim.method, start, end,
        document.text[start:end], value_page, claim.in_table, claim.table, claim.row, claim.column,
        json.dumps(claim.alarms, ensure_ascii=False) if claim.alarms else "[]",
    )  # fmt: skip
    return Said(entity_name(claim), (claim.metric, claim.metric_id or ""), content, evidence)


def _figure(claim: Claim, saying: Said) -> Figure:
    unit = f"{claim.unit}_per_{claim.per}" if claim.per else claim.unit
    start, end = saying.content[_START : _START + 2]
    return Figure(
        str(claim.value_type), claim.value, claim.low, claim.high, str(claim.bound), claim.approximate, claim.vague,
        unit, claim.value_as_written, saying.entity[0], claim.metric, claim.of_metric, start, end, claim.fiscal,
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

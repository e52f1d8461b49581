"""Claims: entity × metric × value × period, as stated by a source, each part with its evidence."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import Field, model_validator

from schemas.issues import Issue
from schemas.mentions import NoiseReason
from schemas.quantities import Bound
from schemas.spans import Box, Frozen, Span

_encode = json.JSONEncoder(ensure_ascii=False).encode


class ValueType(StrEnum):
    """What a claim's value is."""

    NUMBER = "number"
    RANGE = "range"
    DATE = "date"
    TEXT = "text"


class Modality(StrEnum):
    """How the source holds it."""

    ACTUAL = "actual"
    ESTIMATE = "estimate"
    FORECAST = "forecast"
    TARGET = "target"


class Part(StrEnum):
    """The part of a claim that a piece of evidence bears out."""

    VALUE = "value"
    UNIT = "unit"
    ENTITY = "entity"
    METRIC = "metric"
    PERIOD = "period"
    MODALITY = "modality"
    ATTRIBUTION = "attribution"


class EvidenceRole(StrEnum):
    """Where a part of a claim was read."""

    STATED = "stated"
    VALUE_CELL = "value_cell"
    ROW_HEADER = "row_header"
    COLUMN_HEADER = "column_header"
    UNIT_NOTE = "unit_note"
    CAPTION = "caption"
    HEADING = "heading"
    FOOTNOTE = "footnote"
    INHERITED = "inherited"


class Evidence(Frozen):
    """The span one part of a claim was read from; `quote` is the canonical text there, letter by letter.

    `row` and `column` (from 0) are set in tables, `page` and `boxes` where the document has pages, `xpath` in HTML.
    """

    part: Part
    role: EvidenceRole
    span: Span
    quote: str
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    table: int | None = None
    row: int | None = None
    column: int | None = None
    xpath: str | None = None

    @model_validator(mode="after")
    def _length(self) -> Evidence:
        if not self.quote or len(self.quote) != self.span.end - self.span.start:
            raise ValueError(f"evidence quote {self.quote!r} does not fill its span")
        return self


class Claim(Frozen):
    """A typed statement by a source. `value`, `low`, `high` are exact and in the canonical `unit`.

    Dates: `value_date` is ISO ("2025", "2025-04", "2025-04-08", or an interval "a/b") and `period_start`/`period_end`
    are its days. Texts: `value_text`. `entity_id` and `metric_id` name ontology entries, None for names the ontology
    does not know (kept as they stand, marked unreviewed, never merged by guess). `confidence` in 0..1 is the
    estimated probability that entity, metric, value and unit are all right.
    """

    document_sha256: str
    entity: str
    entity_id: str | None = None
    entity_type: str | None = None
    entity_text: str = ""
    metric: str  # snake_case name
    metric_id: str | None = None
    metric_text: str = ""
    of_metric: str | None = None
    value_type: ValueType
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    value_date: str | None = None
    value_text: str | None = None
    bound: Bound = Bound.EQ
    approximate: bool = False
    vague: bool = False
    unit: str | None = None
    per: str | None = None  # what one price is for: "token", "kilowatt_hour", "kilogram"
    value_as_written: str = Field(min_length=1)
    period_start: date | None = None
    period_end: date | None = None
    period_text: str | None = None
    fiscal: str | None = None
    modality: Modality = Modality.ACTUAL
    attribution: str | None = None
    confidence: float = Field(ge=0, le=1)
    method: str  # rule or model that made it, with version: "table/1", "sentence.topic/1"
    span: Span  # of the value as written
    in_table: bool = False
    table: int | None = None  # index in Document.tables
    row: int | None = None
    column: int | None = None
    evidence: tuple[Evidence, ...]
    alarms: tuple[str, ...] = ()  # reasons for which it is quarantined

    @model_validator(mode="after")
    def _grounded(self) -> Claim:
        parts = {e.part for e in self.evidence}
        missing = {Part.VALUE, Part.ENTITY, Part.METRIC} - parts
        if (self.period_start or self.period_end or self.fiscal) and self.value_type != ValueType.DATE:
            missing |= {Part.PERIOD} - parts
        if missing:
            raise ValueError(f"claim {self.value_as_written!r} has no evidence for {', '.join(sorted(missing))}")
        filled = {
            ValueType.NUMBER: self.value,
            ValueType.RANGE: self.low if self.low is not None else self.high,
            ValueType.DATE: self.value_date,
            ValueType.TEXT: self.value_text,
        }[self.value_type]
        if filled is None:
            raise ValueError(f"{self.value_type} claim {self.value_as_written!r} has no value")
        return self

    @property
    def claim_id(self) -> str:
        """Identity: a hash over document, value span, and normalised entity, metric, value and period.

        The same statement read again has the same id, whatever the confidence or the rule that read it.
        """
        return claim_identity(
            document_sha256=self.document_sha256,
            span=self.span,
            entity=self.entity_id or self.entity.casefold(),
            metric=self.metric,
            value_type=self.value_type,
            numbers=(self.value, self.low, self.high),
            words=(self.value_date, self.value_text),
            bound=self.bound,
            unit=self.unit,
            period=(self.period_start, self.period_end),
        )


def claim_identity(
    *,
    document_sha256: str,
    span: Span,
    entity: str,
    metric: str,
    value_type: str,
    numbers: tuple[Decimal | None, Decimal | None, Decimal | None],
    words: tuple[str | None, str | None],
    bound: str,
    unit: str | None,
    period: tuple[date | str | None, date | str | None],
) -> str:
    """Return `Claim.claim_id` from its ingredients; `entity` is the ontology id, or the folded name without one."""
    exact = [None if number is None else str(number.normalize()) for number in numbers]
    key = [document_sha256, span.start, span.end, entity, metric, value_type, *exact, *words, bound, unit]
    key += [str(day) for day in period]
    return hashlib.sha256(_encode(key).encode()).hexdigest()[:32]


class Outcome(StrEnum):
    """What became of a number-like token."""

    CLAIMED = "claimed"
    REJECTED = "rejected"
    UNPARSED = "unparsed"


class LedgerEntry(Frozen):
    """The one outcome of one number-like token of a document; `reason` is set when rejected."""

    span: Span
    text: str
    outcome: Outcome
    reason: NoiseReason | None = None

    @model_validator(mode="after")
    def _reasoned(self) -> LedgerEntry:
        if (self.outcome == Outcome.REJECTED) != (self.reason is not None):
            raise ValueError(f"token {self.text!r}: a reason goes with a rejection, and only there")
        return self


class Extraction(Frozen):
    """Everything read from one document."""

    claims: tuple[Claim, ...] = ()
    ledger: tuple[LedgerEntry, ...] = ()
    issues: tuple[Issue, ...] = ()

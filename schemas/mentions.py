"""Mentions: what a recogniser found at a span."""

from __future__ import annotations

from enum import StrEnum

from pydantic import model_validator

from schemas.periods import Period
from schemas.quantities import Quantity
from schemas.spans import Frozen, Span


class MentionKind(StrEnum):
    """What a mention is of. `noise` is a number-like token that states nothing, with a reason."""

    QUANTITY = "quantity"
    PERIOD = "period"
    ENTITY = "entity"
    METRIC = "metric"
    NOISE = "noise"


class NoiseReason(StrEnum):
    """Why a number-like token states nothing."""

    NAME = "name"  # version or size inside a name: GPT-4, 70B in Llama 3.3 70B, M365
    PERIOD = "period"
    LIST_NUMBER = "list_number"
    SECTION_NUMBER = "section_number"
    FIGURE_NUMBER = "figure_number"
    FOOTNOTE = "footnote"
    CITATION = "citation"
    PAGE = "page"
    ISSUE_NUMBER = "issue_number"
    URL = "url"
    CODE = "code"
    TIME = "time"
    ADDRESS = "address"
    PHONE = "phone"
    IDENTIFIER = "identifier"
    IDIOM = "idiom"  # 一方, 一部, 三菱
    PROSE_COUNT = "prose_count"  # 2つの懸念点
    UNIT_BASE = "unit_base"  # 1,000トークンあたり
    INDEX_BASE = "index_base"
    HYPOTHETICAL = "hypothetical"
    DEFINITION = "definition"
    AMBIGUOUS = "ambiguous"  # read in more than one way: not guessed
    RUNNING_HEAD = "running_head"
    MARKUP = "markup"
    FIGURE_AXIS = "figure_axis"
    LAYOUT_TABLE = "layout_table"


class Mention(Frozen):
    """A recognised stretch of text; `text == source[start:end]` always.

    Exactly one of `quantity`, `period`, `name`, `reason` is set, by `kind`. For entities and metrics `name` is the
    canonical name (or the surface form when unknown), `id` the ontology entry's id or None.
    """

    kind: MentionKind
    span: Span
    text: str
    quantity: Quantity | None = None
    period: Period | None = None
    name: str | None = None
    id: str | None = None
    type: str | None = None  # entity type; "metric", "verb" or "noun" for metrics
    of: str | None = None  # of a rate or change: the metric it is of (売上高成長率 is growth_rate of revenue)
    reason: NoiseReason | None = None
    rule: str = ""

    @model_validator(mode="after")
    def _payload(self) -> Mention:
        if len(self.text) != self.span.end - self.span.start:
            raise ValueError(f"mention text {self.text!r} is not as long as its span")
        payload = {
            MentionKind.QUANTITY: self.quantity,
            MentionKind.PERIOD: self.period,
            MentionKind.ENTITY: self.name,
            MentionKind.METRIC: self.name,
            MentionKind.NOISE: self.reason,
        }[self.kind]
        if payload is None:
            raise ValueError(f"a {self.kind} mention lacks its {self.kind} payload")
        return self

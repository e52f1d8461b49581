"""Writing a review down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from warehouse.engines.session import Session

CORRECTABLE = (
    "entity", "entity_type", "metric", "of_metric", "value", "low", "high", "unit", "bound", "approximate",
    "period_start", "period_end", "period_text", "fiscal", "modality", "attribution",
)  # fmt: skip
VERDICTS = ("accept", "reject", "correct", "withdraw")
_COLUMNS = (
    "id", "document_sha256", "claim_id", "span_start", "span_end", "quote", "verdict", "corrections", "seen",
    "reviewer", "reason", "reviewed_at",
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What a person says of a claim. `withdraw` takes back what was said before."""

    verdict: str
    reviewer: str
    reason: str | None = None
    corrections: Mapping[str, Any] = field(default_factory=dict)

    def check(self) -> None:
        """Raise `WarehouseError` when something is missing or does not go together."""
        if self.verdict not in VERDICTS:
            raise WarehouseError(f"a verdict is one of {', '.join(VERDICTS)}, not {self.verdict!r}")
        if not self.reviewer.strip():
            raise WarehouseError("a review needs the name of who gives it")
        if (self.verdict == "correct") != bool(self.corrections):
            raise WarehouseError("corrections go with the verdict `correct`, and it needs some")


def write(session: Session, row: Mapping[str, Any], verdict: Verdict, now: str) -> int:
    """Append a review of the claim that `row` (of `Warehouse.claim`) is, and return its number."""

    verdict.check()
    same = session.row(
        "SELECT id FROM review WHERE claim_id = :claim AND verdict = :verdict AND reviewer = :reviewer "
        "AND reviewed_at = :now ORDER BY id DESC LIMIT 1",
        claim=row["claim_id"], verdict=verdict.verdict, reviewer=verdict.reviewer, now=now,
    )  # fmt: skip
    if same:  # committed by a server that went away before it could say so
        return int(same[0])
    number = session.next_id("review")
    seen = {key: value for key, value in row.items() if key != "document_row"}
    values = (
        number, row["document_sha256"], row["claim_id"], row["start"], row["end"], row["quote"], verdict.verdict,
        _json(dict(verdict.corrections)), _json(seen), verdict.reviewer, verdict.reason, now,
    )  # fmt: skip
    session.insert("review", _COLUMNS, [values])
    return number


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)

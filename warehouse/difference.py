"""What loading an extraction would do, without doing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from warehouse.claims_out import number

if TYPE_CHECKING:
    from schemas import Document, Extraction
    from warehouse.warehouse import Warehouse

_COMPARED = (
    "entity", "entity_id", "entity_type", "metric", "metric_id", "of_metric", "value_type", "value", "low", "high",
    "unit", "per", "bound", "approximate", "vague", "value_as_written", "period_start", "period_end",
    "period_text", "fiscal", "modality", "attribution", "confidence", "method", "page", "table", "table_row",
    "table_column", "alarms",
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A figure read differently: the fields that differ, as (old, new)."""

    old: Mapping[str, Any]
    new: Mapping[str, Any]

    @property
    def fields(self) -> dict[str, tuple[Any, Any]]:
        """The fields that differ; "evidence" alone when only the places of its parts do."""
        different = {n: (self.old[n], self.new[n]) for n in _COMPARED if self.old[n] != self.new[n]}
        return different or {"evidence": (None, None)}


@dataclass(frozen=True)
class DiffResult:
    """What loading would do to one document's machine claims; the claims are dictionaries as of `Warehouse.claims`.

    `changed` are claims at the same span that would read differently (they would be retired and added anew).
    """

    document: str
    document_sha256: str
    known: bool
    added: tuple[Mapping[str, Any], ...]
    changed: tuple[Change, ...]
    retired: tuple[Mapping[str, Any], ...]
    confirmed: int

    @property
    def is_empty(self) -> bool:
        """Whether loading would change nothing."""
        return not (self.added or self.changed or self.retired)

    def by_metric(self) -> dict[str, dict[str, int]]:
        """Return metric → {"added", "changed", "retired"} counts, most changes first."""
        counts: dict[str, Counter[str]] = {}
        for kind, claims in (("added", self.added), ("retired", self.retired)):
            for claim in claims:
                counts.setdefault(claim["metric"], Counter())[kind] += 1
        for change in self.changed:
            counts.setdefault(change.new["metric"], Counter())["changed"] += 1
        ordered = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))
        return {m: {kind: c[kind] for kind in ("added", "changed", "retired")} for m, c in ordered}


def diff(warehouse: Warehouse, document: Document, extraction: Extraction) -> DiffResult:
    """Return what loading `extraction` would add, change and retire; nothing is written."""
    from warehouse.loading.claim_rows import claim_rows

    wanted = claim_rows(document, extraction.claims)
    new = {claim.claim_id: _as_dict(claim) for claim in extraction.claims}
    hashes = dict(
        warehouse.query(
            "SELECT c.claim_id, c.content_hash FROM claim c JOIN document d ON d.id = c.document_id "
            "WHERE d.sha256 = ? AND c.origin = 'machine' AND c.retired_at IS NULL",
            (document.sha256,),
        ).rows
    )
    stored = {
        claim["claim_id"]: claim
        for claim in warehouse.claims(everything=True, document_sha256=document.sha256)
        if claim["origin"] == "machine"
    }
    same = {key for key, rows in wanted.items() if hashes.get(key) == rows.content_hash}
    changed = [Change(stored[key], new[key]) for key in wanted if key in stored and key not in same]
    added = [new[key] for key in wanted if key not in stored]
    retired = [claim for key, claim in stored.items() if key not in wanted]
    for claim in list(added):
        if old := _partner(claim, retired):
            changed.append(Change(old, claim))
            added.remove(claim)
            retired.remove(old)
    known = warehouse.known(document.sha256) is not None
    return DiffResult(document.name, document.sha256, known, tuple(added), tuple(changed), tuple(retired), len(same))


def _partner(claim: Mapping[str, Any], retired: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the retired claim at the same span that is most like `claim`."""
    there = [old for old in retired if (old["start"], old["end"]) == (claim["start"], claim["end"])]
    return min(there, key=lambda old: sum(old[name] != claim[name] for name in _COMPARED), default=None)


def _as_dict(claim: Any) -> dict[str, Any]:
    """Return a `schemas.Claim` with the fields that a stored claim is compared by."""
    from warehouse.loading.claim_rows import exact

    row = {name: getattr(claim, name, None) for name in _COMPARED}
    numbers = {name: number(exact(getattr(claim, name))) for name in ("value", "low", "high")}
    row |= numbers | {"period_start": _iso(claim.period_start), "period_end": _iso(claim.period_end)}
    if claim.value_type in ("date", "text"):
        row["value"] = claim.value_date if claim.value_type == "date" else claim.value_text
    place = next((part for part in claim.evidence if part.part == "value"), None)
    texts = {name: str(row[name]) for name in ("value_type", "bound", "modality")}
    return row | texts | {
        "claim_id": claim.claim_id, "start": claim.span.start, "end": claim.span.end, "table_row": claim.row,
        "table_column": claim.column, "page": place.page if place else None, "alarms": list(claim.alarms),
    }  # fmt: skip


def _iso(day: Any) -> str | None:
    return None if day is None else str(day.isoformat())

"""A stored claim as a `schemas.Claim` again, and with a person's corrections."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from schemas import Box, Claim, Evidence, EvidenceRole, Part, Span, ValueType
from warehouse.errors import WarehouseError
from warehouse.reviews.record import CORRECTABLE

_COPIED = (
    "document_sha256", "entity", "entity_id", "entity_type", "entity_text", "metric", "metric_id", "metric_text",
    "of_metric", "value_type", "low", "high", "bound", "approximate", "vague", "unit", "per", "value_as_written",
    "period_start", "period_end", "period_text", "fiscal", "modality", "attribution", "confidence", "method",
    "in_table", "table",
)  # fmt: skip
_VALUE_FIELD = {ValueType.DATE: "value_date", ValueType.TEXT: "value_text"}


def claim_of(row: Mapping[str, Any]) -> Claim:
    """Return the claim that a dictionary of `Warehouse.claims` stands for."""
    fields = {name: row[name] for name in _COPIED}
    kind = ValueType(row["value_type"])
    fields[_VALUE_FIELD.get(kind, "value")] = row["value"]
    return Claim(
        **fields,
        row=row["table_row"],
        column=row["table_column"],
        span=Span(start=row["start"], end=row["end"]),
        evidence=tuple(_evidence(part) for part in row["evidence"]),
        alarms=tuple(row["alarms"]),
    )


def _evidence(part: Mapping[str, Any]) -> Evidence:
    boxes = tuple(Box(page=b[0], x0=b[1], top=b[2], x1=b[3], bottom=b[4]) for b in part["boxes"])
    return Evidence(
        part=part["part"], role=part["role"], span=Span(start=part["start"], end=part["end"]), quote=part["quote"],
        page=part["page"], boxes=boxes, table=part["table"], row=part["table_row"], column=part["table_column"],
        xpath=part["xpath"],
    )  # fmt: skip


def corrected(claim: Claim, corrections: Mapping[str, Any], quote: str) -> Claim:
    """Return the claim as a person says it should read; empty text means none.

    A changed entity or metric loses its ontology id, for the person named it in words. A value becomes a number, date
    or text as the claim's was; `low` or `high` make it a range. Raises `WarehouseError` for what cannot be.
    """
    unknown = corrections.keys() - set(CORRECTABLE)
    if unknown:
        raise WarehouseError(f"cannot correct {', '.join(sorted(unknown))}; fields: {', '.join(CORRECTABLE)}")
    changes = {name: (None if value == "" else value) for name, value in corrections.items()}
    if "value" in changes:
        field = _VALUE_FIELD.get(claim.value_type, "value")
        changes[field] = changes.pop("value")
        if field == "value" and claim.value_type == ValueType.RANGE:
            changes |= {"value_type": "number", "low": None, "high": None}
    if changes.get("low") is not None or changes.get("high") is not None:
        changes |= {"value_type": "range", "value": None}
    for name in ("entity", "metric"):
        if name in changes and changes[name] != getattr(claim, name):
            changes[f"{name}_id"] = None
    changes |= {"confidence": 1.0, "method": "review", "alarms": (), "evidence": _borne_out(claim, changes, quote)}
    try:
        return Claim.model_validate(claim.model_dump() | changes)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "claim"
        raise WarehouseError(f"the correction makes no claim: {where}: {first['msg']}") from None


def _borne_out(claim: Claim, changes: Mapping[str, Any], quote: str) -> tuple[Evidence, ...]:
    """Return the claim's evidence; a period that only the person gives is inherited from the value's place."""
    dated = any(changes.get(name) for name in ("period_start", "period_end", "fiscal"))
    if not dated or any(part.part == Part.PERIOD for part in claim.evidence):
        return claim.evidence
    return (*claim.evidence, Evidence(part=Part.PERIOD, role=EvidenceRole.INHERITED, span=claim.span, quote=quote))

"""Current claims as dictionaries with the fields of the export contract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from warehouse.engines.reader import Reader
from warehouse.errors import NotFoundError, QueryError

_PLAIN = (
    "claim_id", "document", "document_sha256", "entity", "entity_type", "entity_id", "entity_text", "metric",
    "metric_id", "metric_text", "of_metric", "value_type", "bound", "approximate", "vague", "unit", "per",
    "value_as_written", "period_start", "period_end", "period_text", "fiscal", "modality", "attribution",
    "confidence", "method", "quote", "in_table", "page", "status", "origin", "verdict", "publisher", "title",
    "published_on", "url", "learned_at", "version",
)  # fmt: skip
_RAW = (
    "value_exact", "low_exact", "high_exact", "value_date", "value_text", "span_start", "span_end", "table_no",
    "table_row", "table_column", "alarms", "version_id",
)  # fmt: skip
_COLUMNS = _PLAIN + _RAW
_BOOLEANS = ("approximate", "vague", "in_table")
_PARTS = (
    "claim", "part", "role", "span_start", "span_end", "quote", "page", "boxes", "table_no", "table_row",
    "table_column", "xpath",
)  # fmt: skip
FILTERS = (
    "claim_id", "entity", "entity_id", "entity_key", "entity_type", "metric", "unit", "modality", "document",
    "document_sha256", "publisher", "value_type", "status",
)  # fmt: skip

_BELIEVED = (
    "status = 'shown' AND (verdict IS NOT NULL OR confidence >= "
    "(SELECT CAST(value AS DOUBLE PRECISION) FROM setting WHERE name = 'confidence_threshold'))"
)


def iterate(
    reader: Reader, *, everything: bool = False, as_of: str | None = None, **filters: Any
) -> Iterator[dict[str, Any]]:
    """Yield claims in the order they were learned, in bounded memory.

    Filters: equality on any of `FILTERS` (a list means any of them), `min_confidence`, `since` (learned at or after).
    """
    view, conditions, params = _conditions(everything, as_of, filters)
    where = f"FROM {view} WHERE {' AND '.join(conditions) or '1 = 1'}"
    with reader.snapshot() as ask:
        rows = ask(f"SELECT {', '.join(_COLUMNS)} {where} ORDER BY version_id", params)
        parts = ask(
            f"SELECT {', '.join(_PARTS)} FROM evidence_part WHERE claim IN (SELECT version_id {where}) "
            "ORDER BY claim, ordinal",
            params,
        )
        evidence = groupby(parts, key=lambda part: part[0])
        for row in rows:
            key, group = next(evidence, (None, iter(())))
            if key != row[-1]:
                raise QueryError(f"claim {row[0]} has lost its evidence; the warehouse was changed from outside")
            yield as_dict(row, list(group))


def _conditions(everything: bool, as_of: str | None, filters: dict[str, Any]) -> tuple[str, list[str], list[Any]]:
    conditions: list[str] = []
    params: list[Any] = []
    view = "all_claims" if everything else "claims"
    if as_of is not None:
        view = "claim_history"
        conditions.append("learned_at <= ? AND (retired_at IS NULL OR retired_at > ?)")
        params += [as_of, as_of]
        if not everything:
            conditions.append(_BELIEVED)
    for name, value in filters.items():
        if value is None:
            continue
        if name == "min_confidence":
            conditions.append("confidence >= ?")
        elif name == "since":
            conditions.append("learned_at >= ?")
        elif name not in FILTERS:
            raise QueryError(f"claims cannot be filtered by {name!r}; by: {', '.join(FILTERS)}, min_confidence, since")
        elif isinstance(value, (list, tuple, set, frozenset)):
            conditions.append(f"{name} IN ({', '.join('?' * len(value)) or 'NULL'})")
            params += list(value)
            continue
        else:
            conditions.append(f"{name} = ?")
        params.append(value)
    return view, conditions, params


def as_dict(row: tuple[Any, ...], parts: list[tuple[Any, ...]]) -> dict[str, Any]:
    """Return a claim's row and its evidence rows as one dictionary."""
    raw = dict(zip(_COLUMNS, row, strict=True))
    claim = {name: raw[name] for name in _PLAIN}
    claim.update({name: bool(raw[name]) for name in _BOOLEANS})
    evidence = [_part(part) for part in parts]
    value = next((part for part in evidence if part["part"] == "value"), None)
    claim.update(
        value=_value(raw), low=number(raw["low_exact"]), high=number(raw["high_exact"]), start=raw["span_start"],
        end=raw["span_end"], table=raw["table_no"], table_row=raw["table_row"], table_column=raw["table_column"],
        alarms=json.loads(raw["alarms"]), boxes=value["boxes"] if value else [], evidence=evidence,
    )  # fmt: skip
    return claim


def _value(raw: dict[str, Any]) -> Decimal | int | str | None:
    if raw["value_type"] == "date":
        return raw["value_date"]  # type: ignore[no-any-return]
    if raw["value_type"] == "text":
        return raw["value_text"]  # type: ignore[no-any-return]
    return number(raw["value_exact"])


def _part(row: tuple[Any, ...]) -> dict[str, Any]:
    part = dict(zip(_PARTS, row, strict=True))
    return {
        "part": part["part"], "role": part["role"], "start": part["span_start"], "end": part["span_end"],
        "quote": part["quote"], "page": part["page"], "boxes": json.loads(part["boxes"]) if part["boxes"] else [],
        "table": part["table_no"], "table_row": part["table_row"], "table_column": part["table_column"],
        "xpath": part["xpath"],
    }  # fmt: skip


def number(text: str | None) -> Decimal | int | None:
    """Return exact decimal text as an int where it is whole, else as a Decimal."""
    if text is None:
        return None
    return Decimal(text) if "." in text else int(text)


def find_one(reader: Reader, prefix: str) -> dict[str, Any] | None:
    """Return the one current claim whose id starts with `prefix`; raises `NotFoundError` when there are several."""
    top = prefix + "\U0010ffff"
    sql = f"SELECT {', '.join(_COLUMNS)} FROM all_claims WHERE claim_id >= ? AND claim_id <= ? ORDER BY claim_id"
    _, rows = reader.query(sql, (prefix, top), limit=2)
    if not rows:
        return None
    if len(rows) > 1:
        raise NotFoundError(f"claim {prefix!r}: several claims start so: {rows[0][0]}, {rows[1][0]}, …")
    parts_sql = f"SELECT {', '.join(_PARTS)} FROM evidence_part WHERE claim = ? ORDER BY ordinal"
    _, parts = reader.query(parts_sql, (rows[0][-1],))
    return as_dict(rows[0], parts)

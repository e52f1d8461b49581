"""Building mentions fast: quantities are shared where nothing depends on their place.

The fields are right by construction, so pydantic's validation is skipped (the tests validate what comes out).
"""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from schemas import Bound, Direction, Mention, MentionKind, NoiseReason, Period, Quantity, QuantityKind, Span

_QUANTITY_FIELDS = set(Quantity.model_fields)
_PERIOD_FIELDS = set(Period.model_fields)
_new, _set = object.__new__, object.__setattr__
_SPAN_FIELDS = {"start", "end"}
_MENTION_FIELDS = set(Mention.model_fields)


def make_span(start: int, end: int) -> Span:
    """Return a span without validating it again."""
    span = _new(Span)
    _set(span, "__dict__", {"start": start, "end": end})
    _set(span, "__pydantic_fields_set__", _SPAN_FIELDS)
    _set(span, "__pydantic_extra__", None)
    _set(span, "__pydantic_private__", None)
    return span


def _fill(model: Any, values: dict[str, Any], fields: set[str]) -> None:
    """Do what pydantic's `model_construct` does, without its loop over the fields."""
    _set(model, "__dict__", values)
    _set(model, "__pydantic_fields_set__", fields)
    _set(model, "__pydantic_extra__", None)
    _set(model, "__pydantic_private__", None)


def make_mention(
    kind: MentionKind,
    start: int,
    end: int,
    text: str,
    rule: str,
    *,
    quantity: Quantity | None = None,
    period: Period | None = None,
    reason: NoiseReason | None = None,
) -> Mention:
    """Return a mention of `text`, which stands at `[start, end)` of the source."""
    mention = _new(Mention)
    values = {  # every field, in the order of the class
        "kind": kind, "span": make_span(start, end), "text": text, "quantity": quantity, "period": period,
        "name": None, "id": None, "type": None, "of": None, "reason": reason, "rule": rule,
    }  # fmt: skip
    _fill(mention, values, _MENTION_FIELDS)
    return mention


def period_with_text(period: Period, text: str) -> Period:
    """Return the period with the words it was read from."""
    copy = Period.__new__(Period)
    _fill(copy, period.__dict__ | {"text": text}, _PERIOD_FIELDS)
    return copy


_KINDS = {kind.value: kind for kind in QuantityKind}
_BOUNDS = {bound.value: bound for bound in Bound}
_DIRECTIONS: dict[str | None, Direction | None] = {direction.value: direction for direction in Direction} | {None: None}


@lru_cache(maxsize=65536)
def make_quantity(
    kind: str,
    value: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    bound: str,
    approximate: bool,
    vague: bool,
    unit: str,
    unit_text: str,
    direction: str | None,
    basis: str | None,
) -> Quantity:
    """Return a quantity; equal ones are one object."""
    quantity = Quantity.__new__(Quantity)
    values: dict[str, Any] = {
        "kind": _KINDS[kind], "value": value, "low": low, "high": high, "bound": _BOUNDS[bound], "approximate": approximate,
        "vague": vague, "unit": unit, "unit_text": unit_text, "unit_span": None, "direction": _DIRECTIONS[direction], "basis": basis,
    }  # fmt: skip
    _fill(quantity, values, _QUANTITY_FIELDS)
    return quantity

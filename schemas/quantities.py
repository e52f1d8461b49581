"""Quantities: numbers with unit, bound, approximation and direction, exactly as a text states them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum

from pydantic import model_validator

from schemas.spans import Frozen, Span


class Bound(StrEnum):
    """What the number bounds: `ge` is 以上 / at least, `gt` 超 / over, `le` 以下 / up to, `lt` 未満 / under."""

    EQ = "eq"
    GE = "ge"
    GT = "gt"
    LE = "le"
    LT = "lt"
    APPROX = "approx"


class QuantityKind(StrEnum):
    """What sort of number it is."""

    NUMBER = "number"  # no unit at all
    COUNT = "count"  # counted things: person, company, parameter, token, 個
    MONEY = "money"
    PERCENT = "percent"
    PERCENT_POINT = "percent_point"
    RATIO = "ratio"  # 3.9倍, threefold, 1/10
    RANK = "rank"  # 1位, No. 1; also other ordinals (第3回 has unit of its counter)
    MEASURE = "measure"  # SI, IEC, FLOPS, bytes, rates


class Direction(StrEnum):
    """Whether a number is said to go up or down; the sign is carried here, see `Quantity.value`."""

    INCREASE = "increase"
    DECREASE = "decrease"


class Quantity(Frozen):
    """A number or a range in a canonical unit, together with what was written.

    `value` is exact and in the canonical unit (70億 → 7000000000; 2TB → 2000000000000 byte; 8% → 8 percent); it is
    None for a range and for a vague number (数億円), which have `low` and `high`. A one-sided bound has `value` and
    the matching end. A written minus (▲, △, −, accounting parentheses) makes the number negative; a word such as
    減 or decline sets `direction` and leaves the number as printed (claims apply the sign by their metric).
    `unit` is canonical ("JPY", "parameter", "byte_per_second", "USD_per_token"); `unit_text` is as written.
    `basis` is one of "yoy", "qoq", "mom", "ytd", "annualized", "cagr" or a period as written ("2022年度").
    """

    kind: QuantityKind
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: Bound = Bound.EQ
    approximate: bool = False
    vague: bool = False
    unit: str = "unitless"
    unit_text: str = ""
    unit_span: Span | None = None  # where the unit or scale stands, if outside the number
    direction: Direction | None = None
    basis: str | None = None

    @property
    def is_range(self) -> bool:
        """Whether the text states two ends rather than one number."""
        return self.value is None and self.low is not None and self.high is not None

    @property
    def most(self) -> Decimal:
        """The largest of its numbers, signs aside."""
        return max((abs(n) for n in (self.value, self.low, self.high) if n is not None), default=Decimal(0))

    def each(self, change: Callable[[Decimal], Decimal]) -> Quantity:
        """Return a validated copy with each of its numbers changed alike."""
        numbers = {"value": self.value, "low": self.low, "high": self.high}
        return self.changed(**{name: None if n is None else change(n) for name, n in numbers.items()})

    def times(self, factor: Decimal | int) -> Quantity:
        """Return a validated copy with each of its numbers multiplied by a positive factor."""
        return self.each(lambda number: number * factor)

    @model_validator(mode="after")
    def _something(self) -> Quantity:
        if self.value is None and self.low is None and self.high is None:
            raise ValueError("a quantity needs a value or an end")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"range ends are crossed: {self.low} > {self.high}")
        return self

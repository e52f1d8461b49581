"""Durations: 3年間, 2年半, 3年6カ月, 18 months, 1 hour 30 minutes; a length of time with no place in the calendar."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from extractors.recognizers.atoms import atom_at
from extractors.recognizers.build import make_quantity
from extractors.recognizers.quantities import Reading
from schemas import NoiseReason, Period, PeriodKind, Precision

if TYPE_CHECKING:
    from extractors.recognizers.scanner import Scan

_LETTERS = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}
_CLOCK = frozenset(["hour", "minute", "second"])
_NEXT = {"year": "month", "month": "day", "week": "day", "day": "hour", "hour": "minute", "minute": "second"}
_PER_NEXT = {"year": 12, "month": 30, "week": 7, "day": 24, "hour": 60, "minute": 60}
_JOIN = re.compile(r" ?(?:,? and |, |と)?(?=[0-9一二三四五六七八九十a-z])")
_HALF = re.compile(r"半(?!期|導|径|島|分|数|額|減|端|永|ば|面)(?:間)?| and a half(?: years| months| hours)?")
_PER_AFTER = re.compile(r"(?:当た?り|あたり|につき|ごと|毎)")


def iso_duration(number: Decimal, unit: str, factor: Decimal = Decimal(1)) -> str:
    """Return the ISO 8601 duration of a number of units; factor 3 of months is a quarter's length."""
    amount = number * factor
    if (
        unit == "year"
        and factor == 1
        and amount != amount.to_integral()
        and (amount * 12) == (amount * 12).to_integral()
    ):
        whole = int(amount)
        months = int((amount - whole) * 12)
        return f"P{whole}Y{months}M" if whole else f"P{months}M"
    text = format(amount.normalize(), "f")
    return f"PT{text}{_LETTERS[unit]}" if unit in _CLOCK else f"P{text}{_LETTERS[unit]}"


def duration_at(scan: Scan, reading: Reading) -> int:
    """Record a duration; a half or a smaller unit that follows is part of it."""
    quantity, form = reading.quantity, reading.duration
    assert form is not None
    if _PER_AFTER.match(scan.text, reading.end):
        return scan.add_noise(reading.start, reading.end, NoiseReason.UNIT_BASE, "unit_base")
    end, unit = reading.end, quantity.unit
    value, low, high = quantity.value, quantity.low, quantity.high
    iso = None
    if value is not None:
        iso = iso_duration(value / form.factor, unit, form.factor)
        if match := _HALF.match(scan.text, end):
            extra = Decimal("0.5") * form.factor
            value, end = value + extra, match.end()
            low, high = (value if low is not None else None), (value if high is not None else None)
            iso = iso_duration(value, unit)
        elif unit in _NEXT and (smaller := _smaller(scan, end, unit)) is not None:
            end, part = smaller
            clock = _NEXT[unit] in _CLOCK and unit not in _CLOCK
            iso = f"{iso}{'T' if clock else ''}{format(part.normalize(), 'f')}{_LETTERS[_NEXT[unit]]}"
            value = value * _PER_NEXT[unit] + part  # 2年6カ月 are 30 months: the unit of the smaller part
            unit = _NEXT[unit]
            low, high = (value if low is not None else None), (value if high is not None else None)
    kind = "measure"
    made = make_quantity(
        kind, value, low, high, quantity.bound.value, quantity.approximate, quantity.vague, unit, quantity.unit_text,
        quantity.direction.value if quantity.direction else None, quantity.basis,
    )  # fmt: skip
    period = Period(
        kind=PeriodKind.DURATION,
        precision=_PRECISION.get(unit, Precision.DAY),
        duration=iso,
        approximate=quantity.approximate,
    )
    return scan.add_period(reading.start, end, period, "duration", made)


def with_months(scan: Scan, reading: Reading) -> Reading:
    """Return an age with its months: 42歳5ヶ月 is 42 5/12 years."""
    quantity = reading.quantity
    if quantity.value is None or (smaller := _smaller(scan, reading.end, "year")) is None:
        return reading
    end, months = smaller
    value = quantity.value + months / 12
    made = quantity.model_copy(update={"value": value})
    return Reading(reading.start, end, made)


_PRECISION = {"year": Precision.YEAR, "month": Precision.MONTH}


def _smaller(scan: Scan, end: int, unit: str) -> tuple[int, Decimal] | None:
    """Return the end and number of the next smaller unit right after (3年6カ月, 1 hour and 30 minutes)."""
    match = _JOIN.match(scan.text, end)
    if match is None or match.end() >= len(scan.text):
        return None
    atom = atom_at(scan.folded, match.end(), end)
    if (
        atom is None
        or atom.form is None
        or atom.form.unit != _NEXT[unit]
        or atom.form.factor != 1
        or atom.high is not None
    ):
        return None
    return (atom.end, atom.low) if atom.start == match.end() and atom.low < _PER_NEXT[unit] * 2 else None

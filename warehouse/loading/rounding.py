"""How far a number may be from what it stands for, judged by how it is written, and what it may be compared with.

A figure is taken to be rounded to its last written digit: 70億 stands for 69.5億 up to 70.5億, 7,012,345,678 for
itself give or take one half. A figure said to be approximate (約, about) is rounded to its last digit that is not 0.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from decimal import Decimal, InvalidOperation

from schemas import Bound, Claim, ValueType

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.(\d+))?|\d+(?:\.(\d+))?")
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "億": 8, "兆": 12, "京": 16}
_HALF = Decimal("0.5")
# Units of time differ only by a factor; everything else is canonical already. Currencies are never converted.
_FACTORS = {
    "second": ("hour", Decimal(1) / Decimal(3600)),
    "minute": ("hour", Decimal(1) / Decimal(60)),
    "day": ("hour", Decimal(24)),
    "week": ("hour", Decimal(168)),
    "month": ("year", Decimal(1) / Decimal(12)),
    "quarter": ("year", Decimal(1) / Decimal(4)),
}


def half_step(value: Decimal, as_written: str, *, approximate: bool) -> Decimal:
    """Return half of the last digit as written, in the unit of `value`."""
    if value == 0:
        return Decimal(0)
    if approximate:
        return _HALF.scaleb(value.normalize().as_tuple().exponent)  # type: ignore[arg-type]
    text = unicodedata.normalize("NFKC", as_written)
    found = list(_NUMBER.finditer(text))
    if not found:  # 七十億: the last digit that is not 0 is all the words tell
        return _HALF.scaleb(value.normalize().as_tuple().exponent)  # type: ignore[arg-type]
    last = found[-1]
    decimals = len(last.group(1) or last.group(2) or "")
    if len(found) > 1:  # 1億2,000万: the last group is rounded, in its own scale
        return _HALF.scaleb(_SCALES.get(text[last.end() : last.end() + 1], 0) - decimals)
    try:
        written = Decimal(last.group().replace(",", ""))
        return abs(value / written) * _HALF.scaleb(-decimals) if written else Decimal(0)
    except InvalidOperation:
        return Decimal(0)


def allowed(claim: Claim) -> tuple[float | None, float | None]:
    """Return the least and greatest number the claim's words allow, in the comparable unit; None is open."""
    if claim.value_type not in (ValueType.NUMBER, ValueType.RANGE) or claim.vague:
        return None, None
    _, factor = comparable_unit(claim.unit)
    loose = claim.approximate or claim.bound == Bound.APPROX

    def end(value: Decimal, sign: int) -> float:
        return float((value + sign * half_step(value, claim.value_as_written, approximate=loose)) * factor)

    if claim.value is None or claim.value_type == ValueType.RANGE:
        return (
            None if claim.low is None else end(claim.low, -1),
            None if claim.high is None else end(claim.high, 1),
        )
    least = None if claim.bound in (Bound.LE, Bound.LT) else end(claim.value, -1)
    most = None if claim.bound in (Bound.GE, Bound.GT) else end(claim.value, 1)
    return least, most


def comparable_unit(unit: str | None) -> tuple[str, Decimal]:
    """Return the unit in which figures of `unit` are compared, and the factor to get there."""
    return _FACTORS.get(unit or "unitless", (unit or "unitless", Decimal(1)))


def series_key(claim: Claim, entity_key: str) -> int | None:
    """Return a 63-bit number equal for claims that speak of the same quantity; None where there is none to compare.

    The same quantity is the same entity, metric (and what it is a share or change of), comparable unit, and period.
    """
    if claim.value_type not in (ValueType.NUMBER, ValueType.RANGE) or claim.vague:
        return None
    period = f"{claim.period_start}|{claim.period_end}"
    if claim.period_start is None and claim.period_end is None:
        period = claim.fiscal or ""
    parts = (entity_key, claim.metric, claim.of_metric or "", comparable_unit(claim.unit)[0], period)
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1

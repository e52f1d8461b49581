"""How far a number may be from what it stands for, judged by how it is written, and what it may be compared with.

A figure is taken to be rounded to its last written digit: 70億 stands for 69.5億 up to 70.5億, 7,012,345,678 for
itself give or take one half. A figure said to be approximate (約, about) is rounded to its last digit that is not 0.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.(\d+))?|\d+(?:\.(\d+))?")
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "億": 8, "兆": 12, "京": 16}
DERIVED_COLUMNS = ("series_key", "comparable_low", "comparable_high", "at_least", "at_most")
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


class Figure(NamedTuple):
    """What a number or range says and how, and what it says it of."""

    value_type: str
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    bound: str
    approximate: bool
    vague: bool
    unit: str | None
    as_written: str
    entity_key: str
    metric: str
    of_metric: str | None
    period_start: str | None
    period_end: str | None
    fiscal: str | None

    @property
    def comparable(self) -> bool:
        """Whether there is a number to compare: none in dates, texts and vague words (数億円)."""
        return self.value_type in ("number", "range") and not self.vague


def derive(figure: Figure) -> tuple[int | None, float | None, float | None, float | None, float | None]:
    """Return `DERIVED_COLUMNS` of a claim: series key, and in the comparable unit the ends stated and allowed."""
    if not figure.comparable:
        return None, None, None, None, None
    _, factor = comparable_unit(figure.unit)
    ranged = figure.value is None or figure.value_type == "range"
    low = figure.low if ranged else figure.value
    high = figure.high if ranged else figure.value
    least, most = _allowed(figure, low, high)
    ends = (None if end is None else float(end * factor) for end in (low, high, least, most))
    return series_key(figure), *ends  # type: ignore[return-value]


def _allowed(figure: Figure, low: Decimal | None, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Return the least and greatest number the words allow; None is open."""
    loose = figure.approximate or figure.bound == "approx"
    below = None if low is None else half_step(low, figure.as_written, approximate=loose)
    above = below if high is low else None if high is None else half_step(high, figure.as_written, approximate=loose)
    least = None if low is None or below is None else low - below
    most = None if high is None or above is None else high + above
    return None if figure.bound in ("le", "lt") else least, None if figure.bound in ("ge", "gt") else most


def comparable_unit(unit: str | None) -> tuple[str, Decimal]:
    """Return the unit in which figures of `unit` are compared, and the factor to get there."""
    return _FACTORS.get(unit or "unitless", (unit or "unitless", Decimal(1)))


def series_key(figure: Figure) -> int:
    """Return a 63-bit number equal for figures that speak of the same quantity.

    The same quantity is the same entity, metric (and what it is a share or change of), comparable unit, and period.
    """
    period = f"{figure.period_start}|{figure.period_end}"
    if figure.period_start is None and figure.period_end is None:
        period = figure.fiscal or ""
    unit = comparable_unit(figure.unit)[0]
    parts = (figure.entity_key, figure.metric, figure.of_metric or "", unit, period)
    digest = hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1

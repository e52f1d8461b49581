"""Times of a table's heads that leave their year to another head: 2024年1月, 2月, 3月; 2026/03 | 1Q; Jan 2024, Feb.

A head that is a month alone is of the year of the last head before it that tells one, of the next year where the months
start again; where they run backwards (2月, 1月, 12月), of the year before. A quarter behind a year is of it.
"""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from collections.abc import Iterable
from datetime import date

from extractors.claims.context import Context
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.labels import Label
from schemas import MentionKind, Period, Precision

_MONTH = re.compile(r"(?P<month>1[0-2]|0?[1-9])\s?月")
_NAMES = {name[:n].lower(): month for month, name in enumerate(month_name) if name for n in (3, len(name))}
_QUARTER = re.compile(r"[QＱ](?P<q1>[1-4１-４])|(?P<q2>[1-4１-４])[QＱ]|第\s?(?P<q3>[1-4１-４])四半期", re.I)
_YEAR_END = re.compile(r"(?P<year>(?:19|20)\d\d)(?:[/.]|年)(?P<month>1[0-2]|0?[1-9])(?:月?期)?")  # of what ends a year


def follow(lines: Iterable[list[Label]]) -> None:
    """Give the heads that are months alone the year of those before them; `lines` stand in reading order."""
    last: Period | None = None
    falling = False
    for label in (x for labels in lines for x in labels):
        month = _month_alone(label.text.strip())
        if month is not None and label.period is None and last is not None and last.start is not None:
            step = month - last.start.month
            monthly = last.precision == Precision.MONTH
            falling = monthly and (-_HALF < step < 0 or (falling and step > _HALF))
            years = -(step > 0) if falling else int(step < 0 or (step == 0 and monthly))
            label.period = _month_of(last.start.year + years, month, label.text.strip())
            label.period_span, label.kind, label.entity = label.span, "period", None
        last = label.period or last


_HALF = 6  # months: fewer are no step from the end of a year to the start of the next


def _month_alone(text: str) -> int | None:
    found = _MONTH.fullmatch(text)
    return int(found["month"]) if found is not None else _NAMES.get(text.rstrip(".").lower())


def _month_of(year: int, month: int, text: str) -> Period:
    end = date(year, month, monthrange(year, month)[1])
    return Period(start=date(year, month, 1), end=end, precision=Precision.MONTH, text=text)


def join_quarters(context: Context, rows: dict[int, list[Label]]) -> None:
    """Make the quarter in the second of a row's heads (2026/03 | 1Q) part of the year in its first."""
    for labels in rows.values():
        year = next((x for x in labels if x.kind == "period" and x.period is not None), None)
        quarter = next((x for x in labels if x is not year and _QUARTER.fullmatch(x.text.strip())), None)
        if year is None or quarter is None:
            continue
        found = _QUARTER.fullmatch(quarter.text.strip())
        period = _quarter(context, year, int(found["q1"] or found["q2"] or found["q3"])) if found is not None else None
        if period is not None:
            year.period = period
            labels.remove(quarter)


def _quarter(context: Context, label: Label, quarter: int) -> Period | None:
    """Return a quarter of the year of a head, read as it is written out: 2026年3月期第1四半期."""
    ends = _YEAR_END.fullmatch(label.text.strip())
    words = f"{ends['year']}年{int(ends['month'])}月期" if ends is not None else label.text.strip()
    found = context.mentions(f"{words}第{quarter}四半期")
    told = next((m for m in found if m.kind == MentionKind.PERIOD and is_dated(m)), None)
    return told.period.changed(text=label.text.strip()) if told is not None and told.period is not None else None

"""Days and stretches of the calendar, and periods made of them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from schemas import Period, PeriodKind, Precision

Days = tuple[date, date]


def valid_year(year: int) -> bool:
    """Say whether a year can stand in a report."""
    return 1000 <= year <= 2999


@lru_cache(maxsize=16384)
def month_days(year: int, month: int, months: int = 1) -> Days:
    """Return the first and last day of `months` months from `month`, which may lie outside 1..12."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    last_year, last = year + (month + months - 2) // 12, (month + months - 2) % 12 + 1
    return date(year, month, 1), date(last_year, last, monthrange(last_year, last)[1])


@lru_cache(maxsize=4096)
def year_days(year: int) -> Days:
    """Return 1 January and 31 December."""
    return date(year, 1, 1), date(year, 12, 31)


def fiscal_days(year: int, start_month: int) -> Days:
    """Return the fiscal year that begins in `start_month` of `year`."""
    return month_days(year, start_month, 12)


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or the month's last day where there is none."""
    year, month = day.year + (day.month - 1 + months) // 12, (day.month - 1 + months) % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


_FIRST_WEEK = 7  # days of a month in which a quarter of the month before may end


def closing_month(day: date) -> int:
    """Return the month that a quarter or year ends with whose last day is `day`, in years of whole weeks too: 0 stands
    for December of the year before."""
    return day.month - (1 if day.day <= _FIRST_WEEK else 0)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where the calendar has none (31 April)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def week_of(day: date, weeks: int = 0) -> Days:
    """Return Monday to Sunday of the week `weeks` after that of `day`."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)
    return monday, monday + timedelta(days=6)


@lru_cache(maxsize=16384)
def interval(
    days: tuple[date | None, date | None],
    precision: Precision,
    iso: str | None = None,
    *,
    fiscal: str | None = None,
    relative: bool = False,
) -> Period:
    """Return a period of the calendar; its words are filled in when its span is known."""
    return Period(
        kind=PeriodKind.INTERVAL,
        start=days[0],
        end=days[1],
        precision=precision,
        iso=iso,
        fiscal=fiscal,
        relative=relative,
    )


def unresolved(precision: Precision, *, fiscal: str | None = None, relative: bool = False) -> Period:
    """Return a period whose place in the calendar is not known."""
    return interval((None, None), precision, fiscal=fiscal, relative=relative)

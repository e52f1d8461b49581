"""English times told from the reference date: last year, next Friday, last December, three years ago."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.recognizers.times.calendar import (
    add_months,
    interval,
    month_days,
    unresolved,
    week_of,
    year_days,
)
from extractors.recognizers.times.context import Context
from extractors.recognizers.times.english import MONTH, MONTHS, SMALL, WEEKDAYS
from schemas import Period, Precision

_RELATIVE = re.compile(
    rf"(?P<which>last|this|next|previous|prior|current|past|coming|the same)[ -](?P<what>year|month|week|quarter|half|fiscal year|decade|night|{MONTH}|"
    + "|".join(sorted(WEEKDAYS, key=len, reverse=True))
    + r")(?![a-z-])|(?P<day>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow)(?![a-z])|(?P<ago_n>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[0-9]{1,3}) (?P<ago_unit>year|month|week|day|quarter|decade)s? (?P<ago>ago|earlier|from now|later|hence)(?![a-z])|(?P<weekday>"
    + "|".join(w for w in WEEKDAYS if len(w) > 5)
    + r")(?![a-z])(?P<wdate>(?=, (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))?"
)


_YEAR_BACK = re.compile(
    r"(?:the )?(?:same|corresponding|comparable) (?P<a>quarter|period|month|half) (?:of |in |from )?"
    r"(?:last year|(?:the )?(?:previous|prior|preceding) year|a year (?:ago|earlier|before))(?![a-z])|"
    r"(?:year[- ](?:ago|earlier|prior|before)|prior[- ]year) (?P<b>quarter|period|month|half)(?![a-z])|"
    r"(?P<c>quarter|period|month|half) a year (?:ago|earlier|before|prior)(?![a-z])|"
    r"(?:a year|the year|year-) ?(?:(?:ago|earlier)|(?:before|prior)(?=[.,;)]))(?![a-z])"
)
_FULL_YEAR = re.compile(
    r"full[- ](?:fiscal[- ]|financial[- ])?year(?![a-z]|,? (?:of )?(?:to |ended |fy|fiscal |['’]?[0-9]))"
)


def compared(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read a year earlier, the same period last year, the prior-year quarter, full-year: told from what is said before."""
    if match := _FULL_YEAR.match(text, position):
        return match.end(), unresolved(Precision.FISCAL_YEAR, relative=True)
    match = _YEAR_BACK.match(text, position)
    if match is None:
        return None
    what = match["a"] or match["b"] or match["c"]
    precision = {"month": Precision.MONTH, "half": Precision.HALF}.get(what, Precision.QUARTER)
    return match.end(), unresolved(precision, relative=True)


def relative(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read last year, this quarter, next Friday, last December, yesterday, three years ago, Monday."""
    match = _RELATIVE.match(text, position)
    if match is None:
        return None
    reference = context.reference
    if reference is None:
        return match.end(), unresolved(Precision.DAY, relative=True)
    if match["day"]:
        shift = {
            "yesterday": -1,
            "today": 0,
            "tomorrow": 1,
            "the day before yesterday": -2,
            "the day after tomorrow": 2,
        }
        return match.end(), _one_day(reference + timedelta(days=shift[match["day"]]))
    if match["ago"]:
        return _ago(match, reference)
    if match["weekday"]:
        if match["wdate"] is not None:
            return None
        back = (reference.weekday() - WEEKDAYS[match["weekday"]]) % 7
        return match.end(), _one_day(reference - timedelta(days=back))
    return _which(match, reference, context)


def _one_day(day: date) -> Period:
    return interval((day, day), Precision.DAY, day.isoformat(), relative=True)


def _ago(match: re.Match[str], reference: date) -> tuple[int, Period] | None:
    count = SMALL.get(match["ago_n"])
    count = int(match["ago_n"]) if count is None else count
    count = -count if match["ago"] in ("ago", "earlier") else count
    unit = match["ago_unit"]
    if unit in ("year", "decade"):
        year = reference.year + count * (10 if unit == "decade" else 1)
        if not 1 <= year <= 9000:
            return None
        return match.end(), interval(year_days(year), Precision.YEAR, f"{year:04d}", relative=True)
    if unit in ("month", "quarter"):
        day = add_months(reference, count * (3 if unit == "quarter" else 1))
        return match.end(), interval(
            month_days(day.year, day.month), Precision.MONTH, f"{day.year:04d}-{day.month:02d}", relative=True
        )
    day = reference + timedelta(days=count * (7 if unit == "week" else 1))
    return match.end(), _one_day(day) if unit == "day" else interval(week_of(day), Precision.RANGE, relative=True)


def _which(match: re.Match[str], reference: date, context: Context) -> tuple[int, Period] | None:
    what = match["what"].rstrip(".")
    step = {"last": -1, "previous": -1, "prior": -1, "past": -1, "next": 1, "coming": 1}.get(match["which"], 0)
    if match["which"] in ("past", "coming") and what not in WEEKDAYS:
        return None
    end = match.end()
    if what == "year":
        year = (context.year or reference.year) if match["which"] == "the same" else reference.year + step
        return end, interval(year_days(year), Precision.YEAR, f"{year:04d}", relative=True)
    if what == "fiscal year":
        year = context.fiscal_year(reference) + step
        return end, unresolved(Precision.FISCAL_YEAR, fiscal=f"FY{year}", relative=True)
    if what == "month":
        day = add_months(reference, step)
        return end, interval(
            month_days(day.year, day.month), Precision.MONTH, f"{day.year:04d}-{day.month:02d}", relative=True
        )
    if what == "quarter":
        first = 3 * ((reference.month - 1) // 3) + 1 + 3 * step
        return end, interval(month_days(reference.year, first, 3), Precision.QUARTER, relative=True)
    if what == "half":
        first = 6 * ((reference.month - 1) // 6) + 1 + 6 * step
        return end, interval(month_days(reference.year, first, 6), Precision.HALF, relative=True)
    if what == "week":
        return end, interval(week_of(reference, step), Precision.RANGE, relative=True)
    if what == "decade":
        first = reference.year // 10 * 10 + 10 * step
        return end, interval((date(first, 1, 1), date(first + 9, 12, 31)), Precision.DECADE, relative=True)
    if what == "night":
        return end, _one_day(reference - timedelta(days=1))
    if what in WEEKDAYS:
        days = (WEEKDAYS[what] - reference.weekday()) % 7
        shift = days - 7 if step < 0 else (days or 7) if step > 0 else days
        return end, _one_day(reference + timedelta(days=shift))
    month = MONTHS[what]
    year = reference.year
    end -= match[0].endswith(".")
    if step < 0:
        year -= month >= reference.month
    elif step > 0:
        year += month <= reference.month
    return end, interval(month_days(year, month), Precision.MONTH, f"{year:04d}-{month:02d}", relative=True)

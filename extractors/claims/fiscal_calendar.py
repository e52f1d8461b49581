"""Where a text says that the fiscal years of its subject lie: FY26 2Q（2025年5〜7月）, Q1 FY2026 ended December 27."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from extractors.recognizers import recognize
from extractors.recognizers.times.calendar import month_days
from schemas import MentionKind, Period, Precision

_FISCAL = re.compile(r"^FY(?P<year>\d{4})(?:(?P<part>[QH])(?P<number>[1-4]))?$")
_TOLD = re.compile(
    r"\s*(?:[（(:：,]|[,、]\s*which)?\s*(?:the \w+ (?:months|weeks) )?(?:ended|ending|to|[（(])?\s*", re.I
)
_CALENDAR = re.compile(
    r"\bended\b|\bending\b|[（(]\s*(?:20\d\d\s?年\s?)?\d{1,2}\s?月?\s?[〜~～\-–−]\s?\d{1,2}\s?月|日に?終了|月に?終了",
    re.I,
)


def fiscal_shift(text: str, reference: date | None) -> int | None:
    """Return where a text says that its fiscal years lie: months from January 2026 to the first day of FY2026.

    Read from a fiscal quarter or year told with its months: FY26 2Q（2025年5〜7月）, Q1 FY2026 (ended December 27,
    2025). None where nothing is said, or where two companies' calendars are.
    """
    shifts = set()
    for place in _CALENDAR.finditer(text):
        window = text[max(0, place.start() - 60) : place.end() + 40]
        found = [m for m in recognize(window, reference_date=reference) if m.kind == MentionKind.PERIOD and m.period]
        for label, told in pairwise(found):
            gap = window[label.span.end : told.span.start]
            shift = _shift_of(label.period, told.period) if _TOLD.fullmatch(gap) and gap.strip() else None
            if shift is not None:
                shifts.add(shift)
    return shifts.pop() if len(shifts) == 1 else None if shifts else _shift_of_head(text, reference)


_HEAD = 600  # characters in which a report says what it is for: Half-year results for the six months ended 30 September
_LABEL = re.compile(r"\b(?:[HQ][1-4]\s?F?Y?|FY\s?)['’]?(?:20)?\d\d(?:\s?[HQ][1-4])?\b|\b[1-4][HQ]\s?FY\s?\d\d", re.I)


def _shift_of_head(text: str, reference: date | None) -> int | None:
    """Return the shift when a report that is for one half, quarter or year labels the same one by its fiscal year."""
    head = [m.period for m in recognize(text[:_HEAD], reference_date=reference) if m.kind == MentionKind.PERIOD]
    told = next(
        (p for p in head if p is not None and _ENDED.search(p.text) and p.end and p.precision in _LENGTHS), None
    )
    if told is None or told.end is None:
        return None
    for place in _LABEL.finditer(text):
        found = [m.period for m in recognize(place.group()) if m.kind == MentionKind.PERIOD]
        label = found[0] if found else None
        fiscal = _FISCAL.match(label.fiscal or "") if label is not None and label.start is None else None
        if fiscal is None or {"Q": 3, "H": 6}.get(fiscal.group("part") or "", 12) != _LENGTHS[told.precision]:
            continue
        shift = _shift_of(label, told)
        return shift if shift is not None and abs(shift) < 12 else None
    return None


_ENDED = re.compile(r"ended|ending", re.I)
_LENGTHS = {Precision.QUARTER: 3, Precision.HALF: 6, Precision.FISCAL_YEAR: 12}


_NAMED = re.compile(r"(?:Q(?P<a>[1-4])|(?P<b>[1-4])Q)[ ,]{0,2}(?P<year>20\d\d)$", re.I)
_TERM = re.compile(r"\d\s?[年/]\s?\d{1,2}\s?月?期")


def company_period(period: Period, text: str, shift: int, now: date | None) -> Period:
    """Return a time of a company whose fiscal years lie `shift` months off the calendar years.

    That is FY2026, FY2026Q1, 2026年度第1四半期; and Q1 2026 where that quarter of the calendar is not over on the day
    `now`. 2025年度 on its own is the year of the writer, 26年3月期 tells its months.
    """
    label = _FISCAL.match(period.fiscal or "")
    if label is not None:
        if _TERM.search(text) or (period.start is not None and not label.group("part") and "会計年度" not in text):
            return period
        return _placed(
            period, int(label.group("year")), label.group("part") or "", int(label.group("number") or 1), shift
        )
    named = _NAMED.search(text)
    if named is None or now is None or period.end is None or period.end <= now:
        return period
    moved = _placed(period, int(named.group("year")), "Q", int(named.group("a") or named.group("b")), shift)
    return moved if moved.end is not None and moved.end <= now else period


def _placed(period: Period, year: int, part: str, number: int, shift: int) -> Period:
    length = {"Q": 3, "H": 6}.get(part, 12)
    start, end = month_days(year, 1 + shift + (number - 1) * (length % 12), length)
    return period.changed(start=start, end=end, iso=None)


def _shift_of(label: Period | None, told: Period | None) -> int | None:
    fiscal = _FISCAL.match(label.fiscal or "") if label is not None and label.start is None else None
    if fiscal is None or told is None or told.end is None:
        return None
    number, length = int(fiscal.group("number") or 1), {"Q": 3, "H": 6}.get(fiscal.group("part") or "", 12)
    end = told.end.year * 12 + told.end.month - (1 if told.end.day <= 7 else 0)  # a year of whole weeks
    return end - number * length - int(fiscal.group("year")) * 12

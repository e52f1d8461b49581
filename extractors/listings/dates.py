"""The day a listing gives a document."""

from __future__ import annotations

import re
from datetime import date, datetime

from extractors.readers.dates import find_days, find_month

_DIRECTIVES = {
    "%Y": r"\d{4}",
    "%y": r"\d{2}",
    "%m": r"\d{1,2}",
    "%d": r"\d{1,2}",
    "%B": r"[A-Za-z]+",
    "%b": r"[A-Za-z]{3}",
}


def day_in(text: str, date_format: str | None = None) -> tuple[date | None, str | None]:
    """Return the one day that `text` states and its words; a month alone gives its words only.

    `date_format` is tried first. Several different days: neither is taken.
    """
    if date_format:
        found = _formatted(text, date_format)
        if found:
            return found
    days = find_days(text)
    if len({found.day for found in days}) == 1:
        return days[0].day, text[days[0].start : days[0].end]
    if not days and (month := find_month(text)):
        return None, text[month[1] : month[2]]
    return None, None


def _formatted(text: str, date_format: str) -> tuple[date, str] | None:
    parts = re.split(r"(%[A-Za-z])", date_format)
    pattern = "".join(_DIRECTIVES.get(part, re.escape(part)) for part in parts)
    days = {}
    for match in re.finditer(rf"(?<!\d){pattern}(?!\d)", text):
        try:
            days[datetime.strptime(match[0], date_format).date()] = match[0]
        except ValueError:
            continue
    return next(iter(days.items())) if len(days) == 1 else None

"""The year of a day that is told with its weekday and no year: 5月22日（金）, Friday 22 May."""

from __future__ import annotations

import re

from extractors.recognizers.times.calendar import day_or_none
from schemas import Period, Precision

_BEHIND = re.compile(
    r"\s?[（(](?P<ja>[月火水木金土日])(?:曜日?)?(?:[・、,／/祝休振]{1,4})?[）)]|\s?(?P<word>[月火水木金土日])曜"
)
_BEFORE = re.compile(
    r"\b(?P<en>mon|tue|wed|thu|fri|sat|sun)(?:day|s|sday|nesday|r|rs|rsday|urday)?\.?,? (?:the )?\Z", re.I
)
_JA, _EN = "月火水木金土日", ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_YEARS = (0, -1, 1, -2, 2)  # from the year that the text leans to, the nearest first, the past before the future


def on_its_weekday(period: Period, before: str, behind: str) -> Period:
    """Return a day whose year nothing tells in the nearest year in which it falls on the weekday told beside it."""
    day = period.start
    if day is None or period.precision != Precision.DAY or not period.relative or period.end != day:
        return period
    weekday = _told(before, behind)
    if weekday is None or day.weekday() == weekday:
        return period
    for years in _YEARS:
        moved = day_or_none(day.year + years, day.month, day.day)
        if moved is not None and moved.weekday() == weekday:
            return period.changed(start=moved, end=moved, iso=moved.isoformat())
    return period


def _told(before: str, behind: str) -> int | None:
    if found := _BEHIND.match(behind):
        return _JA.index(found["ja"] or found["word"])
    if found := _BEFORE.search(before):
        return _EN.index(found["en"].lower())
    return None

"""Times without a month or year that another one beside them tells.

総務省が27日発表した10月の完全失業率      November 27: the last such day before the text, where its day is not known the
                                          first after the time that was counted
19日に協会が公表した4〜6月期の販売額      July 19
着工は12月、竣工は18年9月                 December 2017: the last such month before the work is done
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.recognizers.times.calendar import month_days
from schemas import Mention, Period, Precision

_DAY = re.compile(r"(?P<day>3[01]|[12][0-9]|[1-9])日")
_PUBLISHED = re.compile(
    r"(?:に|、|付で)?[^。、\n0-9０-９]{0,16}?(?:発表|公表|公開|まとめ|開示)(?:し|され)?(?:た|ました)?、?"
    r"(?:今年|同年|本年|全国の?|(?:直近|最新)の?)?\Z"
)
_COUNTED = frozenset([Precision.MONTH, Precision.QUARTER])


def told_beside(first: Mention, second: Mention, before: str, between: str, now: date | None) -> Mention:
    """Return a time with what the next one of its sentence tells of it.

    `before` is the sentence up to it, `now` the day of its text, where that is known.
    """
    return begun(released(first, second, between, now), second, before, between)


def released(first: Mention, second: Mention, between: str, now: date | None) -> Mention:
    """Return a day (`first`) with the month in which what was counted in `second` can have come out, else as it is."""
    told, counted = _DAY.fullmatch(first.text), second.period
    if told is None or counted is None or counted.end is None or counted.precision not in _COUNTED:
        return first
    if counted.start is None or _PUBLISHED.fullmatch(between) is None:
        return first
    day = _last_until(int(told["day"]), now) if now is not None else None
    if day is None or day <= counted.end:
        day = _first_after(int(told["day"]), counted.end)
    if day is None:
        return first
    on = Period(start=day, end=day, precision=Precision.DAY, iso=day.isoformat(), relative=True, text=first.text)
    return first.changed(period=on, quantity=None)


_BEGUN = re.compile(r"(?:着工|起工|着手|建設開始|工事開始)(?:時期)?(?:は|が|：|:)?(?:今年|来年)?\Z")
_DONE = re.compile(r"(?:に|で)?(?:、|,|，)(?:竣工|完成|完工|稼働|操業|開業|生産)[^、。0-9０-９]{0,6}\Z")


def begun(first: Mention, second: Mention, before: str, between: str) -> Mention:
    """Return a month without a year (`first`) in which a work begins as the last one before `second`, when it is done.

    Only where it is told as a month of the year of its end or a later one; `before` is what stands before it.
    """
    told, done = first.period, second.period
    if told is None or done is None or told.start is None or told.end is None or done.start is None:
        return first
    if told.precision != Precision.MONTH or not told.relative or told.start <= done.start or "年" in first.text:
        return first
    if _BEGUN.search(before) is None or _DONE.fullmatch(between) is None:
        return first
    year = done.start.year - (told.start.month >= done.start.month)
    start, end = month_days(year, told.start.month)
    return first.changed(period=told.changed(start=start, end=end, iso=f"{start:%Y-%m}"))


def _last_until(day: int, now: date) -> date | None:
    """Return the last such day of a month that is not after `now`, None where its month or the one before has none."""
    months = (now, now.replace(day=1) - timedelta(days=1))
    try:
        return next((d for month in months if (d := month.replace(day=day)) <= now), None)
    except ValueError:
        return None


def _first_after(day: int, end: date) -> date | None:
    """Return the first such day of a month after `end`, where the next month has one."""
    year, month = end.year + end.month // 12, end.month % 12 + 1
    try:
        return date(year, month, day)
    except ValueError:
        return None

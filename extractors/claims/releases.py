"""The day on which a figure came out, told without its month: the first such day after the time that was counted.

総務省が27日発表した10月の完全失業率      November 27
19日に協会が公表した4〜6月期の販売額      July 19
"""

from __future__ import annotations

import re
from datetime import date

from schemas import Mention, Period, Precision

_DAY = re.compile(r"(?P<day>3[01]|[12][0-9]|[1-9])日")
_PUBLISHED = re.compile(
    r"(?:に|、|付で)?[^。、\n0-9０-９]{0,16}?(?:発表|公表|公開|まとめ|開示)(?:し|され)?(?:た|ました)?、?"
    r"(?:今年|同年|本年|全国の?|(?:直近|最新)の?)?\Z"
)
_COUNTED = frozenset([Precision.MONTH, Precision.QUARTER])


def released(first: Mention, second: Mention, between: str) -> Mention:
    """Return a day (`first`) with the month in which what was counted in `second` can have come out, else as it is."""
    told, counted = _DAY.fullmatch(first.text), second.period
    if told is None or counted is None or counted.end is None or counted.precision not in _COUNTED:
        return first
    if counted.start is None or _PUBLISHED.fullmatch(between) is None:
        return first
    day = _first_after(int(told["day"]), counted.end)
    if day is None:
        return first
    on = Period(start=day, end=day, precision=Precision.DAY, iso=day.isoformat(), relative=True, text=first.text)
    return first.changed(period=on, quantity=None)


def _first_after(day: int, end: date) -> date | None:
    """Return the first such day of a month after `end`, where the next month has one."""
    year, month = end.year + end.month // 12, end.month % 12 + 1
    try:
        return date(year, month, day)
    except ValueError:
        return None

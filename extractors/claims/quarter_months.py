"""The months of fiscal quarters and halves, where a text tells them: 第3四半期（8～10月期）, quarter ended March 27."""

from __future__ import annotations

import re
from datetime import date, timedelta

from extractors.recognizers import recognize
from extractors.recognizers.times.calendar import closing_month, month_days
from schemas import Mention, MentionKind, Period, Precision


def from_the_start(period: Period) -> Period:
    """第3四半期累計: from the first day of the fiscal year to the end of the quarter."""
    if period.start is None or period.end is None or period.fiscal is None:
        return period
    quarters = int(period.fiscal[-1])
    start, _ = month_days(period.start.year, period.start.month - 3 * (quarters - 1), 1)
    return period.changed(start=start)


_BRACKET = re.compile(
    r"\s?[（(]\s?(?:(?P<year>20\d\d)\s?[年/]\s?)?(?P<first>[0-9０-９]{1,2})\s?月?\s?[～〜~\-–－―ー]\s?(?P<last>[0-9０-９]{1,2})\s?月期?\s?[）)]"
)
_DAYS = re.compile(r"\s?[（(、]\s?(?=[0-9０-９令平])")
_LAST_DAY = re.compile(r"\s?(?:締め|に?終了|に終わ|まで)")
_CLOSED = re.compile(r"\s?[,(]?\s?(?:which |that )?(?:ended|ending) (?=[A-Z0-9])")


def with_months(period: Period, now: date | None, behind: str) -> Period | None:
    """A fiscal quarter or half told with its months: 第3四半期（8～10月期）, first quarter, ended November 27."""
    length = {Precision.QUARTER: 3, Precision.HALF: 6}.get(period.precision)
    if length is None:
        return None
    if found := _BRACKET.match(behind):
        first, last = int(found["first"]), int(found["last"])
        if not (1 <= first <= 12 and 1 <= last <= 12) or (last - first) % 12 + 1 != length:
            return None
        if period.start is not None and period.start.month == first:
            return None
        day = now or period.end
        if found["year"]:
            day = month_days(int(found["year"]), first, length)[1]
        if day is None:
            return None
        start, end = month_days(day.year, first, length)
        while end > day + timedelta(days=40) and start.year > day.year - 3:
            start, end = month_days(start.year - 1, first, length)
        return period.changed(start=start, end=end, iso=None)
    if found := _CLOSED.match(behind):
        told = _read_front(behind[found.end() :], now)
        if told is not None and told.end is not None and (period.start is None or period.relative):
            start, end = month_days(told.end.year, closing_month(told.end) - length + 1, length)
            return period.changed(start=start, end=end, iso=None)
    return _with_days(period, length, behind)


def with_quarter(period: Period, behind: str) -> Period:
    """A quarter told by its last month: the June quarter, the March quarter of 2031."""
    if period.precision != Precision.MONTH or period.start is None or period.start.month % 3:
        return period
    if _QUARTER.match(behind) is None:
        return period
    start, end = month_days(period.start.year, period.start.month - 2, 3)
    return period.changed(start=start, end=end, precision=Precision.QUARTER, iso=None)


_QUARTER = re.compile(r"\s[Qq]uarter\b")


def _with_days(period: Period, length: int, behind: str) -> Period | None:
    """A quarter or half told with its days: 第4四半期（2021年1月31日締め）, 第3四半期、2024年4月1日～12月31日、連結."""
    found = _DAYS.match(behind)
    days = _mention_at_front(behind[found.end() :], None) if found is not None else None
    if found is None or days is None or (told := days.period) is None or told.start is None or told.end is None:
        return None
    rest = behind[found.end() + days.span.end :]
    if told.precision == Precision.DAY and _LAST_DAY.match(rest):
        start, _ = month_days(told.end.year, closing_month(told.end) - length + 1, length)
        return period.changed(start=start, end=told.end, iso=None)
    months = round(((told.end - told.start).days + 1) / 30.4)
    if "日" not in days.text or months not in (length, 6, 9) or rest[:1] not in "）)、,":
        return None
    return period.changed(start=told.start, end=told.end, iso=None)


def _read_front(text: str, day: date | None) -> Period | None:
    mention = _mention_at_front(text, day)
    return mention.period if mention is not None else None


def _mention_at_front(text: str, day: date | None) -> Mention | None:
    found = recognize(text, reference_date=day)
    return next((m for m in found if m.kind == MentionKind.PERIOD and m.span.start == 0), None)

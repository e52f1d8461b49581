"""The day a report of a statistic is told from: 8月8日、2012年第1四半期の実績を発表した is told on August 8, 2012.

News of what has been counted opens with a day and no year. The year is that of the first such day after the time that
was counted. On marked documents 10 of 10 such days are right, of which the years of the text alone gave 3.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from extractors.claims.day_of_text import Dateline, names_later
from extractors.recognizers.times.eras import number

_HEAD = 600  # characters in which a report says its day
_REACH = 160  # characters between the day and the time that was counted
_DAY = re.compile(
    r"(?<![\d年/〜~～–−―-])(?<!年\s)(?P<month>\d{1,2})\s?月\s?(?P<day>\d{1,2})\s?日"
    r"(?!\s?[〜~～–−―-]|\s?(?:から|まで|以降|時点|現在|締|期限))"
)
_TELLS = re.compile(r"(?:発表|公表|公開|まとめ|まとまっ|明らかに|開示|発行)(?![^。、\n]{0,6}予定)")
_STOP = re.compile(r"[。\n]")
_COUNTED = re.compile(
    r"(?P<year>(?:19|20)\d\d)\s?年(?P<fiscal>度|会計年度)?\s?"
    r"(?:(?P<from>\d{1,2})\s?(?:月?\s?[〜~～–−―-]|月から)\s?(?P<to>\d{1,2})\s?月|(?P<season>[春夏秋冬])の?|(?P<month>\d{1,2})\s?月(?!\s?\d{1,2}\s?日)(?P<term>期)?)?"
    r"(?:の?第?\s?(?P<quarter>[1-4一二三四])\s?(?:四半期|Q)|(?P<half>上(?:半)?期|中間期))?"
)
_MONTHS = re.compile(  # behind a fiscal quarter: 第2四半期（2025年5～7月）
    r"\s?[（(]\s?(?P<year>20\d\d)\s?年\s?(?P<from>\d{1,2})\s?月?\s?[〜~～–−―-]\s?(?P<to>\d{1,2})\s?月"
)
_SEASONS = {"春": 2, "夏": 5, "秋": 8, "冬": 10}  # the month before it: what is told of a summer may be told in it
_AHEAD = re.compile(r"予測|見通|予想|計画|目標|見込|まで|以降|から|予定")
_STATISTIC = re.compile(
    r"実績|決算|売上|出荷|販売|統計|調査|結果|速報|業績|GDP|データ|動向|シェア|市場|指数|比率|件数|総生産|搭載|登録台数"
)
_CLAUSE = re.compile(r"[^。、\n]{0,30}")


def lede_day(text: str) -> Dateline | None:
    """Return the day without a year on which the first lines of `text` say that a statistic was published.

    None where the words behind tell no time that had been counted, or where the text names later months as past.
    """
    for found in _DAY.finditer(text, 0, min(len(text), _HEAD)):
        stop = _STOP.search(text, found.end())
        if _TELLS.search(text, found.end(), stop.start() if stop else len(text)) is None:
            continue
        end = next(_counted(text, found.end(), found.end() + _REACH), None)
        day = None if end is None else _next(int(found["month"]), int(found["day"]), end)
        return None if day is None or names_later(text, day) else Dateline(day, *found.span())
    return None


def _counted(text: str, start: int, end: int) -> Iterator[date]:
    """Yield the last day of the first time told between two places, where a statistic of it is told, not a forecast."""
    found = _COUNTED.search(text, start, min(len(text), end))
    if found is None:
        return
    behind = _CLAUSE.match(text, found.end())
    words = behind.group() if behind else ""
    if _AHEAD.search(words) or not _STATISTIC.search(words):
        return
    last = _last_month(found, text)
    if last is not None and 1 <= last[1] <= 12:
        yield date(*last, monthrange(*last)[1])


def _last_month(found: re.Match[str], text: str) -> tuple[int, int] | None:
    """Return the last month of a time: of a fiscal quarter by its own months or its term, None where none is told."""
    year = int(found["year"])
    quarters = number(found["quarter"]) if found["quarter"] else 2 if found["half"] else 0
    if found["to"]:
        return year + (int(found["to"]) < int(found["from"])), int(found["to"])
    if quarters and found["fiscal"]:
        months = _MONTHS.match(text, found.end())
        return None if months is None else (int(months["year"]), int(months["to"]))
    if quarters and found["term"]:
        month = int(found["month"]) + 3 * quarters
        return (year - 1, month) if month <= 12 else (year, month - 12)
    if quarters and not found["month"]:
        return year, 3 * quarters
    if found["month"]:
        return year, int(found["month"])
    if found["season"]:
        return year, _SEASONS[found["season"]]
    return (year + 1, 3) if found["fiscal"] == "度" else None if found["fiscal"] else (year, 12)


def _next(month: int, day: int, after: date) -> date | None:
    """Return the first such day after another."""
    for year in (after.year, after.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            return None
        if found > after:
            return found
    return None

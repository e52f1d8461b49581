"""Where the years of a text begin, and the times without a year that lean on the day it is told from."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections import Counter
from datetime import date

from extractors.recognizers.times.eras import number
from schemas import Mention, Period, Precision

_TERM = re.compile(r"(?<!\d)(?:20)?\d\d\s?[年/]\s?(?P<month>1[0-2]|0?[1-9])\s?月?期")
_CLOSES = re.compile(
    r"(?<![\d年/〜~～–−―ー-])(?<![年/]\s)(?P<month>1[0-2]|[1-9])月期?決算(?!の?(?:[発説資]|企業|会社|各社|銘柄))"
)


_QUARTER = re.compile(
    r"(?:第\s?(?P<ja>[1-4一二三四])\s?四半期|(?<![\dA-Za-z])(?P<n>[1-4])Q|\bQ(?P<q>[1-4]))(?:決算|累計)?\s?\((?:20\d\d\s?年)?\s?"
    r"(?P<first>1[0-2]|[1-9])\s?月?\s?[~〜\-–―ー−]\s?(?P<last>1[0-2]|[1-9])\s?月"
)


_CLOSED_QUARTER = re.compile(  # 2025年7月27日に終了した第2四半期, 2025年度(2024年2～4月)第1四半期
    r"(?<!\d)(?P<last>1[0-2]|[1-9])\s?月\s?(?P<day>\d{1,2})\s?日\s?(?:に|で)?\s?(?:終了し(?:た|ました)|終わった|締めの)[^。、\n]{0,12}?第\s?(?P<a>[1-4一二三四])\s?四半期|"
    r"年度\s?\((?:20\d\d\s?年)?\s?(?P<from>1[0-2]|[1-9])\s?月?\s?[~〜\-–]\s?(?P<to>1[0-2]|[1-9])\s?月\)\s?第\s?(?P<b>[1-4一二三四])\s?四半期"
)


def first_month(text: str) -> int | None:
    """Return the month in which the fiscal years of a text begin, from its own terms (26年2月期 begins in March), else
    from the months of its quarters (第2四半期（4〜6月）), else from when it says that the books are closed (3月期決算).
    """
    text = unicodedata.normalize("NFKC", text)
    terms = Counter(int(m["month"]) for m in _TERM.finditer(text))
    if not terms and (told := _of_quarters(text)) is not None:
        return told
    months = terms or Counter(int(m["month"]) for m in _CLOSES.finditer(text))
    return months.most_common(1)[0][0] % 12 + 1 if months else None


def _of_quarters(text: str) -> int | None:
    """Return the month in which the years begin whose quarters a text tells with their months, where all agree."""
    begins = set()
    for found in _QUARTER.finditer(text):
        quarter = number(found["ja"] or found["n"] or found["q"])
        first, length = int(found["first"]), (int(found["last"]) - int(found["first"])) % 12 + 1
        if length in (3, 3 * quarter):
            begins.add((first - (3 * (quarter - 1) if length == 3 else 0) - 1) % 12 + 1)
    for found in _CLOSED_QUARTER.finditer(text):
        last = int(found["last"] or found["to"]) - (1 if found["day"] and int(found["day"]) <= 7 else 0)
        if found["last"] or (int(found["to"]) - int(found["from"])) % 12 == 2:
            begins.add((last - 3 * number(found["a"] or found["b"])) % 12 + 1)
    return begins.pop() if len(begins) == 1 else None


_WITHOUT_YEAR = re.compile(
    r"[0-9０-９]{1,2}/[0-9０-９]{1,2}(?![0-9０-９/])|[0-9０-９]{1,2}\s?月|[0-9０-９]{1,2}\s?[~～〜\-–－―ー]\s?[0-9０-９]{1,2}\s?月|"
    r"(?:early |mid-?|late )?(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sep|Oct|Nov|Dec)|"
    r"第?[1-4１-４一二三四]\s?(?:Q|四半期)|Q[1-4]\b|[HＨ][12]\b|[12]H\b|"
    r"(?:the )?(?:first|second|third|fourth)[- ](?:quarter|half)|[上下](?:半)?期|中間期",
    re.I,
)
_EDGE = re.compile(r"年末|年度末|年初|year[- ]end", re.I)
_HAPPENED = re.compile(
    r"^[^。\n]*?(?:[したっいれえけせめげんきびち得見出]た|だった|でした|ました)(?=[。、）」]|$|もの|が|ため|ほか|一方|後|際|と)|"
    r"^[^.;]{0,60}?\b(?:was|were|went|had|fell|rose|grew|took|sold|bought|[a-z]{3,}ed)\b"
)
_COMING = re.compile(
    r"^[^。]*?(?:予定|計画|見込|見通|方針|目指|予想|目標)|^(?:から|より|以降|までに|まで|に(?:は)?[^。]{0,20}(?:する|へ|開始|始まる|なる)[。、]?$)|"
    r"^[^.;]*?\b(?:will|would|plan|expect|due|scheduled|to be)\b",
    re.I,
)
_UPCOMING = re.compile(
    r"\b(?:by|until|next|from|starting|coming|late|this) (?:the )?$|来年?$|翌$|"
    r"\b(?:will|would|plan(?:s|ned)?|expect(?:s|ed)?|due|scheduled|to be|projects(?! in )|projected|guides|guided|"
    r"predict(?:s|ed)?|anticipat(?:es|ed)|(?<!beat )(?<!above )(?<!than )(?<!topped )(?<!missed )forecasts?)\b"
    r"(?:[^.;]|\.\d)*$",
    re.I,
)
_SOON = 60  # days in which a day without a year is the next one: on marked documents 23 of 23
_NEAR = 130  # days in which a plain statement of the present may mean a month to come

_PRICED = re.compile(
    r"決算の?(?:企業|会社|各社|銘柄|上場)|"  # 3月期決算企業
    r"(?:基準|固定|連鎖|実質)?(?:価格|(?:平均)?\s?[=＝]\s?1|基準)|(?:の?平均)?を\s?(?:100|１００)と|\s?(?:prices|dollars|constant)\b",
    re.I,
)


def is_base(behind: str, at: int = 0) -> bool:
    """Say whether a time before `behind[at:]` dates nothing.

    The base of an index or of prices （2020年=100）, the books of a kind of companies (3月期決算企業).
    """
    return _PRICED.match(behind, at) is not None


def is_telling_day(mention: Mention, text: str) -> bool:
    """Say whether a day is only the one on which a sentence's figures were published: 18日に発表した6月末の残高."""
    day = mention.period is not None and mention.period.precision == Precision.DAY
    return day and _PUBLISHED.match(text, mention.span.end) is not None


_PUBLISHED = re.compile(r"(?:付で|まで)?に?、?(?:発表|公表|公開|まとめ|開示|明らかに)(?:し|さ|た)")


def is_yearless(text: str) -> bool:
    """Say whether the words of a time name no year: 10月, October, 3Q, 上期."""
    return _WITHOUT_YEAR.match(text) is not None and re.search(r"\d{4}|年|FY|’\d\d|'\d\d", text) is None


def back_to(period: Period, text: str, told: date, before: str, behind: str) -> Period:
    """Return a time that names no year as the last one before the day `told`, unless it is told as one to come."""
    if period.start is None or period.start <= told or _is_soon(period, told):
        return period
    edge = _EDGE.match(text) is not None
    if not (edge or is_yearless(text)):
        return period
    happened = _HAPPENED.match(behind) is not None
    coming = _COMING.match(behind) is not None or _UPCOMING.search(before) is not None
    if edge and (coming or not happened):
        return period
    if coming and not happened:
        return period
    if (
        not happened
        and (period.start - told).days <= _NEAR
        and re.match(r"^[^。]*(?:[るすくむうつぶぐ]|へ)[。]?$", behind)
    ):
        return period
    return _years_back(period, told)


def _is_soon(period: Period, told: date) -> bool:
    """Say whether a day, or some days, lie so near ahead of the day `told` that no year back is meant (6/16-17)."""
    if period.start is None or period.end is None or (period.end - period.start).days > 6:
        return False
    return (period.start - told).days <= _SOON


def _years_back(period: Period, told: date) -> Period:
    """Return a period as many years earlier as bring its first day before `told`."""
    start, end, years = period.start, period.end, 0
    while start is not None and _shifted(start, years) > told and years > -60:
        years -= 1
    assert start is not None
    last = None if end is None else _shifted(end, years)
    return period.changed(start=_shifted(start, years), end=last, iso=None, relative=True)


def _shifted(day: date, years: int) -> date:
    year = day.year + years
    last = monthrange(year, day.month)[1]
    whole = day.day == monthrange(day.year, day.month)[1] and day.month == 2
    return date(year, day.month, last if whole else min(day.day, last))

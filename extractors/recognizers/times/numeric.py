"""Dates of digits only: 2025-01-31, 2025/3/31, 31.01.2025, 20250131 (never), bare years, R6.3.31, 25/3期, 2024-25."""

from __future__ import annotations

import re

from extractors.recognizers.times.calendar import day_or_none, interval, month_days, year_days
from extractors.recognizers.times.context import Context
from extractors.recognizers.times.eras import era_year, two_digit
from schemas import Period, Precision

_ISO = re.compile(
    r"(?P<y>1[89][0-9]{2}|2[01][0-9]{2})(?P<sep>[-/.])(?P<m>1[0-2]|0?[1-9])(?:(?P=sep)(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9]))?(?:[t ][0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?:\.[0-9]+)?(?:z|[+-][0-9]{2}:?[0-9]{2})?)?(?![0-9.,/-]*[0-9])(?![a-z%期])"
)
_DMY = re.compile(
    r"(?P<a>[0-3]?[0-9])(?P<sep>[-/.])(?P<b>[0-3]?[0-9])(?P=sep)(?P<y>(?:19|20)[0-9]{2}|(?<=/)[0-9]{2})(?![0-9/.-])"
)
_ERA = re.compile(
    r"(?P<era>[rhstm])\.?(?P<y>[0-9]{1,2})(?:[./](?P<m>1[0-2]|0?[1-9])(?:[./](?P<d>3[01]|[12][0-9]|0?[1-9]))?|年(?:度|(?P<m2>[0-9]{1,2})月)?|"
    r"(?P<fiscal> ?(?=(?:年度末|決算|予算|当初|補正))))(?![0-9a-z])"  # H25 決算額
)
_YEARS = re.compile(
    r"(?P<a>(?:19|20)[0-9]{2})(?:-|–|—|/|~| to | through )(?P<b>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9%a-z]|[,.-/][0-9])(?!年|月|億|万|円|人|社)"
)
_BARE = re.compile(r"(?:18[5-9]|19[0-9]|20[0-9]|21[0-4])[0-9](?![0-9a-z%]|[,.][0-9]|-[0-9])")
_REPORTED = re.compile(r"(?P<y>20[1-4][0-9])[aef](?![a-z0-9])")

_SHOWA = range(20, 65)  # years of Showa that no section or version is numbered with
_LIVING = frozenset("rh")  # eras that R6.3 may be of; M2.5, T5.1 and S3.2 are versions of something


def iso_date(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read 2025-01-31, 2025/1/31, 2025.1.31 and the month alone; a time of day after it belongs to it."""
    match = _ISO.match(text, position)
    if match is None:
        return None
    year, month = int(match["y"]), int(match["m"])
    if match["d"] is None:
        if match["sep"] == "." or (match["sep"] == "-" and len(match["m"]) == 1) or text.startswith(" 期", match.end()):
            return None
        days = month_days(year, month)
        return match.end(), interval(days, Precision.MONTH, f"{year:04d}-{month:02d}")
    day = day_or_none(year, month, int(match["d"]))
    return None if day is None else (match.end(), interval((day, day), Precision.DAY, day.isoformat()))


def day_month_year(text: str, position: int, context: Context) -> tuple[int, Period | None] | None:
    """Read 31/01/2025 and 01/31/2025; a date that may be either gives None as its period: it is not guessed."""
    match = _DMY.match(text, position)
    if match is None:
        return None
    a, b = int(match["a"]), int(match["b"])
    year = int(match["y"]) if len(match["y"]) == 4 else two_digit(int(match["y"]))
    readings = {day_or_none(year, month, day) for month, day in ((b, a), (a, b))} - {None}
    if len(match["y"]) == 2 and (first := day_or_none(2000 + a, b, int(match["y"]))) is not None:
        if (told := context.told or context.year) is None:
            readings |= {first} if _JAPANESE.search(text) else set()  # no English order; nothing says which is near
        elif abs(first.year - told) <= _NEAR and not any(abs(day.year - told) <= _NEAR for day in readings if day):
            return match.end(), interval((first, first), Precision.DAY, first.isoformat())
    if not readings:
        return None
    if match["sep"] == "." and (day := day_or_none(year, b, a)):  # 31.01.2025 is day first wherever it is used
        return match.end(), interval((day, day), Precision.DAY, day.isoformat())
    if len(readings) > 1:
        return match.end(), None
    day = readings.pop()
    return match.end(), interval((day, day), Precision.DAY, day.isoformat() if day else None)


_NEAR = 3  # years
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")


def era_date(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read R6.3.31, H30.4, R6年度."""
    match = _ERA.match(text, position)
    if match is None:
        return None
    year = era_year(match["era"], int(match["y"]))
    if year is None:
        return None
    month = match["m"] or match["m2"]
    if month is None:
        if match[0].endswith("年度") or match["fiscal"] is not None:
            return match.end(), interval(
                month_days(year, context.fiscal_start, 12), Precision.FISCAL_YEAR, fiscal=f"FY{year}"
            )
        return match.end(), interval(year_days(year), Precision.YEAR, f"{year:04d}")
    if not 1 <= int(month) <= 12:
        return None
    if match["d"] is None:
        if match["m"] and match["era"] not in _LIVING and not _is_showa(match, text):
            return None
        return match.end(), interval(month_days(year, int(month)), Precision.MONTH, f"{year:04d}-{int(month):02d}")
    day = day_or_none(year, int(month), int(match["d"]))
    return None if day is None else (match.end(), interval((day, day), Precision.DAY, day.isoformat()))


def _is_showa(match: re.Match[str], text: str) -> bool:
    """S50.4 is a month of Showa; S3.2, S50.4.x and Model S24.5 may be versions of something."""
    named = text[: match.start()].rstrip()[-1:]
    versions = text[match.end() : match.end() + 1] == "." or (named.isascii() and named.isalpha())
    return match["era"] == "s" and int(match["y"]) in _SHOWA and not versions


def years(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read 2012–2018 and 2024-25."""
    match = _YEARS.match(text, position)
    if match is None:
        return None
    first = int(match["a"])
    last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
    if last <= first or last - first > 200:
        return None
    if len(match["b"]) == 2 and "/" in match[0] and last - first != 1:
        return None
    if len(match["b"]) == 2 and "/" in match[0]:  # 2024/25: a fiscal, crop or school year
        return match.end(), interval(month_days(first, 4, 12), Precision.FISCAL_YEAR)
    days = year_days(first)[0], year_days(last)[1]
    return match.end(), interval(days, Precision.RANGE, f"{first:04d}/{last:04d}")


def reported_year(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read 2026E (expected), 2026F (forecast) and 2024A (actual)."""
    match = _REPORTED.match(text, position)
    if match is None:
        return None
    year = int(match["y"])
    return match.end(), interval(year_days(year), Precision.YEAR, match["y"])


def bare_year(text: str, position: int) -> tuple[int, Period] | None:
    """Read four digits as a year; the caller has made sure that no unit follows."""
    match = _BARE.match(text, position)
    if match is None:
        return None
    year = int(match[0])
    return match.end(), interval(year_days(year), Precision.YEAR, f"{year:04d}")

"""Japanese times that begin with a year: 2025年1月, 令和6年度, 2026年3月期第2四半期, 昨年12月, 2024～2028年.

A year may be a number, an era year or a relative word; `year_at` reads it, `date_at` reads what follows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.recognizers.times.calendar import (
    day_or_none,
    fiscal_days,
    interval,
    month_days,
    unresolved,
    valid_year,
    year_days,
)
from extractors.recognizers.times.context import Context
from extractors.recognizers.times.eras import era_year, number, two_digit
from extractors.recognizers.times.parts import MONTH_PARTS, YEAR_PARTS, month_part, quarter_days, year_part
from extractors.recognizers.times.years_twice import year_twice
from schemas import Period, Precision

RELATIVE_YEARS = {
    "一昨年": -2, "おととし": -2, "昨年": -1, "去年": -1, "今年": 0, "本年": 0, "来年": 1, "再来年": 2, "明年": 1, "翌々年": 2,
}  # fmt: skip
LEANING_YEARS = {"前年": -1, "翌年": 1, "同年": 0, "当年": 0, "同": 0, "翌": 1, "前": -1}
_K = "〇零一二三四五六七八九十"
_N = rf"(?:[0-9]{{1,2}}|[{_K}]{{1,3}})"

YEAR = re.compile(
    rf"(?:西暦|[’'‘`])?(?P<digits>[0-9]{{4}}|(?<=[’'‘`])[0-9]{{2}}|[{_K}]{{4}}|千九百[{_K}]{{1,5}}|二千[{_K}]{{0,4}})\s?(?P<suffix>年度|(?:年\s?)?会計年度|年|/(?=(?:[1-9]|1[0-2])\s?期)|(?=年))"
    rf"|(?P<short>[0-9]{{2}})(?P<short_suffix>\s?年度|年(?=\s?{_N}\s?(?:[~\-–—ー]\s?{_N}\s?)?月|\s?\(\s?{_N}\s?(?:月\s?)?[~\-–—ー]\s?{_N}\s?月期?\)|[春夏秋冬]|末|初頭|前半|後半|上期|下期|上半期|下半期|通期|通年|第[1-4一二三四]四半期|[1-4]q)|/(?=(?:[1-9]|1[0-2])\s?期))"
    rf"|(?P<era>令和|平成|昭和|大正|明治|(?<![a-z0-9])[rh](?=\s?[0-9]{{1,2}}\s?年))\s?(?P<era_year>元|{_N}|[{_K}]{{1,3}})\s?(?P<era_suffix>年度|年)"
    rf"|(?P<leaning>前年|翌年|同年|当年)(?P<leaning_suffix>度)?(?!同[期月四]|度?比|齢|度?に比べ|度?と比|並み|度?より|度?から(?:約?[0-9]|横|微|大|増|減))"
    rf"|(?P<relative>一昨年|昨年|去年|今年|本年|来年|再来年|明年|翌々年|おととし)(?P<relative_suffix>度)?(?!比|に比べ|と比)"
)
_MONTHS = re.compile(
    rf"\s?(?P<m1>{_N})\s?(?:月\s?)?[~\-–—―ー]\s?(?P<m2>{_N})\s?月(?P<q>期)?"
    rf"|\s?(?P<month>{_N})\s?(?:月(?P<term>期)|月|\s?期)(?!間)"
)
_IN_BRACKETS = re.compile(
    rf"\s?\(\s?(?P<m1>{_N})\s?(?:月\s?)?[~\-–—―ー]\s?(?P<m2>{_N})\s?月(?P<q>期)?\)"
)  # 25年(1~6月)
_DAYS = re.compile(r"\s?(?P<first>[0-9]{1,2})\s?日?\s?[~\-–—―ー]\s?(?P<last>[0-9]{1,2})\s?日(?!間)")
_DAY = re.compile(rf"\s?(?P<day>[0-9]{{1,2}}|[{_K}]{{1,3}})\s?日(?!間|本)")
_MONTH_PART = re.compile(
    "の?(" + "|".join(sorted(MONTH_PARTS, key=len, reverse=True)) + ")(?![旬東国核心央古小堅途間学高年期])"
)
_YEAR_PART = re.compile(
    "の?(" + "|".join(sorted(YEAR_PARTS, key=len, reverse=True)) + ")(?![国東小心核学高堅部脳取打数季分容外])"
)
_QUARTER = re.compile(
    r"(?:の|\s|の\s|・|/)?(?:第\s?(?P<q1>[1-4一二三四])\s?・?\s?四半期(?P<cumulative>累計(?:期間)?)?|q(?P<q2>[1-4])(?![0-9a-z])|(?P<q3>[1-4])q(?![a-z])|(?P<half>[12])h(?![a-z])|h(?P<half2>[12])(?![0-9a-z])|(?P<halfja>中間期|半期))(?:期間|会計期間)?(?:末(?!尾|比))?"
)
_RENAMED = re.compile(
    r"\s?\([^()\n]{2,14}(?:期|年度)\)\s?(?=の?第|の?[上下中]|[1-4]q|q[1-4])"
)  # 23年度(24年3月期)第1四半期
_INTERIM = re.compile(r"中間(?:期|(?=連結|決算))")  # 9月中間決算: of the half year that ends with the month
_SAME_PART = re.compile(r"の?同(?:期間?|月|四半期)")


@dataclass(frozen=True, slots=True)
class Year:
    """A year as read: `fiscal` says 年度; `year` is None where a relative one leans on nothing."""

    end: int
    year: int | None
    fiscal: bool = False
    relative: bool = False
    suffix: str = "年"


def year_at(text: str, position: int, context: Context) -> Year | None:
    """Return the year that begins at `position`, or None."""
    if (twice := year_twice(text, position)) is not None:
        end, of, suffix = twice
        return Year(end, of, suffix == "年度", suffix=suffix)
    match = YEAR.match(text, position)
    if match is None:
        return None
    if match["digits"]:
        digits = match["digits"]
        year = number(digits) if not digits.isdigit() or len(digits) != 2 else two_digit(int(digits))
        if not valid_year(year):
            return None
        if match["suffix"].endswith("会計年度"):
            return Year(match.end(), year, True, suffix="会計年度")
        return Year(match.end(), year, match["suffix"] == "年度", suffix=match["suffix"])
    if match["short"]:
        return Year(
            match.end(),
            two_digit(int(match["short"])),
            match["short_suffix"].strip() == "年度",
            suffix=match["short_suffix"],
        )
    if match["era"]:
        era = era_year(match["era"], number(match["era_year"]))
        return None if era is None else Year(match.end(), era, match["era_suffix"] == "年度")
    return _relative_year(match, context)


def _relative_year(match: re.Match[str], context: Context) -> Year:
    fiscal = bool(match["leaning_suffix"] or match["relative_suffix"])
    if match["relative"]:
        shift = RELATIVE_YEARS[match["relative"]]
        base = context.reference
        if base is None:
            return Year(match.end(), None, fiscal, True)
        return Year(match.end(), (context.fiscal_year(base) if fiscal else base.year) + shift, fiscal, True)
    base_year = context.year
    if fiscal and context.last is None and context.reference is not None:
        base_year = context.fiscal_year(context.reference)
    elif fiscal and context.last is not None and context.last.fiscal and context.last.fiscal[2:6].isdigit():
        base_year = int(context.last.fiscal[2:6])
    year = None if base_year is None else base_year + LEANING_YEARS[match["leaning"]]
    return Year(match.end(), year, fiscal, True)


def date_at(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Return the end and period of the date that begins at `position` with a year, or None."""
    year = year_at(text, position, context)
    if year is None:
        return None
    if year.year is None:
        end, precision = _skip_part(text, year.end)
        fiscal_precision = Precision.FISCAL_YEAR if year.fiscal and precision == Precision.YEAR else precision
        return end, unresolved(fiscal_precision, relative=True)
    if year.suffix == "会計年度":
        return _unplaced(text, year.end, year.year)
    if year.fiscal:
        return _fiscal_part(text, year.end, year.year, context.fiscal_start, year.relative)
    found = _months_part(text, year, context) or _calendar_part(text, year) or _same_part(text, year, context)
    if found is not None:
        return found
    return year.end, interval(year_days(year.year), Precision.YEAR, f"{year.year:04d}", relative=year.relative)


def _unplaced(text: str, position: int, year: int) -> tuple[int, Period]:
    """2026会計年度第1四半期: the year of a company or state whose calendar is its own."""
    if match := _QUARTER.match(text, position):
        label = _label(match)
        precision = Precision.HALF if label.startswith("H") else Precision.QUARTER
        return match.end(), unresolved(precision, fiscal=f"FY{year}{label}")
    return position, unresolved(Precision.FISCAL_YEAR, fiscal=f"FY{year}")


def _skip_part(text: str, position: int) -> tuple[int, Precision]:
    if (month := _MONTHS.match(text, position)) and (day := _DAY.match(text, month.end())):
        return day.end(), Precision.DAY
    for pattern, precision in ((_MONTHS, Precision.MONTH), (_QUARTER, Precision.QUARTER), (_YEAR_PART, Precision.HALF)):
        if match := pattern.match(text, position):
            return match.end(), precision
    return position, Precision.YEAR


def _months_part(text: str, year: Year, context: Context) -> tuple[int, Period] | None:
    """Read months after a calendar year: a month, a day, a span of months, or the month a fiscal year ends in."""
    match = _MONTHS.match(text, year.end) or _IN_BRACKETS.match(text, year.end)
    if match is None or year.year is None:
        return None
    y, relative = year.year, year.relative
    if match["m1"]:
        first, last = number(match["m1"]), number(match["m2"])
        if not (1 <= first <= 12 and 1 <= last <= 12):
            return None
        months = (last - first) % 12 + 1
        precision = Precision.QUARTER if months == 3 else Precision.RANGE
        return match.end(), interval(month_days(y, first, months), precision, relative=relative)
    month = number(match["month"])
    if not 1 <= month <= 12:
        return None
    if match["term"] or not text[match.start() : match.end()].rstrip().endswith("月"):
        return _fiscal_part(text, match.end(), y if month == 12 else y - 1, month % 12 + 1, relative)
    if year.suffix == "/":
        return None
    if text.startswith("四半期", match.end()):  # 12月四半期: the quarter that ends with the month
        return match.end() + 3, interval(month_days(y, month - 2, 3), Precision.QUARTER, relative=relative)
    return month_at(text, match.end(), y, month, relative)


def month_at(text: str, position: int, year: int, month: int, relative: bool) -> tuple[int, Period]:
    """Read what follows a month: a day, 上旬, 末, 中間期 (the half year it ends); `position` is after 月."""
    if match := _DAYS.match(text, position):
        first, last = (day_or_none(year, month, int(match[g])) for g in ("first", "last"))
        if first is not None and last is not None and first < last:
            iso = f"{first.isoformat()}/{last.isoformat()}"
            return match.end(), interval((first, last), Precision.RANGE, iso, relative=relative)
    if (match := _DAY.match(text, position)) and (day := day_or_none(year, month, number(match["day"]))):
        return match.end(), interval((day, day), Precision.DAY, day.isoformat(), relative=relative)
    if match := _INTERIM.match(text, position):
        days = month_days(year, month - 5, 6)
        fiscal = f"FY{days[0].year}H1"
        return match.end(), interval(days, Precision.HALF, fiscal=fiscal, relative=relative)
    if match := _MONTH_PART.match(text, position):
        days = month_part(year, month, match[1])
        whole = match[1] in ("中", "いっぱい")
        precision = Precision.DAY if days[0] == days[1] else Precision.MONTH if whole else Precision.RANGE
        return match.end(), interval(days, precision, f"{year:04d}-{month:02d}" if whole else None, relative=relative)
    return position, interval(month_days(year, month), Precision.MONTH, f"{year:04d}-{month:02d}", relative=relative)


def _calendar_part(text: str, year: Year) -> tuple[int, Period] | None:
    """Read a quarter, half, season or 末 after a calendar year."""
    if year.year is None:
        return None
    if match := _QUARTER.match(text, year.end):
        days, precision = _quarter_of(match, year.year, 1)
        return match.end(), interval(days, precision, relative=year.relative)
    if match := _YEAR_PART.match(text, year.end):
        days, precision = year_part(year.year, match[1])
        iso = f"{year.year:04d}" if precision == Precision.YEAR else None
        return match.end(), interval(days, precision, iso, relative=year.relative)
    return None


def _same_part(text: str, year: Year, context: Context) -> tuple[int, Period] | None:
    """Read 2024年同期, 2019年同月: the months last said, of that year."""
    match, last = _SAME_PART.match(text, year.end), context.last
    if match is None or year.year is None or last is None or last.start is None or last.end is None:
        return None
    months = round(((last.end - last.start).days + 1) / 30.4)
    if not 1 <= months <= 9:
        return None
    days = month_days(year.year, last.start.month, months)
    return match.end(), interval(days, last.precision, relative=year.relative)


def _quarter_of(match: re.Match[str], year: int, first_month: int) -> tuple[tuple[date, date], Precision]:
    if half := match["half"] or match["half2"]:
        return month_days(year, first_month + 6 * (int(half) - 1), 6), Precision.HALF
    if match["halfja"]:
        return month_days(year, first_month, 6), Precision.HALF
    quarter = number(match["q1"] or match["q2"] or match["q3"])
    if match["cumulative"]:
        return month_days(year, first_month, 3 * quarter), Precision.RANGE
    return quarter_days(year, quarter, first_month), Precision.QUARTER


def _label(match: re.Match[str]) -> str:
    if half := match["half"] or match["half2"]:
        return f"H{half}"
    if match["halfja"]:
        return "H1"
    quarter = number(match["q1"] or match["q2"] or match["q3"])
    return f"Q1-Q{quarter}" if match["cumulative"] and quarter > 1 else f"Q{quarter}"


def _fiscal_part(text: str, position: int, year: int, first_month: int, relative: bool) -> tuple[int, Period]:
    """Read what follows a fiscal year that begins in `first_month` of `year`."""
    label = f"FY{year}"
    renamed = _RENAMED.match(text, position)
    if renamed is not None and (match := _QUARTER.match(text, renamed.end())):
        position = renamed.end()
    if match := _QUARTER.match(text, position):
        days, precision = _quarter_of(match, year, first_month)
        return match.end(), interval(days, precision, fiscal=label + _label(match), relative=relative)
    if (match := _YEAR_PART.match(text, position)) and match[1] not in ("中", "内"):
        days, precision = year_part(year, match[1], first_month)
        half = {1: "H1", 7: "H2"}.get(YEAR_PARTS[match[1]][0], "") if precision == Precision.HALF else ""
        precision = Precision.FISCAL_YEAR if precision == Precision.YEAR else precision
        return match.end(), interval(days, precision, fiscal=label + half, relative=relative)
    days = fiscal_days(year, first_month)
    return position, interval(days, Precision.FISCAL_YEAR, fiscal=label, relative=relative)

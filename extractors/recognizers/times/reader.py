"""One time at a place of the text: the readers in order, then ranges, open ends and 頃."""

from __future__ import annotations

import re

from extractors.recognizers.times import english, english_parts, english_relative, japanese, numeric, ranges, relative
from extractors.recognizers.times.calendar import day_or_none, fiscal_days, interval, month_days, year_days
from extractors.recognizers.times.context import Context
from extractors.recognizers.times.eras import number, two_digit
from schemas import Period, Precision

Found = tuple[int, Period]

_TO_JA = re.compile(r"\s?(?:~|-|–|—|―|ー|から|より|至)\s?(?=[0-9一二三四五六七八九十令平昭同翌年来今fr'’])")
_TO_EN = re.compile(r"\s?(?:-|–|—|~|to|through|until|till|and)\s?(?=[0-9a-z'’])")
_OPEN_JA = re.compile(
    r"(?P<after>以降|以後|以来|から(?!の(?!成長))|より先)|(?P<before>以前|まで(?:に)?|迄(?:に)?|より前|以内に)"
)
_ABOUT = re.compile(r"\s?(?:頃|ごろ|ころ|前後)")
_ABOUT_BEFORE = ("約", "およそ", "around ", "about ", "circa ", "c. ", "approximately ", "roughly ")
_OPEN_EN = (
    ("since", "after"), ("from", "after"), ("starting in", "after"), ("starting", "after"), ("beginning in", "after"), ("as early as", "plain"),
    ("by", "upto"), ("until", "upto"), ("till", "upto"), ("through", "upto"), ("up to", "upto"), ("no later than", "upto"), ("on or before", "upto"), ("prior to", "before"), ("before", "before"),
    ("after", "beyond"), ("on or after", "after"), ("by the end of", "upto"), ("by end of", "upto"), ("by the", "upto"),
)  # fmt: skip
_OPEN_LONGEST = sorted(_OPEN_EN, key=lambda pair: -len(pair[0]))
_ELLIPTIC_YEARS = re.compile(
    r"(?P<a>(?:19|20)[0-9]{2}|(?<=[’'])[0-9]{2})\s?(?P<s>年度?)?\s?(?:~|-|–|—|―|ー|から|・|、|と|/)\s?(?P<b>(?:19|20)[0-9]{2}|[0-9]{2})\s?年(?P<f>度)?(?!\s?[0-9]{1,2}\s?月|[前後]?期)"
)
_DECADE_JA = re.compile(r"(?P<y>(?:1[0-9]|20|21)[0-9]0|[0-9]0)年代(?P<part>前半|後半|半ば|初頭|末|初め)?")
_CENTURY = re.compile(
    r"(?P<n>[12]?[0-9]|十[一二三四五六七八九]|二十一?)世紀(?!間|ぶり|前|後|末?に1)(?P<part>前半|後半|初頭|末|半ば)?"
)
_MONTHS_RANGE_END = re.compile(
    r"\s?(?:[~\-–—―ー]|から)\s?(?P<m>[0-9]{1,2})\s?月(?:\s?(?P<d>[0-9]{1,2})\s?日)?(?P<part>末|上旬|中旬|下旬)?(?:まで)?(?!間)"
)
_QUARTERS_RANGE_END = re.compile(r"\s?(?:[~\-–—―ー]|から)\s?第\s?(?P<q>[1-4一二三四])\s?四半期(?:まで)?")
_QUARTER_LAST = re.compile(r"第\s?(?P<q>[1-4一二三四])\s?四半期\Z")
_DAYS_RANGE_END = re.compile(r"\s?(?:[~\-–—―ー]|から)\s?(?P<d>[0-9]{1,2})\s?日(?:まで)?(?!間)")
_STROKES_RANGE_END = re.compile(
    r"(?:\s?~\s?|–)(?:(?P<m>1[0-2]|0?[1-9])[/.-])?(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9]|[/.-][0-9]|[:時億万円%])"
)


def japanese_at(text: str, position: int, context: Context) -> Found | None:
    """Return the Japanese time at `position` that begins with a year, era or relative year, with its range."""
    found = _elliptic(text, position, context) or _decade(text, position) or japanese.date_at(text, position, context)
    return None if found is None else close(text, found, context)


def close(text: str, found: Found, context: Context) -> Found:
    """Take in what follows a time: the other end of a range, 以降, まで, 頃."""
    end, period = found
    if (tail := _tail_range(text, found, context)) is not None:
        return tail
    if match := _TO_JA.match(text, end):
        saved, context.last = context.last, period
        second = any_at(text, match.end(), context)
        context.last = saved
        if second is not None and (joined := ranges.joined(period, second[1])) is not None:
            end = second[0]
            if text.startswith("まで", end):
                end += 2
            return end, joined
    if match := _ABOUT.match(text, end):
        return match.end(), period.model_copy(update={"approximate": True})
    if text[end : end + 1] == "~" and not text[end + 1 : end + 2].isalnum():
        return end + 1, ranges.open_end(period)
    if period.precision == Precision.RANGE and text.startswith(("まで", "迄"), end):
        return end + text.startswith("まで", end) + 1, period
    if (match := _OPEN_JA.match(text, end)) and (period.start is not None or period.end is not None or period.fiscal):
        word = match[0]
        keep = end if word in ("から", "まで", "までに", "迄", "迄に", "より前") else match.end()
        if period.start is None:
            return (keep, period)
        return keep, ranges.open_end(period) if match["after"] else ranges.open_start(period)
    return end, period


def _tail_range(text: str, found: Found, context: Context) -> Found | None:
    """Read 2024年4月～9月 and 1月15日～20日, whose other end leans on the first."""
    end, first = found
    if first.precision == Precision.QUARTER and first.start is not None:
        return _quarters(text, end, first)
    if first.start is None or first.iso is None or len(first.iso) < 7:
        return None
    year = first.start.year
    if (match := _MONTHS_RANGE_END.match(text, end)) and 1 <= int(match["m"]) <= 12:
        month = int(match["m"])
        year += month < first.start.month
        second = japanese.month_at(
            text,
            match.end("m") + len(text[match.end("m") : match.end()].split("月")[0]) + 1,
            year,
            month,
            first.relative,
        )
        joined = ranges.joined(first, second[1])
        return None if joined is None else (max(second[0], match.end()), joined)
    if len(first.iso) != 10:
        return None
    match = _DAYS_RANGE_END.match(text, end)
    if match is None and text[end - 1].isdigit():  # 2024/4/26~5/29, 2026-03-06~09
        match = _STROKES_RANGE_END.match(text, end)
    if match is not None:
        month = int(match.groupdict().get("m") or first.start.month)
        last = day_or_none(year + (month < first.start.month), month, int(match["d"]))
        if last is not None and last > first.start:
            return match.end(), interval(
                (first.start, last), Precision.RANGE, f"{first.iso}/{last.isoformat()}", relative=first.relative
            )
    return None


def _quarters(text: str, end: int, first: Period) -> Found | None:
    """Read 2023年第1四半期から第3四半期: the other end is of the same year, or the next."""
    match = _QUARTERS_RANGE_END.match(text, end)
    began = _QUARTER_LAST.search(text, max(0, end - 8), end)
    if match is None or began is None or first.start is None:
        return None
    quarters = (number(match["q"]) - number(began["q"])) % 4
    if quarters == 0:
        return None
    last = month_days(first.start.year, first.start.month, 3 * (quarters + 1))[1]
    return match.end(), interval((first.start, last), Precision.RANGE, relative=first.relative)


def _elliptic(text: str, position: int, context: Context) -> Found | None:
    """Read 2024～2028年, 2023～25年度, 2024・2025年, 2026/27年度."""
    match = _ELLIPTIC_YEARS.match(text, position)
    if match is None:
        return None
    first = int(match["a"]) if len(match["a"]) == 4 else two_digit(int(match["a"]))
    last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
    if last <= first or last - first > 150:
        return None
    if match["f"] and last == first + 1 and "/" in match[0]:
        days = fiscal_days(first, context.fiscal_start)  # 2026/27年度 is one year
        return match.end(), interval(days, Precision.FISCAL_YEAR, fiscal=f"FY{first}")
    if match["f"] or match["s"] == "年度":
        start = fiscal_days(first, context.fiscal_start)[0]
        end = fiscal_days(last, context.fiscal_start)[1]
        return match.end(), interval((start, end), Precision.RANGE, fiscal=f"FY{first}/FY{last}")
    return match.end(), interval((year_days(first)[0], year_days(last)[1]), Precision.RANGE, f"{first}/{last}")


def _decade(text: str, position: int) -> Found | None:
    """Read 1990年代, 90年代後半, 21世紀."""
    if match := _DECADE_JA.match(text, position):
        first = int(match["y"]) if len(match["y"]) == 4 else (1900 if int(match["y"]) >= 30 else 2000) + int(match["y"])
        years = {"前半": (0, 4), "後半": (5, 9), "半ば": (4, 6), "初頭": (0, 2), "初め": (0, 2), "末": (8, 9)}.get(
            match["part"] or "", (0, 9)
        )
        days = year_days(first + years[0])[0], year_days(first + years[1])[1]
        return match.end(), interval(days, Precision.DECADE if not match["part"] else Precision.RANGE)
    if match := _CENTURY.match(text, position):
        first = (number(match["n"]) - 1) * 100 + 1
        if first < 1:
            return None
        years = {"前半": (0, 49), "後半": (50, 99), "初頭": (0, 9), "末": (90, 99), "半ば": (40, 59)}.get(
            match["part"] or "", (0, 99)
        )
        return match.end(), interval((year_days(first + years[0])[0], year_days(first + years[1])[1]), Precision.RANGE)
    return None


def any_at(text: str, position: int, context: Context) -> Found | None:
    """Return whatever single time stands at `position`, without what follows it."""
    for reader in (
        japanese.date_at, numeric.iso_date, english.fiscal, relative.month_day, relative.quarter_alone, relative.word, numeric.era_date,
    ):  # fmt: skip
        if (found := reader(text, position, context)) is not None:
            return found
    return None


def english_any(text: str, position: int, context: Context) -> Found | None:
    """Return the English time at `position`, without what stands round it."""
    for reader in (
        english.ended,
        english.quarter,
        english.fiscal,
        english_parts.part_of,
        english_parts.decade,
        english_relative.compared,
        english_relative.relative,
        english.month_date,
        english.day_month,
        numeric.iso_date,
        _year,
    ):
        if (found := reader(text, position, context)) is not None:
            return found
    return None


def _year(text: str, position: int, context: Context) -> Found | None:
    return numeric.bare_year(text, position)


def close_english(text: str, start: int, found: Found, context: Context, floor: int) -> tuple[int, int, Period]:
    """Take in "from … to", "between … and", since, by, before, after round an English time."""
    end, period = found
    left = text[max(floor, start - 22) : start]
    stripped = left.rstrip(" ")
    lead = stripped.removesuffix(" the")
    if match := _TO_EN.match(text, end):
        mark = match[0].strip()
        paired = mark != "and" or lead.endswith("between")
        if paired:
            second = english_any(text, match.end(), context)
            if second is not None and period.start is None and second[1].start is not None:
                again = english_any(text, start, Context(second[1].start, context.fiscal_start))
                period = again[1] if again is not None and again[0] == end else period
            if second is not None and (joined := _joined(period, second[1], start, text)) is not None:
                word = "between" if mark == "and" else "from" if lead.endswith("from") else ""
                begin = start - (len(left) - len(lead)) - len(word) if word else start
                return begin, second[0], joined
    if left != stripped or left == "":
        if period.precision == Precision.RANGE and lead.endswith(("from", "between")):
            return start - (len(left) - len(lead)) - (4 if lead.endswith("from") else 7), end, period
        for word, how in _OPEN_LONGEST:
            if lead.endswith(word) and not lead[: -len(word)][-1:].isalpha():
                begin = start - (len(left) - len(lead)) - len(word)
                return begin, end, _opened(period, how)
        for word in _ABOUT_BEFORE:
            if left.endswith(word):
                return start - len(word), end, period.model_copy(update={"approximate": True})
    return start, end, period


def _joined(first: Period, second: Period, start: int, text: str) -> Period | None:
    if first.start is None and first.precision in (Precision.MONTH, Precision.DAY) and second.start is not None:
        return None
    if (
        first.relative
        and first.start is not None
        and second.start is not None
        and not second.relative
        and first.precision == second.precision
    ):
        moved = (
            first.start.replace(year=second.start.year)
            if not (first.start.month == 2 and first.start.day == 29)
            else first.start
        )
        first = first.model_copy(update={"start": moved, "relative": False, "iso": None})
    return ranges.joined(first, second)


def _opened(period: Period, how: str) -> Period:
    if period.start is None and period.end is None:
        return period
    if how == "after":
        return ranges.open_end(period)
    if how == "beyond":
        return ranges.after(period)
    if how == "plain":
        return period
    return ranges.open_start(period, before=how == "before")

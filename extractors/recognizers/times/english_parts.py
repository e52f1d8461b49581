"""English parts of a year, month or decade: mid-2025, late January, spring 2025, the late 1990s."""

from __future__ import annotations

import re
from datetime import date

from extractors.recognizers.times.calendar import interval, month_days, unresolved
from extractors.recognizers.times.context import Context
from extractors.recognizers.times.english import FY, MONTH, Y4, month_of
from extractors.recognizers.times.eras import two_digit
from schemas import Period, Precision

_PART = re.compile(
    rf"(?:the )?(?P<part>early|mid|late|middle|beginning|start|end|close|turn|year-end|spring|summer|autumn|fall|winter|first part|latter part|latter half)(?:[ -](?:of )?(?:in )?(?:the )?|(?<=mid))(?:(?P<month>{MONTH}) ?(?P<myear>{Y4})?|(?P<fy>{FY})?(?P<year>{Y4})(?!s)|(?P<decade>(?:19|20)[0-9]0)s)"
)
_DECADE = re.compile(
    r"(?:the )?(?P<part>early|mid|late)?[ -]?(?:the )?['’]?(?P<year>(?:1[5-9]|20|21)[0-9]0|(?<=['’])[0-9]0)['’]?s(?![a-z])"
)
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


def part_of(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read mid-2025, early 2026, end of 2025, spring 2025, late January, the late 1990s."""
    match = _PART.match(text, position)
    if match is None:
        return None
    part = match["part"]
    if match["decade"]:
        first = int(match["decade"])
        years = {"early": (0, 3), "mid": (4, 6), "middle": (4, 6), "late": (7, 9)}.get(part, (0, 9))
        return match.end(), interval((date(first + years[0], 1, 1), date(first + years[1], 12, 31)), Precision.RANGE)
    if match["month"]:
        return _part_of_month(match, context)
    year = int(match["year"])
    if match["fy"]:
        return match.end(), unresolved(Precision.FISCAL_YEAR, fiscal=f"FY{year}")
    if part in _SEASONS:
        return match.end(), interval(month_days(year, _SEASONS[part], 3), Precision.QUARTER)
    first, months = {
        "early": (1, 4), "mid": (5, 4), "middle": (5, 4), "late": (9, 4), "beginning": (1, 3), "start": (1, 3), "turn": (1, 1),
        "first part": (1, 6), "latter part": (7, 6), "latter half": (7, 6),
    }.get(part, (12, 1))  # fmt: skip
    return match.end(), interval(month_days(year, first, months), Precision.RANGE if months > 1 else Precision.MONTH)


def _part_of_month(match: re.Match[str], context: Context) -> tuple[int, Period] | None:
    year = int(match["myear"]) if match["myear"] else context.year
    if year is None:
        return match.end(), unresolved(Precision.RANGE, relative=True)
    first, last = month_days(year, month_of(match["month"]))
    days = {
        "early": (1, 10),
        "beginning": (1, 10),
        "start": (1, 10),
        "mid": (11, 20),
        "middle": (11, 20),
        "late": (21, last.day),
    }
    begin, end = days.get(match["part"], (last.day, last.day))
    found = first.replace(day=begin), first.replace(day=end)
    return match.end(), interval(found, Precision.DAY if begin == end else Precision.RANGE, relative=not match["myear"])


def decade(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read the 1990s, the late 2010s."""
    match = _DECADE.match(text, position)
    if match is None:
        return None
    year = int(match["year"]) if len(match["year"]) == 4 else two_digit(int(match["year"]))
    first, last = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(match["part"] or "", (0, 9))
    return match.end(), interval((date(year + first, 1, 1), date(year + last, 12, 31)), Precision.DECADE)

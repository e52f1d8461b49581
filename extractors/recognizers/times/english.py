"""English times: January 31, 2025; Q3 FY2025; mid-2025; 2H25; fiscal 2026; last December; ISO and slashed dates."""

from __future__ import annotations

import re

from extractors.recognizers.times.calendar import (
    closing_month,
    day_or_none,
    interval,
    month_days,
    unresolved,
    year_days,
)
from extractors.recognizers.times.context import Context
from extractors.recognizers.times.eras import two_digit
from extractors.recognizers.times.parts import quarter_days
from schemas import Period, Precision

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        [
            "monday mon",
            "tuesday tue tues",
            "wednesday wed",
            "thursday thu thurs",
            "friday fri",
            "saturday sat",
            "sunday sun",
        ]
    )
    for name in names.split()
}
_ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "final": 4,
    "last": 4,
}
MONTH = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?![a-z])\.?"
Y4 = r"(?:19|20|21|18)[0-9]{2}(?![0-9])(?!,[0-9]{3}(?![0-9]))(?!\.[0-9])"
FY = r"(?:fy ?|fiscal(?:[ -]year)? ?|f)(?=['’]?[0-9])['’]?"

_MONTH_DATE = re.compile(
    rf"(?P<month>{MONTH})(?: ?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?![0-9:%]|\.[0-9]|,[0-9](?![0-9]{{3}}(?![0-9])))(?:(?:,? |,)(?P<year1>{Y4}))?|,? (?:of )?(?P<year2>{Y4})| ?['’](?P<short>[0-9]{{2}})(?![0-9])|-(?P<short2>[0-9]{{2}})(?![0-9]))?"
)
_DAY_MONTH = re.compile(
    rf"(?:the )?(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -](?P<month>{MONTH})(?:,?[ -](?:of )?(?P<year>{Y4}))?(?![a-z])"
)
_SHORT_YEAR = re.compile(rf"-['’]?([0-9]{{2}})(?![0-9a-z-]| ?{MONTH})")
_QUARTER = re.compile(
    r"(?:the )?(?:q(?P<q1>[1-4])(?:(?:\s?[-–~]\s?q|[-–~](?![1-4](?:[.,][0-9]|%|(?!fy)[a-z]|[百千万億兆人社件店台])))(?P<q1b>[1-4])(?![0-9]))?|(?P<q2>[1-4])q|h(?P<h1>[12])|(?P<h2>[12])h|(?P<ord>first|second|third|fourth|final|last|1st|2nd|3rd|4th)[ -](?:(?P<fiscal>fiscal) )?(?P<unit>quarter|half|(?:nine|six) months))(?=[^a-z_]|fy|$)"
)
_TAIL = re.compile(
    rf"(?:[,/ -]{{0,2}}(?:of |in )?(?:the )?(?P<fy>{FY})?['’]?(?P<year>{Y4}|(?<=fy)[0-9]{{2}}(?![0-9%])|(?<=fy )[0-9]{{2}}(?![0-9%])|[0-9]{{2}}(?![0-9%]|\.[0-9]|,[0-9]| ?[a-z$])|(?<=[1-4][qh])[0-9]{{2}}(?![0-9%]|[.,][0-9]|(?![ef](?![a-z]))[a-z])|(?P<rel>this year|last year|next year)|(?<=fiscal year )[0-9]{{2}}))(?P<e>[ef](?![a-z]))?"
)
_FISCAL = re.compile(
    rf"(?:fiscal(?:[ -]years?)? ?(?=['’]?[0-9])|fye? ?(?=['’]?[0-9])|f(?=2[0-9]{{3}}))['’]?(?:(?P<endmonth>[0-9]{{1,2}})/(?P<endyear>[0-9]{{4}}|[0-9]{{2}})|(?P<year>{Y4}|[0-9]{{4}}(?=\.(?:0[1-9]|1[0-2])(?![0-9]))|[0-9]{{2}}(?![0-9]))(?:/(?P<m>[0-9]{{1,2}})(?![0-9q])|\.(?P<m2>0[1-9]|1[0-2])(?![0-9]))?)(?P<part>[ /-]?(?:[1-4]q|q[1-4]|[12]h|h[12])(?![a-z0-9]))?(?P<e>[ef](?![a-z]))?"
)
_CALENDAR = re.compile(rf"(?:cy ?|calendar(?: year)? )['’]?(?P<year>{Y4}|[0-9]{{2}}(?![0-9]))")
SMALL = {
    w: i
    for i, w in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
} | {
    "a": 1,
    "an": 1,
}


def month_of(name: str) -> int:
    """Return the number of a month by its name."""
    return MONTHS[name.rstrip(".")]


def month_date(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read January 31, 2025; Jan 2025; January (of the year last said)."""
    match = _MONTH_DATE.match(text, position)
    if match is None:
        return None
    name, month = match["month"].rstrip("."), month_of(match["month"])
    year = match["year1"] or match["year2"]
    short = match["short"] or match["short2"]
    if (
        year is None
        and short is None
        and (name in ("may", "mar", "march", "sep", "sun", "dec", "jan") or len(name) < 4)
        and match["day"] is None
    ) and not re.search(
        r"(?:in|by|since|until|till|from|of|during|last|next|this|early|late|mid|through|to|before|after) $",
        text[max(0, position - 8) : position],
    ):
        return None
    if (
        name in ("may", "march")
        and year is None
        and short is None
        and match["day"]
        and text[match.end() : match.end() + 1] not in ("", ",", ".", " ", ")", ";")
    ):
        return None
    known = int(year) if year else two_digit(int(short)) if short else context.year
    if match["day"] and int(match["day"]) > 31:
        return None
    relative = not (year or short)
    end = match.end() - (
        1 if text[match.end() - 1] == "." and not (year or short or match["day"]) and match.end() == len(text) else 0
    )
    if known is None:
        return end, unresolved(Precision.DAY if match["day"] else Precision.MONTH, relative=True)
    if match["day"]:
        day = day_or_none(known, month, int(match["day"]))
        return None if day is None else (end, interval((day, day), Precision.DAY, day.isoformat(), relative=relative))
    return end, interval(month_days(known, month), Precision.MONTH, f"{known:04d}-{month:02d}", relative=relative)


def day_month(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read 31 January 2025, 31-Jan-25."""
    match = _DAY_MONTH.match(text, position)
    if match is None:
        return None
    hyphened = text[match.start("month") - 1] == "-" and not match["year"]
    short = _SHORT_YEAR.match(text, match.end()) if hyphened else None
    end = short.end() if short else match.end()
    year = int(match["year"]) if match["year"] else two_digit(int(short[1])) if short else context.year
    if year is None:
        return end, unresolved(Precision.DAY, relative=True)
    day = day_or_none(year, month_of(match["month"]), int(match["day"]))
    if day is None:
        return None
    return end, interval((day, day), Precision.DAY, day.isoformat(), relative=not (match["year"] or short))


def quarter(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read Q3 2025, 3Q25, Q3 FY2025, 2H25, the first half of 2025; without a year it stays unresolved."""
    match = _QUARTER.match(text, position)
    if match is None:
        return None
    number = match["q1"] or match["q2"]
    half = match["h1"] or match["h2"]
    if match["ord"]:
        if match["unit"] == "half":
            half = str({1: 1, 2: 2, 4: 2}.get(_ORDINALS[match["ord"]], 1))
        elif match["unit"] == "quarter":
            number = str(_ORDINALS[match["ord"]])
        else:
            number = "1"
    tail = _TAIL.match(text, match.end())
    label = f"H{half}" if half else f"Q{number}"
    if match["q1"] == "1" and match["q1b"] in ("2", "3", "4"):
        label = f"Q1-Q{match['q1b']}"
    precision = Precision.HALF if half else Precision.QUARTER
    if match["unit"] and match["unit"].endswith("months"):
        label, half = ("H1", "1") if match["unit"].startswith("six") else ("Q1-Q3", None)
    end = match.end() if tail is None else tail.end()
    if (on := _ENDED_ON.match(text, end)) and (
        day := month_date(text, on.end(), context) or day_month(text, on.end(), context)
    ):
        months = 6 if half else {"Q1-Q3": 9, "Q1-Q2": 6, "Q1-Q4": 12}.get(label, 3)
        named = tail is not None and tail["year"] and (tail["fy"] or match["fiscal"])
        fiscal = f"FY{_year(tail)}{label}" if tail is not None and named else None
        if (found := _up_to(day, months, precision, fiscal)) is not None:
            return found
    if tail is None:
        return _bare_quarter(match, label, precision, context)
    if tail["rel"]:
        if context.reference is None:
            return tail.end(), unresolved(precision, relative=True)
        year = context.reference.year + {"this": 0, "last": -1, "next": 1}[tail["rel"].split()[0]]
    else:
        year = _year(tail)
    if tail["fy"] or match["fiscal"]:
        return tail.end(), unresolved(precision, fiscal=f"FY{year}{label}")
    if half:
        return tail.end(), interval(month_days(year, 6 * int(half) - 5, 6), precision)
    if label == "Q1-Q3":
        return tail.end(), interval(month_days(year, 1, 9), Precision.RANGE)
    last = int(match["q1b"]) if match["q1b"] else int(number or 1)
    return tail.end(), interval(quarter_days(year, int(number or 1), 1, max(1, last - int(number or 1) + 1)), precision)


def _year(tail: re.Match[str]) -> int:
    return int(tail["year"]) if len(tail["year"]) == 4 else two_digit(int(tail["year"]))


def _bare_quarter(
    match: re.Match[str], label: str, precision: Precision, context: Context
) -> tuple[int, Period] | None:
    """Read a quarter without a year: of the fiscal year last said, else unresolved."""
    if match["ord"] in ("last", "final") or (match["ord"] and not match["unit"]):
        return None
    fiscal = context.last.fiscal if context.last is not None and context.last.fiscal else None
    if fiscal and context.last is not None and context.last.start is None and len(fiscal) == 6:
        return match.end(), unresolved(precision, fiscal=fiscal[:6] + label, relative=True)
    return match.end(), unresolved(precision, relative=True)


_ENDED_ON = re.compile(r",? (?:that |which )?(?:ended|ending) (?:on )?(?=[a-z0-9])")
_ENDED = re.compile(
    r"(?:the )?(?:(?P<n>three|six|nine|twelve|[0-9]{1,2})[ -]months?(?: period)?|(?P<y>(?:fiscal |financial )?year|quarter|half[ -]year|half)) (?:period )?(?:ended|ending|to) (?:on )?(?=[a-z0-9])"
)


def ended(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read the nine months ended December 31, 2024: the months up to that day."""
    match = _ENDED.match(text, position)
    if match is None:
        return None
    day = month_date(text, match.end(), context) or day_month(text, match.end(), context)
    if day is None:
        return None
    word = match["n"]
    months = (
        {"year": 12, "quarter": 3, "half": 6}.get((match["y"] or "").split()[-1].split("-")[0], 12)
        if match["y"]
        else SMALL.get(word) or int(word)
    )
    precision = {12: Precision.FISCAL_YEAR, 6: Precision.HALF, 3: Precision.QUARTER}.get(months, Precision.RANGE)
    return _up_to(day, months, precision)


def _up_to(
    day: tuple[int, Period], months: int, precision: Precision, fiscal: str | None = None
) -> tuple[int, Period] | None:
    """Return the months that end with a day, and where its words end; None for a day whose year nothing tells."""
    end, last = day[0], day[1].end
    if last is None:
        return None
    first = month_days(last.year, closing_month(last) - months + 1)[0]
    return end, interval((first, last), precision, fiscal=fiscal, relative=day[1].relative)


def fiscal(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read FY2026 (symbolic), FY25/3, FY2025.03 and FY3/25 (the year that ends in March 2025), CY2025."""
    if match := _CALENDAR.match(text, position):
        year = int(match["year"]) if len(match["year"]) == 4 else two_digit(int(match["year"]))
        return match.end(), interval(year_days(year), Precision.YEAR, f"{year:04d}")
    match = _FISCAL.match(text, position)
    if match is None:
        return None
    month = match["endmonth"] or match["m"] or match["m2"]
    written = match["endyear"] or match["year"]
    year = int(written) if len(written) == 4 else two_digit(int(written))
    part = re.sub(r"[ /-]", "", match["part"] or "").upper()
    part = part[::-1] if part[:1].isdigit() else part
    if month:
        if not 1 <= int(month) <= 12:
            return None
        days = month_days(year, int(month) - 11, 12)
        if part:
            n = int(part[1])
            days = month_days(
                year, int(month) - 11 + (n - 1) * (3 if part[0] == "Q" else 6), 3 if part[0] == "Q" else 6
            )
        return match.end(), interval(
            days,
            Precision.FISCAL_YEAR if not part else Precision.QUARTER,
            fiscal=f"FY{days[0].year if not part else year - 1}{part}",
        )
    precision = Precision.FISCAL_YEAR if not part else Precision.QUARTER if part[0] == "Q" else Precision.HALF
    return match.end(), unresolved(precision, fiscal=f"FY{year}{part}")

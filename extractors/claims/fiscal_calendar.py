"""Where a text says that the fiscal years of its subject lie: FY26 2Q（2025年5〜7月）, Q1 FY2026 ended December 27."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import zip_longest

from extractors.recognizers import recognize
from extractors.recognizers.times.calendar import closing_month, month_days
from schemas import Mention, MentionKind, Period, Precision

FISCAL = re.compile(r"^FY(?P<year>\d{4})(?:(?P<part>[QH])(?P<number>[1-4])|Q1-Q(?P<upto>[2-4]))?$")
_TOLD = re.compile(
    r"\s*(?:[（(:：,]|[,、]\s*which)?\s*(?:the \w+ (?:months|weeks) )?(?:ended|ending|to|[（(])?\s*", re.I
)
_CALENDAR = re.compile(
    r"\bended\b|\bending\b|[（(]\s*(?:20\d\d\s?年\s?)?\d{1,2}\s?月?\s?(?:\d{1,2}\s?日)?\s?[〜~～\-–−]\s?(?:20\d\d\s?年\s?)?"
    r"\d{1,2}\s?月|日に?終了|月に?終了|[（(]\s?(?:[HQ][1-4]\s?)?FY\s?\d|FY\s?\d{2,4}\s?[（(]\s?20\d\d",
    re.I,
)
_BEFORE_LABEL = re.compile(r"\s?[（(]\s?|\s?(?:日|末)?(?:に|で)?(?:終了した|終わった|締めの|までの)\s?")
_DOTTED = re.compile(r"FY\s?(?P<year>20\d\d)\.(?P<month>0[1-9]|1[0-2])$", re.I)  # the year that ends in that month


def fiscal_shift(text: str, reference: date | None) -> int | None:
    """Return where a text says that its fiscal years lie: months from January 2026 to the first day of FY2026.

    Read from a fiscal quarter or year told with its months: FY26 2Q（2025年5〜7月）, Q1 FY2026 (ended December 27,
    2025). None where nothing is said, or where two companies' calendars are.
    """
    shifts: set[int] = set()
    for place in _CALENDAR.finditer(text):
        window = text[max(0, place.start() - 60) : place.end() + 40]
        found = [m for m in recognize(window, reference_date=reference) if m.kind == MentionKind.PERIOD and m.period]
        pairs = (
            shift_told(a, b, window[a.span.end : b.span.start] if b is not None else "")
            for a, b in zip_longest(found, found[1:])
        )
        shifts.update(shift for shift in pairs if shift is not None)
    return shifts.pop() if len(shifts) == 1 else None if shifts else _shift_of_head(text, reference)


def shift_told(first: Mention, second: Mention | None, gap: str) -> int | None:
    """Return where fiscal years lie as two times tell that stand `gap` apart, or one that names its last month.

    FY26 2Q（2025年5〜7月）, 2026年8月期（FY2026）, the quarter ended July 31, 2026 (Q1 FY2027), FY2026.03, the third
    quarter of fiscal 2026 ended October 31, 2025.
    """
    dotted = _DOTTED.match(first.text)
    if dotted is not None:
        return int(dotted["month"]) - 12
    if first.period is not None and first.period.fiscal and _ENDED.search(first.text):
        return _shift_of(first.period.changed(start=None), first.period)
    if second is None or not gap.strip():
        return None
    if _TOLD.fullmatch(gap) and (shift := _shift_of(first.period, second.period)) is not None:
        return shift
    return _shift_of(second.period, first.period) if _BEFORE_LABEL.fullmatch(gap) else None


_REPORT = re.compile(r"earnings|results|決算|業績", re.I)
_AHEAD = re.compile(
    r"preview|ahead of|expect|forecast|guidance|outlook|プレビュー|予想|見通し|展望|見どころ|直前|注目", re.I
)
_QUARTERS = re.compile(
    r"\bQ(?P<a>[1-4])[ ,-]{0,2}(?:FY\s?)?(?P<y1>20\d\d)\b|\bFY\s?(?P<y2>20\d\d)[ ,-]{0,2}Q(?P<b>[1-4])\b", re.I
)
_SOONEST = 14  # days from the end of a quarter to the earliest report on it


def shift_reported(title: str, day: date | None) -> int | None:
    """Return where fiscal years lie when a report on a quarter comes before that quarter of the calendar is over.

    A company reports on the quarter that ended last: Q1 2027 earnings told on 2 September 2026 are for the quarter to
    July. None where the title names no quarter or one that the calendar explains, and where it looks ahead (preview).
    """
    found = _QUARTERS.search(title) if _REPORT.search(title) and not _AHEAD.search(title) else None
    if found is None or day is None:
        return None
    return _shift_on(int(found["y1"] or found["y2"]), int(found["a"] or found["b"]), day)


def shift_opened(text: str, day: date | None) -> int | None:
    """Return where fiscal years lie when a text of a `day` opens with the results of a quarter that these years name.

    Reported sales for the second quarter of fiscal 2027, told on 27 August 2026.
    """
    sentence = next((m.group() for m in _SENTENCE.finditer(text[:_HEAD]) if _REPORTED.search(m.group())), "")
    found = _FISCAL_QUARTER.search(sentence)
    if found is None or day is None or _AHEAD_OF.search(sentence[: found.start()]):
        return None
    return _shift_on(int(found["y1"] or found["y2"]), _ORDINALS[(found["a"] or found["b"]).lower()], day)


_SENTENCE = re.compile(r"[^\n]+?(?:\.(?=\s)|\n|$)")
_REPORTED = re.compile(
    r"\b(?:report|post|announc|deliver|book)(?:ed|s)\b|\b(?:earnings|results|revenue|sales) (?:for|in)\b", re.I
)
_AHEAD_OF = re.compile(r"\b(?:expect|forecast|guid|project|will|outlook)\w*\b", re.I)
_FISCAL_QUARTER = re.compile(
    r"\b(?P<a>first|second|third|fourth)[- ]quarter,? (?:of )?(?:its |the )?fiscal (?:year )?(?P<y1>20\d\d)|"
    r"\bfiscal (?P<b>first|second|third|fourth)[- ]quarter (?:of )?(?P<y2>20\d\d)",
    re.I,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def _shift_on(year: int, number: int, day: date) -> int | None:
    """Return where the fiscal years lie of one whose quarter is reported on a `day` on which that of the calendar is
    not over; None where it is."""
    if month_days(year, 3 * number - 2, 3)[1] < day:
        return None
    latest = day - timedelta(days=_SOONEST)
    ended = latest.year * 12 + latest.month - (0 if (latest + timedelta(days=1)).month != latest.month else 1)
    shift = ended - number * 3 - year * 12
    return shift if -12 < shift < 0 else None


_HEAD = 600  # characters in which a report says what it is for: Half-year results for the six months ended 30 September
_LABEL = re.compile(r"\b(?:[HQ][1-4]\s?F?Y?|FY\s?)['’]?(?:20)?\d\d(?:\s?[HQ][1-4])?\b|\b[1-4][HQ]\s?FY\s?\d\d", re.I)


def _shift_of_head(text: str, reference: date | None) -> int | None:
    """Return the shift when a report that is for one half, quarter or year labels the same one by its fiscal year."""
    head = [m.period for m in recognize(text[:_HEAD], reference_date=reference) if m.kind == MentionKind.PERIOD]
    told = next(
        (p for p in head if p is not None and _ENDED.search(p.text) and p.end and p.precision in _LENGTHS), None
    )
    if told is None or told.end is None:
        return None
    for place in _LABEL.finditer(text):
        found = [m.period for m in recognize(place.group()) if m.kind == MentionKind.PERIOD]
        label = found[0] if found else None
        fiscal = FISCAL.match(label.fiscal or "") if label is not None and label.start is None else None
        if fiscal is None or {"Q": 3, "H": 6}.get(fiscal.group("part") or "", 12) != _LENGTHS[told.precision]:
            continue
        shift = _shift_of(label, told)
        return shift if shift is not None and abs(shift) < 12 else None
    return None


_ENDED = re.compile(r"ended|ending", re.I)
_LENGTHS = {Precision.QUARTER: 3, Precision.HALF: 6, Precision.FISCAL_YEAR: 12}


_NAMED = re.compile(r"(?:Q(?P<a>[1-4])|(?P<b>[1-4])Q)[ ,'’]{0,2}(?P<year>(?:20)?\d\d)$", re.I)
_TERM = re.compile(r"\d\s?[年/]\s?\d{1,2}\s?月?期")


def company_period(period: Period, text: str, shift: int, now: date | None, own: bool = False) -> Period:
    """Return a time of a company whose fiscal years lie `shift` months off the calendar years.

    That is FY2026, FY2026Q1, 2026年度第1四半期; and Q1 2026 where that quarter of the calendar is not over on the day
    `now`, or where all the quarters of a text are its company's `own`. 2025年度 on its own is the year of the writer,
    26年3月期 tells its months.
    """
    label = FISCAL.match(period.fiscal or "")
    if label is not None:
        if _TERM.search(text) or (period.start is not None and not label.group("part") and "会計年度" not in text):
            return period
        upto = label.group("upto")
        if upto:
            start, end = month_days(int(label.group("year")), 1 + shift, 3 * int(upto))
            return period.changed(start=start, end=end, iso=None)
        return _placed(
            period, int(label.group("year")), label.group("part") or "", int(label.group("number") or 1), shift
        )
    named = _NAMED.search(text)
    if named is None or now is None or period.end is None or (period.end <= now and not own):
        return period
    year, number = int(named.group("year")) % 100 + 2000, int(named.group("a") or named.group("b"))
    moved = _placed(period, year, "Q", number, shift).changed(fiscal=f"FY{year}Q{number}")
    return moved if own or (moved.end is not None and moved.end <= now) else period


def _placed(period: Period, year: int, part: str, number: int, shift: int) -> Period:
    length = {"Q": 3, "H": 6}.get(part, 12)
    start, end = month_days(year, 1 + shift + (number - 1) * (length % 12), length)
    return period.changed(start=start, end=end, iso=None)


def _shift_of(label: Period | None, told: Period | None) -> int | None:
    fiscal = FISCAL.match(label.fiscal or "") if label is not None and label.start is None else None
    if fiscal is None or told is None or told.end is None:
        return None
    number, length = int(fiscal.group("number") or 1), {"Q": 3, "H": 6}.get(fiscal.group("part") or "", 12)
    months = 0 if told.start is None or told.text.endswith("末") else round(((told.end - told.start).days + 1) / 30.4)
    if fiscal.group("upto") or (months and months not in (length, length * number)):
        return None
    end = told.end.year * 12 + closing_month(told.end)
    shift = end - number * length - int(fiscal.group("year")) * 12
    return shift if -12 < shift < 4 else None  # a year is named for one it lies in, or the one before: 2025 (FY2026 …)

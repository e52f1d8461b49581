"""Where a text says that the fiscal years of its subject lie: FY26 2Q（2025年5〜7月）, Q1 FY2026 ended December 27."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from extractors.recognizers import recognize
from schemas import MentionKind, Period

_FISCAL = re.compile(r"^FY(?P<year>\d{4})(?:(?P<part>[QH])(?P<number>[1-4]))?$")
_TOLD = re.compile(
    r"\s*(?:[（(:：,]|[,、]\s*which)?\s*(?:the \w+ (?:months|weeks) )?(?:ended|ending|to|[（(])?\s*", re.I
)
_CALENDAR = re.compile(
    r"\bended\b|\bending\b|[（(]\s*(?:20\d\d\s?年\s?)?\d{1,2}\s?月?\s?[〜~～\-–−]\s?\d{1,2}\s?月|日に?終了|月に?終了",
    re.I,
)


def fiscal_shift(text: str, reference: date | None) -> int | None:
    """Return where a text says that its fiscal years lie: months from January 2026 to the first day of FY2026.

    Read from a fiscal quarter or year told with its months: FY26 2Q（2025年5〜7月）, Q1 FY2026 (ended December 27,
    2025). None where nothing is said, or where two companies' calendars are.
    """
    shifts = set()
    for place in _CALENDAR.finditer(text):
        window = text[max(0, place.start() - 60) : place.end() + 40]
        found = [m for m in recognize(window, reference_date=reference) if m.kind == MentionKind.PERIOD and m.period]
        for label, told in pairwise(found):
            gap = window[label.span.end : told.span.start]
            shift = _shift_of(label.period, told.period) if _TOLD.fullmatch(gap) and gap.strip() else None
            if shift is not None:
                shifts.add(shift)
    return shifts.pop() if len(shifts) == 1 else None


def _shift_of(label: Period | None, told: Period | None) -> int | None:
    fiscal = _FISCAL.match(label.fiscal or "") if label is not None and label.start is None else None
    if fiscal is None or told is None or told.end is None:
        return None
    number, length = int(fiscal.group("number") or 1), {"Q": 3, "H": 6}.get(fiscal.group("part") or "", 12)
    end = told.end.year * 12 + told.end.month - (1 if told.end.day <= 7 else 0)  # a year of whole weeks
    return end - number * length - int(fiscal.group("year")) * 12

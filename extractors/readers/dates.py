"""Calendar days as documents write them at their head: 2025年6月24日, 令和7年6月24日, 2025/06/24, June 24, 2025."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from extractors.readers.words import fold, words

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"),
            ("july", "jul"), ("august", "aug"), ("september", "sep", "sept"), ("october", "oct"), ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<era>令和|平成|昭和)\s*(?P<y>元|\d{1,2})\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日",
        r"(?<![\d/.-])(?P<y>(?:19|20)\d\d)(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d/-]|\.\d)",
        rf"(?<![a-z])(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)(?!\d)",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s-]+(?P<m>{_MONTH})\.?,?[\s-]+(?P<y>(?:19|20)\d\d)(?!\d)",
    )
)
_PARTIAL = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?P<era>令和|平成|昭和)\s*(?P<y>元|\d{1,2})\s*年\s*(?P<m>\d{1,2})\s*月(?!\s*\d)",
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*年\s*(?P<m>\d{1,2})\s*月(?!\s*\d)",
        r"^(?P<y>(?:19|20)\d\d)[-/.](?P<m>\d{1,2})$",
        rf"(?<![a-z])(?P<m>{_MONTH})\.?,?\s+(?P<y>(?:19|20)\d\d)(?!\d)",
    )
)


class FoundDay(NamedTuple):
    """A day and where it stands in the text searched."""

    day: date
    start: int
    end: int


def _year(found: re.Match[str]) -> int:
    era = found.groupdict().get("era")
    years = 1 if found["y"] == "元" else int(found["y"])
    return _ERAS[era] + years if era else years


def _month(word: str) -> int:
    return _MONTHS.get(word.lower()) or int(word)


def _same_length(text: str) -> str:
    """Full-width digits and signs to ASCII, one character for one."""
    return "".join(n if len(n := unicodedata.normalize("NFKC", c)) == 1 else c for c in text)


def find_days(text: str) -> list[FoundDay]:
    """Return the full dates in `text`, by position; impossible ones (month 13) are left out."""
    folded = _same_length(text)
    found = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            try:
                found.append(FoundDay(date(_year(match), _month(match["m"]), int(match["d"])), *match.span()))
            except ValueError:
                continue
    return sorted(found, key=lambda f: (f.start, -f.end))


def find_month(text: str) -> tuple[str, int, int] | None:
    """Return the first year and month without a day as ("2025-05", start, end)."""
    folded = _same_length(text)
    for pattern in _PARTIAL:
        match = pattern.search(folded)
        if match and 1 <= _month(match["m"]) <= 12:
            return f"{_year(match):04d}-{_month(match['m']):02d}", *match.span()
    return None


def parse_day(text: str) -> date | None:
    """Return the day an ISO timestamp or a written date states; None when there is none or more than one."""
    text = text.strip()
    iso = re.match(r"((?:19|20)\d\d)-?(\d\d)-?(\d\d)(?=$|[T\s+Z])", text)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
    except ValueError:
        return None
    days = {found.day for found in find_days(text)}
    return days.pop() if len(days) == 1 else None


@lru_cache(maxsize=1)
def _labels() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return tuple(
        re.compile(
            rf"(?:^|[\s\[【(（|｜/・])(?:{'|'.join(map(re.escape, words('lines', name)))})\s*[\]】)）]?\s*[:：]?\s*$",
            re.I,
        )
        for name in ("published", "updated")
    )  # type: ignore[return-value]


def label_before(text: str, start: int) -> str | None:
    """Say what the words just before a date call it: "published", "updated" or None."""
    before = fold(text[max(0, start - 40) : start].rsplit("\n", 1)[-1])
    published, updated = _labels()
    if updated.search(before):
        return "updated"
    return "published" if published.search(before) else None

"""Years of Japanese eras (令和6年), small numbers in kanji, and years of two digits."""

from __future__ import annotations

from extractors.recognizers.numerals import japanese_value

ERAS = {
    "令和": 2018,
    "平成": 1988,
    "昭和": 1925,
    "大正": 1911,
    "明治": 1867,
    "r": 2018,
    "h": 1988,
    "s": 1925,
    "t": 1911,
    "m": 1867,
}
_LAST_ERA_YEAR = {"平成": 31, "昭和": 64, "大正": 15, "明治": 45, "h": 31, "s": 64, "t": 15, "m": 45}


def number(text: str) -> int:
    """Return a small number in digits or kanji; 元 is 1."""
    if text == "元":
        return 1
    value = japanese_value(text)
    return int(value.low) if value is not None and value.high is None else 0


def era_year(era: str, year: int) -> int | None:
    """Return the year of our calendar, or None beyond the era's end (平成40年)."""
    if not 1 <= year <= _LAST_ERA_YEAR.get(era, 99):
        return None
    return ERAS[era] + year


def two_digit(year: int) -> int:
    """Return the year meant by '25 or 98."""
    return 2000 + year if year < 70 else 1900 + year

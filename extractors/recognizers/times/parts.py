"""Parts of a year or month: quarters, halves, seasons, 上旬, 末, early, late."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from extractors.recognizers.times.calendar import Days, month_days
from schemas import Precision

# first month (1 is the year's first) and number of months; README of the gold: 初頭 is the first quarter
YEAR_PARTS: dict[str, tuple[int, int, Precision]] = {
    "上半期": (1, 6, Precision.HALF), "上期": (1, 6, Precision.HALF), "前半": (1, 6, Precision.HALF),
    "年前半": (1, 6, Precision.HALF), "下半期": (7, 6, Precision.HALF), "下期": (7, 6, Precision.HALF),
    "後半": (7, 6, Precision.HALF), "年後半": (7, 6, Precision.HALF), "年初頭": (1, 3, Precision.QUARTER),
    "初頭": (1, 3, Precision.QUARTER), "年初": (1, 3, Precision.QUARTER), "初め": (1, 3, Precision.QUARTER),
    "始め": (1, 3, Precision.QUARTER), "はじめ": (1, 3, Precision.QUARTER), "頭": (1, 3, Precision.QUARTER),
    "序盤": (1, 4, Precision.RANGE), "半ば": (5, 4, Precision.RANGE), "なかば": (5, 4, Precision.RANGE),
    "中頃": (5, 4, Precision.RANGE), "中ごろ": (5, 4, Precision.RANGE), "中盤": (5, 4, Precision.RANGE),
    "央": (5, 4, Precision.RANGE), "年央": (5, 4, Precision.RANGE), "終盤": (9, 4, Precision.RANGE),
    "末": (12, 1, Precision.MONTH), "末日": (12, 1, Precision.MONTH), "年末": (12, 1, Precision.MONTH),
    "終わり": (10, 3, Precision.QUARTER), "暮れ": (12, 1, Precision.MONTH), "春": (3, 3, Precision.QUARTER),
    "春先": (3, 3, Precision.QUARTER), "夏": (6, 3, Precision.QUARTER), "夏場": (6, 3, Precision.QUARTER),
    "秋": (9, 3, Precision.QUARTER), "秋口": (9, 3, Precision.QUARTER), "冬": (12, 3, Precision.QUARTER),
    "通期": (1, 12, Precision.YEAR), "通年": (1, 12, Precision.YEAR), "中": (1, 12, Precision.YEAR),
    "年内": (1, 12, Precision.YEAR), "内": (1, 12, Precision.YEAR),
}  # fmt: skip
_SEASONS = frozenset("春夏秋冬")

# first and last day; 0 stands for the month's last
MONTH_PARTS: dict[str, tuple[int, int]] = {
    "上旬": (1, 10), "初旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "前半": (1, 15), "後半": (16, 0),
    "初め": (1, 10), "はじめ": (1, 10), "始め": (1, 10), "初頭": (1, 10), "頭": (1, 10), "半ば": (11, 20),
    "なかば": (11, 20), "中頃": (11, 20), "中ごろ": (11, 20), "末": (0, 0), "末日": (0, 0), "月末": (0, 0),
    "中": (1, 0), "終わり": (21, 0), "初": (1, 10), "央": (11, 20), "いっぱい": (1, 0),
}  # fmt: skip


def year_part(year: int, part: str, first_month: int = 1) -> tuple[Days, Precision]:
    """Return the days of a part of the year that begins in `first_month` of `year`; seasons keep to the calendar."""
    start, months, precision = YEAR_PARTS[part]
    if part[0] in _SEASONS:
        return month_days(year + (first_month > start), start, months), precision
    return month_days(year, first_month + start - 1, months), precision


def month_part(year: int, month: int, part: str) -> Days:
    """Return the days of a part of a month."""
    first, last = MONTH_PARTS[part]
    end = monthrange(year, month)[1]
    return date(year, month, first or end), date(year, month, last or end)


def quarter_days(year: int, quarter: int, first_month: int = 1, quarters: int = 1) -> Days:
    """Return quarter 1..4 of the year that begins in `first_month` of `year`."""
    return month_days(year, first_month + 3 * (quarter - 1), 3 * quarters)

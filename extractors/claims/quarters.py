"""Quarters told without their year: those told from the last one (前四半期), those named with it before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.recognizers.times.calendar import month_days
from schemas import Period

FROM_FIRST = re.compile(r"(?:\bQ1|1Q)\s?[-–~〜～]\s?(?:Q(?P<q>[2-4])|(?P<n>[2-4])Q?)", re.I)  # Q1〜Q3
QUARTER = re.compile(
    r"第\s*(?P<ja>[1-4１-４一二三四])\s*四半期|\bQ(?P<q>[1-4])\b|(?P<n>[1-4])Q|"
    r"(?P<en>first|second|third|fourth)[- ]quarter",
    re.I,
)
_NUMBERS = {"一": 1, "二": 2, "三": 3, "四": 4, "first": 1, "second": 2, "third": 3, "fourth": 4}
_ON = {"同四半期": 0, "当四半期": 0, "前四半期": -1, "翌四半期": 1, "来四半期": 1}  # of the one last said
_DAYS = range(81, 100)


def quarter_in(text: str) -> int | None:
    """Return which quarter words tell: 3 for 2025年第3四半期, Q3; None for halves and what is told of several."""
    found = QUARTER.search(text) if FROM_FIRST.search(text) is None else None
    word = next((g for g in (found["ja"], found["q"], found["n"], found["en"]) if g), "") if found is not None else ""
    return (_NUMBERS.get(word.lower()) or int(word)) if word else None


@dataclass(slots=True)
class Quarters:
    """The quarter said last, by their numbers those that a text names with their years, and by their words those that
    it tells with their days: 2021年第4四半期（2021年1月31日締め）."""

    last: Period | None = None
    named: dict[int, Period] = field(default_factory=dict)
    dated: dict[str, Period] = field(default_factory=dict)

    def hear(self, text: str, settled: Period) -> None:
        """Take note of a time that is not told from another one."""
        if settled.start is None or settled.end is None or (settled.end - settled.start).days not in _DAYS:
            return
        if text in _ON:
            return
        self.last = settled
        if not settled.relative and (number := quarter_in(text)) is not None:
            self.named[number] = settled

    def told(self, text: str, period: Period) -> Period:
        """Take note of a time that is told with its days, where it names its year, and return it."""
        if re.search(r"\d\d", text):
            self.dated[text] = period
        return period

    def on(self, text: str, period: Period) -> Period:
        """Return 同四半期, 前四半期, 翌四半期 as told from the quarter said last."""
        if text not in _ON or self.last is None or self.last.start is None:
            return period
        start, end = month_days(self.last.start.year, self.last.start.month + 3 * _ON[text], 3)
        return period.changed(start=start, end=end, iso=None, relative=True)

    def before(self, text: str, base: Period | None) -> Period | None:
        """Return the quarter that a text named with its year, where the time `base` said since is of an earlier one.

        2025年第1四半期は2024年通年の半分を超えた。第1四半期は…
        """
        named = self.named.get(quarter_in(text) or 0)
        if named is None or named.start is None or base is None or base.start is None:
            return None
        return named if named.start.year > base.start.year else None

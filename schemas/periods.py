"""Periods: when something holds, with no more precision than the text gives."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from pydantic import model_validator

from schemas.spans import Frozen


class Precision(StrEnum):
    """The finest part of a time that the text states."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    FISCAL_YEAR = "fiscal_year"
    DECADE = "decade"
    RANGE = "range"


class PeriodKind(StrEnum):
    """A stretch of the calendar, or a length of time that has no place in it."""

    INTERVAL = "interval"
    DURATION = "duration"  # 3年間: `duration` is ISO 8601, start and end are None
    RECURRENT = "recurrent"  # 毎月, per year: not a period of a figure


class Period(Frozen):
    """A time as stated. `start` and `end` are inclusive days; None is an open or unknown end.

    `iso` is the partial date as stated ("2025", "2025-01", "2025-01-15"), None where it has no such form.
    `fiscal` is set where the calendar is a fiscal one: "FY2026", "FY2025Q3", "FY2025H1"; with `start` and `end` None
    it is symbolic (no fiscal calendar known). `relative` marks a time that was resolved against another one
    (同年, 前年同期, last year). `approximate` marks 頃, circa.
    """

    kind: PeriodKind = PeriodKind.INTERVAL
    start: date | None = None
    end: date | None = None
    precision: Precision = Precision.DAY
    text: str = ""
    iso: str | None = None
    fiscal: str | None = None
    duration: str | None = None
    relative: bool = False
    approximate: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Period:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"period ends before it starts: {self.start}..{self.end}")
        return self

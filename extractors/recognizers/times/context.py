"""What a relative time is resolved against: the reference date, the fiscal calendar, the times said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schemas import Period, Precision


@dataclass(slots=True)
class Context:
    """State of one text: `reference` is the document's own date, `last` the last period said in this text."""

    reference: date | None = None
    fiscal_start: int = 4
    last: Period | None = None
    told: int | None = None  # the year that the document around the text is told from
    last_day: date | None = None  # the last day said

    @property
    def year(self) -> int | None:
        """The year that 同年, 翌年 and a month without a year lean on: the last one said, else the reference's."""
        if self.last is not None:
            if self.last.relative and self.last.precision == Precision.RANGE and self.last.end is not None:
                return self.last.end.year  # 昨年末から今年初めにかけて, then 7月
            if self.last.start is not None:
                return self.last.start.year
            if self.last.end is not None:
                return self.last.end.year
        return self.reference.year if self.reference else None

    @property
    def said_year(self) -> int | None:
        """The last year said in this text."""
        return self.last.start.year if self.last is not None and self.last.start is not None else None

    @property
    def day(self) -> date | None:
        """The day whose month a day without one is of."""
        if self.last is not None and self.last.start is not None:
            return self.last.start
        return self.reference

    def fiscal_year(self, day: date) -> int:
        """Return the fiscal year in which `day` lies."""
        return day.year if day.month >= self.fiscal_start else day.year - 1

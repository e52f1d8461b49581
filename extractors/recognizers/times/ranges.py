"""Ranges and open ends of times: 2024～2028年, 2012–2018, 2026年以降, since 2020."""

from __future__ import annotations

from schemas import Period, Precision


def joined(first: Period, second: Period) -> Period | None:
    """Return the range from one period to another, or None where they do not follow each other."""
    if first.fiscal and second.fiscal and first.start is None and second.start is None:
        return first.model_copy(update={"fiscal": f"{first.fiscal}/{second.fiscal}", "precision": Precision.RANGE})
    if first.start is None or second.end is None or second.end < first.start:
        return None
    iso = f"{first.iso}/{second.iso}" if first.iso and second.iso else None
    fiscal = f"{first.fiscal}/{second.fiscal}" if first.fiscal and second.fiscal else None
    return first.model_copy(
        update={
            "end": second.end,
            "precision": Precision.RANGE,
            "iso": iso,
            "fiscal": fiscal,
            "relative": first.relative or second.relative,
            "approximate": first.approximate or second.approximate,
        }
    )


def open_end(period: Period) -> Period:
    """Return everything from the period's first day on (以降, since, from)."""
    return period.model_copy(update={"end": None})


def open_start(period: Period, *, before: bool = False) -> Period:
    """Return everything up to the period's last day (まで, by), or up to the day before its first (before 2020)."""
    if not before or period.start is None:
        return period.model_copy(update={"start": None})
    if period.start == period.start.min:
        return period.model_copy(update={"start": None})
    return period.model_copy(update={"start": None, "end": period.start.fromordinal(period.start.toordinal() - 1)})


def after(period: Period) -> Period:
    """Return everything after the period's last day (after 2020)."""
    if period.end is None or period.end == period.end.max:
        return period.model_copy(update={"end": None})
    return period.model_copy(update={"start": period.end.fromordinal(period.end.toordinal() + 1), "end": None})

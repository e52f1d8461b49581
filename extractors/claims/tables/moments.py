"""When a figure holds: by its heads, its row's own times, what stands around; whose profile a row is of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extractors.claims.anchors import settle
from extractors.claims.build import Named, When
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.capital import time_of_rights
from extractors.claims.tables.corners import whole
from extractors.claims.tables.heads import EMPTY, OF_YEAR
from extractors.claims.tables.labels import Label, read_label
from extractors.claims.tables.resolutions import record_day
from extractors.claims.tables.times import answered, is_mean, label_time, sole_time, span_to, spanned, year_to
from extractors.claims.year_to_date import is_told
from extractors.claims.year_to_date import year_to as year_to_day
from schemas import Cell, EvidenceRole, Mention, MentionKind, Period, Precision

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Parts, Reading

_FINE = frozenset([Precision.YEAR, Precision.FISCAL_YEAR, Precision.QUARTER, Precision.MONTH, Precision.DAY])
_ROUND = frozenset(["funding_raised", "investment", "acquisition_price", "valuation"])  # told of one day
_BEHIND, _BEFORE = re.compile(r"\s*[)）]"), re.compile(r"\d\S*\s*(?:[A-Za-z]{1,8}\s*)?[（(]\s*$")


def when_of(parts: Parts) -> When | None:
    """Return when a cell's figure holds: a return since the new year (年初来, YTD) from its first day on."""
    found = _when_of(parts)
    if found is None or not any(is_told(x.text) for x in parts.labels):
        return found
    return When(year_to_day(found.period, parts.reading.context.reference_date), found.span, found.role)


def _when_of(parts: Parts) -> When | None:
    reading, around = parts.reading, parts.reading.around
    if (day := record_day(reading, parts.cell.row, parts.cell.column)) is not None:
        return day
    rows = reading.axes.rows.get(parts.cell.row, [])
    if (held := time_of_rights(reading, rows, parts.cell.column)) is not None:
        return held
    told = list(_row_times(parts)) if any(is_mean(x) for x in parts.labels) else []
    over = spanned(parts.labels, reading.axes, told)
    if over is not None:
        return over
    for label in reversed(parts.labels):
        if (found := label_time(label, parts.labels, around.words)) is not None:
            yearly = any(OF_YEAR.search(text) for text in around.words) or OF_YEAR.search(parts.metric.text)
            return year_to(found) if yearly else found
    if parts.cell.column in reading.heads:
        return reading.heads[parts.cell.column]
    if parts.beside is not None:
        change = next((x.text for x in reversed(parts.labels) if x.kind == "change"), "")
        return span_to(label_time(parts.beside, [parts.beside], around.words), change)
    if (stated := _stated_in_row(parts)) is not None:
        return stated
    near = around.period is not None and around.period.role != EvidenceRole.INHERITED
    sole = None if near else sole_time(reading.axes, parts.metric.id)
    now = reading.context.anchor.now
    if sole is not None and now is not None and sole.period.start is not None and sole.period.start > now:
        sole = None  # Cost | Cost 2040: what has no time is not of one to come
    return _between_balances(reading) or sole or _of_the_day(parts) or answered(reading.context, around.period)


def _between_balances(reading: Reading) -> When | None:
    """The year between the days of the balances over other columns, for movements of assets (Additions)."""
    if not reading.moving:
        return None
    labels = [x for heads in reading.axes.columns.values() for x in heads if x.period is not None]
    days = {x.period.end: x for x in labels if x.period is not None and x.period.start == x.period.end}
    ends = sorted(day for day in days if day is not None)
    if len(ends) < _TWO or not _YEAR[0] < (ends[-1] - ends[0]).days < _YEAR[1]:
        return None
    last = days[ends[-1]]
    return year_to(When(last.period, last.period_span or last.span, last.role)) if last.period is not None else None


_TWO = 2
_YEAR = (360, 372)  # days between two balances


_QUOTES = frozenset(
    [
        "share_price",
        "index_level",
        "stock_index",
        "exchange_rate",
        "bond_yield",
        "commodity_price",
        "oil_price",
        "trading_volume",
    ]
)


def _of_the_day(parts: Parts) -> When | None:
    """Return the day of publication for a market's quote of which no time is told but the month of that day.

    On marked documents 58 of 63 such quotes are of a day.
    """
    day = next((c for c in parts.reading.context.published if c.source == "published.day"), None)
    period = day.mention.period if day is not None and day.mention is not None else None
    if day is None or period is None or parts.metric.id not in _QUOTES:
        return None
    around = parts.reading.around.period
    if around is not None and not (around.role == EvidenceRole.INHERITED and _holds(around.period, period)):
        return None
    return When(period, day.span, EvidenceRole.INHERITED)


def _holds(whole: Period, part: Period) -> bool:
    """Say whether one period lies in another."""
    if whole.start is None or whole.end is None or part.start is None or part.end is None:
        return False
    return whole.start <= part.start and part.end <= whole.end


def _stated_in_row(parts: Parts) -> When | None:
    """The time in the row's cell under a head such as 基準時点, of a round of funding also under Date."""
    if (told := period_of_row(parts.reading, parts.cell.row)) is not None:
        return told
    axes, table = parts.reading.axes, parts.reading.table
    dated = axes.row_axis == "case" or parts.metric.id in _ROUND
    for column, labels in axes.columns.items():
        head = labels[-1].text.strip() if labels else ""
        holds = any(whole(sort).match(head) for sort in ("as_of", "occurred"))
        if column == parts.cell.column or not (holds or (dated and whole("times").match(head))):
            continue
        cell = table.at(parts.cell.row, column)
        for m in _periods(parts, cell):
            if cell is not None and cell.span is not None and m.period is not None:
                place = parts.reading.context.view(cell.span).span(m.span.start, m.span.end)
                return When(m.period, place, EvidenceRole.VALUE_CELL)
    return None


def period_of_row(reading: Reading, row: int) -> When | None:
    """Return the period in the row's cell under a head that says no more than that (期, Year over metrics)."""
    if row not in reading.row_times:  # read once for all cells of the row
        reading.row_times[row] = _read_in_row(reading, row)
    return reading.row_times[row]


def _read_in_row(reading: Reading, row: int) -> When | None:
    for column, labels in reading.axes.columns.items():
        cell = reading.table.at(row, column) if labels and is_of_rows(reading, labels[-1]) else None
        label = read_label(reading.context, cell, EvidenceRole.VALUE_CELL) if cell is not None else None
        if label is not None and label.kind == "period" and label.period is not None:
            return When(label.period, label.period_span or label.span, EvidenceRole.VALUE_CELL)
    return None


def only_dates(reading: Reading, head: Label) -> bool:
    """Say whether a column tells no more than the time that the figures of its rows hold for (基準日, 確認日); the
    record date of a dividend or a split is told itself."""
    if whole("as_of").match(head.text.strip()) is None:
        return False
    axes = reading.axes
    labels = [x.text for line in (*axes.rows.values(), *axes.columns.values()) for x in line]
    return head.metric_id != "record_date" or not any(map(_RIGHTS.search, [*reading.around.words, *labels]))


_RIGHTS = re.compile(r"配当|分割|割当|優待|株主総会|dividend|stock split", re.I)  # of those who hold shares on a day


def is_of_rows(reading: Reading, head: Label) -> bool:
    """Say whether a column holds the period of its rows: what stands in it is no claim."""
    words = head.text.strip()
    of_metrics = reading.axes.row_axis == "metric" and whole("row_years").match(words) is not None
    return reading.axes.row_axis in ("entity", "metric") and (
        of_metrics or whole("row_periods").match(words) is not None
    )


def _row_times(parts: Parts) -> Iterator[When]:
    """The times in brackets behind the figures of the other cells of a row ($344M (2026))."""
    for column in parts.reading.axes.columns:
        cell = parts.reading.table.at(parts.cell.row, column)
        if cell is None or cell.span is None or cell is parts.cell:
            continue
        view = parts.reading.context.view(cell.span)
        for m in _periods(parts, cell):
            behind = _BEHIND.match(view.text, m.span.end) and _BEFORE.search(view.text[: m.span.start])
            if m.period is not None and behind:
                yield When(m.period, view.span(m.span.start, m.span.end), EvidenceRole.VALUE_CELL)


def _periods(parts: Parts, cell: Cell | None) -> Iterator[Mention]:
    if cell is None or cell.span is None:
        return
    context = parts.reading.context
    text, anchor = context.view(cell.span).text, context.head_anchor()
    for m in context.mentions(text):
        if m.kind == MentionKind.PERIOD:
            m = settle(m, anchor, text[m.span.end :][:16])
        if m.kind == MentionKind.PERIOD and m.period is not None and is_dated(m) and m.period.precision in _FINE:
            yield m


def profiled(parts: Parts) -> Named | None:
    """The company or product that a profile names in this row or above (企業名 | 北見精機): the rows below are its."""
    axes, table = parts.reading.axes, parts.reading.table
    if axes.row_axis != "metric" or len(axes.columns) != 1:
        return None
    for row in range(parts.cell.row, axes.first_row - 1, -1):
        heads = axes.rows.get(row, [])
        cell = table.at(row, parts.cell.column)
        if heads and whole("owners").match(heads[-1].text.strip()) and cell is not None and cell.span is not None:
            quoted = _QUOTED.search(cell.text)
            name = quoted.group(1) if quoted else re.split(r"\s*[（(、,]", cell.text.strip(), maxsplit=1)[0]
            if name and not EMPTY.match(name) and len(name) <= _LONGEST:
                return Named(name, cell.text.strip(), cell.span, EvidenceRole.VALUE_CELL)
    return None


_QUOTED = re.compile(r"「([^「」]{2,40})」")
_LONGEST = 40  # characters of a name

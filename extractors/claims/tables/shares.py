"""Units left to what a table is of: shares that English tables print without a sign, under heads or captions of
shares, with values to a hundred; the unit of the table right above."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.claims.build import Named
from extractors.claims.tables.labels import Label
from extractors.claims.tables.notes import bare_number
from extractors.claims.tables.parts import Reading
from extractors.claims.tables.statements import figure
from schemas import EvidenceRole, Span

_SHARE = re.compile(
    r"\bmarket shares?\b|\bshares? (?:of|in|by|for)\b|\bshares$|\bpercentages?\b|\bper ?cent\b|\bproportions?\b|"
    r"\bconcentration ratios?\b",
    re.I,
)
_EQUITY = re.compile(
    r"\b(?:ordinary|equity|common|preference|preferred|issued|outstanding|treasury|number of|no\. of|bonus|class [AB])"
    r"\b.{0,12}\bshares?\b|\bshares? (?:capital|premium|price|issued?|held|of (?:Rs|par|face|common|stock))|per share",
    re.I,
)
_COUNT = re.compile(r"\b(?:numbers?|no\.|count|total|items|amount|value|turnover|sales|n)\b", re.I)


def as_before(reading: Reading, former: Reading) -> bool:
    """Say whether a table without a unit compares what the table before tells in percent: the same things in its rows,
    and no figure out of a hundred."""
    table, before = reading.table, former.table
    if reading.around.unit is not None or (former.around.unit or "").strip("()（） ") not in ("%", "％", "percent"):
        return False
    names, theirs = _names(reading), _names(former)
    if len(names) < 4 or len(names & theirs) < 0.7 * len(names) or table.span.start - before.span.end > _NEAR:
        return False
    cells = [c for c in table.cells if c.row >= reading.axes.first_row and c.column in reading.axes.columns]
    values = [v for c in cells if (v := figure(c.text)) is not None]
    tenths = sum("." in c.text for c in cells)
    return tenths * 3 >= len(values) > 0 and all(0 <= v <= 100 for v in values)


_NEAR = 3000  # characters


def _names(reading: Reading) -> set[str]:
    return {labels[-1].text.strip().casefold() for labels in reading.axes.rows.values() if labels}


def of_shares(reading: Reading) -> None:
    """The rows of a table of shares over times are what the shares are of, and share is the metric, whatever else the
    caption names (low price items)."""
    axes, caption = reading.axes, reading.table.caption
    if axes.column_axis != "period" or axes.row_axis not in ("metric", "entity") or caption is None:
        return
    if not all(shares(reading, column, heads) for column, heads in axes.columns.items()):
        return
    axes.row_axis = "entity"
    told = _SHARE.search(reading.context.document.quote(caption))
    if told is not None:
        place = Span(start=caption.start + told.start(), end=caption.start + told.end())
        name = Named("share", told.group(), place, EvidenceRole.CAPTION, "share")
        reading.around.metrics.insert(0, name)


def shares(reading: Reading, column: int, columns: list[Label]) -> bool:
    """Say whether the bare figures of a column are percent: its head, or the caption over heads of times, tells of
    shares, and none is below zero or above a hundred."""
    head = " ".join(x.text for x in columns)
    words = [head] if not columns or any(x.kind != "period" for x in columns) else reading.around.words[:1]
    if not any(_SHARE.search(text) and not _EQUITY.search(text) for text in words) or _COUNT.search(head):
        return False
    table = reading.table
    cells = [c.text for c in table.cells if c.column == column and c.row >= reading.axes.first_row]
    values = [v for text in cells if (v := figure(text)) is not None]
    tenths = sum("." in text for text in cells)
    hundred = abs(sum(values, Decimal(0)) - 100) <= 2
    return len(values) > 1 and (tenths * 2 >= len(values) or hundred) and all(0 <= v <= 100 for v in values)


def lends_unit(last: Reading, reading: Reading) -> bool:
    """Say whether a table without a unit takes that of the one right above: both are line items over times, nothing
    but a few words stands between them, and its figures are bare numbers of thousands."""
    table, axes, around = reading.table, reading.axes, reading.around
    if around.unit is not None or last.around.unit is None:
        return False
    if any((x.row_axis, x.column_axis) != ("metric", "period") for x in (axes, last.axes)):
        return False
    between = reading.context.document.text[last.table.span.end : table.span.start]
    if len(between) > 120 or re.search(r"^#|単位|\bin (?:thousands|millions)", between, re.M):
        return False
    labels = [label for lines in (axes.rows, axes.columns) for heads in lines.values() for label in heads]
    cells = [c.text.strip() for c in table.cells if c.row >= axes.first_row and c.column in axes.columns]
    bare = [text for text in cells if bare_number(text) is not None]
    return not any(x.unit for x in labels) and len(bare) * 4 >= len(cells) * 3 and sum("," in x for x in bare) > 2

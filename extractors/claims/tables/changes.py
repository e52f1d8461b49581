"""Changes in tables: columns such as 前年比, 増減率, Change, YoY; figures in brackets behind the one they change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.build import Named
from extractors.claims.figures import implied
from extractors.claims.tables.axes import Axes
from extractors.claims.tables.labels import Label, is_change
from extractors.claims.tables.quoted_changes import moves_beside_rates
from schemas import Quantity, QuantityKind, Table

_RATIO = re.compile(r"[%％]|率|比(?!較)|YoY|QoQ|y/y|growth", re.I)
_TO_BEFORE = re.compile(r"前年(?:同期|同月|度)?比|前期比|対前年")
_IN_BRACKETS = re.compile(r"[（(](?P<change>[^（()）]{2,12})[)）]\s*$")  # 2025年3月期（計画比）
_ASIDE = re.compile(
    r"(?:カッコ|括弧|かっこ|（\s*）|parenthes[ei]s|brackets)[内は]?(?:内)?は?(?P<what>[^、。；;）)]{2,30})", re.I
)
_PLAIN = re.compile(r"[約]?\d[\d,.]*\s*[%％]?")


def is_ratio(label: Label) -> bool:
    """Say whether a head is of a change or share told as a percentage, whatever unit the table's figures have."""
    return label.kind == "change" and label.unit in (None, "%", "％") and bool(_RATIO.search(label.text))


def is_rate_beside(axes: Axes, column: int) -> bool:
    """Say whether a column of percent stands behind one of amounts under the same head: 売上高 over 百万円 and %."""
    here, before = axes.columns.get(column, []), axes.columns.get(column - 1, [])
    units = [
        next((x.unit for x in labels if x.unit and x.unit.strip() == x.text.strip()), "") for labels in (before, here)
    ]
    heads = {x.text for x in here if x.metric_id} & {x.text for x in before if x.metric_id}
    return bool(heads) and units[1] in ("%", "％") and units[0] not in ("", "%", "％")


def of_change(label: Label, base: Label | None, quantity: Quantity, as_ratio: bool) -> tuple[Named, str | None]:
    """Return the metric under a head of change and the metric it is of; `base` is the head that says of what."""
    of_metric = base.metric_id if base else None
    told = _IN_BRACKETS.search(label.text) if label.period is not None else None
    words = told["change"] if told is not None and is_change(told["change"]) else label.text
    words = f"{base.metric_text} {words}" if base else words
    name = _name(label.text, quantity, of_metric, as_ratio)
    known = name if of_metric is None or "_change" not in name else None
    return Named(name, words, label.span, label.role, known), of_metric


def _name(text: str, quantity: Quantity, of_metric: str | None, as_ratio: bool) -> str:
    if re.search(r"構成[比率]|share", text, re.I):
        return "share"
    if re.search(r"達成率|進捗率", text):
        return "progress_rate"
    if as_ratio:
        return "yoy_ratio"
    amount = quantity.kind == QuantityKind.NUMBER and (_AMOUNT.search(text) or _TO_DAY.search(text)) is not None
    if amount or quantity.kind in (QuantityKind.MONEY, QuantityKind.COUNT, QuantityKind.PERCENT_POINT):
        return f"{of_metric if of_metric and not of_metric.endswith('_date') else 'value'}_change"
    return "growth_rate"


_TO_DAY = re.compile(r"前[日週月]比|day change|daily change", re.I)
_AMOUNT = re.compile(
    r"増\s?[△▲]?\s?減[数額]?(?:[（(]|\s*$)|差$|^change$|^difference$|^diff\.?$", re.I
)  # no 増減率, 前年比


def counted_change(
    dimensions: dict[str, tuple[str, ...]], label: Label, base: Label | None, quantity: Quantity
) -> Quantity:
    """Return a bare number under 増減数 or Change in what its row counts (出生数, Headcount)."""
    if quantity.kind != QuantityKind.NUMBER or base is None or _AMOUNT.search(label.text.strip()) is None:
        return quantity
    found = implied(dimensions, quantity, base.metric_id)
    return found if found.kind == QuantityKind.COUNT else quantity


def to_before(labels: Sequence[Label]) -> bool:
    """Say whether a head tells of a change to the time before (前年比), so that 104.9 may be the ratio to it."""
    return any(_TO_BEFORE.search(label.text) for label in labels)


def ratios_to_before(table: Table, column: int) -> bool:
    """Say whether a column 前年比 tells the ratio to the year before (104.9): no cell has a sign, all are near 100."""
    cells = [c.text.strip() for c in table.cells if c.column == column and any(map(str.isdigit, c.text))]
    cells = [c for c in cells if not _TO_BEFORE.search(c)]
    if len(cells) < 2 or not all(_PLAIN.fullmatch(c) for c in cells):
        return False
    return all(50 <= float(re.sub(r"[^\d.]", "", c) or 0) <= 200 for c in cells)


def amounts_of_change(table: Table, column: int) -> bool:
    """Say whether a column 前年比 tells amounts: whole numbers, most of them with a sign, beside a table's note."""
    cells = [c.text.strip() for c in table.cells if c.column == column and any(map(str.isdigit, c.text))]
    cells = [c for c in cells if _SIGNED.fullmatch(c) or _PLAIN.fullmatch(c)]
    plain = [c for c in cells if not re.search(r"[.%％]", c)]
    signed = [c for c in plain if _SIGNED.fullmatch(c)]
    if len(cells) > 1 and all(map(_SIGNED.fullmatch, cells)) and any(abs(_value(c)) > _MOST_RATE for c in cells):
        return True  # +433.77 beside a rate of +1.14%
    whole = len(plain) > 2 and len(plain) == len(cells) and len(signed) > len(plain) * 0.7
    return whole or moves_beside_rates(table, column)


def _value(cell: str) -> float:
    return float(re.sub(r"[^\d.]", "", cell).rstrip(".") or 0)


_MOST_RATE = 100  # percent that a price goes up or down


_SIGNED = re.compile(r"[+＋\-−–▲△]\s*\d[\d,.]*")


def aside(words: Sequence[str]) -> str | None:
    """Return what a note says the figures in brackets are (カッコ内は前年同期比増減率％)."""
    return next((found.group("what") for text in words if (found := _ASIDE.search(text))), None)

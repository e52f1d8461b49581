"""Heads that name no metric among heads of one that do: the sets and languages of a test (全体WER | AMI | Earnings22),
a benchmark that nobody lists beside known ones, the mean of them (平均, Average); columns of sets under a caption that
names the one metric of all (Word error rate: test-clean | test-other).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.claims.build import Named
from extractors.claims.tables.corners import is_aside
from extractors.claims.tables.labels import Label
from extractors.claims.tables.notes import bare_number
from schemas import Cell, EvidenceRole

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Reading

MARKS = frozenset(["benchmark_score", "error_rate", "win_rate"])  # marks of one test after the other
_MARK = re.compile(r"[*_\s]*(?:\d{1,3}\.\d+|\d{1,3}(?:\.\d+)?\s?[%％])[*_\s]*")
_MOST = 100
_COUNTS = re.compile(
    r"(?:数|時間|日)(?:\s*[（(]|$)|[／/]|\b(?:time|size|params?|count|number|loss|cost|price|perplexity|ppl|"
    r"epochs?|steps?|layers?|years?|months?|days?|hours?|age|speed|version|temperature)\b",
    re.I,
)


def kin_metric(reading: Reading, cell: Cell, said: list[Label]) -> Named | None:
    """Return the metric of a cell whose own head names none, as the heads beside it or the caption name it."""
    head = next((x for x in reversed(said) if x.kind in ("other", "entity")), None)
    if head is None or head.metric_id or head.unit not in (None, "%", "％") or is_aside(head):
        return None
    if _COUNTS.search(head.text):
        return None
    across = head.role == EvidenceRole.COLUMN_HEADER
    line = cell.column if across else cell.row
    if not reading.once("marks", line if across else -1 - line, lambda: _holds_marks(reading, line, across=across)):
        return None
    if across not in reading.kin:
        reading.kin[across] = _of_kin(reading, across=across) or _of_caption(reading, across=across)
    name = reading.kin[across]
    return Named(name, head.text, head.span, head.role, name) if name is not None else None


def _heads(reading: Reading, *, across: bool) -> dict[int, list[Label]]:
    return reading.axes.columns if across else reading.axes.rows


def _of_kin(reading: Reading, *, across: bool) -> str | None:
    """The one metric of tests that other lines of marks are headed by."""
    found = set()
    for line, labels in _heads(reading, across=across).items():
        ids = {x.metric_id for x in labels if x.metric_id in MARKS}
        if ids and _holds_marks(reading, line, across=across):
            found |= ids
    return found.pop() if len(found) == 1 else None


def _of_caption(reading: Reading, *, across: bool) -> str | None:
    """The metric of tests that the caption names, where no head names any."""
    heads = [x for labels in _heads(reading, across=across).values() for x in labels]
    told = {m.id for m in reading.around.metrics if m.role == EvidenceRole.CAPTION and m.id}
    if any(x.metric_id for x in heads) or len(told) != 1:
        return None
    name = told.pop()
    return name if name in MARKS else None


def _holds_marks(reading: Reading, line: int, *, across: bool) -> bool:
    """Say whether a column or row holds marks: decimals up to a hundred, or percentages."""
    axes, table = reading.axes, reading.table
    places = ((r, line) for r in range(axes.first_row, table.rows)) if across else ((line, c) for c in axes.columns)
    cells = [c for place in places if (c := table.at(*place)) is not None and (c.row, c.column) == place]
    texts = [c.text.strip() for c in cells if c.column in axes.columns and any(map(str.isdigit, c.text))]
    marks = [text for text in texts if _MARK.fullmatch(text)]
    values = [v for text in marks if (v := bare_number(text.strip(" *_%％"))) is not None]
    return bool(marks) and len(marks) == len(texts) and all(0 <= v <= _MOST for v in values)

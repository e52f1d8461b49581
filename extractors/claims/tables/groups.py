"""Groups of those counted as heads of statistics: sexes and ages. They part a thing and name no metric.

Belgium | Men | 2019      the employment rate of the caption, of "Belgium, Men"
Male                      a row without figures: of the rows below
250 | 30 | 5.9            "Male, 250 ppm"
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from extractors.claims.build import Named
from extractors.claims.tables.itemized import is_empty
from extractors.claims.tables.labels import Label
from schemas import EvidenceRole

if TYPE_CHECKING:
    from extractors.claims.tables.parts import Parts, Reading


def of_group(parts: Parts, entity: Named) -> Named:
    """Return the thing of a figure with the English groups whose heads it stands under: Belgium, Men; Male, 20–24.

    Before rows that have one name stand the rows that part them: Aged 65 and older, With a disability.
    """
    bands = [x for x in parts.labels if x.kind == "band" and re.search("[ぁ-んァ-ヺ一-鿿]", x.text) is None]
    whose = [x for x in parts.labels if x.kind not in ("band", "total") and _inside(entity, x)][:1]
    whose = [x for x in whose if not _inside(parts.metric, x)]
    named = [*whose, *(x for x in bands if not any(x is y for y in whose))]
    row = next((x for x in named if x.role == EvidenceRole.ROW_HEADER), None)
    over = rows_over(parts.reading).get(parts.cell.row, []) if row is not None else []
    if not named or (not bands and not over):
        return entity
    first = named[0]
    return Named(", ".join([*over, *(x.text.strip() for x in named)]), first.text, first.span, first.role)


def _inside(words: Named, label: Label) -> bool:
    return label.span.start <= words.span.start < label.span.end


def item_of_group(parts: Parts) -> Named | None:
    """The row's words as the metric of a figure under a group, where nothing else names one (Asthma | Male)."""
    if not any(x.kind == "band" for x in parts.labels):
        return None
    told = next((x for x in parts.things if x.kind in ("other", "entity", "metric")), None)
    return None if told is None else Named(told.metric or told.text, told.text, told.span, told.role, told.metric_id)


def rows_over(reading: Reading) -> dict[int, list[str]]:
    """Return for the rows of things whose name another row has too, and for groups under a head of their own, the heads
    of the rows that they stand under, outermost first: those further left, else the last with a name of its own."""
    if reading.over is not None:
        return reading.over
    heads = {r: labels[-1] for r, labels in reading.axes.rows.items() if labels and labels[-1].span is not None}
    reading.over = {}
    if reading.axes.row_axis == "metric" or not reading.context.document.pages:
        return reading.over
    often = Counter(x.text.strip() for x in heads.values())
    left = {r: _left(reading, x) for r, x in heads.items()}
    empty = {r for r in heads if is_empty(reading, r)}
    for row, label in heads.items():
        if often[label.text.strip()] > 1:
            found = _further_left(row, heads, left)
            own = [x for r, x in heads.items() if r < row and often[x.text.strip()] == 1]
            edge = min((left[r] for r in heads if r < row and heads[r].text.strip() in found), default=left[row])
            apart = [r for r in heads if r < row and heads[r].kind == "band" and abs(left[r] - edge) > _INDENT]
            group = [heads[r].text.strip() for r in apart[-1:] if label.kind != "band"]
            reading.over[row] = [*(x for x in group if x not in found), *found] or [x.text.strip() for x in own[-1:]]
        elif label.kind == "band":
            reading.over[row] = [heads[r].text.strip() for r in sorted(empty) if r < row][-1:]
    return reading.over


def _further_left(row: int, heads: dict[int, Label], left: dict[int, float]) -> list[str]:
    found: list[str] = []
    edge = left[row]
    for above in sorted((r for r in heads if r < row), reverse=True):
        if left[above] < edge - _INDENT:
            found.insert(0, heads[above].text.strip())
            edge = left[above]
    return found


_INDENT = 2.0  # points


def _left(reading: Reading, label: Label) -> float:
    boxes = reading.context.document.boxes(label.span)
    return min((box.x0 for box in boxes), default=0.0)

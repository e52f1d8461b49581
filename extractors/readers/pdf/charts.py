"""Bar charts drawn with labels: the label under a bar paired with the figure at its end.

A pair is made only where one category label and one data label belong to one bar and to no other; everything else
(axes, stacked bars, lines, pies) is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from extractors.readers.pdf.builder import whole
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.sheet import Sheet
from extractors.readers.pdf.tables.grid import Grid, GridCell, Rect

FIGURE = re.compile(
    r"(?:約|推定)?[△▲\-−+$¥€]?\s?[0-9０-９][0-9０-９,，.．]*\s?(?:[%％倍兆億万千百円ドル人台件社個回年pt]|ドル|ユーロ|TWh|GWh|GW|MW)*[*†]?"
)
LEAST, MOST = 2, 60  # bars of one chart


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle; `end` is the coordinate at which its value ends."""

    box: Rect
    upright: bool


def find_charts(sheet: Sheet, segments: list[Segment], tables: list[Grid]) -> list[Grid]:
    """Return a grid of (category, figure) rows for each bar chart on an upright page."""
    if sheet.sized((3, 3), (0.5 * sheet.width, 0.8 * sheet.height), filled=True) < LEAST:
        return []
    boxes = [b for b in _filled(sheet) if not any(_inside(b, g.box) for g in tables)]
    if not LEAST <= len(boxes) <= 2000:
        return []
    charts = []
    used: set[int] = set()
    for group in _groups(boxes):
        free = [s for s in segments if id(s) not in used]
        pairs = _pairs(group, free)
        if pairs:
            used.update(id(s) for pair in pairs for s in pair)
            charts.append(_grid(pairs, group))
    return charts


def _filled(sheet: Sheet) -> list[Rect]:
    sized = [
        b for b in sheet.drawings.fills if 3 < b[2] - b[0] < 0.5 * sheet.width and 3 < b[3] - b[1] < 0.8 * sheet.height
    ]
    return list(dict.fromkeys(sized))


def _groups(boxes: list[Rect]) -> Iterable[list[Bar]]:
    """Yield bars that stand on one line and are equally wide, upright first, then lying."""
    for upright in (True, False):
        heaps: dict[tuple[int, int], list[Rect]] = defaultdict(list)
        for box in boxes:
            foot = box[3] if upright else box[0]
            thick = box[2] - box[0] if upright else box[3] - box[1]
            heaps[(round(foot / 2), round(thick / 2))].append(box)
        for heap in heaps.values():
            if LEAST <= len(heap) <= MOST and _apart(heap, upright):
                yield [Bar(b, upright) for b in sorted(heap, key=lambda b: b[0] if upright else b[1])]


def _apart(heap: list[Rect], upright: bool) -> bool:
    """Say whether bars stand beside one another and differ in length: equal boxes are no bars."""
    low, high = (0, 2) if upright else (1, 3)
    ordered = sorted(heap, key=lambda b: b[low])
    if any(b[low] < a[high] - 0.5 for a, b in pairwise(ordered)):
        return False
    lengths = [b[3] - b[1] if upright else b[2] - b[0] for b in heap]
    return max(lengths) - min(lengths) > 2


def _pairs(bars: list[Bar], segments: list[Segment]) -> list[tuple[Segment, Segment]]:
    labels: list[list[Segment]] = []
    figures: list[list[Segment]] = []
    for bar in bars:
        labels.append([s for s in segments if _is_label(s, bar)])
        figures.append([s for s in segments if FIGURE.fullmatch(s.text.strip()) and _at_end(s, bar)])
    pairs = []
    for label, figure in zip(labels, figures, strict=True):
        if len(label) == 1 and len(figure) == 1 and label[0] is not figure[0]:
            others = sum(label[0] in x for x in labels) + sum(figure[0] in x for x in figures)
            if others == 2:
                pairs.append((label[0], figure[0]))
    return pairs


def _is_label(segment: Segment, bar: Bar) -> bool:
    """Say whether a text stands at the foot of a bar, within its place on the axis."""
    x0, top, x1, bottom = bar.box
    if bar.upright:
        near = -1 <= segment.top - bottom < 1.2 * segment.size
        return near and abs((segment.x0 + segment.x1) / 2 - (x0 + x1) / 2) < 0.4 * (x1 - x0) + 2
    near = -1 <= x0 - segment.x1 < 2.0 * segment.size
    return near and abs(segment.middle - (top + bottom) / 2) < 0.5 * (bottom - top) + 2


def _at_end(segment: Segment, bar: Bar) -> bool:
    """Say whether a figure stands just past the end of a bar, or inside of it."""
    x0, top, x1, bottom = bar.box
    if bar.upright:
        across = abs((segment.x0 + segment.x1) / 2 - (x0 + x1) / 2) < 0.4 * (x1 - x0) + 2
        return (across and -1 <= top - segment.bottom < 1.0 * segment.size) or (
            across and segment.top >= top - 1 and segment.bottom <= bottom + 1
        )
    along = abs(segment.middle - (top + bottom) / 2) < 0.5 * (bottom - top)
    return along and (-1 <= segment.x0 - x1 < 1.5 * segment.size or (segment.x0 >= x0 - 1 and segment.x1 <= x1 + 1))


def _grid(pairs: list[tuple[Segment, Segment]], bars: list[Bar]) -> Grid:
    cells = []
    for row, (label, figure) in enumerate(pairs):
        cells.append(GridCell(row, 0, row, 0, label.box, [[whole(label)]]))
        cells.append(GridCell(row, 1, row, 1, figure.box, [[whole(figure)]]))
    boxes = [b.box for b in bars] + [c.box for c in cells]
    box = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Grid(box, cells, "chart-bars", score=0.8, header_columns=1)


def _inside(box: Rect, outer: Rect) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return outer[0] <= x <= outer[2] and outer[1] <= y <= outer[3]

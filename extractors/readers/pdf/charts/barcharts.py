"""Bar charts: each bar's category, series and figure, kept only where figures and lengths agree."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.readers.pdf.charts.axes import Axis
from extractors.readers.pdf.charts.barlabels import Reading, bar_figures
from extractors.readers.pdf.charts.bars import Group, groups_of
from extractors.readers.pdf.charts.categories import columns_left, over_centers, over_groups, rows_below
from extractors.readers.pdf.charts.chart import Chart, Drawing, trimmed
from extractors.readers.pdf.charts.labels import Label, around
from extractors.readers.pdf.charts.legend import Key, named_beside, named_by_keys
from extractors.readers.pdf.tables.grid import Rect


def bar_charts(drawing: Drawing, axes: Sequence[Axis], keys: Sequence[Key]) -> list[Chart]:
    """Return the bar charts of a page."""
    found = []
    for group in groups_of(drawing.shapes, axes, drawing.width, drawing.height):
        if not group.upright and _ruled(group, drawing):
            continue
        chart = _read(group, drawing.labels, axes, keys)
        if chart is not None:
            found.append(chart)
    return found


def _ruled(group: Group, drawing: Drawing) -> bool:
    """Say whether lines part the bars: bars in the rows of a table."""
    x0, _, x1, _ = around([b.box for b in group.bars])
    rules = [s.box[1] for s in drawing.shapes if s.height < 2.5 and s.width > 0.8 * (x1 - x0) and s.box[0] < x1]
    rules += [s.box[1] for s in drawing.shapes if s.is_line and s.width > 0.8 * (x1 - x0) and s.box[0] < x1]
    ordered = sorted((s[0] for s in group.stacks), key=lambda b: b.center)
    parted = sum(any(a.high < y < b.low for y in rules) for a, b in pairwise(ordered))  # grid lines are in the bars
    return 2 * parted > len(ordered) - 1


def _read(group: Group, labels: Sequence[Label], axes: Sequence[Axis], keys: Sequence[Key]) -> Chart | None:
    plot = around([b.box for b in group.bars])
    scales = [a for a in axes if a.upright is group.upright and beside(a, plot)]
    printed = [n for a in scales for n in a.labels]
    figures = bar_figures(group, [n for n in labels if n not in printed], scales)
    if not figures:
        return None
    taken = [n for _, n, _ in figures]
    names = [n for n in labels if (n.figure is None or n.figure.year) and n not in taken]
    series = _series(group, keys, names, plot)
    if series is None:
        return None
    homes = _homes(group, [n for n in names if n not in series], len(series) > 1)
    cells = _cells(group, figures, homes, len(series) > 1)
    sure = len(figures) >= 3 or (len(figures) == 2 and bool(scales))
    whole = len(homes) == len(group.bars) or (len(group.fills) == 1 and len(group.stacks) == len(group.bars))
    if cells is None or not (sure or (whole and len(group.fills) <= 2)) or (len(series) == 1 and not whole):
        return None
    categories = list(dict.fromkeys(homes.values()))
    rows = {id(n): i for i, n in enumerate(categories)}
    kind = "stacked-bars" if group.stacked else "bars"
    placed = {(rows[id(name)], column): figure for (name, column), figure in cells.items()}
    return trimmed(Chart(kind, plot, categories, series, placed, sure, printed))


def beside(axis: Axis, plot: Rect) -> bool:
    """Say whether a scale stands beside a plot (under or over it when it is level) and reaches over part of it."""
    side = 0 if axis.upright else 1
    low, high, start, end = plot[side], plot[side + 2], plot[1 - side], plot[3 - side]
    ends = sorted(n.y if axis.upright else n.x for n in axis.labels)
    outside = axis.place < low or axis.place > high
    near = max(low - axis.place, axis.place - high) < 0.6 * (high - low) + 40
    return outside and near and ends[0] < end and ends[-1] > start


def _series(group: Group, keys: Sequence[Key], names: Sequence[Label], plot: Rect) -> list[Label | None] | None:
    """Return the names of the colours, [None] for bars of one series; None when colours are left without a name."""
    fills = group.fills
    named = named_by_keys(fills, keys, plot)
    if named is None and group.upright and group.stacked:
        last = max(group.stacks, key=lambda s: s[0].center)
        if len(last) == len(fills):
            parts = sorted(last, key=group.fill_index)
            named = named_beside([(b.box, b.fill) for b in parts], names)
    if named is not None:
        return list(named)
    return None if group.stacked else [None]


def _homes(group: Group, names: Sequence[Label], grouped: bool) -> dict[int, Label]:
    """Return the category of each bar that has one, by the bar's id."""
    box = around([b.box for b in group.bars])
    if group.upright:
        foot = -group.base
        rows = rows_below(names, foot, box[3] - foot + 0.3 * (box[3] - box[1]) + 16)
    else:
        rows = columns_left(names, group.base, group.base - box[0] + 0.6 * (box[2] - box[0]) + 60)
    for row in rows:
        found = _by_row(group, row, grouped and not group.stacked)
        if found:
            return found
    return {}


def _by_row(group: Group, row: Sequence[Label], grouped: bool) -> dict[int, Label]:
    """Return the label of each bar in a row of labels: over its bar's middle, or over the middle of a group of bars."""
    stacks = sorted(group.stacks, key=lambda s: s[0].low)
    if grouped:
        bars = [(id(s[0]), s[0].center, group.fill_index(s[0])) for s in stacks]
        cuts = [row] if group.upright else [row, row[1:], row[2:], row[:-1]]  # a column may have a head or a note
        return next((found for cut in cuts if (found := over_groups(cut, bars, group.upright))), {})
    found = over_centers(row, [s[0].center for s in stacks], group.upright)
    return {id(bar): name for i, name in found.items() for bar in stacks[i]}


def _cells(
    group: Group, figures: Sequence[Reading], homes: dict[int, Label], named: bool
) -> dict[tuple[Label, int], Label] | None:
    """Return the figures by category and series; None when two have the same."""
    cells: dict[tuple[Label, int], Label] = {}
    for bar, label, _ in figures:
        name = homes.get(id(bar))
        if name is None:
            continue
        place = (name, group.fill_index(bar) if named else 0)
        if place in cells:
            return None
        cells[place] = label
    return cells

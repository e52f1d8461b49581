"""Charts drawn with labels: bars, lines and pies, each data label paired with its category and series.

A chart is read only where its figures agree with what is drawn: lengths, heights on one scale, shares of a circle.
What is not certain is left out; the figures of axes belong to no pair.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from extractors.readers.pdf.charts.axes import Axis, axes_of, marked
from extractors.readers.pdf.charts.barcharts import bar_charts
from extractors.readers.pdf.charts.chart import PROVEN, Chart, Drawing, to_grid
from extractors.readers.pdf.charts.labels import Label, labels_of
from extractors.readers.pdf.charts.legend import distance, keys_of
from extractors.readers.pdf.charts.lines import line_charts
from extractors.readers.pdf.charts.merging import merged
from extractors.readers.pdf.charts.pies import pie_charts
from extractors.readers.pdf.charts.shapes import Shape, shapes_of
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.sheet import Sheet
from extractors.readers.pdf.tables.grid import Grid

__all__ = ["PROVEN", "find_charts", "segments_of"]

MOST_SHAPES = 4000  # more are a map or a drawing
MOST_LABELS = 1000


def find_charts(sheet: Sheet, segments: list[Segment]) -> tuple[list[Grid], list[Segment]]:
    """Return a grid for each chart of an upright page that could be read, and the figures of the other charts' scales.

    A grid's score says whether its figures are proven by what is drawn.
    """
    if not _may_have(sheet, segments):
        return [], []
    paths = sheet.drawings.paths
    if not paths or len(paths) > MOST_SHAPES:
        return [], []
    shapes = shapes_of(paths)
    labels = labels_of(segments, shapes)
    if len(labels) > MOST_LABELS or len(shapes) > MOST_SHAPES:
        return [], []
    drawing = Drawing(shapes, labels, sheet.width, sheet.height)
    axes, keys = axes_of(labels), keys_of(shapes, labels)
    found = [*pie_charts(drawing, keys), *bar_charts(drawing, axes, keys), *line_charts(drawing, axes, keys)]
    charts = merged(found)
    grids = [to_grid(c, _rest(c, charts, labels)) for c in charts]
    held = {id(s) for g in grids for s in segments_of(g)}
    return grids, [s for s in _scales(axes, shapes, labels) if id(s) not in held]


def _scales(axes: Sequence[Axis], shapes: Sequence[Shape], labels: Sequence[Label]) -> list[Segment]:
    """Return the segments of scales that have their marks or grid lines, and of figures in the plots beside them."""
    found: dict[int, Segment] = {}
    for axis in axes:
        plot = marked(axis, shapes)
        if plot is None:
            continue
        inside = [n for n in labels if n.figure is not None and distance(n.box, plot) == 0]
        pieces = [p for n in [*axis.labels, *inside] for p in n.pieces]
        found.update({id(p.segment): p.segment for p in pieces if p.text.strip() == p.segment.text.strip()})
    return sorted(found.values(), key=lambda s: (s.top, s.x0))


def segments_of(grid: Grid) -> list[Segment]:
    """Return all segments that a chart's grid holds."""
    return [*(p.segment for c in grid.cells for line in c.lines for p in line), *grid.rest]


def _may_have(sheet: Sheet, segments: Sequence[Segment]) -> bool:
    """Say from the outlines whether bars, sectors or lines may be drawn, and figures may stand at them."""
    any_size = inf, inf  # bars of an axis that does not begin at zero go on below the page
    if sheet.sized((2.0, 2.0), any_size, filled=True) < 2 and not sheet.sized((40.0, 4.0), any_size, filled=False):
        return False
    return sum(len(s.text) < 60 and any(c.isdigit() for c in s.text) for s in segments) >= 2


def _rest(chart: Chart, charts: Sequence[Chart], labels: Sequence[Label]) -> list[Segment]:
    """Return the segments of the chart's scales, and of figures in its plot that belong to no pair."""
    used = {id(p.segment) for c in charts for n in c.used for p in n.pieces}
    rest: dict[int, Segment] = {}
    for label in [*chart.scales, *(n for n in labels if n.figure is not None and distance(n.box, chart.box) < 1)]:
        for piece in label.pieces:
            if id(piece.segment) not in used:
                rest[id(piece.segment)] = piece.segment
    return sorted(rest.values(), key=lambda s: (s.top, s.x0))

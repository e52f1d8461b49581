"""Lines with labelled points: polylines over categories, the figures beside their points, proven by one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.readers.pdf.charts.axes import Axis
from extractors.readers.pdf.charts.barcharts import beside
from extractors.readers.pdf.charts.categories import over_centers, rows_below
from extractors.readers.pdf.charts.chart import Chart, Drawing, trimmed
from extractors.readers.pdf.charts.figures import Figure
from extractors.readers.pdf.charts.fits import Scale, best_scale
from extractors.readers.pdf.charts.labels import Label, around
from extractors.readers.pdf.charts.legend import Key, named_beside, named_by_keys
from extractors.readers.pdf.charts.shapes import Color, Point, Shape, alike, color_of
from extractors.readers.pdf.tables.grid import Rect

LEAST = 3  # points of a line
REACH = 2.0  # type sizes between a point and its figure at most


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A polyline from left to right."""

    points: tuple[Point, ...]
    color: Color

    @property
    def box(self) -> Rect:
        """The box around its points."""
        xs, ys = [p[0] for p in self.points], [p[1] for p in self.points]
        return min(xs), min(ys), max(xs), max(ys)

    def height(self, x: float) -> float | None:
        """Return y of the point at `x`, None where it has none within a point."""
        near = min(self.points, key=lambda p: abs(p[0] - x))
        return near[1] if abs(near[0] - x) < 1.0 else None


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A point of a line over a category."""

    line: int
    category: int
    x: float
    y: float


Reading = tuple[Label, Figure, list[Place]]


def line_charts(drawing: Drawing, axes: Sequence[Axis], keys: Sequence[Key]) -> list[Chart]:
    """Return the line charts of a page."""
    charts = []
    for lines in _plots(lines_of(drawing.shapes)):
        chart = _read(lines, drawing.labels, axes, keys)
        if chart is not None:
            charts.append(chart)
    return charts


def lines_of(shapes: Sequence[Shape]) -> list[Line]:
    """Return the polylines that run from left to right; pieces drawn one by one are joined."""
    runs: list[tuple[list[Point], Color]] = []
    for shape in shapes:
        if not shape.is_line or shape.stroke is None or len(shape.corners) < 2:
            continue
        corners = list(shape.corners)
        if corners[0][0] > corners[-1][0]:
            corners.reverse()
        if any(b[0] - a[0] < 0.5 for a, b in pairwise(corners)):
            continue
        last = next(
            (r for r in reversed(runs[-4:]) if alike(r[1], shape.stroke) and _meets(r[0][-1], corners[0])), None
        )
        if last is not None:
            last[0].extend(corners[1:])
        else:
            runs.append((corners, shape.stroke))
    lines = [Line(tuple(points), color) for points, color in runs if len(points) >= LEAST]
    return [line for line in lines if line.box[2] - line.box[0] > 30 and line.box[3] - line.box[1] > 1][:30]


def _meets(a: Point, b: Point) -> bool:
    return abs(a[0] - b[0]) < 0.3 and abs(a[1] - b[1]) < 0.3


def _plots(lines: Sequence[Line]) -> list[list[Line]]:
    """Put lines together whose extents overlap."""
    plots: list[list[Line]] = []
    for line in lines:
        home = next((p for p in plots if any(_overlap(line.box, other.box) for other in p)), None)
        if home is not None:
            home.append(line)
        else:
            plots.append([line])
    return plots


def _overlap(a: Rect, b: Rect) -> bool:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = max(a[3] - a[1], b[3] - b[1])
    gap = max(a[1], b[1]) - min(a[3], b[3])
    return wide > 0.5 * min(a[2] - a[0], b[2] - b[0]) and gap < 2 * high


def _read(lines: list[Line], labels: Sequence[Label], axes: Sequence[Axis], keys: Sequence[Key]) -> Chart | None:
    plot = around([line.box for line in lines])
    scales = [a for a in axes if a.upright and beside(a, plot)]
    printed = [n for a in scales for n in a.labels]
    centers = sorted({round(x, 1) for line in lines for x, _ in line.points})
    if len(centers) > 200:
        return None
    names = [n for n in labels if (n.figure is None or n.figure.year) and n not in printed]
    series = _series(lines, keys, names, plot)
    if series is None:
        return None
    foot = max([plot[3], *(n.y for n in printed)])
    rows = rows_below([n for n in names if n not in series], foot, 0.6 * (plot[3] - plot[1]) + 30)
    below = next((found for row in rows if len(found := over_centers(row, centers, True)) >= LEAST), None)
    if below is None:
        return None
    categories = [below[i] for i in sorted(below)]
    places = _places(lines, [centers[i] for i in sorted(below)])
    figures = [n for n in labels if n.figure is not None and n not in printed and n not in categories]
    cells: dict[tuple[int, int], Label] = {}
    for kind in ("", "%"):
        readings = _readings([n for n in figures if n.figure is not None and n.figure.kind == kind], places, centers)
        for label, place in _proven(readings, scales, lines):
            if (place.category, place.line) in cells:
                return None
            cells[place.category, place.line] = label
    return trimmed(Chart("lines", plot, categories, series, cells, True, printed))


def _series(lines: list[Line], keys: Sequence[Key], names: Sequence[Label], plot: Rect) -> list[Label | None] | None:
    colors = [line.color for line in lines]
    named = named_by_keys(colors, keys, plot)
    if named is None:
        ends = [(line.points[-1], line.color) for line in lines]
        named = named_beside([((x - 3, y - 3, x + 3, y + 3), color) for (x, y), color in ends], names)
    if named is not None:
        return list(named)
    return [None] if len(lines) == 1 else None


def _places(lines: Sequence[Line], xs: Sequence[float]) -> list[Place]:
    return [
        Place(i, j, x, y)
        for i, line in enumerate(lines)
        for j, x in enumerate(xs)
        for y in [line.height(x)]
        if y is not None
    ]


def _readings(figures: Sequence[Label], places: Sequence[Place], xs: Sequence[float]) -> list[Reading]:
    pitch = min((b - a for a, b in pairwise(xs)), default=20.0)
    found: list[Reading] = []
    for label in figures:
        near = [p for p in places if _near(label, p, pitch)]
        if near and label.figure is not None:
            found.append((label, label.figure, near))
    return found


def _near(label: Label, place: Place, pitch: float) -> bool:
    x0, top, x1, bottom = label.box
    over = abs(label.x - place.x) <= max(0.3 * pitch, 0.25 * (x1 - x0))
    gap = max(0.0, top - place.y, place.y - bottom)
    right = 0 < x0 - place.x < 1.5 * label.size and abs(label.y - place.y) < 0.7 * label.size
    return (over and gap < REACH * label.size) or right


def _proven(readings: Sequence[Reading], scales: Sequence[Axis], lines: Sequence[Line]) -> list[tuple[Label, Place]]:
    """Return the figures with the point each belongs to, where nearly all of them lie on one scale."""
    if all(figure.year for _, figure, _ in readings):
        return []
    options = [(figure, [-p.y for p in places]) for _, figure, places in readings]
    printed = [a.scale for a in scales]
    best = best_scale(options)
    for scale in [*printed, *([best] if best is not None else [])]:
        held = [r for r in readings if any(scale.fits(-p.y, r[1]) for p in r[2])]
        heights = {round(p.y / 3) for r in held for p in r[2] if scale.fits(-p.y, r[1])}
        enough = scale in printed or (len(held) >= 3 and len(heights) >= 3)
        if enough and len(held) >= 0.8 * len(readings):
            chosen = [(r[0], _chosen(r, scale, lines)) for r in held]
            return _single([(label, place) for label, place in chosen if place is not None])
    return []


def _chosen(reading: Reading, scale: Scale, lines: Sequence[Line]) -> Place | None:
    """Return the point of a figure; by colour where two lines have one there, else the clearly nearer."""
    label, figure, places = reading
    fitting = sorted((p for p in places if scale.fits(-p.y, figure)), key=lambda p: abs(p.y - label.y))
    if len(fitting) == 1:
        return fitting[0]
    own = [p for p in fitting if alike(lines[p.line].color, color_of(label.color))]
    return own[0] if len(own) == 1 else None


def _single(pairs: list[tuple[Label, Place]]) -> list[tuple[Label, Place]]:
    """Leave out figures of which two have the same point."""
    counts = [id(place) for _, place in pairs]
    return [(label, place) for label, place in pairs if counts.count(id(place)) == 1]

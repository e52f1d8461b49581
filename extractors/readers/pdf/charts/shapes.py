"""The drawn shapes of a page that a chart is made of: outline points, fill and stroke colour, whether a rectangle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

from extractors.readers.pdf.tables.grid import Rect

Point = tuple[float, float]
Color = tuple[int, int, int]
WHITE = 247  # components from which a fill is paper
FULL = 0.93  # share of its box that a bar covers at least; bars may have rounded corners


@dataclass(frozen=True, slots=True, eq=False)
class Shape:
    """A connected part of a drawn path, in points of the page; `fill` is None for paper white.

    `corners` are the ends of its lines and curves, `points` these and points on its curves; `area` is what it covers.
    """

    box: Rect
    corners: tuple[Point, ...]
    points: tuple[Point, ...]
    fill: Color | None
    stroke: Color | None
    curved: bool
    area: float

    @property
    def width(self) -> float:
        """Width of the box."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.box[3] - self.box[1]

    @property
    def is_bar(self) -> bool:
        """Whether it is a filled upright rectangle."""
        return self.fill is not None and self.area >= FULL * self.width * self.height > 0

    @property
    def is_line(self) -> bool:
        """Whether it is stroked and not filled."""
        return self.fill is None and self.stroke is not None


def shapes_of(paths: Iterable[dict[str, Any]]) -> list[Shape]:
    """Return the shapes of paths as PyMuPDF's `get_cdrawings` gives them, in the order they are painted."""
    found = []
    for path in paths:
        fill = _rgb(path.get("fill"), path.get("fill_opacity"))
        stroke = _rgb(path.get("color"), path.get("stroke_opacity"))
        if fill is not None and min(fill) >= WHITE:
            fill, stroke = None, None if stroke is not None and min(stroke) >= WHITE else stroke
            if path.get("type") != "s":
                continue
        if fill is None and stroke is None:
            continue
        for corners, points, curved in _parts(path["items"]):
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            box = (min(xs), min(ys), max(xs), max(ys))
            found.append(Shape(box, corners, points, fill, stroke, curved, _area(points)))
    return found


def alike(a: Color | None, b: Color | None) -> bool:
    """Say whether two colours are the same but for rounding."""
    return a is not None and b is not None and all(abs(x - y) <= 3 for x, y in zip(a, b, strict=True))


def color_of(value: int) -> Color:
    """Return the colour of text (0xRRGGBB)."""
    return value >> 16 & 255, value >> 8 & 255, value & 255


def _rgb(color: Sequence[float] | None, opacity: float | None) -> Color | None:
    if not color or opacity == 0:
        return None
    if len(color) == 1:
        color = (color[0],) * 3
    red, green, blue = (round(255 * c) for c in color[:3])
    return red, green, blue


def _parts(items: Sequence[Any]) -> Iterator[tuple[tuple[Point, ...], tuple[Point, ...], bool]]:
    """Yield corners, points and whether curved, of each connected run of a path's lines and curves."""
    corners: list[Point] = []
    points: list[Point] = []
    curved = False
    for item in items:
        if item[0] in ("re", "qu"):
            outline = _outline(item)
            yield outline, outline, False
            continue
        start, end = item[1], item[-1]
        if points and hypot(points[-1][0] - start[0], points[-1][1] - start[1]) > 0.05:
            yield tuple(corners), tuple(points), curved
            corners, points, curved = [], [], False
        if not points:
            corners.append(start)
            points.append(start)
        if item[0] == "c":
            curved = True
            points += [_bezier(item[1:], t / 6) for t in range(1, 6)]
        corners.append(end)
        points.append(end)
    if points:
        yield tuple(corners), tuple(points), curved


def _outline(item: Sequence[Any]) -> tuple[Point, ...]:
    if item[0] == "re":
        x0, top, x1, bottom = item[1]
        return (x0, top), (x1, top), (x1, bottom), (x0, bottom)
    upper_left, upper_right, lower_left, lower_right = item[1]
    return upper_left, upper_right, lower_right, lower_left


def _bezier(control: Sequence[Point], t: float) -> Point:
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = control
    u = 1 - t
    weights = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
    return (
        weights[0] * ax + weights[1] * bx + weights[2] * cx + weights[3] * dx,
        weights[0] * ay + weights[1] * by + weights[2] * cy + weights[3] * dy,
    )


def _area(points: Sequence[Point]) -> float:
    """Return the area within a closed outline (shoelace formula)."""
    closed = [*points, points[0]]
    return abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(closed))) / 2

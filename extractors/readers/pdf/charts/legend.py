"""The names of series: by the key of a legend in their colour, or set beside the last of their marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from extractors.readers.pdf.charts.labels import Label
from extractors.readers.pdf.charts.shapes import Color, Shape, alike
from extractors.readers.pdf.tables.grid import Rect


@dataclass(frozen=True, slots=True, eq=False)
class Key:
    """A small mark in a series' colour and the name beside it."""

    color: Color
    box: Rect
    name: Label


def keys_of(shapes: Sequence[Shape], labels: Sequence[Label]) -> list[Key]:
    """Return the keys on a page: small filled marks or short level strokes with a name to the right."""
    names = [n for n in labels if n.names]
    found: list[Key] = []
    for shape in shapes:
        color = _color_of(shape)
        if color is None:
            continue
        near = [n for n in names if _beside(shape, n)]
        if not near:
            continue
        name = min(near, key=lambda n: n.box[0])
        if not any(k.name is name and alike(k.color, color) for k in found):
            found.append(Key(color, shape.box, name))
    return found


def _color_of(shape: Shape) -> Color | None:
    if shape.fill is not None:
        return shape.fill if 2 <= shape.width <= 40 and 2 <= shape.height <= 20 else None
    level = shape.height < 1.5 and 6 <= shape.width <= 60
    return shape.stroke if level and len(shape.corners) <= 4 else None


def _beside(shape: Shape, name: Label) -> bool:
    gap = name.box[0] - shape.box[2]
    middle = (shape.box[1] + shape.box[3]) / 2
    return -0.5 <= gap < 1.6 * name.size and abs(middle - name.y) < 0.55 * name.size


def named_by_keys(colors: Sequence[Color], keys: Sequence[Key], plot: Rect) -> list[Label] | None:
    """Return the name of each colour by the keys nearest to a plot; None when one has no key or two names."""
    names: list[Label] = []
    for color in colors:
        near = sorted((k for k in keys if alike(k.color, color)), key=lambda k: distance(k.box, plot))
        others = [k for k in near[1:] if k.name is not near[0].name]
        if not near or distance(near[0].box, plot) > 0.8 * max(plot[2] - plot[0], plot[3] - plot[1]):
            return None
        if others and distance(others[0].box, plot) < 1.5 * distance(near[0].box, plot) + 10:
            return None
        names.append(near[0].name)
    texts = {n.text for n in names}
    return names if len(texts) == len(names) else None


def named_beside(ends: Sequence[tuple[Rect, Color]], labels: Sequence[Label]) -> list[Label] | None:
    """Return the name right of each mark's box, on its height; in its colour where several stand there.

    None unless each mark has one name and no name is taken twice.
    """
    names: list[Label] = []
    for box, color in ends:
        near = [n for n in labels if n.names and n not in names and _right_of(box, n)]
        own = [n for n in near if alike(_rgb(n), color)]
        near = own or near
        if len(near) != 1:
            return None
        names.append(near[0])
    return names


def _right_of(box: Rect, name: Label) -> bool:
    middle = (box[1] + box[3]) / 2
    reach = max(0.7 * name.size, 0.3 * (box[3] - box[1]))
    return -1 <= name.box[0] - box[2] < 2.5 * name.size and abs(name.y - middle) < reach


def _rgb(label: Label) -> Color:
    return label.color >> 16 & 255, label.color >> 8 & 255, label.color & 255


def distance(a: Rect, b: Rect) -> float:
    """Return the distance between two boxes in points; 0 where they meet."""
    across = max(0.0, b[0] - a[2], a[0] - b[2])
    down = max(0.0, b[1] - a[3], a[1] - b[3])
    return hypot(across, down)

"""Pies and rings: sectors around one centre, the name and the figure of each, proven by the sectors' shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, hypot, pi, tau

from extractors.readers.pdf.charts.chart import Chart, Drawing, trimmed
from extractors.readers.pdf.charts.labels import Label, around, joined, parted
from extractors.readers.pdf.charts.legend import Key, distance, named_by_keys
from extractors.readers.pdf.charts.shapes import Point, Shape
from extractors.readers.pdf.tables.grid import Rect

LEAST, MOST = 2, 24  # sectors
MOST_ROUND = 400  # round shapes of a page; more are a drawing
SHARE = 0.012  # by which a sector may differ from its printed share
REACH = 1.75  # radii within which a sector's texts stand


@dataclass(frozen=True, slots=True, eq=False)
class Sector:
    """A sector: its share of the circle, the angle at which it begins and how far it opens, in radians (clockwise)."""

    shape: Shape
    share: float
    begin: float
    sweep: float

    def holds(self, angle: float, slack: float = 0.0) -> bool:
        """Say whether a direction lies in it."""
        return (angle - self.begin + slack) % tau <= self.sweep + 2 * slack


@dataclass(frozen=True, slots=True, eq=False)
class Pie:
    """Sectors around a centre."""

    center: Point
    radius: float
    hole: float
    sectors: list[Sector]

    @property
    def box(self) -> Rect:
        """The box around the circle."""
        (x, y), r = self.center, self.radius
        return x - r, y - r, x + r, y + r

    def polar(self, x: float, y: float) -> tuple[float, float]:
        """Return angle and distance in radii of a point."""
        dx, dy = x - self.center[0], y - self.center[1]
        return atan2(dy, dx), hypot(dx, dy) / self.radius


def pie_charts(drawing: Drawing, keys: Sequence[Key]) -> list[Chart]:
    """Return the pies and rings of a page."""
    found = []
    for pie in pies_of(drawing.shapes):
        chart = _read(pie, drawing, keys)
        if chart is not None:
            found.append(chart)
    return found


def pies_of(shapes: Sequence[Shape]) -> list[Pie]:
    """Return the circles that sectors fill: touching filled shapes whose union is round and whose areas add up."""
    round_ones = [
        s for s in shapes if s.fill is not None and s.curved and s.width > 8 and s.height > 8 and not s.is_bar
    ]
    groups: list[list[Shape]] = []
    for shape in round_ones if len(round_ones) <= MOST_ROUND else []:
        near = [g for g in groups if any(distance(shape.box, o.box) < 1.5 for o in g)]
        merged = [s for g in near for s in g] + [shape]
        groups = [g for g in groups if g not in near] + [merged]
    pies = [_pie(g) for g in groups if LEAST <= len(g) <= MOST]
    return [p for p in pies if p is not None]


def _pie(shapes: Sequence[Shape]) -> Pie | None:
    x0, top, x1, bottom = around([s.box for s in shapes])
    radius = (x1 - x0 + bottom - top) / 4
    if radius < 20 or abs((x1 - x0) - (bottom - top)) > 0.03 * radius + 1:
        return None
    center = (x0 + x1) / 2, (top + bottom) / 2
    total = sum(s.area for s in shapes)
    full = pi * radius * radius
    if not 0.25 * full < total < 1.03 * full:
        return None
    hole = max(0.0, 1 - total / full) ** 0.5
    sectors = []
    for shape in shapes:
        sector = _sector(shape, center, radius, hole, shape.area / total)
        if sector is None:
            return None
        sectors.append(sector)
    if abs(sum(s.sweep for s in sectors) - tau) > 0.05 * tau:
        return None
    return Pie(center, radius, hole, sectors)


def _sector(shape: Shape, center: Point, radius: float, hole: float, share: float) -> Sector | None:
    """Return a shape as a sector: points on the rim whose opening is its share of the circle."""
    rim, reaches = [], []
    for x, y in shape.points:
        reach = hypot(x - center[0], y - center[1]) / radius
        reaches.append(reach)
        if reach > 0.965:
            rim.append(atan2(y - center[1], x - center[0]))
    if len(rim) < 2 or max(reaches) > 1.03 or (hole > 0.2 and min(reaches) < 0.9 * hole - 0.03):
        return None
    rim.sort()
    gaps = [((b - a) % tau, b) for a, b in zip(rim, [*rim[1:], rim[0]], strict=True)]
    gap, begin = max(gaps)
    sweep = tau - gap
    return Sector(shape, share, begin, sweep) if abs(sweep / tau - share) < 0.02 + 0.05 * share else None


def _read(pie: Pie, drawing: Drawing, keys: Sequence[Key]) -> Chart | None:
    texts = [n for n in drawing.labels if _about(pie, n)]
    owners = _owners(pie, texts, drawing.shapes)
    names: dict[int, list[Label]] = {i: [] for i in range(len(pie.sectors))}
    figures: dict[int, list[Label]] = {i: [] for i in range(len(pie.sectors))}
    whole: dict[int, Label] = {}
    for label, index in owners:
        both = parted(label)
        if both is not None:
            whole[index] = both[0]
            figures[index].append(both[1])
        elif label.figure is not None:
            figures[index].append(label)
        elif label.names or label.text:
            names[index].append(label)
    legend = _by_legend(pie, keys)
    if legend is not None:
        names = {i: [name] for i, name in enumerate(legend)}
    names.update({i: [name] for i, name in whole.items()})
    chosen = _proven(pie, figures)
    categories: list[Label] = []
    cells: dict[tuple[int, int], Label] = {}
    for index, figure in sorted(chosen.items()):
        named = sorted(names[index], key=lambda n: n.y)
        if named and (len(named) == 1 or _one_text(named)):
            cells[len(categories), 0] = figure
            categories.append(joined(named))
    if len(cells) < LEAST:
        return None
    return trimmed(Chart("pie", pie.box, categories, [None], cells))


def _about(pie: Pie, label: Label) -> bool:
    return distance(label.box, pie.box) < (REACH - 1) * pie.radius and len(label.text) < 40


def _by_legend(pie: Pie, keys: Sequence[Key]) -> list[Label] | None:
    outside = [k for k in keys if pie.polar((k.box[0] + k.box[2]) / 2, (k.box[1] + k.box[3]) / 2)[1] > 1.02]
    return named_by_keys([s.shape.fill for s in pie.sectors if s.shape.fill is not None], outside, pie.box)


def _owners(pie: Pie, labels: Sequence[Label], shapes: Sequence[Shape]) -> list[tuple[Label, int]]:
    """Return the sector of each text: led to it by a line, inside of it, or in its direction just outside."""
    leaders = [s for s in shapes if s.is_line and 4 < max(s.width, s.height) < pie.radius and len(s.corners) <= 4]
    found = []
    for label in labels:
        index = _led(pie, label, leaders)
        if index is None:
            index = _directed(pie, label)
        if index is not None:
            found.append((label, index))
    return found


def _led(pie: Pie, label: Label, leaders: Sequence[Shape]) -> int | None:
    for shape in leaders:
        ends = [shape.corners[0], shape.corners[-1]]
        for inner, outer in (ends, ends[::-1]):
            angle, reach = pie.polar(*inner)
            at_text = distance((*outer, *outer), label.box) < 0.9 * label.size
            if at_text and reach < 1.08 and pie.polar(*outer)[1] > reach:
                owners = [i for i, s in enumerate(pie.sectors) if s.holds(angle)]
                if len(owners) == 1:
                    return owners[0]
    return None


def _directed(pie: Pie, label: Label) -> int | None:
    """Return the sector in whose direction a text stands: its middle inside, its nearest place outside."""
    angle, reach = pie.polar(label.x, label.y)
    if reach > 1.0:
        x = min(max(pie.center[0], label.box[0]), label.box[2])
        y = min(max(pie.center[1], label.box[1]), label.box[3])
        near, reach = pie.polar(x, y)
        if reach > 1.35 or label.box[3] < pie.box[1] - 2.5 * label.size:
            return None
        owners = [i for i, s in enumerate(pie.sectors) if s.holds(near) and s.holds(angle, 0.12)]
        return owners[0] if len(owners) == 1 else None
    if reach < 0.9 * pie.hole:
        return None
    owners = [i for i, s in enumerate(pie.sectors) if s.holds(angle)]
    return owners[0] if len(owners) == 1 else None


def _proven(pie: Pie, figures: dict[int, list[Label]]) -> dict[int, Label]:
    """Return the figure of each sector that agrees with its share: percentages themselves, or amounts of a whole."""
    for kind in ("%", ""):
        one = {i: [n for n in ns if n.figure is not None and n.figure.kind == kind] for i, ns in figures.items()}
        single = {i: ns[0] for i, ns in one.items() if len(ns) == 1}
        values = {i: n.figure for i, n in single.items() if n.figure is not None}
        if not values or any(f.value < 0 for f in values.values()) or any(len(ns) > 1 for ns in one.values()):
            continue
        shares = sum(pie.sectors[i].share for i in values)
        total = sum(f.value for f in values.values())
        hundred = kind == "%" or (len(values) == len(pie.sectors) and abs(total - 100) <= 1)
        if not hundred and (len(values) < 3 or shares < 0.6):
            continue
        whole = 100.0 if hundred else total / shares
        if all(abs(f.value / whole - pie.sectors[i].share) <= SHARE + f.step / whole for i, f in values.items()):
            return single
    return {}


def _one_text(labels: Sequence[Label]) -> bool:
    """Say whether texts are lines of one, directly under each other."""
    return all(-2 < b.box[1] - a.box[3] < 0.6 * a.size for a, b in pairwise(labels))

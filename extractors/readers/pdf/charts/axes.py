"""The axes of a plot: columns and rows of evenly spaced figures (scales), and the labels of categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractors.readers.pdf.charts.figures import Figure
from extractors.readers.pdf.charts.fits import Scale, line_through
from extractors.readers.pdf.charts.labels import Label, around
from extractors.readers.pdf.charts.shapes import Shape
from extractors.readers.pdf.tables.grid import Rect

LEAST = 3  # figures of a scale


@dataclass(frozen=True, slots=True, eq=False)
class Axis:
    """A scale by its printed figures: the value at a height (`upright`: minus y) or at x."""

    labels: tuple[Label, ...]
    scale: Scale
    upright: bool
    place: float  # where it stands across: x of a column, y of a row


def axes_of(labels: Sequence[Label]) -> list[Axis]:
    """Return the scales printed on a page: three figures or more in a column or row, of even steps and distances."""
    figures = [n for n in labels if n.figure is not None]
    found: list[Axis] = []
    for upright in (True, False):
        ways: tuple[Callable[[Label], float], ...] = (
            (lambda n: n.box[2], lambda n: n.box[0], lambda n: n.x) if upright else (lambda n: n.y,)
        )
        taken: set[int] = set()
        for way in ways:
            for line in _aligned([n for n in figures if id(n) not in taken], way):
                for axis in _even(line, upright, way(line[0])):
                    taken.update(id(n) for n in axis.labels)
                    found.append(axis)
    return found


def _aligned(labels: Sequence[Label], way: Callable[[Label], float]) -> list[list[Label]]:
    lines: list[list[Label]] = []
    for label in sorted(labels, key=way):
        if lines and way(label) - way(lines[-1][-1]) < 0.9:
            lines[-1].append(label)
        else:
            lines.append([label])
    return [line for line in lines if len(line) >= LEAST]


def _even(line: list[Label], upright: bool, place: float) -> list[Axis]:
    """Return the runs of a line of figures whose steps are the same, in points and in value."""
    ordered = sorted(line, key=lambda n: -n.y if upright else n.x)
    runs: list[list[tuple[float, Figure, Label]]] = []
    for label in ordered:
        if label.figure is None:
            continue
        item = (-label.y if upright else label.x, label.figure, label)
        if runs and _goes_on(runs[-1], item):
            runs[-1].append(item)
        else:
            runs.append([runs[-1][-1], item] if runs and _rises(runs[-1][-1], item) else [item])
    axes = []
    for run in runs:
        scale = line_through([(p, f) for p, f, _ in run])
        if len(run) >= LEAST and scale is not None:
            axes.append(Axis(tuple(n for _, _, n in run), scale, upright, place))
    return axes


def _rises(a: tuple[float, Figure, Label], b: tuple[float, Figure, Label]) -> bool:
    return b[1].value > a[1].value and b[0] - a[0] > 0.8 * a[2].size


def _goes_on(run: list[tuple[float, Figure, Label]], item: tuple[float, Figure, Label]) -> bool:
    if not _rises(run[-1], item):
        return False
    if len(run) < 2:
        return True
    step, rise = run[1][0] - run[0][0], run[1][1].value - run[0][1].value
    pitch, growth = item[0] - run[-1][0], item[1].value - run[-1][1].value
    return abs(pitch - step) < 0.03 * step + 0.6 and abs(growth - rise) < 0.02 * abs(rise) + 1e-9


def marked(axis: Axis, shapes: Sequence[Shape]) -> Rect | None:
    """Return the plot beside a scale whose figures stand at marks or grid lines, None where most do not.

    A mark is level with the middle of its figure and begins near to it; the lines of a table run between its rows.
    """
    side = 1 if axis.upright else 0
    lines = [s.box for s in shapes if s.box[side + 2] - s.box[side] < 1.2 and s.box[3 - side] - s.box[1 - side] > 1.5]
    hits: list[Rect] = []
    for label in axis.labels:
        place = label.y if axis.upright else label.x
        near = [
            b
            for b in lines
            if abs((b[side] + b[side + 2]) / 2 - place) < 0.22 * label.size and _beside(label, b, 1 - side)
        ]
        if near:
            hits.append(max(near, key=lambda b: b[3 - side] - b[1 - side]))
    if len(hits) < 0.7 * len(axis.labels):
        return None
    return around([*hits, *(n.box for n in axis.labels)])


def _beside(label: Label, line: Rect, way: int) -> bool:
    """Say whether a line begins or ends within a type size and a half of a label, along `way` (0: x, 1: y)."""
    after, before = line[way] - label.box[way + 2], label.box[way] - line[way + 2]
    return -1 <= after < 1.5 * label.size or -1 <= before < 1.5 * label.size

"""The axes of a plot: columns and rows of evenly spaced figures (scales), and the labels of categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractors.readers.pdf.charts.figures import Figure
from extractors.readers.pdf.charts.fits import Scale, line_through
from extractors.readers.pdf.charts.labels import Label, joined, rows_of

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


def names_below(labels: Sequence[Label], centers: Sequence[float], foot: float, reach: float) -> dict[int, Label]:
    """Return the labels in the first row under `foot` that stand under `centers`, by index; {} when they are no row.

    Each may have further lines under it. `reach` is how far below the row may begin, in points.
    """
    pitch = _pitch(centers)
    below = [n for n in labels if n.box[1] >= foot - 1.5 and n.box[3] <= foot + reach + 60]
    rows = rows_of(below)
    for index, row in enumerate(rows):
        if row[0].box[1] > foot + reach:
            break
        found = _under(row, centers, 0.22 * pitch)
        if len(found) >= 2 and len(found) >= 0.6 * len([n for n in row if _within(n, centers, pitch)]):
            return _with_lines(found, rows[index + 1 :], pitch)
    return {}


def _pitch(centers: Sequence[float]) -> float:
    ordered = sorted(centers)
    return min((b - a for a, b in pairwise(ordered) if b - a > 1), default=40.0)


def _within(label: Label, centers: Sequence[float], pitch: float) -> bool:
    return min(centers) - 0.5 * pitch <= label.x <= max(centers) + 0.5 * pitch


def _under(row: Sequence[Label], centers: Sequence[float], slack: float) -> dict[int, Label]:
    found: dict[int, Label] = {}
    for label in row:
        near = [i for i, c in enumerate(centers) if abs(label.x - c) <= slack]
        if len(near) > 1 or (near and near[0] in found):
            return {}
        if near:
            found[near[0]] = label
    return found


def _with_lines(found: dict[int, Label], rows: Sequence[Sequence[Label]], pitch: float) -> dict[int, Label]:
    """Add to each label the lines wrapped under it."""
    for row in rows:
        more = {i: next((n for n in row if _wrapped(label, n, pitch)), None) for i, label in found.items()}
        lines = {i: n for i, n in more.items() if n is not None}
        if not lines or len(lines) < len(row):
            return found
        found = {i: joined([label, lines[i]]) if i in lines else label for i, label in found.items()}
    return found


def _wrapped(label: Label, line: Label, pitch: float) -> bool:
    near = -1 <= line.box[1] - label.box[3] < 0.5 * line.size and abs(line.size - label.size) < 0.6
    return near and abs(line.x - label.x) < 0.15 * pitch


def names_left(
    labels: Sequence[Label], centers: Sequence[float], foot: float, thick: float, reach: float
) -> dict[int, Label]:
    """Return the labels left of `foot` on the heights `centers`, by index: the nearest column of them within `reach`.

    Columns have one left edge, right edge or middle; {} when there is none.
    """
    left = sorted((n for n in labels if foot - reach < n.box[2] <= foot + 1.5), key=lambda n: n.y)
    slack = max(0.3 * thick, 2.5)
    found: dict[int, Label] = {}
    for group in (left, _stacked(left)):
        matched: dict[int, Label] = {}
        for index, center in enumerate(centers):
            near = [n for n in group if abs(n.y - center) <= slack]
            if near:
                matched[index] = max(near, key=lambda n: n.box[2])
        if len(matched) > len(found):
            found = matched
    names = list(found.values())
    return found if len({id(n) for n in names}) == len(names) and _in_line(names) else {}


def _in_line(names: Sequence[Label]) -> bool:
    ways: tuple[Callable[[Label], float], ...] = (lambda n: n.box[2], lambda n: n.box[0], lambda n: n.x)
    return bool(names) and any(max(map(way, names)) - min(map(way, names)) < 4 for way in ways)


def _stacked(labels: Sequence[Label]) -> list[Label]:
    """Join labels that are lines of one: close under each other, one over the other."""
    groups: list[list[Label]] = []
    for label in labels:
        home = next((g for g in groups if _line_of(g[-1], label)), None)
        if home is not None:
            home.append(label)
        else:
            groups.append([label])
    return [joined(g) for g in groups]


def _line_of(above: Label, label: Label) -> bool:
    near = -0.3 * label.size < label.box[1] - above.box[3] < 0.4 * label.size
    return near and label.box[0] < above.box[2] and label.box[2] > above.box[0]

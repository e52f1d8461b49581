"""The labels of categories: rows under a plot or columns left of it, matched with what stands over them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from statistics import mean

from extractors.readers.pdf.charts.labels import Label, joined, rows_of

OFF = 0.22  # parts of the distance of two categories by which a label may miss the middle of what it names


def rows_below(labels: Sequence[Label], foot: float, reach: float) -> Iterable[list[Label]]:
    """Yield the rows of labels under `foot`, the nearest first, each label with the lines wrapped under it."""
    below = [n for n in labels if n.box[1] >= foot - 1.5 and n.box[3] <= foot + reach + 60]
    rows = rows_of(below)
    for index, row in enumerate(rows):
        if row[0].box[1] <= foot + reach:
            yield _with_lines(row, rows[index + 1 :])


def columns_left(labels: Sequence[Label], foot: float, reach: float) -> Iterable[list[Label]]:
    """Yield the columns of labels left of `foot`, the nearest first: of one right edge, left edge or middle."""
    left = sorted((n for n in labels if foot - reach < n.box[2] <= foot + 1.5), key=lambda n: n.y)
    ways: tuple[Callable[[Label], float], ...] = (lambda n: n.box[2], lambda n: n.box[0], lambda n: n.x)
    columns: list[list[Label]] = []
    for group in (_stacked(left), left):
        for way in ways:
            lines: list[list[Label]] = []
            for label in sorted(group, key=way):
                if lines and way(label) - way(lines[-1][0]) < 4:
                    lines[-1].append(label)
                else:
                    lines.append([label])
            columns += [sorted(line, key=lambda n: n.y) for line in lines if len(line) >= 2]
    yield from sorted(columns, key=lambda c: (-len(c), foot - max(n.box[2] for n in c)))


def over_centers(row: Sequence[Label], centers: Sequence[float], level: bool) -> dict[int, Label]:
    """Return the label at each of `centers`, by index; {} unless two match and most labels beside them do.

    `level`: along x, else along y.
    """
    pitch = _pitch(centers)
    found: dict[int, Label] = {}
    for label in row:
        near = [i for i, c in enumerate(centers) if abs(_at(label, level) - c) <= OFF * pitch]
        if len(near) > 1 or (near and near[0] in found):
            return {}
        if near:
            found[near[0]] = label
    low, high = min(centers) - 0.5 * pitch, max(centers) + 0.5 * pitch
    inside = sum(low <= _at(n, level) <= high for n in row)
    return found if len(found) >= 2 and len(found) >= 0.6 * inside else {}


def over_groups(row: Sequence[Label], bars: Sequence[tuple[int, float, int]], level: bool) -> dict[int, Label]:
    """Return the label of each bar (id, middle, series) in groups over labels, by id; {} when they do not stand so.

    Bars belong to the nearest label; those of one series are all equally far from theirs, and no label has two.
    """
    if len(row) < 2:
        return {}
    homes = {min(range(len(row)), key=lambda i: abs(_at(row[i], level) - center)) for _, center, _ in bars}
    row = [row[i] for i in sorted(homes)]  # the head of a column has no bars
    pitch = _pitch([_at(n, level) for n in row])
    offsets: dict[int, list[float]] = {}
    found: dict[int, Label] = {}
    taken: set[tuple[int, int]] = set()
    for key, center, series in bars:
        label = min(row, key=lambda n: abs(_at(n, level) - center))
        offset = center - _at(label, level)
        if len(row) < 2 or abs(offset) > 0.5 * pitch or (id(label), series) in taken:
            return {}
        taken.add((id(label), series))
        offsets.setdefault(series, []).append(offset)
        found[key] = label
    if any(max(o) - min(o) > 0.1 * pitch + 1 for o in offsets.values()):
        return {}
    return found if abs(mean(mean(o) for o in offsets.values())) <= OFF * pitch else {}


def _at(label: Label, level: bool) -> float:
    return label.x if level else label.y


def _pitch(centers: Sequence[float]) -> float:
    return min((b - a for a, b in pairwise(sorted(centers)) if b - a > 1), default=40.0)


def _with_lines(row: list[Label], rows: Sequence[list[Label]]) -> list[Label]:
    """Add to each label of a row the lines wrapped under it, where the rows below are nothing else."""
    for lines in rows:
        under = {id(n): next((m for m in lines if _wrapped(n, m)), None) for n in row}
        if sum(m is not None for m in under.values()) < len(lines):
            return row
        row = [joined([n, m]) if (m := under[id(n)]) is not None else n for n in row]
    return row


def _wrapped(label: Label, line: Label) -> bool:
    near = -1 <= line.box[1] - label.box[3] < 0.5 * line.size and abs(line.size - label.size) < 0.6
    return near and abs(line.x - label.x) < max(2.0, 0.1 * (label.box[2] - label.box[0]))


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

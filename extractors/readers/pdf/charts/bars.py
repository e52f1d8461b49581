"""Bars: rectangles on one base line, single, grouped or stacked, upright or lying, and the figures at or in them.

Along a bar its place is measured from the page's foot upwards (upright) or from left to right (lying), so that values
grow with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, pairwise
from math import inf
from statistics import median, median_low

from extractors.readers.pdf.charts.axes import Axis
from extractors.readers.pdf.charts.shapes import Color, Shape, alike
from extractors.readers.pdf.tables.grid import Rect

MOST = 1500  # rectangles of a page that may be bars
NEAR = 0.8  # points by which edges that belong together may differ
PARTING = 1.6  # points of paper between the parts of a stack


@dataclass(frozen=True, slots=True, eq=False)
class Bar:
    """A rectangle: its extent across (`low`, `high`) and along (`start`, `end`; end below start for minus)."""

    low: float
    high: float
    start: float
    end: float
    fill: Color
    box: Rect

    @property
    def center(self) -> float:
        """Middle across."""
        return (self.low + self.high) / 2

    @property
    def length(self) -> float:
        """Length along; below zero for minus."""
        return self.end - self.start


@dataclass(eq=False)
class Group:
    """The bars of one plot on one base line; each of `stacks` holds the parts at one place across, base first."""

    upright: bool
    base: float
    stacks: list[list[Bar]] = field(default_factory=list)

    @cached_property
    def bars(self) -> list[Bar]:
        """All bars."""
        return [b for stack in self.stacks for b in stack]

    @property
    def stacked(self) -> bool:
        """Whether a place has parts on one side of the base line."""
        return any(len(s) > 1 for s in self.stacks)

    @cached_property
    def fills(self) -> list[Color]:
        """The colours, in the order of the first stacks."""
        found: list[Color] = []
        for bar in self.bars:
            if not any(alike(bar.fill, f) for f in found):
                found.append(bar.fill)
        return found

    def fill_index(self, bar: Bar) -> int:
        """Return which of `fills` a bar has."""
        return next(i for i, f in enumerate(self.fills) if alike(bar.fill, f))


def along(box: Rect, upright: bool) -> tuple[float, float, float, float]:
    """Return a box as (low, high) across and (start, end) along bars."""
    x0, top, x1, bottom = box
    return (x0, x1, -bottom, -top) if upright else (top, bottom, x0, x1)


def groups_of(shapes: Sequence[Shape], axes: Sequence[Axis], width: float, height: float) -> Iterable[Group]:
    """Yield the groups of bars on a page: two bars or more of equal thickness that stand on one line.

    A printed scale between bars parts the plots of two charts.
    """
    boxes: dict[tuple[int, int, int, int], Shape] = {}
    for shape in [_clipped(s, shapes, width, height) for s in shapes if s.is_bar]:
        if 1.2 < shape.width < 0.9 * width and 1.2 < shape.height < 0.9 * height:
            x0, top, x1, bottom = (round(2 * c) for c in shape.box)
            boxes[x0, top, x1, bottom] = shape  # painted last
    if not 2 <= len(boxes) <= MOST:
        return
    for upright in (True, False):
        bars = [_bar(s, upright) for s in boxes.values()]
        fences = [a.place for a in axes if a.upright is upright]
        for base, stacks in _on_base_lines(bars):
            for part in _apart(stacks, fences):
                group = Group(upright, base, part)
                if len(part) >= 2 and _varied(group):
                    yield group


def _clipped(shape: Shape, shapes: Sequence[Shape], width: float, height: float) -> Shape:
    """Return a bar whose foot lies off the page as one that stands on the axis across it: the page shows no more."""
    x0, top, x1, bottom = shape.box
    if bottom > height + 5 and top < height:
        feet = [s.box[3] for s in shapes if s.is_line and s.height < 1 and s.box[0] <= x0 and s.box[2] >= x1]
        feet = [f for f in feet if top < f < height]
        return replace(shape, box=(x0, top, x1, max(feet))) if feet else shape
    if x0 < -5 and x1 > 0:
        feet = [s.box[0] for s in shapes if s.is_line and s.width < 1 and s.box[1] <= top and s.box[3] >= bottom]
        feet = [f for f in feet if 0 < f < x1]
        return replace(shape, box=(min(feet), top, x1, bottom)) if feet else shape
    return shape


def _bar(shape: Shape, upright: bool) -> Bar:
    fill = shape.fill or (0, 0, 0)
    return Bar(*along(shape.box, upright), fill, shape.box)


def _on_base_lines(bars: Sequence[Bar]) -> Iterable[tuple[float, list[list[Bar]]]]:
    """Yield base lines with the stacks on them, those with the most bars first; no bar twice."""
    left = list(bars)
    while True:
        counts: Counter[tuple[int, int]] = Counter()
        for bar in left:
            counts[round(bar.start), round(bar.high - bar.low)] += 3  # rather a foot than a top
            counts[round(bar.end), round(bar.high - bar.low)] += 2
        if not counts or counts.most_common(1)[0][1] < 4:
            return
        (place, thick), _ = counts.most_common(1)[0]
        near = [b for b in left if abs(b.high - b.low - thick) <= 1.0 and _touches(b, place)]
        base = median([b.start for b in near if abs(b.start - place) <= 1.3] or [b.end for b in near])
        members = [b for b in near if min(abs(b.start - base), abs(b.end - base)) <= NEAR]
        stacks = [_stack(b if abs(b.start - base) <= NEAR else _turned(b), left) for b in members]
        if len(members) >= 2:
            yield base, stacks
        used = {b.box for stack in stacks for b in stack} | {b.box for b in near}
        left = [b for b in left if b.box not in used]


def _touches(bar: Bar, place: float) -> bool:
    return abs(bar.start - place) <= 1.3 or abs(bar.end - place) <= 1.3


def _turned(bar: Bar) -> Bar:
    return Bar(bar.low, bar.high, bar.end, bar.start, bar.fill, bar.box)


def _stack(seed: Bar, bars: Sequence[Bar]) -> list[Bar]:
    """Return a bar with those that follow it, each from where the one before ends."""
    sign = 1 if seed.length > 0 else -1
    column = [b for b in bars if abs(b.low - seed.low) < NEAR and abs(b.high - seed.high) < NEAR]
    stack = [seed]
    while True:
        place = stack[-1].end
        following = [b if sign > 0 else _turned(b) for b in column]
        following = [b for b in following if abs(b.start - place) < PARTING and sign * b.end > sign * place + 0.2]
        if not following or len(stack) > 40:
            return stack
        stack.append(min(following, key=lambda b: abs(b.start - place)))


def _apart(stacks: list[list[Bar]], fences: Sequence[float]) -> Iterable[list[list[Bar]]]:
    """Part stacks that stand far from each other: the plots of two charts side by side; none where they overlap."""
    ordered = sorted(stacks, key=lambda s: s[0].low)
    if any(b[0].low < a[0].high - NEAR and abs(b[0].low - a[0].low) > NEAR for a, b in pairwise(ordered)):
        return
    gaps = [b[0].low - a[0].high for a, b in pairwise(ordered)]
    thick = ordered[0][0].high - ordered[0][0].low
    wide = [g for g in gaps if g > 1.7 * (thick + median_low(gaps))] if gaps else []
    least = min(wide, default=1e6)
    fenced = [any(a[0].high <= f <= b[0].low for f in fences) for a, b in pairwise(ordered)]
    parting = [inf if f else g for g, f in zip(gaps, fenced, strict=True)]
    if all(_all_differ(part) for part in _split(ordered, parting, least)):
        least = 2.2 * median_low(wide) if wide else 1e6  # groups of bars in one plot; farther apart still are two plots
    yield from _split(ordered, parting, least)


def _split(stacks: list[list[Bar]], gaps: Sequence[float], least: float) -> list[list[list[Bar]]]:
    parts = [[stacks[0]]]
    for gap, stack in zip(gaps, stacks[1:], strict=True):
        if gap >= least:
            parts.append([])
        parts[-1].append(stack)
    return parts


def _all_differ(stacks: Sequence[list[Bar]]) -> bool:
    return not any(alike(a[0].fill, b[0].fill) for a, b in combinations(stacks, 2))


def _varied(group: Group) -> bool:
    """Say whether the lengths differ: equal boxes are no bars."""
    lengths = [abs(b.length) for b in group.bars]
    return max(lengths) - min(lengths) > 2

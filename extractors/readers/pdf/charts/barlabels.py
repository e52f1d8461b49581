"""The figures at the ends of bars or inside of them, kept only where they agree with the bars' lengths."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractors.readers.pdf.charts.axes import Axis
from extractors.readers.pdf.charts.bars import Bar, Group, along
from extractors.readers.pdf.charts.figures import Figure
from extractors.readers.pdf.charts.fits import common_scale, proportion
from extractors.readers.pdf.charts.labels import Label

Reading = tuple[Bar, Label, Figure]
Placing = Callable[[Bar, float, float, float], bool]  # a bar, from where to where a figure reaches along it, type size
REACH = 1.3  # type sizes between a bar's end and its figure at most


def bar_figures(group: Group, labels: Sequence[Label], scales: Sequence[Axis]) -> list[Reading]:
    """Return the figures of bars that agree with the bars' lengths; none where two ways of reading them do.

    Figures at the ends and figures inside are tried together, then apart; shares and amounts always apart.
    """
    ends = [] if group.stacked else _placed(group, labels, _past_end)
    inner = _placed(group, labels, _inside)
    passed: list[list[Reading]] = []
    for kind in sorted({f.kind for _, _, f in [*ends, *inner]}):
        one = [r for r in ends if r[2].kind == kind]
        two = [r for r in inner if r[2].kind == kind]
        ways = _ways(one, two, len(group.bars))
        found = [way for way in ways if way and _single(way) and _agrees(group, way, scales)]
        passed += found[:1] if found and len(found[0]) == len(one) + len(two) else found
    return passed[0] if len(passed) == 1 else []


def _ways(one: list[Reading], two: list[Reading], bars: int) -> list[list[Reading]]:
    """Return the readings to try: all; or one of two kinds where a bar has both or nearly all bars have the one."""
    if not one or not two:
        return [[*one, *two]]
    at = {id(b) for b, _, _ in one}
    if any(id(b) in at for b, _, _ in two):
        return [one, two]
    return [[*one, *two], *(way for way in (one, two) if len(way) >= 0.8 * bars)]


def _past_end(bar: Bar, start: float, end: float, size: float) -> bool:
    gap = start - bar.end if bar.length > 0 else bar.end - end
    return -0.35 * size <= gap < REACH * size


def _inside(bar: Bar, start: float, end: float, size: float) -> bool:
    low, high = min(bar.start, bar.end), max(bar.start, bar.end)
    return low - 0.35 * size <= start and end <= high + 0.35 * size and low < (start + end) / 2 < high


def _single(readings: Sequence[Reading]) -> bool:
    """Say whether no bar has two figures."""
    return len({id(b) for b, _, _ in readings}) == len(readings)


def _agrees(group: Group, readings: Sequence[Reading], scales: Sequence[Axis]) -> bool:
    """Say whether figures fit lengths, or ends on a printed scale, or ends on some scale; one alone stands as it is."""
    lengths = [(b.length, f) for b, _, f in readings]
    if any((length < 0) != (f.value < 0) and f.value for length, f in lengths) or all(f.year for _, f in lengths):
        return False
    if len(readings) == 1:
        printed = [a.scale.fits(readings[0][0].end, readings[0][2]) for a in scales]
        return not group.stacked and (any(printed) or not scales)
    if proportion(lengths) is not None:
        return True
    if group.stacked:
        return False
    ends = [(b.end, f) for b, _, f in readings]
    return any(all(a.scale.fits(*r) for r in ends) for a in scales) or common_scale(ends) is not None


def _placed(group: Group, labels: Sequence[Label], fits: Placing) -> list[Reading]:
    """Return for each figure the bar that it stands at or in: the nearest across."""
    found: list[Reading] = []
    bars = group.bars
    for label in labels:
        if label.figure is None:
            continue
        low, high, start, end = along(label.box, group.upright)
        center = (low + high) / 2
        near = [b for b in bars if abs(center - b.center) <= _slack(b, label, group.upright)]
        near = [b for b in near if fits(b, start, end, label.size)]
        if near:
            found.append((min(near, key=lambda b: abs(b.center - center)), label, label.figure))
    return found


def _slack(bar: Bar, label: Label, upright: bool) -> float:
    thick = bar.high - bar.low
    return max(0.5 * thick, 1.5) if upright else max(0.35 * thick, 0.35 * label.size)

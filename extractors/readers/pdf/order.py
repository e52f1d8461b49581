"""Reading order: visual lines, columns found by the gutter they share, everything else from top to bottom.

A stretch of lines is set in columns when their boxes leave a gutter free between them from its first to its last line
and both sides are filled like text. Otherwise lines are read row by row, so that labels stay beside their values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import Generic, TypeVar

from extractors.readers.pdf.segments import Frame, Segment

MARKER = re.compile(
    r"^(?:[•●○◦◎■□▪▫◆◇▶▷►‣⁃★☆✓✔➢\-–—*※・]|[(（]?[0-9０-９a-zA-Zivxⅰ-ⅹⅠ-Ⅹア-ン一二三四五六七八九十]{1,3}[)）.．、]?|[①-⑳➀-➓])$"
)
T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Item(Generic[T]):
    """Something with a box that takes a place in the reading order: a visual line or a table."""

    box: tuple[float, float, float, float]
    size: float
    load: T
    bold: bool = False
    solid: bool = False  # a table or figure: never part of a text column's fill test

    @property
    def width(self) -> float:
        """Width in points."""
        return self.box[2] - self.box[0]


@dataclass(slots=True, eq=False)
class Line:
    """Segments on one baseline that belong together, with the bounds of the column they stand in.

    `box` is (x0, top, x1, bottom) of all segments, `main` the one with most characters, `text` all characters, pieces
    parted by a blank; they are taken once, so the segments of a line do not change.
    """

    segments: list[Segment]
    left: float = 0.0
    right: float = 0.0
    region: int = 0
    ground: tuple[float, float, float, float] | None = None  # the filled box it stands on
    frame: Frame | None = None  # set when the line was taken over from another page
    box: tuple[float, float, float, float] = field(init=False)
    main: Segment = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.main = self.segments[0]
        self.box, self.text = self.main.box, self.main.text
        if len(self.segments) > 1:
            s = self.segments
            self.box = (min(x.x0 for x in s), min(x.top for x in s), max(x.x1 for x in s), max(x.bottom for x in s))
            self.main = max(s, key=lambda x: len(x.text))
            self.text = " ".join([x.text for x in s])


def make_lines(segments: list[Segment]) -> list[Line]:
    """Join segments on one baseline that stand closer than an em, and list marks with the text they mark."""
    lines: list[list[Segment]] = []
    rows: dict[int, list[list[Segment]]] = {}
    for segment in sorted(segments, key=lambda s: (s.baseline, s.x0)):
        home = _neighbour(segment, rows)
        if home is not None:
            home.append(segment)
            home.sort(key=lambda s: s.x0)
            continue
        lines.append([segment])
        rows.setdefault(int(segment.baseline // 4), []).append(lines[-1])
    return [Line(line) for line in lines]


def _neighbour(segment: Segment, rows: dict[int, list[list[Segment]]]) -> list[Segment] | None:
    key = int(segment.baseline // 4)
    best, best_gap = None, 1e9
    for line in rows.get(key, []) + rows.get(key - 1, []) + rows.get(key + 1, []):
        for other in line:
            size = max(other.size, segment.size)
            if abs(other.baseline - segment.baseline) > 0.25 * size:
                continue
            left, right = (other, segment) if other.x0 <= segment.x0 else (segment, other)
            gap = right.x0 - left.x1
            reach = 4.0 if MARKER.match(left.text.strip()) and len(line) == 1 else 1.0
            if -0.5 * size <= gap <= reach * size and gap < best_gap:
                best, best_gap = line, gap
    return best


def read_order(items: list[Item[T]]) -> list[tuple[T, float, float, int]]:
    """Return the loads in reading order, each with the left and right bound of its column and a region number."""
    out: list[tuple[T, float, float, int]] = []
    region = 0
    rest = sorted(items, key=lambda i: (i.box[1], i.box[0]))
    while rest:
        columns = _columns(rest) if _last_pair(rest) >= 0 else []
        if columns:
            chosen = {id(i) for column in columns for i in column}
            for column in columns:
                region += 1
                inner = read_order(column) if len(column) < len(items) else _rows(column, 0)
                last = max((r for *_, r in inner), default=0)
                out.extend((load, left, right, region + r) for load, left, right, r in inner)
                region += last
            rest = [i for i in rest if id(i) not in chosen]
            region += 1
            continue
        single = _single_run(rest)
        out.extend(_rows(rest[:single], region))
        rest = rest[single:]
    return out


def _last_pair(items: list[Item[T]]) -> int:
    """Return the last place, from top to bottom, of an item with another one beside it below; -1 where there is none.

    Without such a pair there are no columns.
    """
    for place in range(len(items) - 2, -1, -1):
        x0, _, x1, bottom = items[place].box
        for other in items[place + 1 :]:
            if other.box[1] >= bottom - 1:
                break
            if other.box[0] >= x1 or other.box[2] <= x0:
                return place
    return -1


def _single_run(rest: list[Item[T]]) -> int:
    """Return how many items to read row by row before columns may start again."""
    bottom = rest[0].box[3]
    for count in range(1, _last_pair(rest) + 1):
        if rest[count].box[1] >= bottom - 2 and _columns(rest[count:]):
            return count
        bottom = max(bottom, rest[count].box[3])
    return len(rest)


def _rows(items: list[Item[T]], region: int) -> list[tuple[T, float, float, int]]:
    if not items:
        return []
    left, right = min(i.box[0] for i in items), max(i.box[2] for i in items)
    rows: list[list[Item[T]]] = []
    for item in items:
        if rows and not item.solid and not rows[-1][0].solid and _same_row(rows[-1][-1], item):
            rows[-1].append(item)
        else:
            rows.append([item])
    return [(i.load, left, right, region) for row in rows for i in sorted(row, key=lambda i: i.box[0])]


def _same_row(a: Item[T], b: Item[T]) -> bool:
    overlap = min(a.box[3], b.box[3]) - max(a.box[1], b.box[1])
    return overlap > 0.5 * min(a.box[3] - a.box[1], b.box[3] - b.box[1])


def _columns(items: list[Item[T]]) -> list[list[Item[T]]]:
    """Return the columns that start at the first item; nothing where there are none."""
    left, right = min(i.box[0] for i in items), max(i.box[2] for i in items)
    cover: list[tuple[float, float]] = []
    bottom = items[0].box[1]
    had_gap = False
    for count, item in enumerate(items, 1):
        if item.width > 0.7 * (right - left) and count == 1:
            return []
        gap = item.box[1] - bottom
        if had_gap and (gap > 3.2 * item.size or (gap > 1.4 * item.size and _heads(item, items[: count - 1]))):
            break
        inside = any(a <= item.box[0] and item.box[2] <= b for a, b in cover)
        widened = cover if inside else _merge(cover, (item.box[0], item.box[2]))
        gutters = _gutters(widened, item.size) if len(widened) > 1 else []
        if had_gap and not gutters:
            break
        had_gap = had_gap or bool(gutters)
        cover, bottom = widened, max(bottom, item.box[3])
    else:
        count += 1
    taken = items[: count - 1]
    gutters = _gutters(cover, median(i.size for i in taken) if taken else 10)
    while gutters:
        columns = _split(taken, gutters)
        if _like_text(columns):
            return columns
        gutters.remove(min(gutters, key=lambda g: g[1] - g[0]))
    return []


def _heads(item: Item[T], before: list[Item[T]]) -> bool:
    usual = median(i.size for i in before)
    return item.size > 1.1 * usual or (item.bold and not all(i.bold for i in before[-3:]))


def _merge(cover: list[tuple[float, float]], new: tuple[float, float]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for a, b in sorted([*cover, new]):
        if out and a <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], b))
        else:
            out.append((a, b))
    return out


def _gutters(cover: list[tuple[float, float]], size: float) -> list[tuple[float, float]]:
    return [(a[1], b[0]) for a, b in pairwise(cover) if b[0] - a[1] >= 0.9 * size]


def _split(items: list[Item[T]], gutters: list[tuple[float, float]]) -> list[list[Item[T]]]:
    cuts = [(a + b) / 2 for a, b in sorted(gutters)]
    columns: list[list[Item[T]]] = [[] for _ in range(len(cuts) + 1)]
    for item in items:
        middle = (item.box[0] + item.box[2]) / 2
        columns[sum(middle > c for c in cuts)].append(item)
    return columns


def _like_text(columns: list[list[Item[T]]]) -> bool:
    """Say whether columns are columns of text: each at least 7 em wide, most with several lines, lines mostly full."""
    if len(columns) < 2 or any(not c for c in columns):
        return False
    several = 0
    for column in columns:
        if any(i.solid for i in column):
            several += 1
            continue
        width = max(i.box[2] for i in column) - min(i.box[0] for i in column)
        if width < 7 * median(i.size for i in column):
            return False
        several += len(column) >= 2
        if len(column) >= 3 and median(i.width for i in column) < 0.45 * width:
            return False
    return several >= 2 and not _paired(columns)


def _paired(columns: list[list[Item[T]]]) -> bool:
    """Say whether the lines of two columns pair up as label and value: same rows, short on one side."""
    left, right = columns[0], columns[-1]
    if any(i.solid for i in left + right):
        return False
    hits = sum(any(_same_row(a, b) for b in right) for a in left)
    if hits < 0.8 * max(len(left), len(right)):
        return False
    return all(median(i.width for i in c) < 12 * median(i.size for i in c) for c in (left, right))

"""Whether a page needs the slow engines: rows set in columns outside the tables found, or crowded ruled cells."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from extractors.readers.pdf.order import MARKER
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.tables.grid import Grid, Rect
from extractors.readers.pdf.tables.judge import crowded
from extractors.readers.pdf.tables.words import is_filler, is_number, is_time

REACH = 5.0  # ems between the baselines of two rows of one table at most
Row = list[Segment]


def needs_model(segments: list[Segment], ruled: list[Grid]) -> bool:
    """Say whether drawn lines do not explain all that looks like a table on the page.

    A row looks like a table when it has two stretches of text or more with a gap between them, one a figure; or three
    or more; or two of which one is short. It counts when a row near it looks so too and has an entry at the same
    place: two rows of figures or three of any kind. Rows of two wide stretches are columns of text.
    """
    if any(crowded(c) for g in ruled for c in g.filled()) or any(_thin(g) or _loose(g) for g in ruled):
        return True
    outside = [s for s in segments if not any(_inside(s, g) for g in ruled)]
    if len(outside) < 4:
        return False
    width = max(s.x1 for s in segments) - min(s.x0 for s in segments)
    rows = _rows(outside)
    figures = [r for r in rows if _has_figure(r, width)]
    others = [r for r in rows if _has_figure(r, width) or (_in_columns(r, width) and not _ends_text(r, outside, width))]
    return _linked(figures) >= 2 or _linked(others) >= 3


def number_blocks(segments: list[Segment], grids: list[Grid]) -> list[Rect]:
    """Return the boxes of rows of figures that stand outside `grids`: each with two rows of two figures at least.

    The rows follow each other, two of their figures stand at the same places, and half of the rows begin with a label
    (a chart's axes have none). The heading row above belongs to the box.
    """
    outside = [s for s in segments if not any(_inside(s, g) for g in grids)]
    rows = _rows(outside)
    blocks: list[list[int]] = []
    for index, row in enumerate(rows):
        if not _is_figures(row):
            continue
        if blocks and _near(rows[blocks[-1][-1]], row) and _shared(rows[blocks[-1][-1]], row) >= 2:
            blocks[-1].append(index)
        else:
            blocks.append([index])
    return [_block_box(rows, b) for b in blocks if len(b) >= 2 and _labelled([rows[i] for i in b])]


def _has_figure(row: Row, width: float) -> bool:
    """Say whether a figure stands beside another stretch: alone, or at the end of a short one."""
    if len(row) < 2:
        return False
    return any(
        _counts(s.text.strip()) or (s.x1 - s.x0 < 0.35 * width and _counts(s.text.split()[-1]))
        for s in row[1:]
        if s.text.strip()
    )


def _counts(text: str) -> bool:
    return is_number(text) or is_filler(text)


def _in_columns(row: Row, width: float) -> bool:
    if len(row) < 2 or _marker(row[0].text.strip()):
        return False
    return len(row) > 2 or min(s.x1 - s.x0 for s in row) < 0.25 * width


def _ends_text(row: Row, segments: list[Segment], width: float) -> bool:
    """Say whether the short ones of two stretches are last lines of paragraphs: directly under a wide line."""
    if len(row) > 2:
        return False
    short = [s for s in row if s.x1 - s.x0 < 0.25 * width]
    return all(
        any(
            abs(t.x0 - s.x0) < 2.5 * s.size and t.x1 - t.x0 >= 0.3 * width and 0 < s.baseline - t.baseline < 2 * s.size
            for t in segments
        )
        for s in short
    )


def _marker(text: str) -> bool:
    """Say whether a text is the mark of a list item; symbol fonts have theirs in the private use area."""
    return bool(MARKER.match(text)) or (len(text) <= 1 and not text.isalnum())


def _linked(rows: list[Row]) -> int:
    """Count the rows that have an entry at the same place as the row before or after."""
    linked = {i for i, (a, b) in enumerate(pairwise(rows)) if _near(a, b) and _shared(a[1:], b[1:]) >= 1}
    return len(linked | {i + 1 for i in linked})


def _near(a: Row, b: Row) -> bool:
    return abs(b[0].baseline - a[0].baseline) <= REACH * max(a[0].size, b[0].size)


def _shared(a: Row, b: Row) -> int:
    """Count the entries of `b` whose left edge, right edge or middle is that of an entry of `a`."""
    places: tuple[Callable[[Segment], float], ...] = (
        lambda s: s.x0,
        lambda s: s.x1,
        lambda s: (s.x0 + s.x1) / 2,
    )
    return sum(any(abs(at(s) - at(t)) < 0.4 * s.size for t in a for at in places) for s in b)


def _is_figures(row: Row) -> bool:
    """Say whether a row is a label, at most, and two figures or more that are no years."""
    if len(row) < 2:
        return False
    alone = [s for s in row if all(_counts(w) for w in s.text.split())]
    texts = [s for s in row if s not in alone]
    figures = [s for s in alone if not is_time(s.text.strip()) and not is_filler(s.text.strip())]
    return len(figures) >= 2 and len(texts) <= 2 and len(alone) >= len(texts)


def _labelled(rows: list[Row]) -> bool:
    named = sum(is_time(r[0].text.strip()) or any(c.isalpha() for c in r[0].text) for r in rows)
    return 2 * named >= len(rows)


def _block_box(rows: list[Row], block: list[int]) -> Rect:
    """Return the box of a block of rows, with the rows of several entries directly above."""
    first, last = block[0], block[-1]
    while first and len(rows[first - 1]) >= 2 and rows[first][0].top - rows[first - 1][0].bottom < rows[first][0].size:
        first -= 1
    inside = [s for row in rows[first : last + 1] for s in row]
    boxes = [s.box for s in inside]
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _thin(grid: Grid) -> bool:
    """Say whether a ruled grid leaves most of its cells empty: lines that rule something else."""
    return len(grid.filled()) < (0.3 if grid.unruled else 0.4) * len(grid.cells)


def _loose(grid: Grid) -> bool:
    """Say whether a row's label has several lines and its entries stand on these lines: rows without a line between."""
    for r in range(grid.rows):
        cells = [c for c in grid.filled() if c.row == c.last_row == r]
        if len(cells) < 2 or len(cells[0].lines) < 2:
            continue
        label = {round(line[0].segment.baseline) for line in cells[0].lines}
        if all({round(line[0].segment.baseline) for line in c.lines} <= label for c in cells[1:]):
            return True
    return False


def _inside(segment: Segment, grid: Grid) -> bool:
    x, y = (segment.x0 + segment.x1) / 2, segment.middle
    return grid.box[0] - 2 <= x <= grid.box[2] + 2 and grid.box[1] - 2 <= y <= grid.box[3] + 2


def _rows(segments: list[Segment]) -> list[Row]:
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda s: s.baseline):
        if rows and segment.baseline - rows[-1][0].baseline < 0.3 * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.x0) for row in rows]

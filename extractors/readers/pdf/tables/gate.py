"""Whether a page needs the slow layout model: rows set in columns outside ruled tables, or crowded ruled cells."""

from __future__ import annotations

from extractors.readers.pdf.glyphs import Segment
from extractors.readers.pdf.order import MARKER
from extractors.readers.pdf.tables.grid import Grid
from extractors.readers.pdf.tables.judge import crowded
from extractors.readers.pdf.tables.words import is_filler, is_number


def needs_model(segments: list[Segment], ruled: list[Grid]) -> bool:
    """Say whether drawn lines do not explain all that looks like a table on the page.

    A row looks like a table when it has two stretches of text or more with a gap between them, one a figure; or three
    or more; or two short ones. Rows of two wide stretches are columns of text.
    """
    if any(crowded(c) for g in ruled for c in g.filled()) or any(_thin(g) or _loose(g) for g in ruled):
        return True
    outside = [s for s in segments if not any(_inside(s, g) for g in ruled)]
    if len(outside) < 4:
        return False
    width = max(s.x1 for s in segments) - min(s.x0 for s in segments)
    figures = others = 0
    for row in _rows(outside):
        if len(row) < 2:
            continue
        if any(is_number(w) or is_filler(w) for s in row[1:] for w in (s.text.strip(), s.text.split()[-1])):
            figures += 1
        elif (len(row) > 2 or min(s.x1 - s.x0 for s in row) < 0.25 * width) and not MARKER.match(row[0].text.strip()):
            others += 1
    return figures >= 2 or figures + others >= 3


def _thin(grid: Grid) -> bool:
    """Say whether a ruled grid leaves most of its cells empty: lines that rule something else."""
    return len(grid.filled()) < 0.4 * len(grid.cells)


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


def _rows(segments: list[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.baseline):
        if rows and segment.baseline - rows[-1][0].baseline < 0.3 * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.x0) for row in rows]

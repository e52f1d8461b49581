"""Tables that rows of text show by themselves: chronologies (date and event), heads between two rules.

Neither has vertical lines, and the layout model often takes them for text. They are looked for before it is asked.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from statistics import median

from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.tables.grid import Grid, GridCell, Rect
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.pdf.tables.words import is_filler, is_number

DATE = re.compile(
    r"(?:(?:明治|大正|昭和|平成|令和)(?:元|\d{1,2})|(?:18|19|20)\d{2})(?:年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|[./]\d{1,2}(?:[./]\d{1,2})?)"
)
LEAST = 4  # rows of a chronology
Row = list[Segment]


def chronologies(segments: list[Segment]) -> list[Grid]:
    """Return a grid for each run of rows of a date at one left edge and a text at another.

    Lines of the text without a date go on the row above; a row of two stretches right above is the head.
    """
    found: list[Grid] = []
    rows = rows_of(segments)
    first = 0
    while first < len(rows):
        last = _dated_until(rows, first)
        dated = [r for r in rows[first:last] if _dated(r)]
        if len(dated) >= LEAST:
            head = first and len(rows[first - 1]) == 2 and _under(rows[first - 1], rows[first])
            found.append(_two_columns(rows[first - 1 if head else first : last]))
        first = max(last, first + 1)
    return found


def _dated(row: Row) -> bool:
    return len(row) == 2 and bool(DATE.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", row[0].text))))


def _dated_until(rows: list[Row], first: int) -> int:
    """Return the row after the last one of a chronology that starts at `first`."""
    if not _dated(rows[first]):
        return first
    left, right = rows[first][0].x0, rows[first][1].x0
    size = rows[first][0].size
    end = first + 1
    while end < len(rows):
        row = rows[end]
        if row[0].baseline - rows[end - 1][0].baseline > 4 * size:
            break
        dates = _dated(row) and abs(row[0].x0 - left) < size and abs(row[1].x0 - right) < size
        goes_on = len(row) == 1 and abs(row[0].x0 - right) < 2 * size
        if not dates and not goes_on:
            break
        end += 1
    return end


def _under(head: Row, row: Row) -> bool:
    size = row[0].size
    near = row[0].baseline - head[0].baseline < 4 * size
    return near and head[0].x0 < row[1].x0 - size and head[1].x0 > row[0].x1 and head[0].x1 < row[1].x0


def _two_columns(rows: list[Row]) -> Grid:
    split = min(r[1].x0 for r in rows if _dated(r)) - 2
    starts = [r for r in rows if len(r) == 2]
    ys = [starts[0][0].top - 1]
    ys += [(max(s.bottom for s in rows[rows.index(r) - 1]) + min(s.top for s in r)) / 2 for r in starts[1:]]
    ys.append(max(s.bottom for s in rows[-1]) + 1)
    everything = [s for r in rows for s in r]
    xs = [min(s.x0 for s in everything) - 2, split, max(s.x1 for s in everything) + 2]
    return _grid(xs, ys, "rows-dated")


def headed(segments: list[Segment], rules: Rules) -> list[Grid]:
    """Return a grid for each head between two rules of one width, with rows of figures under its entries."""
    rows = rows_of(segments)
    found: list[Grid] = []
    across = sorted(rules.across)
    for (y, a, b), (low, c, d) in pairwise(across):
        if abs(a - c) > 4 or abs(b - d) > 4 or b - a < 100 or rules.beside(a + 3, b - 3, (y + low) / 2):
            continue
        head = [r for r in rows if y < r[0].middle < low and a - 3 <= r[0].x0 and r[-1].x1 <= b + 3]
        if not head or not max(map(len, head)) >= 2 or len(head) > 3:
            continue
        body = _body(rows, (a, low, b), max(head, key=len))
        if body:
            found.append(_columns(head, body, (a, y, b)))
    return found


def _body(rows: list[Row], rule: Rect | tuple[float, float, float], head: Row) -> list[Row]:
    """Return the rows under a head: a label and a figure under each of the head's last entries."""
    a, low, b = rule[0], rule[1], rule[2]
    out: list[Row] = []
    place = low
    for row in rows:
        if row[0].middle < low:
            continue
        size = row[0].size
        inside = row[0].x0 >= a - 3 and row[-1].x1 <= b + 3 and row[0].middle - place < 3 * size
        figures = [s for s in row[1:] if is_number(s.text.strip()) or is_filler(s.text.strip())]
        if not inside or len(figures) != len(row) - 1 or len(row) < 2 or not _under_entries(figures, head):
            break
        out.append(row)
        place = row[0].middle
    return out


def _under_entries(figures: Row, head: Row) -> bool:
    return all(any(f.x0 < h.x1 + f.size and f.x1 > h.x0 - f.size for h in head) for f in figures)


def _columns(head: list[Row], body: list[Row], rule: tuple[float, float, float]) -> Grid:
    widest = max(body, key=len)
    entries = max(head, key=len)[-(len(widest) - 1) :]
    xs = [rule[0]]
    before = max(r[0].x1 for r in body)
    for entry, figure in zip(entries, widest[1:], strict=False):
        xs.append((before + min(entry.x0, figure.x0)) / 2)
        before = max(entry.x1, figure.x1)
    xs.append(rule[2])
    rows = [head[-1], *body]
    ys = [rule[1]] + [(max(s.bottom for s in p) + min(s.top for s in q)) / 2 for p, q in pairwise(rows)]
    ys.append(max(s.bottom for s in body[-1]) + 1)
    return _grid(sorted(xs), ys, "rows-headed")


def _grid(xs: list[float], ys: list[float], method: str) -> Grid:
    cells = [
        GridCell(r, c, r, c, (left, top, right, bottom))
        for r, (top, bottom) in enumerate(pairwise(ys))
        for c, (left, right) in enumerate(pairwise(xs))
    ]
    return Grid((xs[0], ys[0], xs[-1], ys[-1]), cells, method)


def rows_of(segments: list[Segment]) -> list[Row]:
    """Return the stretches of text by rows from top to bottom, each from left to right."""
    rows: list[Row] = []
    for segment in sorted(segments, key=lambda s: s.baseline):
        if rows and segment.baseline - median([s.baseline for s in rows[-1]]) < 0.3 * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.x0) for row in rows]

"""Running heads: lines in the margins that recur from page to page, page numbers, filing headers, watermarks."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extractors.readers.pdf.glyphs import Outline
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.structure import NOTE
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.roles import is_caption
from extractors.readers.tableheads import find_unit_note

PAGE_NUMBER = re.compile(
    r"^[-–—―・|/\s]*(?:p(?:age|\.)?\s*)?[0-9０-９]{1,4}(?:\s*(?:/|of|／)\s*[0-9０-９]{1,4})?(?:\s*(?:ページ|頁|page))?[-–—―・|/\s]*$|"
    r"^[ivxlc]{1,6}$",
    re.IGNORECASE,
)
DIGITS = re.compile(r"[0-9０-９]+")
FIGURE = re.compile(r"[△▲(\-−]?\s?[0-9０-９]+(?:[,.，．][0-9０-９]+)+\s?[)%％]?")  # page numbers have no comma
TOP, BOTTOM = 0.13, 0.87  # margins as parts of the page's height in which heads and feet are looked for


@dataclass(slots=True)
class PageText:
    """The visible segments of a page, its size in points, the engine that read it, boxes around what is drawn."""

    number: int
    width: float
    height: float
    segments: list[Segment]
    method: str = "text"
    outlines: list[Outline] = field(default_factory=list)
    rotation: int = 0
    rules: Rules | None = None  # the lines of a scan
    turn: float = 0.0  # radians by which a scan was turned back


def running_segments(pages: list[PageText]) -> dict[int, set[int]]:
    """Return for each page number the ids (`id()`) of the segments that are running heads or feet.

    A line counts when its text (digits aside) recurs at the same height on at least half of the pages around it, or
    is a page number that stands alone outside of the text, or is a small line set apart at the very edge of the page.
    """
    seen: Counter[tuple[str, int]] = Counter()
    for page in pages:
        seen.update({key for s in page.segments for key in _keys(s, page)})
    found: dict[int, set[int]] = {}
    for page in pages:
        need = max(2, min(3, (len(pages) + 1) // 2))
        hits = {id(s) for s in page.segments if _keys(s, page) and any(seen[k] >= need for k in _keys(s, page))}
        found[page.number] = _grow(page, _apart(page, hits - in_tables(page, hits)))
    return found


def _keys(segment: Segment, page: PageText) -> list[tuple[str, int]]:
    """Return the keys under which a margin line may recur: its text and its height, to 4 points either way."""
    if segment.quarter:
        return [(_plain(segment.text), -1)] if len(segment.text) > 1 and segment.tilt else []
    middle = segment.middle
    if TOP * page.height < middle < BOTTOM * page.height or NOTE.match(segment.text):
        return []
    text = _plain(segment.text)
    if FIGURE.fullmatch(segment.text.strip()) or find_unit_note(segment.text):
        return []
    if middle > page.height / 2:
        middle = 10000 + page.height - middle
    return [(text, int(middle // 4)), (text, int((middle + 2) // 4) + 50000)]


def _plain(text: str) -> str:
    return DIGITS.sub("#", re.sub(r"\s+", "", text))


def _apart(page: PageText, hits: set[int]) -> set[int]:
    """Drop hits that stand as close to the text as its own lines do: repeated table headers are no running heads."""
    out = set(hits)
    upright = [s for s in page.segments if s.quarter == 0]
    reach = _pitch(upright)
    while True:
        others = [s for s in upright if id(s) not in out]
        close = {id(s) for s in upright if id(s) in out and any(_near(s, o, reach) for o in others)}
        if not close:
            return out
        out -= close


def in_tables(page: PageText, hits: set[int]) -> set[int]:
    """Return the hits that are entries of a table: in a ruled cell, in a row with other entries, heads of figures."""
    rules = Rules()
    for box, _ in page.outlines:
        rules.add_box(box)
    rows = _rows([s for s in page.segments if s.quarter == 0])
    out: set[int] = set()
    for row, below in zip(rows, [*rows[1:], []], strict=False):
        own = {id(s) for s in row} & hits
        if not own:
            continue
        mixed = len(own) < len(row) and any(FIGURE.fullmatch(s.text.strip()) for s in row if id(s) not in own)
        if mixed or _heads(row, below) or all(_in_cell(s, rules) for s in row):
            out |= own
    return out


def _rows(segments: list[Segment]) -> list[list[Segment]]:
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: s.middle):
        if rows and segment.middle - rows[-1][0].middle < 0.4 * segment.size:
            rows[-1].append(segment)
        else:
            rows.append([segment])
    return [sorted(row, key=lambda s: s.x0) for row in rows]


def _heads(row: list[Segment], below: list[Segment]) -> bool:
    """Say whether a row stands over the entries of a row of figures, one over each."""
    if len(row) < 2 or not 0 <= len(below) - len(row) <= 1 or below[0].middle - row[0].middle > 4 * row[0].size:
        return False
    figures = sum(bool(DIGITS.search(s.text)) and not any(c.isalpha() for c in s.text) for s in below)
    over = below[len(below) - len(row) :]
    inside = all(
        (i == 0 or over[i - 1].x1 < h.x1) and (i + 1 == len(over) or h.x0 < over[i + 1].x0) for i, h in enumerate(row)
    )
    return figures >= max(1, len(below) - 1) and inside


def _in_cell(segment: Segment, rules: Rules) -> bool:
    """Say whether lines are drawn closely above, below and at one side of a segment."""
    reach, middle, centre = 2.5 * segment.size, segment.middle, (segment.x0 + segment.x1) / 2
    over = any(middle - reach < y < middle and a <= centre <= b for y, a, b in rules.across)
    under = any(middle < y < middle + reach and a <= centre <= b for y, a, b in rules.across)
    return over and under and any(top <= middle <= bottom for _, top, bottom in rules.down)


def _near(head: Segment, other: Segment, reach: float) -> bool:
    gap = max(other.top - head.bottom, head.top - other.bottom)
    reach = min(reach, 2.0 * max(head.size, other.size))
    return gap < 0.6 * head.size or 0 < abs(other.middle - head.middle) <= reach


def _pitch(segments: list[Segment]) -> float:
    """Return a little more than the usual distance of lines on a page, 0 where lines stand far apart (a slide)."""
    heights = sorted({round(s.middle) for s in segments})
    steps = [b - a for a, b in pairwise(heights) if b - a > 3]
    usual = median(steps) if len(steps) > 8 else 0.0
    size = median([s.size for s in segments]) if segments else 10.0
    return 1.15 * usual if usual <= 2.2 * size else 0.0


def _grow(page: PageText, hits: set[int]) -> set[int]:
    """Add page numbers, edge lines and watermarks of this page, and drop hits that stand inside the text."""
    upright = [s for s in page.segments if s.quarter == 0 and not s.tilt]
    out = set(hits) | {id(s) for s in page.segments if s.tilt}
    if not upright:
        return out
    for edge in (0, 1):
        ordered = sorted(upright, key=lambda s: s.middle, reverse=bool(edge))
        for rank, segment in enumerate(ordered):
            if id(segment) in out:
                continue
            margin = segment.middle < TOP * page.height if edge == 0 else segment.middle > BOTTOM * page.height
            if not margin:
                break
            inner = [s for s in ordered[rank + 1 :] if abs(s.middle - segment.middle) > 0.5 * segment.size]
            row = [s for s in upright if abs(s.middle - segment.middle) <= 0.5 * segment.size]
            if not _edge_line(segment, row, inner, page, edge):
                break
            out.add(id(segment))
    return out


def _edge_line(segment: Segment, row: list[Segment], inner: list[Segment], page: PageText, edge: int) -> bool:
    """Say whether a line at the edge of a page is a page number, or small print set apart from the text."""
    if not inner:
        return False
    gap = min(abs(s.middle - segment.middle) for s in inner)
    if any(NOTE.match(s.text) or is_caption(s.text) for s in row):
        return False
    if len(row) <= 2 and all(PAGE_NUMBER.match(s.text.strip()) for s in row):  # more are a chart's years
        return gap > 1.3 * segment.size
    very_edge = segment.middle < 0.06 * page.height if edge == 0 else segment.middle > 0.955 * page.height
    usual = _usual_size(page.segments)
    return very_edge and segment.size <= usual * 1.02 and gap > 1.8 * segment.size


def _usual_size(segments: list[Segment]) -> float:
    sizes: Counter[float] = Counter()
    for s in segments:
        sizes[round(s.size * 2) / 2] += len(s.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0

"""HTML written into a Markdown file: its headings, list items and paragraphs, line by line, with true offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from extractors.readers.source import HIDDEN, Lines, is_prose
from schemas import BlockKind

Place = tuple[int, int]
_HEADING = re.compile(r"<h(?P<level>[1-6])\b[^<>]*>(?P<text>(?:(?!</?h[1-6]\b).)*?)</h(?P=level)\s*>", re.I | re.S)
_ITEM = re.compile(r"<li\b[^<>]*>(?P<text>(?:(?!</?li\b).)*?)</li\s*>", re.I)
_TEXT_END = re.compile(r"</(?:p|li|h[1-6]|td)\s*>", re.I)
_LEAST_ENDS = 3  # closing tags of text that make an indented block a page
_BOX_END = re.compile(r"</div\s*>", re.I)
_SENTENCE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff][^。<>\n]{0,300}。|[A-Za-z]{2}[^.<>\n]{30,300}\.(?=\s|<)")
_LEAST_SENTENCES = 2  # that show the boxes of a page to hold text, not code


class HtmlPiece(NamedTuple):
    """A stretch of text: `lines` are the places of its lines with their tags, `inner` that of a heading or item."""

    kind: BlockKind
    lines: list[Place]
    inner: Place
    level: int = 0


class HtmlBlock(NamedTuple):
    """What a block of HTML holds: pieces in order, comments that are prose, and what is not shown."""

    pieces: list[HtmlPiece]
    comments: list[Place]
    hidden: list[Place]


def is_page(code: str) -> bool:
    """Say whether an indented block, which Markdown takes for code, is of a page: <p>…</p>, boxes of text."""
    if sum(1 for _ in _TEXT_END.finditer(code)) >= _LEAST_ENDS:
        return True
    boxes, told = (sum(1 for _ in pattern.finditer(code)) for pattern in (_BOX_END, _SENTENCE))
    return boxes >= _LEAST_ENDS and told >= _LEAST_SENTENCES


def read_block(lines: Lines, first: int, last: int) -> HtmlBlock:
    """Return what the lines `first` to `last` (exclusive) of HTML outside tables hold."""
    start, end = lines.starts[first], lines.ends[last - 1]
    hidden = [m.span() for m in HIDDEN.finditer(lines.text, start, end)]
    told = [place for place in hidden if is_prose(lines.text[place[0] : place[1]])]
    shown = [
        place
        for line in range(first, last)
        if (place := lines.trimmed(line)) and place[0] < place[1]
        and not _is_inside(place, hidden)
    ]  # fmt: skip
    return HtmlBlock(list(_pieces(lines.text, shown)), told, [place for place in hidden if place not in told])


def read_line(text: str, start: int, end: int) -> list[HtmlPiece]:
    """Return the headings of `text[start:end]`, a line's part beside a table, and what stands between them."""
    found: list[HtmlPiece] = []
    at = start
    for heading in [*_HEADING.finditer(text, start, end), None]:
        between = _trim(text, (at, heading.start() if heading else max(at, end)))
        if between[0] < between[1]:
            found.append(HtmlPiece(BlockKind.PARAGRAPH, [between], between))
        if heading is not None:
            inner = _trim(text, heading.span("text"))
            found.append(HtmlPiece(BlockKind.HEADING, [heading.span()], inner, int(heading.group("level"))))
            at = heading.end()
    return found


def _is_inside(place: Place, hidden: list[Place]) -> bool:
    before = bisect_right(hidden, (place[0], place[1])) - 1
    return any(a <= place[0] and place[1] <= b for a, b in hidden[max(0, before) : before + 2])


def _pieces(text: str, shown: list[Place]) -> Iterator[HtmlPiece]:
    """Headings and items that fill their lines; of other lines those that no tag parts are one paragraph."""
    at = 0
    while at < len(shown):
        start, end = shown[at]
        heading = _HEADING.match(text, start)
        ends = [i for i in range(at, min(at + 4, len(shown))) if heading and shown[i][1] == heading.end()]
        if heading and ends and heading.group("text").strip():
            inner = _trim(text, heading.span("text"))
            yield HtmlPiece(BlockKind.HEADING, shown[at : ends[0] + 1], inner, int(heading.group("level")))
            at = ends[0] + 1
            continue
        item = _ITEM.fullmatch(text, start, end)
        if item and item.group("text").strip():
            yield HtmlPiece(BlockKind.LIST_ITEM, [shown[at]], _trim(text, item.span("text")))
            at += 1
            continue
        last = at + 1
        while last < len(shown) and _goes_on(text, shown[last - 1], shown[last]):
            last += 1
        yield HtmlPiece(BlockKind.PARAGRAPH, shown[at:last], (start, shown[last - 1][1]))
        at = last


def _goes_on(text: str, line: Place, following: Place) -> bool:
    """Say whether a line goes on in the next one: no tag, brace or blank line between them."""
    return text[line[1] - 1] != ">" and text[following[0]] not in "<{" and text.count("\n", line[1], following[0]) < 2


def _trim(text: str, place: Place) -> Place:
    start, end = place
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end

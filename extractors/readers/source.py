"""A source text as lines with offsets: where HTML tables stand in it, which lines no block holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from schemas import Span

_TABLE_OPEN = re.compile(r"^[ \t>]*(?:<[a-z][^\n]*?)??(?P<table><table\b)", re.IGNORECASE | re.MULTILINE)
_ROW_END = re.compile(r"</tr\s*>(?P<more>(?:\s|</?t(?:head|body|foot)\b[^<>]{0,200}>)*+<t[rdh]\b)?", re.IGNORECASE)
_TABLE_TAG = re.compile(r"<(?:(?P<open>table)\b|/table\s*>)", re.IGNORECASE)
HIDDEN = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_SENTENCE = re.compile(r"[。！？]|[a-z)%\d][.!?](?:\s|$)")
_FENCE = re.compile(r"^[ \t>]*(```+|~~~+).*?(?:^[ \t>]*\1|\Z)", re.MULTILINE | re.DOTALL)


class Lines:
    """The lines of a text as markdown-it counts them (LF, CRLF and CR end one), with offsets into the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        ends = [m.span() for m in re.finditer(r"\r\n|\n|\r", text)]
        self.starts = [0] + [after for _, after in ends]
        self.ends = [before for before, _ in ends] + [len(text)]

    def __len__(self) -> int:
        return len(self.starts)

    def raw(self, index: int) -> str:
        """Return a line without its newline."""
        return self.text[self.starts[index] : self.ends[index]]

    def trimmed(self, index: int, prefix: int = 0) -> tuple[int, int]:
        """Return the place of a line's text after its first `prefix` characters, outer blanks left off."""
        start, end = self.starts[index] + prefix, self.ends[index]
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        return start, end

    def line_at(self, offset: int) -> int:
        """Return the line that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def tabbed_at_margin(self, places: Sequence[tuple[int, int]]) -> bool:
        """Say whether lines of a paragraph are a table's, apart by tabs and at the margin: the first, a tab for its
        empty corner, only seems to be set in below a list. `places`: of each line's text, without outer blanks."""
        starts = [self.starts[self.line_at(a)] for a, _ in places]
        tabbed = all("\t" in self.text[a:end] for a, (_, end) in zip(starts, places, strict=True))
        return (
            tabbed
            and len(places) > 1
            and starts[0] < places[0][0]
            and all(a == at for a, (at, _) in zip(starts[1:], places[1:], strict=True))
        )


class HtmlRegion(NamedTuple):
    """An HTML table in a text: its first and last line, and its place."""

    first: int
    last: int
    place: tuple[int, int]


def html_tables(lines: Lines, after: int) -> list[HtmlRegion]:
    """Return the outermost HTML tables after an offset that start a line or stand behind a tag that does, outside code
    fences, comments and scripts; of a line the first."""
    text = lines.text
    unread = _unread(text, after)
    openings = [m.start("table") for m in _TABLE_OPEN.finditer(text, after)]
    ends = _table_ends(text, after, unread) if openings else {}
    regions: list[HtmlRegion] = []
    for start in openings:
        if start in ends and (not regions or lines.line_at(start) > regions[-1].last):
            end = ends[start]
            regions.append(HtmlRegion(lines.line_at(start), lines.line_at(end - 1), (start, end)))
    return regions


def _unread(text: str, after: int) -> list[tuple[int, int]]:
    """Return the places of code fences, and of comments, scripts and styles outside these, in order."""
    fences = [m.span() for m in _FENCE.finditer(text, after)]
    found, position = list(fences), after
    while (hidden := HIDDEN.search(text, position)) is not None:
        fence = fences[bisect_right(fences, (hidden.start(), len(text))) - 1] if fences else (0, 0)
        position = fence[1] if fence[0] <= hidden.start() < fence[1] else hidden.end()
        if position == hidden.end() and hidden.group().endswith(">"):  # one never closed hides nothing
            found.append(hidden.span())
    return sorted(found)


def _table_ends(text: str, after: int, unread: list[tuple[int, int]]) -> dict[int, int]:
    """Return where each table ends, by where it starts; tables inside one are closed first.

    One that is never closed, in a text that was cut off, ends with its last row.
    """
    ends: dict[int, int] = {}
    opened: list[int] = []
    for tag in _TABLE_TAG.finditer(text, after):
        around = unread[bisect_right(unread, (tag.start(), len(text))) - 1] if unread else (0, 0)
        if around[0] <= tag.start() < around[1]:
            continue
        if tag["open"]:
            opened.append(tag.start())
        elif opened:
            ends[opened.pop()] = tag.end()
    if opened and not any(start > opened[-1] for start in ends):
        end = _last_row_end(text, opened[-1])
        if end is not None:
            ends[opened[-1]] = end
    return ends


def _last_row_end(text: str, start: int) -> int | None:
    """Return the end of the last row of those that follow each other from `start` on; text between them ends them."""
    end = None
    for row in _ROW_END.finditer(text, start):
        end = row.start() + row.group().index(">") + 1
        if row.group("more") is None:
            break
    return end


def lost_lines(lines: Lines, first: int, held: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the places of lines with letters that no span of `held` touches (the parser gives up on deep nesting)."""
    starts = [span.start for span in held]
    lost = []
    for line in range(first, len(lines)):
        start, end = lines.trimmed(line)
        at = max(0, bisect_right(starts, start) - 1)
        touched = any(s.start < end and start < s.end for s in held[at : at + 3])
        if not touched and any(c.isalnum() for c in lines.text[start:end]):
            lost.append((start, end))
    return lost


def paragraphs(text: str, start: int, end: int) -> list[list[tuple[int, int]]]:
    """Return the runs of lines between blank lines in `text[start:end]`, each line's place without outer blanks."""
    runs: list[list[tuple[int, int]]] = [[]]
    at = start
    for line in text[start:end].splitlines(keepends=True):
        words = line.strip()
        if words:
            first = at + line.index(words)
            runs[-1].append((first, first + len(words)))
        elif runs[-1]:
            runs.append([])
        at += len(line)
    return [run for run in runs if run]


def is_prose(comment: str) -> bool:
    """Say whether a comment `<!-- … -->` holds sentences (a speaker's notes), not switches, markup or a label."""
    inner = comment.removeprefix("<!--").removesuffix("-->").strip()
    return len(inner) >= 20 and comment.startswith("<!--") and "<" not in inner and bool(_SENTENCE.search(inner))

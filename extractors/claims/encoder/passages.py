"""A document as the encoder reads it: passages that follow each other, each under the headings above it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from extractors.claims.encoder.pieces import END, START, Pieces

CORE = 288  # pieces whose figures a passage answers for
BACK, AHEAD = 112, 32  # pieces read before the core and behind it
HEADING, HEADINGS = 20, 64  # pieces of one heading, and of all headings together, the marks between them counted
LEAST = CORE // 3  # a core ends with a line where it is then at least as long
LONGEST = 16  # pieces of a span that count

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Passage:
    """The pieces of a passage in the order they are read, and which ranges of the text stand where.

    `stretches` are (first piece of the text, last + 1, place of the first).
    """

    ids: list[int]
    stretches: tuple[tuple[int, int, int], ...]

    def place(self, span: Range) -> Range | None:
        """Return the places of a range of the text's pieces; None where it is not in the passage."""
        for first, last, at in self.stretches:
            if first <= span[0] < last:
                start = at + span[0] - first
                return start, start + min(span[1], span[0] + LONGEST, last) - span[0]
        return None


def cores(text: str, held: Pieces) -> list[int]:
    """Return where the cores of a text start, in pieces: they end with lines where these are short enough."""
    count = len(held.ids)
    lines = accumulate(len(line) for line in text.splitlines(keepends=True))
    ends = sorted({*(bisect_left(held.starts, end) for end in lines), count})
    starts, at = [], 0
    while at < count:
        starts.append(at)
        last = ends[bisect_right(ends, at + CORE) - 1] if ends[0] <= at + CORE else at
        whole = last == count or last - at >= LEAST
        at = last if last > at and whole else min(count, at + CORE)
    return starts


def passage(held: Pieces, starts: list[int], number: int, above: Iterable[Range] = ()) -> Passage:
    """Return the passage of the core `number` of `starts`; `above` are the ranges of headings, outermost first."""
    end = starts[number + 1] if number + 1 < len(starts) else len(held.ids)
    low, high = max(0, starts[number] - BACK), min(len(held.ids), end + AHEAD)
    return Passage(*stretched(held, above, (low, high), HEADINGS))


def stretched(
    held: Pieces, above: Iterable[Range], text: Range, most: int
) -> tuple[list[int], tuple[tuple[int, int, int], ...]]:
    """Return the pieces of the headings `above`, `most` together, and of a stretch of text, and where each stands."""
    ids, stretches = [START], []
    for first, last in (*_outside(above, text[0], most), text):
        stretches.append((first, last, len(ids)))
        ids += [*held.ids[first:last], END]
    return ids, tuple(stretches)


def _outside(above: Iterable[Range], low: int, most: int) -> Sequence[Range]:
    """Return the headings that end before the text that is read starts, the nearest first to be kept."""
    found: list[Range] = []
    left = most
    for first, end in reversed(list(above)):
        end = min(end, first + HEADING, first + left - 1)
        if first < end <= low:
            found.append((first, end))
            left -= end - first + 1
    return found[::-1]

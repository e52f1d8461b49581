"""A document as the passage reader reads it: passages that follow each other, each under the headings above it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from extractors.claims.encoder.pieces import Pieces
from extractors.claims.encoder.windows import Stretches, stretched

CORE = 288  # pieces whose figures a passage answers for
BACK, AHEAD = 112, 32  # pieces read before the core and behind it
HEADINGS = 64  # pieces of the headings above, the marks between them counted
LEAST = CORE // 3  # a core ends with a line where it is then at least as long


@dataclass(frozen=True, slots=True)
class Passage(Stretches):
    """The pieces of a passage in the order they are read, and which ranges of the text stand where."""


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


def passage(held: Pieces, starts: list[int], number: int, above: Iterable[tuple[int, int]] = ()) -> Passage:
    """Return the passage of the core `number` of `starts`; `above` are the ranges of headings, outermost first."""
    end = starts[number + 1] if number + 1 < len(starts) else len(held.ids)
    low, high = max(0, starts[number] - BACK), min(len(held.ids), end + AHEAD)
    return Passage(*stretched(held, above, (low, high), HEADINGS))

"""What the encoder reads of a figure: the headings above it, the text around it with the figure marked, and where the
candidates stand in that.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.claims.encoder.pieces import END, START, Pieces

BEFORE, BEHIND = 64, 24  # pieces before the figure and behind it
HEADING, HEADINGS = 20, 68  # pieces of one heading, and of all headings together, the marks between them counted
LONGEST = 16  # pieces of a span that count

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Pieces in the order they are read, and which ranges of the text stand where.

    `stretches` are (first piece of the text, last + 1, place of the first).
    """

    ids: list[int]
    stretches: tuple[tuple[int, int, int], ...]

    def place(self, span: Range) -> Range | None:
        """Return the places of a range of the text's pieces; None where it is not in the window."""
        for first, last, at in self.stretches:
            if first <= span[0] < last:
                start = at + span[0] - first
                return start, start + min(span[1], span[0] + LONGEST, last) - span[0]
        return None


@dataclass(frozen=True, slots=True)
class Window(Stretches):
    """What is read of one figure, and the places of the figure's own pieces."""

    figure: Range


def window(held: Pieces, figure: Range, above: Iterable[Range] = ()) -> Window:
    """Return the window of a figure; `above` are the ranges of the headings over it, outermost first."""
    last = min(figure[1], figure[0] + LONGEST)
    low, high = max(0, figure[0] - BEFORE), min(len(held.ids), last + BEHIND)
    ids, stretches = stretched(held, above, (low, high), HEADINGS)
    at = stretches[-1][2] - low
    return Window(ids, stretches, (at + figure[0], at + last))


def stretched(
    held: Pieces, above: Iterable[Range], text: Range, most: int
) -> tuple[list[int], tuple[tuple[int, int, int], ...]]:
    """Return the pieces of headings and of a stretch of text behind them, and where each stands.

    The headings take `most` pieces together.
    """
    ids, stretches = [START], []
    for first, end in (*_outside(above, text[0], most), text):
        stretches.append((first, end, len(ids)))
        ids += [*held.ids[first:end], END]
    return ids, tuple(stretches)


def _outside(above: Iterable[Range], low: int, most: int) -> Sequence[Range]:
    """Return the headings that end before the text around the figure starts, the nearest first to be kept."""
    found: list[Range] = []
    left = most
    for first, end in reversed(list(above)):
        end = min(end, first + HEADING, first + left - 1)
        if first < end <= low:
            found.append((first, end))
            left -= end - first + 1
    return found[::-1]

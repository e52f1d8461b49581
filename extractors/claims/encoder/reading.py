"""A document as the encoder reads it: a window around each figure, with the figure marked, and its candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from extractors.claims.encoder import heads
from extractors.claims.encoder.network import Floats, encode, mean_piece
from extractors.claims.encoder.pieces import END, START, Pieces, pieces
from extractors.claims.entity_candidates import Candidate
from schemas import Span

_HERE = Path(__file__).with_name("encoder.onnx")
BEFORE, BEHIND = 64, 24  # pieces of a window before its figure and behind it; as in training
LONGEST = 16  # pieces of a span that count
BATCH = 1  # activations are rounded over a whole batch: a figure read with others would depend on them

Range = tuple[int, int]


def window(held: Pieces, figure: Range) -> tuple[int, list[int], Range]:
    """Return where the window of a figure starts, its pieces, and the places of the figure's own among them.

    `figure` is a range of pieces; place 0 of a window is START.
    """
    first, last = figure[0], min(figure[1], figure[0] + LONGEST)
    low, high = max(0, first - BEFORE), min(len(held.ids), last + BEHIND)
    return low, [START, *held.ids[low:high], END], (1 + first - low, 1 + last - low)


def inside(low: int, count: int, span: Range) -> Range | None:
    """Return the places of a range of pieces in a window of `count` places that starts at `low`; None where outside."""
    start, end = 1 + span[0] - low, 1 + min(span[1], span[0] + LONGEST) - low
    return (start, min(end, count - 1)) if 1 <= start < count - 1 else None


class Reading:
    """What the encoder makes of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._held: Pieces | None = None
        self._windows: dict[Range, tuple[int, Floats, Range]] = {}

    @property
    def _pieces(self) -> Pieces:
        if self._held is None:
            self._held = pieces(self._text) if _HERE.exists() else Pieces([], [], [])
        return self._held

    def prepare(self, figures: Iterable[Span]) -> None:
        """Read the windows of these figures together, which costs less than one after the other."""
        wanted = [f for f in dict.fromkeys(map(self._range, figures)) if f is not None and f not in self._windows]
        for first in range(0, len(wanted), BATCH):
            batch = wanted[first : first + BATCH]
            read = [window(self._pieces, figure) for figure in batch]
            vectors = encode([ids for _, ids, _ in read], [marked for *_, marked in read])
            for figure, (low, ids, marked), found in zip(batch, read, vectors, strict=True):
                self._windows[figure] = low, found[: len(ids)], marked

    def scores(
        self, part: str, figure: Span, unit: str, candidates: Sequence[Candidate], linear: list[float]
    ) -> list[float]:
        """Return the scores of a figure's candidates for "entity", "metric" or "period", the linear ones within."""
        found = self._window(figure)
        if found is None:
            return linear
        low, vectors, marked = found
        rows = [self._vector(c.span, low, vectors) for c in candidates]
        return heads.scores(part, vectors[slice(*marked)].mean(axis=0), unit, candidates, rows, linear)

    def states(self, figure: Span, unit: str) -> float:
        """Return the log odds that a figure states anything, as the encoder sees it."""
        found = self._window(figure)
        return 0.0 if found is None else heads.states(found[1][slice(*found[2])].mean(axis=0), unit)

    def _window(self, figure: Span) -> tuple[int, Floats, Range] | None:
        self.prepare([figure])
        place = self._range(figure)
        return None if place is None else self._windows[place]

    def _vector(self, span: Span, low: int, vectors: Floats) -> Floats:
        """Return the vector of a candidate: of its pieces in the window, or of its words alone when elsewhere."""
        pieces_ = self._range(span)
        place = None if pieces_ is None else inside(low, len(vectors), pieces_)
        if place is not None:
            found: Floats = vectors[slice(*place)].mean(axis=0)
            return found
        return heads.far(None if pieces_ is None else mean_piece(self._pieces.ids[pieces_[0] : pieces_[1]][:LONGEST]))

    def _range(self, span: Span) -> Range | None:
        return self._pieces.between(span.start, span.end) if self._pieces.ids and span.start < span.end else None

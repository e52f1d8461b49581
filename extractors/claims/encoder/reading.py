"""A document as the encoder reads it: a window around each figure, with figure and candidates marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.claims.encoder import heads
from extractors.claims.encoder.network import Floats, encode, mean_piece
from extractors.claims.encoder.pieces import Pieces, pieces
from extractors.claims.encoder.windows import LONGEST, Range, Window, window
from extractors.claims.entity_candidates import Candidate
from schemas import Span

PARTS = ("entity", "metric", "period")  # in the order of the markers; the figure's own is the first


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder made of one figure: its window, the vectors of the window's pieces, the text's pieces."""

    window: Window
    vectors: Floats
    pieces: Pieces
    unit: str

    def scores(self, part: str, candidates: Sequence[Candidate], linear: list[float]) -> list[float]:
        """Return the scores of candidates for "entity", "metric" or "period", the linear ones within."""
        rows = [self._vector(c.span) for c in candidates]
        return heads.scores(part, self._figure, self.unit, candidates, rows, linear)

    def states(self) -> float:
        """Return the log odds that the figure states anything."""
        return heads.states(self._figure, self.unit)

    @property
    def _figure(self) -> Floats:
        found: Floats = self.vectors[slice(*self.window.figure)].mean(axis=0)
        return found

    def _vector(self, span: Span) -> Floats:
        """Return the vector of a candidate: of its pieces in the window, or of its words alone when elsewhere."""
        range_ = _range(self.pieces, span)
        place = None if range_ is None else self.window.place(range_)
        if place is not None:
            found: Floats = self.vectors[slice(*place)].mean(axis=0)
            return found
        return heads.far(None if range_ is None else mean_piece(self.pieces.ids[range_[0] : range_[1]][:LONGEST]))


class Reading:
    """What the encoder makes of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._held: Pieces | None = None

    def see(
        self, figure: Span, unit: str, above: Iterable[Span], candidates: Mapping[str, Sequence[Candidate]]
    ) -> Seen | None:
        """Return what the encoder makes of a figure under the headings `above`; None where the text has no words.

        `candidates` are those of each part; all are marked where they stand in the window.
        """
        if self._held is None:
            self._held = pieces(self._text)
        held = self._held
        place = _range(held, figure)
        if place is None:
            return None
        found = window(held, place, [r for s in above if (r := _range(held, s)) is not None])
        marks = [(0, found.figure)]
        for number, part in enumerate(PARTS, start=1):
            ranges = {_range(held, c.span) for c in candidates.get(part, ())}
            marks += [(number, at) for r in ranges if r is not None and (at := found.place(r)) is not None]
        return Seen(found, encode(found.ids, marks), held, unit)


def _range(held: Pieces, span: Span) -> Range | None:
    return held.between(span.start, span.end) if held.ids and span.start < span.end else None

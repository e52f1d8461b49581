"""A document as the encoders read it: a window around each figure, where its candidates are marked, and its passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.claims.encoder import heads
from extractors.claims.encoder.heads import PARTS
from extractors.claims.encoder.network import Floats, encode, mean_piece
from extractors.claims.encoder.passage_reading import Judged, PassageReading
from extractors.claims.encoder.pieces import Pieces, pieces
from extractors.claims.encoder.windows import LONGEST, Range, Window, window
from extractors.claims.entity_candidates import Candidate
from schemas import Span

Parts = Mapping[str, Sequence[Candidate]]
Linear = Mapping[str, list[float]]  # by part, the scores that the linear rankers give


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoders made of one figure: its window, the vectors of the window's pieces, the text's pieces, and what
    was made of it in its passage.
    """

    window: Window
    vectors: Floats
    pieces: Pieces
    unit: str
    judged: Judged

    def scores(self, part: str, candidates: Sequence[Candidate], linear: list[float]) -> list[float]:
        """Return the scores of the candidates that were shown of a part, by encoders and linear rankers together."""
        rows = [self._vector(c.span) for c in candidates]
        by_window = heads.scores(part, self._figure, self.unit, candidates, rows, linear)
        return heads.blended(by_window, self.judged.scores[part], part, self.unit)

    def states(self) -> float:
        """Return the log odds that the figure states anything."""
        return (heads.states(self._figure, self.unit) + self.judged.states) / 2

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
    """What the encoders make of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._held: Pieces | None = None
        self._passages: PassageReading | None = None

    def see(self, figure: Span, unit: str, above: Iterable[Span], candidates: Parts, linear: Linear) -> Seen | None:
        """Return what the encoders make of a figure under the headings `above`; None where the text has no words.

        `candidates` are those of each part, with their `linear` scores; all are marked where they stand in the window.
        """
        if self._held is None or self._passages is None:
            self._held = pieces(self._text)
            self._passages = PassageReading(self._text, self._held)
        held = self._held
        place = _range(held, figure)
        if place is None:
            return None
        heads_above = [r for s in above if (r := _range(held, s)) is not None]
        offered = {part: [(c, _range(held, c.span)) for c in candidates.get(part, ())] for part in PARTS}
        found = window(held, place, heads_above)
        marks = [(0, found.figure)]
        for number, part in enumerate(PARTS, start=1):
            ranges = {range_ for _, range_ in offered[part]}
            marks += [(number, at) for r in ranges if r is not None and (at := found.place(r)) is not None]
        judged = self._passages.judge(place, unit, heads_above, offered, linear)
        return Seen(found, encode(found.ids, marks), held, unit, judged)


def _range(held: Pieces, span: Span) -> Range | None:
    return held.between(span.start, span.end) if held.ids and span.start < span.end else None

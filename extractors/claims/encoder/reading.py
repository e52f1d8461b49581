"""A document as the encoder reads it: its figures with their candidates, as pieces of its passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractors.claims.encoder.groups import Judged, Passages
from extractors.claims.encoder.heads import PARTS, weighed
from extractors.claims.encoder.passages import Range
from extractors.claims.encoder.pieces import Pieces, pieces
from extractors.claims.entity_candidates import Candidate
from schemas import Span

Parts = Mapping[str, Sequence[Candidate]]
Linear = Mapping[str, list[float]]  # by part, the scores that the linear rankers give


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder made of one figure."""

    judged: Judged

    def scores(self, part: str, linear: list[float]) -> list[float]:
        """Return the scores of the candidates that were shown of a part, by encoder and linear rankers together."""
        return weighed(linear, self.judged.scores[part], part)

    def states(self) -> float:
        """Return the log odds that the figure states anything."""
        return self.judged.states


class Reading:
    """What the encoder makes of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._held: Pieces | None = None
        self._passages: Passages | None = None

    def see(self, figure: Span, unit: str, above: Iterable[Span], candidates: Parts, linear: Linear) -> Seen | None:
        """Return what the encoder makes of a figure under the headings `above`; None where the text has no words.

        `candidates` are those of each part, with their `linear` scores.
        """
        if self._held is None or self._passages is None:
            self._held = pieces(self._text)
            self._passages = Passages(self._text, self._held)
        held = self._held
        place = _range(held, figure)
        if place is None:
            return None
        headings = [r for s in above if (r := _range(held, s)) is not None]
        offered = {part: [(c, _range(held, c.span)) for c in candidates.get(part, ())] for part in PARTS}
        return Seen(self._passages.judge(place, unit, headings, offered, linear))


def _range(held: Pieces, span: Span) -> Range | None:
    return held.between(span.start, span.end) if held.ids and span.start < span.end else None

"""A document as the encoder reads it: a vector for any span, scores for candidates. Windows are read when asked for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from extractors.claims.encoder import heads
from extractors.claims.encoder.network import Floats, encode
from extractors.claims.encoder.pieces import END, PADDING, START, Pieces, pieces
from extractors.claims.entity_candidates import Candidate
from schemas import Span

_HERE = Path(__file__).with_name("encoder.onnx")
CORE, MARGIN = 208, 40  # pieces of a window that are its own, and those it sees on either side; as in training
LONGEST = 24  # pieces of a span that count
BATCH = 4


class Reading:
    """What the encoder makes of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._held: Pieces | None = None
        self._windows: dict[int, Floats] = {}

    @property
    def _pieces(self) -> Pieces:
        if self._held is None:
            self._held = pieces(self._text) if _HERE.exists() else Pieces([], [], [])
        return self._held

    def prepare(self, spans: Iterable[Span]) -> None:
        """Read the windows of these spans together, which costs less than one after the other."""
        wanted = sorted({self._range(s)[0] // CORE for s in spans} - self._windows.keys()) if self._pieces.ids else []
        for first in range(0, len(wanted), BATCH):
            self._read(wanted[first : first + BATCH])

    def vector(self, span: Span) -> Floats | None:
        """Return the mean vector of a span's pieces; None for a text without any."""
        if not self._pieces.ids or span.start >= span.end:
            return None
        first, last = self._range(span)
        number = first // CORE
        if number not in self._windows:
            self._read([number])
        low, high = self._limits(number)
        last = min(last, high, first + LONGEST)
        return np.asarray(self._windows[number][1 + first - low : 1 + last - low].mean(axis=0), dtype=np.float32)

    def scores(
        self, part: str, figure: Span, unit: str, candidates: Sequence[Candidate], linear: list[float]
    ) -> list[float]:
        """Return the scores of a figure's candidates for "entity", "metric" or "period", the linear ones within."""
        at = self.vector(figure)
        if at is None:
            return linear
        vectors = [self.vector(c.span) for c in candidates]
        return heads.scores(part, at, unit, candidates, vectors, linear)

    def states(self, figure: Span, unit: str) -> float:
        """Return the log odds that a figure states anything, as the encoder sees it."""
        at = self.vector(figure)
        return 0.0 if at is None else heads.states(at, unit)

    def _range(self, span: Span) -> tuple[int, int]:
        return self._pieces.between(span.start, span.end)

    def _limits(self, number: int) -> tuple[int, int]:
        return max(0, number * CORE - MARGIN), min(len(self._pieces.ids), (number + 1) * CORE + MARGIN)

    def _read(self, numbers: list[int]) -> None:
        windows = [[START, *self._pieces.ids[slice(*self._limits(n))], END] for n in numbers]
        for number, vectors in zip(numbers, encode(windows, PADDING), strict=True):
            self._windows[number] = vectors

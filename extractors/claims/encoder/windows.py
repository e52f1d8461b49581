"""What the window encoder makes of a figure: six layers over the text around it, figure and candidates marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from extractors.claims.encoder.asked import Asked
from extractors.claims.encoder.heads import DATE, PARTS, choice
from extractors.claims.encoder.network import Floats, mean_piece, read_window, window_parameters
from extractors.claims.encoder.passages import LONGEST, Passage, Range, stretched
from extractors.claims.encoder.pieces import Pieces

BEFORE, BEHIND = 64, 24  # pieces before the figure and behind it
HEADINGS = 68  # pieces of all headings together, the marks between them counted
WEIGHT, DATE_WEIGHT = {"entity": 0.5, "metric": 0.5, "period": 0.3}, 0.8  # beside the linear scores


@dataclass(frozen=True, slots=True)
class Window(Passage):
    """What is read of one figure, and the places of the figure's own pieces."""

    figure: Range


def window(held: Pieces, figure: Range, above: Iterable[Range] = ()) -> Window:
    """Return the window of a figure; `above` are the ranges of the headings over it, outermost first."""
    last = min(figure[1], figure[0] + LONGEST)
    low, high = max(0, figure[0] - BEFORE), min(len(held.ids), last + BEHIND)
    ids, stretches = stretched(held, above, (low, high), HEADINGS)
    at = stretches[-1][2] - low
    return Window(ids, stretches, (at + figure[0], at + last))


def scores_in_window(held: Pieces, asked: Asked) -> dict[str, list[float]]:
    """Return the scores of a figure's candidates by part, those of the linear rankers within."""
    found = window(held, asked.figure, asked.above)
    marks = [(0, found.figure)]
    for number, part in enumerate(PARTS, start=1):
        ranges = {range_ for _, range_ in asked.offered.get(part, ())}
        marks += [(number, at) for r in ranges if r is not None and (at := found.place(r)) is not None]
    vectors = read_window(found.ids, marks)
    own = vectors[slice(*found.figure)].mean(axis=0) + _named("unit", [asked.unit])[0]
    scores = {}
    for part in PARTS:
        offered = asked.offered.get(part)
        if not offered:
            continue
        rows = np.stack([_vector(held, found, vectors, range_) for _, range_ in offered])
        rows = rows + _named("source", [f"{part}.{c.source}" for c, _ in offered])
        if part != "period":
            rows = rows + _named("known", [f"{part}.{c.id}" for c, _ in offered])
        told = np.asarray(asked.linear[part], dtype=np.float32)
        read = choice(window_parameters(), part, own, np.asarray(rows, dtype=np.float32), told)
        scores[part] = (told + (DATE_WEIGHT if asked.unit == DATE else WEIGHT[part]) * (read - told)).tolist()
    return scores


def _vector(held: Pieces, found: Window, vectors: Floats, range_: Range | None) -> Floats:
    """Return the vector of a candidate: of its pieces in the window, or of its words alone when elsewhere."""
    place = None if range_ is None else found.place(range_)
    if place is not None:
        return np.asarray(vectors[slice(*place)].mean(axis=0), dtype=np.float32)
    kept = window_parameters()
    if range_ is None:
        return np.asarray(kept["far"], dtype=np.float32)
    words = mean_piece(held.ids[range_[0] : range_[1]][:LONGEST])
    return np.asarray(kept["far"] + words @ kept["alone"], dtype=np.float32)


@cache
def _rows(kind: str) -> dict[str, int]:
    return {str(name): row for row, name in enumerate(window_parameters()[f"{kind}.names"])}


def _named(kind: str, names: Sequence[str]) -> Floats:
    rows = _rows(kind)
    return np.asarray(window_parameters()[f"{kind}.vectors"][[rows.get(n, 0) for n in names]], dtype=np.float32)

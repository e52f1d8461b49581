"""What the encoder makes of a figure: a passage is read once, then each figure of it together with its candidates."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from extractors.claims.encoder.asked import Asked
from extractors.claims.encoder.heads import FURTHEST, PARTS, SCALE, choice, network
from extractors.claims.encoder.network import Floats, Read, mean_piece, parameters, read_group, read_passage
from extractors.claims.encoder.passages import LONGEST, Passage, Range, cores, passage
from extractors.claims.encoder.pieces import Pieces

MOST = {"entity": 12, "metric": 8, "period": 8}  # candidates that are read, the best of the linear rankers
EDGES = (-256, -128, -64, -40, -24, -16, -11, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 11, 16, 24, 40, 64, 128)
ELSEWHERE = len(EDGES) + 1  # the distance of what is not in the passage
RANKS = 8.0  # by which the rank in the linear ranking is told
BEHIND = 4.0  # how far behind the last candidate that was read the others stand
KEPT = 3  # passages in memory


@dataclass(frozen=True, slots=True)
class Judged:
    """Scores of a figure's candidates by part, and the log odds that it states anything."""

    scores: dict[str, list[float]]
    states: float


class Passages:
    """The passages of one text, each read when a figure of it asks first."""

    def __init__(self, text: str, held: Pieces) -> None:
        self._held = held
        self._starts = cores(text, held)
        self._read: dict[int, tuple[Passage, Read]] = {}

    def judge(self, asked: Asked) -> Judged:
        """Return what is made of a figure."""
        number = bisect_right(self._starts, asked.figure[0]) - 1
        if number not in self._read:
            while len(self._read) >= KEPT:
                del self._read[next(iter(self._read))]
            found = passage(self._held, self._starts, number, asked.above)
            self._read[number] = found, read_passage(found.ids)
        return self._judged(asked, *self._read[number])

    def _judged(self, asked: Asked, place: Passage, read: Read) -> Judged:
        held = parameters()
        at = place.place(asked.figure) or (0, 1)
        own = read.middle[slice(*at)].mean(axis=0) + held["role"][0] + _named("unit", [asked.unit])[0]
        members, picked = [own[None]], {}
        for number, part in enumerate(PARTS, start=1):
            if asked.offered.get(part):
                picked[part] = best(asked.linear[part], MOST[part])
                rows = self._members(asked, part, picked[part], place, read, at[0])
                members.append(rows + held["role"][number])
        vectors = read_group(np.concatenate(members), read)
        scores, first = {}, 1
        for part, chosen in picked.items():
            rows = vectors[first : first + len(chosen)]
            first += len(chosen)
            linear = np.asarray([asked.linear[part][i] for i in chosen], dtype=np.float32)
            read_as = choice(held, part, vectors[0], rows, linear).tolist()
            scores[part] = spread(read_as, chosen, len(asked.linear[part]))
        states = network(held, "states", vectors[:1])[0, 0]
        return Judged(scores, float(states))

    def _members(self, asked: Asked, part: str, chosen: list[int], place: Passage, read: Read, start: int) -> Floats:
        held, offered = parameters(), asked.offered[part]
        rows, far = [], []
        for index in chosen:
            range_ = offered[index][1]
            near = None if range_ is None else place.place(range_)
            rows.append(self._vector(read, range_, near))
            far.append(distance(near, start))
        by_rank = np.asarray(told(asked.linear[part], chosen), np.float32) @ held["told"] + held["told_bias"]
        found = np.stack(rows) + held["dist"][far] + by_rank
        found += _named("source", [f"{part}.{offered[i][0].source}" for i in chosen])
        known = [f"{part}.{offered[i][0].id}" if part != "period" else "" for i in chosen]
        return np.asarray(found + _named("known", known), dtype=np.float32)

    def _vector(self, read: Read, range_: Range | None, near: Range | None) -> Floats:
        """Return the vector of a candidate: of its pieces in the passage, or of its words alone when elsewhere."""
        held = parameters()
        if near is not None:
            found = read.middle[slice(*near)].mean(axis=0)
        elif range_ is None:
            found = held["far"]
        else:
            found = held["far"] + mean_piece(self._held.ids[range_[0] : range_[1]][:LONGEST]) @ held["alone"]
        return np.asarray(found, dtype=np.float32)


def best(linear: list[float], most: int) -> list[int]:
    """Return the indices of the best candidates of the linear rankers, the best first."""
    return sorted(range(len(linear)), key=lambda index: -linear[index])[:most]


def distance(near: Range | None, start: int) -> int:
    """Return the class of how far from the figure at `start` a candidate is that stands at `near`."""
    return ELSEWHERE if near is None else bisect_left(EDGES, near[0] - start)


def told(linear: list[float], chosen: list[int]) -> list[tuple[float, float, float]]:
    """Return what the linear rankers tell of the chosen candidates: score, distance to the best, rank."""
    most = max(linear)
    return [(linear[i] / SCALE, min(FURTHEST, most - linear[i]) / SCALE, n / RANKS) for n, i in enumerate(chosen)]


def spread(scores: Sequence[float], chosen: list[int], count: int) -> list[float]:
    """Return the scores of all candidates: those that were not read stand behind the last one that was."""
    found = [min(scores) - BEHIND] * count
    for index, score in zip(chosen, scores, strict=True):
        found[index] = score
    return found


@cache
def _rows(kind: str) -> dict[str, int]:
    return {str(name): row for row, name in enumerate(parameters()[f"{kind}.names"])}


def _named(kind: str, names: Sequence[str]) -> Floats:
    rows = _rows(kind)
    return np.asarray(parameters()[f"{kind}.vectors"][[rows.get(n, 0) for n in names]], dtype=np.float32)

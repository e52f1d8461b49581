"""What the encoder makes of a figure: a passage is read once, then each figure of it together with its candidates."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from extractors.claims.encoder.heads import FURTHEST, PARTS, SCALE, choice, network
from extractors.claims.encoder.network import Floats, Read, mean_piece, parameters, read_group, read_passage
from extractors.claims.encoder.passages import LONGEST, Passage, Range, cores, passage
from extractors.claims.encoder.pieces import Pieces
from extractors.claims.entity_candidates import Candidate

MOST = {"entity": 12, "metric": 8, "period": 8}  # candidates that are read, the best of the linear rankers
EDGES = (-256, -128, -64, -40, -24, -16, -11, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3, 4, 6, 8, 11, 16, 24, 40, 64, 128)
ELSEWHERE = len(EDGES) + 1  # the distance of what is not in the passage
RANKS = 8.0  # by which the rank in the linear ranking is told
BEHIND = 4.0  # how far behind the last candidate that was read the others stand
KEPT = 3  # passages in memory

Offered = Mapping[str, Sequence[tuple[Candidate, Range | None]]]  # by part; a range of the text's pieces


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

    def judge(
        self, figure: Range, unit: str, above: Iterable[Range], offered: Offered, linear: Mapping[str, list[float]]
    ) -> Judged:
        """Return what is made of a figure; `above` are the headings over it, `linear` scores what is `offered`."""
        number = bisect_right(self._starts, figure[0]) - 1
        if number not in self._read:
            while len(self._read) >= KEPT:
                del self._read[next(iter(self._read))]
            found = passage(self._held, self._starts, number, above)
            self._read[number] = found, read_passage(found.ids)
        place, read = self._read[number]
        return self._judged(place, read, figure, unit, offered, linear)

    def _judged(
        self,
        place: Passage,
        read: Read,
        figure: Range,
        unit: str,
        offered: Offered,
        linear: Mapping[str, list[float]],
    ) -> Judged:
        held = parameters()
        at = place.place(figure) or (0, 1)
        own = read.middle[slice(*at)].mean(axis=0) + held["role"][0] + _named("unit", [unit])[0]
        members, picked = [own[None]], {}
        for number, part in enumerate(PARTS, start=1):
            if not offered.get(part):
                continue
            picked[part] = _best(linear[part], MOST[part])
            members.append(
                self._members(place, read, at[0], part, offered[part], linear[part], picked[part])
                + held["role"][number]
            )
        vectors = read_group(np.concatenate(members), read)
        scores, first = {}, 1
        for part, chosen in picked.items():
            rows = vectors[first : first + len(chosen)]
            first += len(chosen)
            told = np.asarray([linear[part][i] for i in chosen], dtype=np.float32)
            scores[part] = _spread(choice(held, part, vectors[0], rows, told), chosen, len(linear[part]))
        states = network(held, "states", vectors[:1])[0, 0]
        return Judged(scores, float(states))

    def _members(
        self,
        place: Passage,
        read: Read,
        start: int,
        part: str,
        offered: Sequence[tuple[Candidate, Range | None]],
        linear: list[float],
        chosen: list[int],
    ) -> Floats:
        held = parameters()
        rows, far, best = [], [], max(linear)
        for index in chosen:
            range_ = offered[index][1]
            near = None if range_ is None else place.place(range_)
            rows.append(self._vector(read, range_, near))
            far.append(ELSEWHERE if near is None else int(np.searchsorted(EDGES, near[0] - start)))
        told = [(linear[i] / SCALE, min(FURTHEST, best - linear[i]) / SCALE, n / RANKS) for n, i in enumerate(chosen)]
        found = np.stack(rows) + held["dist"][far] + np.asarray(told, np.float32) @ held["told"] + held["told_bias"]
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


def _best(linear: list[float], most: int) -> list[int]:
    """Return the indices of the best candidates of the linear rankers, the best first."""
    return sorted(range(len(linear)), key=lambda index: -linear[index])[:most]


def _spread(scores: Floats, chosen: list[int], count: int) -> list[float]:
    """Return the scores of all candidates: those that were not read stand behind the last one that was."""
    found = [float(scores.min()) - BEHIND] * count
    for index, score in zip(chosen, scores.tolist(), strict=True):
        found[index] = score
    return found


@cache
def _rows(kind: str) -> dict[str, int]:
    return {str(name): row for row, name in enumerate(parameters()[f"{kind}.names"])}


def _named(kind: str, names: Sequence[str]) -> Floats:
    rows = _rows(kind)
    return np.asarray(parameters()[f"{kind}.vectors"][[rows.get(n, 0) for n in names]], dtype=np.float32)

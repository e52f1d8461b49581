"""The encoder's heads: how well a candidate's vector goes with a figure's, and whether a figure states anything.

A head is a small network over projections of both vectors and their product, and how far the candidate stands behind
the best in the linear ranking; what it says is added to the linear score, which it may scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np

from extractors.claims.encoder.network import Floats, parameters
from extractors.claims.entity_candidates import Candidate

PARTS = ("entity", "metric", "period")  # in the order of the markers; the figure's own is the first
WEIGHT, NEAR = {"entity": 0.5, "metric": 0.5, "period": 0.3}, 0.9
DATE, DATE_WEIGHT = "date", 0.8  # a date, whose unit is "date", has weaker linear models
PASSAGE, PASSAGE_DATE = {"entity": 0.5, "metric": 0.5, "period": 0.5}, 0.5  # the passage's share beside the window
FURTHEST, SCALE = 8.0, 4.0  # of the distance to the best linear score


def scores(
    part: str,
    figure: Floats,
    unit: str,
    candidates: Sequence[Candidate],
    vectors: Sequence[Floats],
    linear: list[float],
) -> list[float]:
    """Return the score of each candidate; `vectors` are theirs: in the figure's window, or by `far`."""
    held = parameters()
    rows = np.stack(vectors) + _named("source", [f"{part}.{c.source}" for c in candidates])
    if part != "period":
        rows = rows + _named("known", [f"{part}.{c.id}" for c in candidates])
    whole = figure + _named("unit", [unit])[0]
    told = np.asarray(linear, dtype=np.float32)
    return weighed(told, choice(held, part, whole, rows, told), part, unit)


def choice(held: Mapping[str, Any], part: str, figure: Floats, rows: Floats, told: Floats) -> Floats:
    """Return the scores of candidates whose vectors are `rows`, with the weights `held`; `told` are the linear ones."""
    at, behind = figure @ held[f"{part}.figure"], rows @ held[f"{part}.candidate"]
    both = (figure @ held[f"{part}.figure2"] + held[f"{part}.bias2"]) * (
        rows @ held[f"{part}.candidate2"] + held[f"{part}.bias3"]
    )
    margin = np.minimum(FURTHEST, told.max() - told) / SCALE
    joined = np.concatenate(
        [
            np.broadcast_to(at, behind.shape) + held[f"{part}.bias0"],
            behind + held[f"{part}.bias1"],
            both,
            margin[:, None],
        ],
        axis=1,
    )
    return np.asarray(network(held, part, np.maximum(joined, 0)) + held[f"{part}.scale"] * told, dtype=np.float32)


def weighed(linear: Floats, encoder: Floats, part: str, unit: str) -> list[float]:
    """Return scores between the linear ones and the encoder's (which have the linear ones within).

    The weights are the best of those tried on held-out documents.
    """
    weight = DATE_WEIGHT if unit == DATE else WEIGHT[part]
    return [float(x) for x in linear + weight * (encoder - linear)]


def blended(by_window: list[float], by_passage: list[float], part: str, unit: str) -> list[float]:
    """Return scores between those of the window (which have the linear ones within) and those of the passage."""
    share = PASSAGE_DATE if unit == DATE else PASSAGE[part]
    return [(1 - share) * w + share * p for w, p in zip(by_window, by_passage, strict=True)]


def bounded(linear: list[float], scores: list[float]) -> list[float]:
    """Return scores that turn the linear ranking only where its decision is near."""
    best = max(range(len(linear)), key=lambda index: linear[index])
    turned = [score - told for score, told in zip(scores, linear, strict=True)]
    return [told + max(-NEAR, min(NEAR, by - turned[best])) for told, by in zip(linear, turned, strict=True)]


def far(words: Floats | None) -> Floats:
    """Return the vector of a candidate elsewhere; `words` is the mean vector of its pieces, None where it has none."""
    held = parameters()
    found = held["far"] if words is None else held["far"] + words @ held["alone"]
    return np.asarray(found, dtype=np.float32)


def states(figure: Floats, unit: str) -> float:
    """Return the log odds that a figure states anything."""
    return float(network(parameters(), "states", (figure + _named("unit", [unit])[0])[None])[0])


def network(held: Mapping[str, Any], name: str, rows: Floats) -> Floats:
    """Return what a network of one hidden layer makes of rows."""
    hidden = np.maximum(rows @ held[f"{name}.in"] + held[f"{name}.in_bias"], 0)
    return np.asarray(hidden @ held[f"{name}.out"] + held[f"{name}.out_bias"], dtype=np.float32)


@cache
def _rows(kind: str) -> dict[str, int]:
    """Return the row of each name of a kind ("source", "known", "unit"); row 0 stands for all others."""
    return {str(name): row for row, name in enumerate(parameters()[f"{kind}.names"])}


def _named(kind: str, names: Sequence[str]) -> Floats:
    rows = _rows(kind)
    return np.asarray(parameters()[f"{kind}.vectors"][[rows.get(n, 0) for n in names]], dtype=np.float32)

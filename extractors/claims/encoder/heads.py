"""The encoder's heads: how well a candidate's vector goes with a figure's, and whether a figure states anything.

A head is a small network over projections of both vectors and their product, and how far the candidate stands behind
the best in the linear ranking; what it says is added to the linear score, which it may scale.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from extractors.claims.encoder.network import Floats

PARTS = ("entity", "metric", "period")
DATE = "date"  # the unit of a date
WEIGHT, NEAR = {"entity": 0.7, "metric": 0.7, "period": 0.4}, 0.9
FURTHEST, SCALE = 8.0, 4.0  # of the distance to the best linear score


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


def network(held: Mapping[str, Any], name: str, rows: Floats) -> Floats:
    """Return what a network of one hidden layer makes of rows."""
    hidden = np.maximum(rows @ held[f"{name}.in"] + held[f"{name}.in_bias"], 0)
    return np.asarray(hidden @ held[f"{name}.out"] + held[f"{name}.out_bias"], dtype=np.float32)


def weighed(linear: list[float], encoder: list[float], part: str) -> list[float]:
    """Return scores between the linear ones and the encoder's, which have the linear ones within.

    The weights are the best of those tried on documents that neither had seen.
    """
    return [told + WEIGHT[part] * (read - told) for told, read in zip(linear, encoder, strict=True)]


def bounded(linear: list[float], scores: list[float]) -> list[float]:
    """Return scores that turn the linear ranking only where its decision is near."""
    best = max(range(len(linear)), key=lambda index: linear[index])
    turned = [score - told for score, told in zip(scores, linear, strict=True)]
    return [told + max(-NEAR, min(NEAR, by - turned[best])) for told, by in zip(linear, turned, strict=True)]

"""Linear rankers over named features: readable weights, no dependency, deterministic.

Weights are learned from the development corpus by `tests/benchmarks/train_linkers.py` and shipped as JSON;
a feature that has no weight counts nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

Features = list[str]


def softmax(scores: Sequence[float]) -> list[float]:
    """Return the shares of `scores` in a softmax."""
    peak = max(scores)
    raised = [math.exp(max(-60.0, score - peak)) for score in scores]
    total = sum(raised)
    return [x / total for x in raised]


class Linear:
    """A linear model: the score of a feature list is the sum of its features' weights."""

    def __init__(self, weights: dict[str, float]) -> None:
        self.weights = weights

    def score(self, features: Iterable[str]) -> float:
        """Return the sum of the weights of `features`."""
        weights = self.weights
        return sum([weights[feature] for feature in features if feature in weights])

    def probability(self, features: Iterable[str]) -> float:
        """Return the logistic of the score: the probability of yes."""
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, self.score(features)))))

    def scores(self, candidates: Sequence[Features]) -> list[float]:
        """Return the score of each candidate."""
        return [self.score(features) for features in candidates]

    def choose(self, candidates: Sequence[Features]) -> tuple[int, float]:
        """Return the index of the best candidate and its share of a softmax over all; ties go to the first."""
        return chosen(self.scores(candidates))


def chosen(scores: Sequence[float]) -> tuple[int, float]:
    """Return the index of the best score and its share of a softmax over all; ties go to the first."""
    best = max(range(len(scores)), key=lambda index: scores[index])
    return best, softmax(scores)[best]


def chosen_name(scores: Sequence[float], names: Sequence[str]) -> tuple[int, float]:
    """Return the best index of the name whose candidates have the largest share of a softmax together, and that share.

    A name that stands in the heading, in the sentence before and in the title says with each of them that it is meant.
    """
    shares: dict[str, float] = {}
    for name, share in zip(names, softmax(scores), strict=True):
        shares[name] = shares.get(name, 0.0) + share
    name = max(shares, key=lambda key: shares[key])
    return max((i for i, n in enumerate(names) if n == name), key=lambda index: scores[index]), shares[name]


@cache
def model(name: str) -> Linear:
    """Return the shipped model of that name: "entity", "metric", "period", "gate", "sureness", "event"…"""
    text = resources.files("extractors.claims").joinpath("linkers.json").read_text(encoding="utf-8")
    return Linear(json.loads(text).get(name, {}))

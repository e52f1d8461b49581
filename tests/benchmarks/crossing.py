"""What the gate and the sureness of claims learn from: choices made by models that had not seen the document.

Boosted trees (LightGBM's LambdaMART over the six best candidates, with the linear scores, how the candidates stand to
each other and to the other part) were tried in place of the linear choice: on 4 and 8 folds of documents both parts
were right in 0.428 and 0.433 of the figures, against 0.432 and 0.435 for the linear models alone. They were dropped.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from extractors.claims.gate import gate_features
from extractors.claims.ranker import chosen, chosen_name, softmax
from extractors.claims.sureness import sureness_features
from tests.benchmarks.encoder_samples import Scores
from tests.benchmarks.fitting import fit
from tests.benchmarks.linker_samples import Figure, Models, Sample, score

Choice = tuple[int, float]  # the index of a candidate and its share


@dataclass
class Crossed:
    """The weights learned from choices on held-out documents, and how well these did."""

    gate: dict[str, float]
    sureness: dict[str, float]
    report: str


def gate_sample(figure: Figure, entity: Choice, metric: Choice, reads: float = 0.0) -> Sample:
    """Return the gate's sample of a figure with its entity and metric chosen; `reads` is the encoder's own answer."""
    parts = figure.entities[entity[0]], figure.metrics[metric[0]]
    parts[1].features = figure.metric.features[metric[0]]
    features = gate_features(figure.scene, figure.mention, *parts, (entity[1], metric[1]), reads)
    return Sample(figure.document, [features], [figure.states], figure.words)


def cross(
    figures: list[Figure], folds: int, scores: Scores | None = None, start: Models | None = None, l2: float = 0.004
) -> Crossed:
    """Learn gate and sureness from the choices that models make on documents they have not seen; with `start` going on
    from its weights of both.

    `scores` are those of linear models and encoder together, and only the figures that have any are learned from;
    without them the linear models choose alone.
    """
    if scores is not None:
        figures = [f for f in figures if _told(f, scores)]
    number = {name: i % folds for i, name in enumerate(sorted({f.document for f in figures}))}
    fold = [number[f.document] for f in figures]
    if scores is None:
        choices, reads = _by_fold(figures, fold, folds, _choose), [0.0] * len(figures)
    else:
        told = [_told(f, scores) for f in figures]
        choices = [
            (chosen_name(t["entity"], [c.name for c in f.entities]), chosen(t["metric"]))
            for f, t in zip(figures, told, strict=True)
        ]
        reads = [t["states"][0] for t in told]
    gates = [gate_sample(f, e, m, read) for f, (e, m), read in zip(figures, choices, reads, strict=True)]
    learns = {
        name: partial(fit, binary=True, l2=l2, start=start[name] if start else None) for name in ("gate", "sureness")
    }
    passed: list[float] = _by_fold(gates, fold, folds, partial(_probabilities, learns["gate"]))
    samples = [_sure_sample(f, e, m, p) for f, (e, m), p in zip(figures, choices, passed, strict=True)]
    sure: list[float] = _by_fold(samples, fold, folds, partial(_probabilities, learns["sureness"]))
    report = _report(figures, choices, passed, sure)
    return Crossed(learns["gate"](gates), learns["sureness"](samples), report)


def _told(figure: Figure, scores: Scores) -> dict[str, list[float]]:
    """Return the scores of a figure whose candidates are still those that were scored; none otherwise."""
    told = scores.get((figure.document, (figure.span.start, figure.span.end)), {})
    same = len(told.get("entity", ())) == len(figure.entities) and len(told.get("metric", ())) == len(figure.metrics)
    return told if same else {}


def _by_fold(
    items: list[Any], fold: list[int], folds: int, predict: Callable[[list[Any], list[Any]], Sequence[Any]]
) -> list[Any]:
    """Return for each item what `predict` says of it when it learns from the other folds."""
    found: list[Any] = [None] * len(items)
    for number in range(folds):
        held = [i for i in range(len(items)) if fold[i] == number]
        rest = [item for i, item in enumerate(items) if fold[i] != number]
        for i, value in zip(held, predict(rest, [items[i] for i in held]), strict=True):
            found[i] = value
    return found


def _choose(train: list[Figure], held: list[Figure]) -> list[tuple[Choice, Choice]]:
    entity = fit([f.entity for f in train if any(f.entity.right)], binary=False)
    metric = fit([f.metric for f in train if any(f.metric.right)], binary=False)
    return [(best(entity, f.entity), best(metric, f.metric)) for f in held]


def best(weights: dict[str, float], sample: Sample) -> Choice:
    """Return the candidate of a sample that `weights` rank first."""
    scores = [score(weights, features) for features in sample.features]
    best = int(np.argmax(scores))
    return best, softmax(scores)[best]


def _probabilities(
    learn: Callable[[list[Sample]], dict[str, float]], train: list[Sample], held: list[Sample]
) -> list[float]:
    weights = learn(train)
    return [1 / (1 + math.exp(-score(weights, sample.features[0]))) for sample in held]


def _sure_sample(figure: Figure, entity: Choice, metric: Choice, probability: float) -> Sample:
    parts = figure.entities[entity[0]], figure.metrics[metric[0]]
    features = sureness_features(*parts, figure.unit, probability, (entity[1], metric[1]))
    return Sample(figure.document, [features], [_right(figure, entity, metric)], figure.words)


def _right(figure: Figure, entity: Choice, metric: Choice) -> bool:
    return figure.entity.right[entity[0]] and figure.metric.right[metric[0]]


def _report(figures: list[Figure], choices: list[tuple[Choice, Choice]], passed: list[float], sure: list[float]) -> str:
    lines = []
    for name, real in (("all", None), ("real documents", True), ("our own", False)):
        at = [i for i, f in enumerate(figures) if real is None or real != f.document.startswith("batch")]
        told = [i for i in at if figures[i].states]
        parts = [
            sum(figures[i].entity.right[choices[i][0][0]] for i in told),
            sum(figures[i].metric.right[choices[i][1][0]] for i in told),
            sum(_right(figures[i], *choices[i]) for i in told),
        ]
        shown = " ".join(f"{x / max(1, len(told)):.3f}" for x in parts)
        gates = "; ".join(f"{t}: {_gate_line(figures, passed, at, t)}" for t in (0.4, 0.5, 0.6, 0.7))
        lines.append(f"{name}: {len(told)} figures; entity, metric, both right {shown}; gate {gates}")
    for low in range(10):
        at = [i for i, x in enumerate(sure) if min(9, int(x * 10)) == low and passed[i] > 0.5]
        good = sum(_right(figures[i], *choices[i]) for i in at)
        lines.append(f"  sure 0.{low}: {len(at)} figures, {good / max(1, len(at)):.2f} right")
    return "\n".join(lines)


def _gate_line(figures: list[Figure], passed: list[float], at: list[int], threshold: float) -> str:
    through = [i for i in at if passed[i] > threshold]
    good = sum(figures[i].states for i in through)
    return f"recall {good / max(1, sum(figures[i].states for i in at)):.3f} noise {1 - good / max(1, len(through)):.3f}"

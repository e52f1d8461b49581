"""Learn the weights of the linkers from documents with gold claims, and say how well they do by cross-validation.

    python -m tests.benchmarks.train_linkers [--folds 8] [--write]

Sets: the project's own corpus (`tests/corpus/claims/batch*`), and, read in place where they are, the marked model
documents and articles of `../shared` except those kept closed. Models are linear over named features; a choice among
candidates is a softmax with possibly several right answers, trained on the log of their summed probability with L2.
A first pass carries the gold's links from figure to figure; the second carries what models trained on the other
documents choose, so that the weights know that what is carried may be wrong.
Full-batch Adam in numpy, fixed order, no randomness: the same corpus gives the same weights.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from extractors.claims.gate import gate_features
from tests.benchmarks.linker_samples import ROOT, Models, Sample, Samples, collect, gold_sets, score


def fit(
    samples: list[Sample], *, binary: bool, l2: float = 0.004, steps: int = 250, rate: float = 0.1, least: int = 2
) -> dict[str, float]:
    """Return the weights learned from `samples`; features seen fewer than `least` times are left out."""
    counts: dict[str, int] = defaultdict(int)
    for sample in samples:
        for features in sample.features:
            for name in set(features):
                counts[name] += 1
    index = {name: i for i, name in enumerate(sorted(n for n, c in counts.items() if c >= least))}
    columns, rows, groups, right = [], [], [], []
    row = 0
    for group, sample in enumerate(samples):
        for features, ok in zip(sample.features, sample.right, strict=True):
            ids = [index[f] for f in features if f in index]
            columns += ids
            rows += [row] * len(ids)
            groups.append(group)
            right.append(ok)
            row += 1
    cols, rws, grp, ok_ = np.array(columns), np.array(rows), np.array(groups), np.array(right, dtype=float)
    weights, m, v = np.zeros(len(index)), np.zeros(len(index)), np.zeros(len(index))
    n = len(samples)
    for step in range(1, steps + 1):
        scores = np.bincount(rws, weights[cols], minlength=row)
        if binary:
            probability = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
            slope = probability - ok_
        else:
            peak = np.full(n, -np.inf)
            np.maximum.at(peak, grp, scores)
            raised = np.exp(scores - peak[grp])
            share = raised / np.bincount(grp, raised, minlength=n)[grp]
            good = raised * ok_
            slope = share - good / np.maximum(np.bincount(grp, good, minlength=n)[grp], 1e-300)
        gradient = np.bincount(cols, slope[rws], minlength=len(index)) / n + l2 * weights
        m = 0.9 * m + 0.1 * gradient
        v = 0.999 * v + 0.001 * gradient**2
        weights -= rate * (m / (1 - 0.9**step)) / (np.sqrt(v / (1 - 0.999**step)) + 1e-8)
    return {name: round(float(weights[i]), 4) for name, i in index.items() if abs(weights[i]) >= 0.005}


def hits(weights: dict[str, float], samples: list[Sample], binary: bool) -> tuple[int, list[Sample]]:
    """Return how many samples the model gets right, and the ones it does not."""
    wrong = []
    for sample in samples:
        scores = [score(weights, f) for f in sample.features]
        ok = (scores[0] > 0) == sample.right[0] if binary else sample.right[int(np.argmax(scores))]
        if not ok:
            wrong.append(sample)
    return len(samples) - len(wrong), wrong


def validate(name: str, samples: list[Sample], folds: int, show: int) -> list[tuple[Sample, list[float]]]:
    """Print the accuracy of a model on documents it was not trained on; return held-out scores of each sample."""
    binary = name in ("gate", "event")
    samples = [s for s in samples if not all(s.right) or binary]  # where anything is right nothing is told
    documents = sorted({s.document for s in samples})
    right, out, wrong = 0, [], []
    for fold in range(folds):
        held = {d for i, d in enumerate(documents) if i % folds == fold}
        train, test = [s for s in samples if s.document not in held], [s for s in samples if s.document in held]
        if not test or not train:
            continue
        weights = fit(train, binary=binary)
        good, bad = hits(weights, test, binary)
        right += good
        wrong += bad
        out += [(s, [score(weights, f) for f in s.features]) for s in test]
    print(f"{name:14} {right}/{len(samples)} = {right / max(1, len(samples)):.3f} on held-out documents")
    for sample, scores in [(x, y) for x, y in out if x in wrong][:show]:
        got = sample.names[int(np.argmax(scores))] if sample.names else sample.right
        told = [n for n, ok in zip(sample.names, sample.right, strict=False) if ok]
        print("     ", sample.document, sample.words, "| got", got, "| right", told[:3])
    return out


def softmax_share(scores: list[float]) -> float:
    """Return the share of the best score."""
    peak = max(scores)
    return float(1 / sum(np.exp(s - peak) for s in scores))


def main() -> None:
    """Train, validate, and with --write ship the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--missed", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    sets = gold_sets()
    forced = [_collected([one]) for one in sets]
    samples = Samples()
    for fold in range(args.folds):
        models = trained(_merged(part for i, part in enumerate(forced) if i % args.folds != fold))
        for i, (path, gold) in enumerate(sets):
            if i % args.folds == fold:
                collect(samples, path, gold, models)
    print(f"{len(sets)} documents;", "no right candidate:", dict(samples.missed))
    for name in [n for n in samples.of if n.endswith(".missed")]:
        for sample in samples.of[name][: args.missed]:
            print("   missed", name, sample.document, sample.words)
    models = trained(samples)
    for name in models:
        validate(name, samples.of[name], args.folds, args.show)
    if args.write:
        target = ROOT / "extractors" / "claims" / "linkers.json"
        target.write_text(json.dumps(models, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"wrote {target} ({target.stat().st_size // 1024} KB, {sum(map(len, models.values()))} weights)")


def _collected(sets: list[tuple[Path, list[dict[str, Any]]]]) -> Samples:
    samples = Samples()
    for path, gold in sets:
        collect(samples, path, gold)
    return samples


def _merged(parts: Iterable[Samples]) -> Samples:
    merged = Samples()
    for part in parts:
        for name, found in part.of.items():
            merged.of[name] += found
    return merged


def trained(samples: Samples) -> Models:
    """Return the weights of all models."""
    models = {n: fit(samples.of[n], binary=False) for n in ("entity", "metric", "period", "event_entity")}
    for sample in samples.of["gate"]:
        _gate_with_choice(sample, models)
    return models | {name: fit(samples.of[name], binary=True) for name in ("gate", "event")}


def _gate_with_choice(sample: Sample, models: Models) -> None:
    """The gate sees the parts that the rankers choose."""
    scene, mention, entity_features, metric_features, entities, metrics = sample.stage  # type: ignore[attr-defined]
    entity_scores = [score(models["entity"], f) for f in entity_features]
    metric_scores = [score(models["metric"], f) for f in metric_features]
    entity, metric = entities[int(np.argmax(entity_scores))], metrics[int(np.argmax(metric_scores))]
    metric.features = metric_features[int(np.argmax(metric_scores))]
    shares = (softmax_share(entity_scores), softmax_share(metric_scores))
    sample.features = [gate_features(scene, mention, entity, metric, shares)]


if __name__ == "__main__":
    main()

"""Learn the weights of the linkers from documents with gold claims, or say how well they do by cross-validation.

    python -m tests.benchmarks.train_linkers [--folds 4] [--write]

Sets: the project's own corpus (`tests/corpus/claims/batch*`), and, read in place where they are, the marked model
documents and articles of `../shared` and its other documents marked here (`tests/corpus/marks`), except those kept
closed. Models are linear over named features; a choice among candidates is a softmax with possibly several right
answers, trained on the log of their summed probability with L2.
A first pass carries the gold's links from figure to figure; the second carries what models trained on the other
documents choose, so that the weights know that what is carried may be wrong.
Full-batch Adam in numpy, fixed order, no randomness: the same corpus gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import pickle
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from tests.benchmarks.crossing import best, cross, gate_sample
from tests.benchmarks.date_samples import collect_dates, date_items
from tests.benchmarks.encoder_samples import corpus, load, save
from tests.benchmarks.fitting import fit, hits
from tests.benchmarks.linker_samples import ROOT, Figure, Models, Sample, Samples, collect, gold_sets, page_sets, score


def validate(name: str, samples: list[Sample], folds: int, show: int) -> list[tuple[Sample, list[float]]]:
    """Print the accuracy of a model on documents it was not trained on; return held-out scores of each sample."""
    binary = name == "gate"
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


def main() -> None:
    """Train, validate, and with --write ship the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--missed", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--figures", type=Path, help="write the figures that train_encoder learns from")
    parser.add_argument("--crossed", type=Path, help="the scores of held-out figures that train_encoder wrote")
    args = parser.parse_args()
    sets = gold_sets() + page_sets()
    parts: list[Samples] = []
    with ProcessPoolExecutor() as pool:
        forced = opened(pool.map(packed, sets, chunksize=4))
        for fold in range(args.folds):
            models = trained(merged(part for i, part in enumerate(forced) if i % args.folds != fold))
            held = [one for i, one in enumerate(sets) if i % args.folds == fold]
            parts += opened(pool.map(partial(packed, models=models), held, chunksize=4))
    samples = merged(parts)
    if args.figures:
        held = corpus(samples, args.folds)
        held.items += date_items(collect_dates(gold_sets()), held.fold)
        save(args.figures, held)
        return
    print(f"{len(sets)} documents;", "no right candidate:", dict(samples.missed))
    for name in [n for n in samples.of if n.endswith(".missed")]:
        for sample in samples.of[name][: args.missed]:
            print("   missed", name, sample.document, sample.words)
    models = trained(samples)
    for name in models if not args.write else ():
        if name != "gate":
            validate(name, samples.of[name], args.folds, args.show)
    scores: Any = load(args.crossed) if args.crossed else None
    crossed = cross(samples.figures, args.folds, scores)
    print(crossed.report)
    if args.write:
        target = ROOT / "extractors" / "claims" / "linkers.json"
        kept = {"table_sureness": json.loads(target.read_text(encoding="utf-8"))["table_sureness"]}  # train_tables' own
        write(target, kept | models | {"gate": crossed.gate, "sureness": crossed.sureness})


def write(target: Path, content: object) -> None:
    """Ship weights."""
    target.write_text(json.dumps(content, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"wrote {target} ({target.stat().st_size // 1024} KB)")


T = TypeVar("T")


def packed(one: tuple[Path, list[dict[str, Any]]], models: Models | None = None) -> bytes:
    """Return the samples of a document, packed for another process."""
    return _deeply(lambda: pickle.dumps(_collected(one, models)))


def opened(parts: Iterable[bytes]) -> list[Samples]:
    """Return samples that were packed."""
    return [_deeply(partial(pickle.loads, part)) for part in parts]


def _deeply(call: Callable[[], T]) -> T:
    """Run with a deep stack: a sentence holds the one before it, and pickling follows them all."""
    sys.setrecursionlimit(_DEPTH)
    threading.stack_size(_STACK)
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(call).result()


_DEPTH, _STACK = 1_000_000, 512 << 20


def _collected(one: tuple[Path, list[dict[str, Any]]], models: Models | None = None) -> Samples:
    samples = Samples()
    collect(samples, *one, models)
    return samples


def merged(parts: Iterable[Samples]) -> Samples:
    """Return the samples of several documents as one."""
    found = Samples()
    for part in parts:
        found.figures += part.figures
        found.texts |= part.texts
        for name, more in part.of.items():
            found.of[name] += more
        for name, number in part.missed.items():
            found.missed[name] += number
    return found


def trained(samples: Samples) -> Models:
    """Return the weights of all models."""
    models = {n: fit(samples.of[n], binary=False) for n in ("entity", "metric", "period", "event_entity")}
    gate = [_gate_sample(figure, models) for figure in samples.figures]
    return models | {"gate": fit(gate, binary=True)}


def _gate_sample(figure: Figure, models: Models) -> Sample:
    """The gate sees the parts that the rankers choose."""
    return gate_sample(figure, best(models["entity"], figure.entity), best(models["metric"], figure.metric))


if __name__ == "__main__":
    main()

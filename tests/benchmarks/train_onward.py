"""Go on from the shipped weights with public documents marked since, where the texts of those before are gone.

    TENKYO_PUBLIC_TEXTS=… python -m tests.benchmarks.train_onward [--folds 3] [--l2 X] [--write]

Learned from are the documents of `tests/corpus/marks/public/JOINED` whose texts are at hand. The encoder stays as it is
and has not seen them; the linear weights of entity and metric, of events, gate and sureness are drawn towards those
shipped. It needs what `train_encoder` needs.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import Any

import numpy as np

from extractors.claims.ranker import Linear
from tests.benchmarks import encoder_base
from tests.benchmarks.crossing import cross
from tests.benchmarks.date_samples import collect_dates, item_of
from tests.benchmarks.encoder_import import shipped
from tests.benchmarks.encoder_samples import Corpus, Scores, figure_item, folds_of
from tests.benchmarks.fitting import fit, hits
from tests.benchmarks.linker_samples import PUBLIC, ROOT, Models, Sample, gold_sets
from tests.benchmarks.train_encoder import Trainer
from tests.benchmarks.train_events import DATED_L2, Dated, dates_of, report, weighed
from tests.benchmarks.train_linkers import merged, opened, packed, write

CLAIMS = ROOT / "extractors" / "claims"
LINKED, CHOSEN = ("entity", "metric"), ("entity", "metric", "period")


def _held_out(name: str, samples: list[Sample], folds: int, start: dict[str, float], l2: float) -> None:
    """Print how often a choice is right on documents not learned from, by the weights before and by the new ones."""
    samples = [s for s in samples if not all(s.right)]
    fold = folds_of([s.document for s in samples], folds)
    good = 0
    for number in range(folds):
        learned = fit([s for s in samples if fold[s.document] != number], binary=False, l2=l2, start=start)
        good += hits(learned, [s for s in samples if fold[s.document] == number], False)[0]
    before = hits(start, samples, False)[0]
    print(f"{name}: {len(samples)} choices, right before {before / len(samples):.3f}, now {good / len(samples):.3f}")


def _learn_events(dates: list[Dated], old: Models, l2: float) -> Models:
    told = [d.word for d in dates if any(d.word.right) and not all(d.word.right)]
    word = fit(told, binary=False, l2=l2, start=old["word"])
    dated = fit([d.sample(word) for d in dates], binary=True, l2=max(l2, DATED_L2), start=old["dated"])
    return {"word": word, "dated": dated}


def _likely(dates: list[Dated], weights: Models) -> list[float]:
    return [Linear(weights["dated"]).probability(d.sample(weights["word"]).features[0]) for d in dates]


def _events(dates: list[Dated], folds: int, old: Models, l2: float, scores: Scores) -> Models:
    """Return the weights of events, with those of linear models and encoder together from held-out documents."""
    fold = folds_of([d.document for d in dates], folds)
    by_fold: dict[int, float] = {}
    for number in range(folds):
        weights = _learn_events([d for d in dates if fold[d.document] != number], old, l2)
        held = [(at, d) for at, d in enumerate(dates) if fold[d.document] == number]
        by_fold |= dict(zip([at for at, _ in held], _likely([d for _, d in held], weights), strict=True))
    likely = [by_fold[at] for at in range(len(dates))]
    for name, told in (("before", _likely(dates, old)), ("now", likely)):
        print(name)
        report("linear", [(p, d.event) for p, d in zip(told, dates, strict=True)])
    return _learn_events(dates, old, l2) | {"both": weighed(dates, likely, scores)}


def main() -> None:
    """Learn, say how well it does on held-out documents, and with --write ship the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--l2", type=float, default=0.01)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    linkers: Models = json.loads((CLAIMS / "linkers.json").read_text(encoding="utf-8"))
    events: Models = json.loads((CLAIMS / "events.json").read_text(encoding="utf-8"))
    sets = [one for one in gold_sets() if one[0].parent == PUBLIC]
    with ProcessPoolExecutor() as pool:
        samples = merged(opened(pool.map(partial(packed, models=linkers), sets, chunksize=4)))
    print(f"{len(sets)} documents, {len(samples.figures)} figures; no right candidate: {dict(samples.missed)}")
    items = [figure_item(f, {part: linkers[part] for part in CHOSEN}) for f in samples.figures]
    items += [item_of(date, events["word"], linkers["event_entity"]) for date in collect_dates(sets)]
    corpus = Corpus(samples.texts, items, dict.fromkeys(samples.texts, 0))
    base = encoder_base.load()
    scores = Trainer(corpus, base, encoder_base.kept(base), shipped()).predict(set(corpus.fold))
    _report(corpus, scores)
    for name in LINKED:
        _held_out(name, samples.of[name], args.folds, linkers[name], args.l2)
    crossed = cross(samples.figures, args.folds, scores, linkers, args.l2)
    print(crossed.report)
    dates = [date for path, gold in sets for date in dates_of(path, gold)]
    told = _events(dates, args.folds, events, args.l2, scores)
    if args.write:
        learned = {name: fit(samples.of[name], binary=False, l2=args.l2, start=linkers[name]) for name in LINKED}
        write(CLAIMS / "linkers.json", linkers | learned | {"gate": crossed.gate, "sureness": crossed.sureness})
        write(CLAIMS / "events.json", told)


def _report(corpus: Corpus, scores: Scores) -> None:
    items = [i for i in corpus.items if i.states and i.unit != "date"]

    def share(right: Callable[[Any], bool]) -> float:
        return float(np.mean([right(i) for i in items]))

    def ok(item: Any, part: str) -> bool:
        found = item.parts.get(part)
        return found is not None and found.right[int(np.argmax(scores[item.document, item.place][part]))]

    both = share(lambda i: ok(i, "entity") and ok(i, "metric"))
    shown = " ".join(f"{part} {share(partial(ok, part=part)):.3f}" for part in CHOSEN)
    print(f"the shipped encoder on these: {len(items)} figures; {shown} both {both:.3f}")


if __name__ == "__main__":
    main()

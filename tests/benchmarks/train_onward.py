"""Go on from the shipped weights with public documents marked since, where the texts of those before are gone.

    TENKYO_PUBLIC_TEXTS=… python -m tests.benchmarks.train_onward [--folds 3] [--l2 X] [--write]

Learned from are the documents of `tests/corpus/marks/public/JOINED` whose texts are at hand. The encoder stays as it is
and has not seen them; the linear weights of entity and metric, of events, gate and sureness are drawn towards those
shipped. It needs what `train_encoder` needs.
"""

from __future__ import annotations

import argparse
import json
from concurrent.futures import ProcessPoolExecutor
from functools import partial

from extractors.claims.encoder.heads import DATE
from tests.benchmarks import encoder_base
from tests.benchmarks.crossing import cross
from tests.benchmarks.date_samples import collect_dates, item_of
from tests.benchmarks.encoder_import import shipped
from tests.benchmarks.encoder_samples import Corpus, Scores, figure_item, folds_of
from tests.benchmarks.fitting import fit, hits
from tests.benchmarks.linker_samples import PUBLIC, ROOT, Models, Sample, gold_sets
from tests.benchmarks.passage_samples import pages
from tests.benchmarks.train_encoder import Trainer, begin
from tests.benchmarks.train_encoder import report as report_choices
from tests.benchmarks.train_events import Dated, crossed, dates_of, likely, report, trained, weighed
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


def _events(dates: list[Dated], folds: int, old: Models, l2: float, scores: Scores) -> Models:
    """Return the weights of events, with those of linear models and encoder together from held-out documents."""
    shares = crossed(dates, folds, old, l2)
    for name, told in (("before", likely(dates, old)), ("now", shares)):
        print(name)
        report("linear", [(p, d.event) for p, d in zip(told, dates, strict=True)])
    return trained(dates, old, l2) | {"both": weighed(dates, shares, scores)}


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
    scores = Trainer(begin(base, items, shipped())).predict(pages(samples.texts, items))
    shown = [i for i in items if i.unit != DATE]
    report_choices(Corpus(corpus.texts, shown, corpus.fold), scores)
    for name in LINKED:
        _held_out(name, samples.of[name], args.folds, linkers[name], args.l2)
    learned = cross(samples.figures, args.folds, scores, linkers, args.l2)
    print(learned.report)
    dates = [date for path, gold in sets for date in dates_of(path, gold)]
    told = _events(dates, args.folds, events, args.l2, scores)
    if args.write:
        chosen = {name: fit(samples.of[name], binary=False, l2=args.l2, start=linkers[name]) for name in LINKED}
        write(CLAIMS / "linkers.json", linkers | chosen | {"gate": learned.gate, "sureness": learned.sureness})
        write(CLAIMS / "events.json", told)


if __name__ == "__main__":
    main()

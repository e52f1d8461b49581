"""Learn which dates tell events and which words say what happened; say how well by cross-validation.

    python -m tests.benchmarks.train_events [--folds 6] [--show N] [--crossed S --write]

The documents are those of `train_linkers`. A date is an event where a gold date claim stands at its place, whatever the
claim calls it; the word is learned from the claims whose name one of the sentence's words makes.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from extractors import read
from extractors.claims.build import date_value
from extractors.claims.context import read_context
from extractors.claims.cues import EventWord
from extractors.claims.entity_candidates import Candidate
from extractors.claims.event_features import date_features, word_features
from extractors.claims.event_words import word_candidates
from extractors.claims.events import LEAST, WORTH, dates_in, words_for
from extractors.claims.ranker import Linear
from extractors.claims.scene import Scene
from extractors.claims.stage import stage_of
from extractors.claims.subjects import subjects_of
from extractors.ontology import load_ontology
from schemas import Mention
from tests.benchmarks.encoder_samples import Scores, folds_of
from tests.benchmarks.encoder_samples import load as load_scores
from tests.benchmarks.fitting import fit
from tests.benchmarks.linker_samples import ROOT, SHARED, Sample, gold_sets, right_metric
from tests.corpus.marks.page_marks import load

Weights = dict[str, dict[str, float]]
NEWTON = 20  # steps
DATED_L2 = 0.002  # of 0.004 to 0.0005 the best on held-out documents (4 folds)


@dataclass
class Dated:
    """A date of a sentence, the words that may tell its event, which are right, and whether it is an event."""

    document: str
    scene: Scene
    mention: Mention
    words: list[EventWord]
    word: Sample
    event: bool
    now: dt.date | None
    entities: list[Candidate] = field(default_factory=list)
    gold: dict[str, Any] | None = None

    def sample(self, weights: dict[str, float]) -> Sample:
        """Return the date with the word that `weights` choose."""
        at, share = Linear(weights).choose(self.word.features)
        features = date_features(self.scene, self.mention, self.words[at], share, self.words, self.now)
        return Sample(self.document, [features], [self.event], f"{self.mention.text} ◁ {self.scene.text[:140]}")


def dates_of(path: Path, gold: list[dict[str, Any]]) -> Iterable[Dated]:
    """Yield the dates of a document's prose."""
    context = read_context(read(path.read_bytes(), name=path.name), load_ontology())
    context.subjects = subjects_of(context)
    claims = [g for g in gold if g["kind"] == "claim" and g["start"] is not None and g["value_type"] == "date"]
    ignored = [
        g for g in gold if g["start"] is not None and (g["kind"] == "ignore" or g.get("optional"))
    ]  # not of pages
    key = f"{path.parent.name}/{path.name}"
    for scene in context.scenes:
        found = dates_in(scene)
        words = word_candidates(scene) if found else []
        entities = stage_of(context, scene, None).entities if found else []
        for mention in found:
            span = scene.span(mention.span.start, mention.span.end)
            if any(g["start"] < span.end and span.start < g["end"] for g in ignored):
                continue
            claim = next((g for g in claims if g["start"] < span.end and span.start < g["end"]), None)
            dated = _dated(key, scene, mention, words, claim, context.written_by)
            dated.entities = entities
            yield dated


def dates_of_pages() -> Iterable[Dated]:
    """Yield the dates of the marked pages of filings, where they are at hand: told by their value, without places."""
    folder, marks = SHARED / "data" / "tables", ROOT / "tests" / "corpus" / "marks" / "pages"
    for file in sorted(marks.glob("*.jsonl")):
        path = folder / file.name.removesuffix(".jsonl")
        if not path.exists():
            continue
        gold = [g for g in load(file, folder) if g["kind"] == "claim" and g["value_type"] == "date"]
        context = read_context(read(path.read_bytes(), name=path.name), load_ontology())
        for scene in context.scenes:
            found = dates_in(scene)
            words = word_candidates(scene) if found else []
            for mention in found:
                value = date_value(mention.period) if mention.period else None
                claim = next((g for g in gold if g["value"] == value and not g.get("in_table")), None)
                if claim is None and any(g["value"] == value for g in gold):
                    continue  # the date of a cell: not told which of its places
                yield _dated(f"pages/{path.name}", scene, mention, words, claim, context.written_by)


def _dated(
    key: str, scene: Scene, mention: Mention, words: list[EventWord], claim: dict[str, Any] | None, now: dt.date | None
) -> Dated:
    mine = words_for(mention, words)
    right = [claim is not None and right_metric(claim, w.metric, scene.view.text[w.start : w.end]) for w in mine]
    if any(
        ok and w.sort != "bare" for ok, w in zip(right, mine, strict=True)
    ):  # the date itself only for want of words
        right = [ok and w.sort != "bare" for ok, w in zip(right, mine, strict=True)]
    word = Sample(key, [word_features(scene, mention, w, mine) for w in mine], right)
    return Dated(key, scene, mention, mine, word, claim is not None, now, gold=claim)


def trained(dates: list[Dated], start: Weights | None = None, l2: float = 0.004) -> Weights:
    """Return the weights of both models; with `start` drawn towards these, with `l2` for both."""
    before = start or {}
    told = [d.word for d in dates if any(d.word.right) and not all(d.word.right)]
    word = fit(told, binary=False, l2=l2, start=before.get("word"))
    dated = [d.sample(word) for d in dates]
    own = max(l2, DATED_L2) if start else DATED_L2
    return {"word": word, "dated": fit(dated, binary=True, l2=own, start=before.get("dated"))}


def likely(dates: list[Dated], weights: Weights) -> list[float]:
    """Return the probability of each date to be an event."""
    return [Linear(weights["dated"]).probability(d.sample(weights["word"]).features[0]) for d in dates]


def crossed(dates: list[Dated], folds: int, start: Weights | None = None, l2: float = 0.004) -> list[float]:
    """Return the probability of each date to be an event, by models of the other folds of documents."""
    fold = folds_of([d.document for d in dates], folds)
    found: dict[int, float] = {}
    for number in range(folds):
        weights = trained([d for d in dates if fold[d.document] != number], start, l2)
        held = [at for at, date in enumerate(dates) if fold[date.document] == number]
        found |= dict(zip(held, likely([dates[at] for at in held], weights), strict=True))
    return [found[at] for at in range(len(dates))]


def weighed(dates: list[Dated], shares: list[float], scores: Scores) -> dict[str, float]:
    """Return the weights of linear models and encoder, by logistic regression on dates that neither has seen."""
    rows, events = [], []
    for date, p in zip(dates, shares, strict=True):
        span = date.scene.span(date.mention.span.start, date.mention.span.end)
        told = scores.get((date.document, (span.start, span.end)))
        if told is not None and p >= WORTH:
            rows.append([1.0, np.log(p / (1 - p)), told["states"][0]])
            events.append(float(date.event))
    x, y, w = np.array(rows), np.array(events), np.array([0.0, 1.0, 0.0])
    for _ in range(NEWTON):
        share = 1 / (1 + np.exp(-x @ w))
        w = w + np.linalg.solve((x * (share * (1 - share))[:, None]).T @ x, x.T @ (y - share))
    print(f"both: {len(y)} dates, {int(y.sum())} events; weights {w.round(3)}")
    for name, by in (("linear", 1 / (1 + np.exp(-x[:, 1]))), ("both", 1 / (1 + np.exp(-x @ w)))):
        report(name, [(p, e > 0) for p, e in zip(by, y, strict=True)])
    return dict(zip(("bias", "linear", "reads"), w.round(6).tolist(), strict=True))


def report(name: str, told: list[tuple[float, bool]]) -> None:
    """Print how many events are found at several thresholds."""
    for least in (0.3, 0.4, 0.5, 0.6, 0.7):
        hits, said = sum(p >= least and event for p, event in told), sum(p >= least for p, _ in told)
        golds = sum(event for _, event in told)
        print(
            f"{name:6} ≥ {least}: P {hits / max(1, said):.3f} R {hits / max(1, golds):.3f}",
            f"F1 {2 * hits / max(1, said + golds):.3f} of {golds}",
        )


def validate(dates: list[Dated], shares: list[float], show: int) -> None:
    """Print, for documents not learned from, how many events are found, real documents apart."""
    scored = list(zip(shares, dates, strict=True))
    for name, part in _parts(scored):
        report(name, [(p, d.event) for p, d in part])
    wrong = [(p, d) for p, d in scored if (p >= LEAST) != d.event and not d.document.startswith("batch")]
    for probability, date in wrong[:show]:
        print(f"  {probability:.2f} {'event' if date.event else 'none '} {date.mention.text} ◁ {date.scene.text[:110]}")


def _parts(scored: list[tuple[float, Dated]]) -> list[tuple[str, list[tuple[float, Dated]]]]:
    real = [s for s in scored if not s[1].document.startswith(("batch", "pages"))]
    return [("all", scored), ("real", real), ("pages", [s for s in scored if s[1].document.startswith("pages")])]


def main() -> None:
    """Train, validate, and with --write ship the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=6)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--crossed", type=Path, help="the encoder's scores of dates it has not seen")
    parser.add_argument("--write", action="store_true", help="needs --crossed")
    args = parser.parse_args()
    dates = [date for path, gold in gold_sets() for date in dates_of(path, gold)]
    dates += dates_of_pages()
    print(f"{len(dates)} dates, {sum(d.event for d in dates)} events")
    shares = crossed(dates, args.folds)
    validate(dates, shares, args.show)
    if args.write:
        target = ROOT / "extractors" / "claims" / "events.json"
        scores: Any = load_scores(args.crossed)
        weights = trained(dates) | {"both": weighed(dates, shares, scores)}
        content = json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True)
        target.write_text(content + "\n", encoding="utf-8")
        print(f"wrote {target} ({target.stat().st_size // 1024} KB)")


if __name__ == "__main__":
    main()

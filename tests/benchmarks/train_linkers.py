"""Learn the weights of the linkers from documents with gold claims, and say how well they do by cross-validation.

    python -m tests.benchmarks.train_linkers [--folds 8] [--write]

Sets: the project's own corpus (`tests/corpus/claims/batch*`), and, read in place where they are, the marked model
documents and articles of `../shared` except those kept closed. Models are linear over named features; a choice among
candidates is a softmax with possibly several right answers, trained on the log of their summed probability with L2.
Full-batch Adam in numpy, fixed order, no randomness: the same corpus gives the same weights.
"""

from __future__ import annotations

import argparse
import json
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from extractors import read
from extractors.claims import events, prose
from extractors.claims.context import Context, read_context
from extractors.claims.entity_candidates import Last, describe
from extractors.claims.gate import gate_features
from extractors.claims.metric_candidates import describe_metrics, metric_candidates, unit_class
from extractors.claims.period_candidates import describe_periods, is_dated
from extractors.claims.subjects import subjects_of
from extractors.ontology import load_ontology
from schemas import Period

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
CLOSED = re.compile(r"^a1\d\.")  # kept for blind rounds until opened
SAME_METRICS = (
    {"launch_date", "announcement_date", "event_date", "start_date"},
    {"funding_date", "investment_date"},
    {"created_date", "updated_date", "publication_date"},
    {"investment", "capex", "budget", "funding_raised"},
    {"share", "revenue_share", "usage_rate", "paid_share", "stake"},
    {"growth_ratio", "revenue_ratio", "valuation_ratio", "ratio"},
    {"valuation", "market_cap"},
    {"parameter_count", "max_parameter_count"},
)


@dataclass
class Sample:
    """Candidates' features and which of them are right; a gate sample has one candidate, right or wrong."""

    document: str
    features: list[list[str]]
    right: list[bool]
    words: str = ""


@dataclass
class Samples:
    """The samples of each model, and how often no candidate was right."""

    of: dict[str, list[Sample]] = field(default_factory=lambda: defaultdict(list))
    missed: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def squash(text: object) -> str:
    """Fold width, case, spaces and punctuation away."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", str(text or "")).casefold())


def alike(left: object, right: object, threshold: float) -> bool:
    """Equal, one inside the other at half its length or more, or bigram Dice at the threshold."""
    a, b = sorted((squash(left), squash(right)), key=len)
    if not a or not b:
        return False
    if a == b or (len(a) >= 2 and a in b and len(a) * 2 >= len(b)):
        return True
    x, y = ({t[i : i + 2] for i in range(len(t) - 1)} or {t} for t in (a, b))
    return 2 * len(x & y) / (len(x) + len(y)) >= threshold


def right_entity(gold: dict[str, Any], name: str, text: str) -> bool:
    """Say whether an entity name or its words meet the gold."""
    names = [gold.get("entity"), *(gold.get("entity_aliases") or [])]
    return any(alike(n, t, 0.8) for n in names for t in (name, text))


def right_metric(gold: dict[str, Any], name: str, text: str) -> bool:
    """Say whether a metric name or its words meet the gold."""
    wanted = gold.get("metric")
    if wanted and (wanted == name or any(wanted in g and name in g for g in SAME_METRICS)):
        return True
    return any(alike(gold.get(k), t, 0.6) for k in ("metric_text", "metric") for t in (name, text))


def right_period(gold: dict[str, Any], period: Period | None) -> bool:
    """Say whether a period overlaps the gold one by half or more; none is right where the gold has none."""
    want = _interval(gold.get("period_start"), gold.get("period_end"))
    if want is None or period is None:
        return want is None and period is None
    have = _interval(period.start, period.end)
    if have is None:
        return False
    shared = (min(want[1], have[1]) - max(want[0], have[0])).days + 1
    return shared * 2 >= max((want[1] - want[0]).days, (have[1] - have[0]).days) + 1


def _interval(start: object, end: object) -> tuple[date, date] | None:
    start, end = start or end, end or start
    if not start or not end:
        return None
    return date.fromisoformat(str(start)[:10]), date.fromisoformat(str(end)[:10])


def gold_sets() -> list[tuple[Path, list[dict[str, Any]]]]:
    """Return each document with its gold records."""
    sources = [
        (SHARED / "gold" / "gold.jsonl", SHARED / "seeds"),
        (SHARED / "gold" / "articles.jsonl", SHARED / "data" / "articles"),
    ]
    corpus = ROOT / "tests" / "corpus" / "claims"
    joined = (corpus / "JOINED").read_text(encoding="utf-8").split()  # blind batches already scored
    sources += [(corpus / name / "gold.jsonl", corpus / name) for name in joined]
    found = []
    for gold, folder in sources:
        if not gold.exists():
            continue
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for line in gold.read_text(encoding="utf-8").splitlines():
            if line.strip():
                record = json.loads(line)
                rows[record["doc"]].append(record)
        for name, records in sorted(rows.items()):
            path = folder / name
            if path.exists() and not (folder.name == "articles" and CLOSED.match(name)) and path.suffix != ".html":
                found.append((path, records))
    return found


def collect(samples: Samples, path: Path, gold: list[dict[str, Any]]) -> None:
    """Add the samples of one document."""
    document = read(path.read_bytes(), name=path.name)
    context = read_context(document, load_ontology())
    context.subjects = subjects_of(context)
    claims = [g for g in gold if g["kind"] == "claim" and g["start"] is not None]
    ignored = [g for g in gold if g["kind"] == "ignore" or g.get("optional")]
    topic: str | None = None
    key = f"{path.parent.name}/{path.name}"
    for scene in context.scenes:
        found = prose.figures(scene)
        stage = prose.stage_of(context, scene, topic) if found else None
        for mention in found:
            assert stage is not None
            span = scene.span(mention.span.start, mention.span.end)
            if any(g["start"] < span.end and span.start < g["end"] for g in ignored):
                continue
            golds = [
                g
                for g in claims
                if g["start"] < span.end and span.start < g["end"] and g["value_type"] in ("number", "range")
            ]
            topic = _figure(samples, key, context, stage, mention, golds[0] if golds else None) or topic
        _events(samples, key, context, scene, claims, ignored)


def _figure(
    samples: Samples, key: str, context: Context, stage: prose.Stage, mention: Any, gold: dict[str, Any] | None
) -> str | None:
    scene = stage.scene
    start, end = mention.span.start, mention.span.end
    quantity = mention.quantity
    unit = unit_class(quantity)
    metrics = metric_candidates(scene, mention, start, end)
    if not metrics or not stage.entities:
        if gold:
            samples.missed["any"] += 1
        return None
    describe(scene, stage.entities, start, end, unit, stage.topic, stage.last)
    describe_metrics(scene, metrics, quantity, start, end, context.dimensions, stage.last)
    words = f"{scene.view.text[start:end]} ◁ {scene.text[:120]}"
    best = None
    if gold is not None:
        entity = Sample(
            key,
            [c.features for c in stage.entities],
            [right_entity(gold, c.name, c.text) for c in stage.entities],
            f"{words} ⇒ {gold['entity']}",
        )
        metric = Sample(
            key,
            [c.features for c in metrics],
            [right_metric(gold, c.name, c.text) for c in metrics],
            f"{words} ⇒ {gold['metric']} {gold['metric_text']}",
        )
        describe_periods(scene, stage.periods, start, end, unit)
        period = Sample(
            key,
            [c.features for c in stage.periods],
            [right_period(gold, c.mention.period if c.mention else None) for c in stage.periods],
            f"{words} ⇒ {gold['period_start']}..{gold['period_end']}",
        )
        for name, sample in (("entity", entity), ("metric", metric), ("period", period)):
            if any(sample.right):
                samples.of[name].append(sample)
            else:
                samples.missed[name] += 1
                samples.of[name + ".missed"].append(sample)
        best = next((c.name for c, ok in zip(stage.entities, entity.right, strict=True) if ok), None)
        named = next((c.name for c, ok in zip(metrics, metric.right, strict=True) if ok), "")
        stage.last = Last(best or "", named, unit, end)
    features = gate_features(scene, mention, stage.entities[0], metrics[0], (0.5, 0.5))
    samples.of["gate"].append(Sample(key, [features], [gold is not None], words))
    samples.of["gate"][-1].stage = (
        scene,
        mention,
        [c.features for c in stage.entities],
        [c.features for c in metrics],
        list(stage.entities),
        metrics,
    )  # type: ignore[attr-defined]
    return best


def _events(
    samples: Samples,
    key: str,
    context: Context,
    scene: Any,
    claims: list[dict[str, Any]],
    ignored: list[dict[str, Any]],
) -> None:
    dated = [m for m in scene.periods if is_dated(m)]
    words = events.word_candidates(scene) if dated else []
    stage = prose.stage_of(context, scene, None) if words else None
    for mention in dated:
        span = scene.span(mention.span.start, mention.span.end)
        if any(g["start"] < span.end and span.start < g["end"] for g in ignored):
            continue
        gold = next(
            (g for g in claims if g["value_type"] == "date" and g["start"] < span.end and span.start < g["end"]), None
        )
        if gold and not words:
            samples.missed["event"] += 1
            samples.of["event.missed"].append(
                Sample(key, [], [], f"{mention.text} ◁ {scene.text[:100]} ⇒ {gold['metric']}")
            )
        right = None
        for word in words:
            said = scene.view.text[word.start : word.end]
            yes = bool(gold and right_metric(gold, word.metric, said))
            samples.of["event"].append(
                Sample(
                    key,
                    [events.event_features(scene, mention, word)],
                    [yes],
                    f"{mention.text} {said} ◁ {scene.text[:100]}",
                )
            )
            right = word if yes and right is None else right
        if gold and right and stage:
            events.describe_for_event(scene, stage.entities, mention, right)
            sample = Sample(
                key,
                [c.features for c in stage.entities],
                [right_entity(gold, c.name, c.text) for c in stage.entities],
                f"{mention.text} ◁ {scene.text[:100]} ⇒ {gold['entity']}",
            )
            if any(sample.right):
                samples.of["event_entity"].append(sample)
            else:
                samples.missed["event_entity"] += 1
                samples.of["event_entity.missed"].append(sample)


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


def score(weights: dict[str, float], features: list[str]) -> float:
    """Return the score of a feature list."""
    return sum(weights.get(f, 0.0) for f in features)


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
    for sample in wrong[:show]:
        print("     ", sample.right if binary else "", sample.document, sample.words)
    return out


def softmax_share(scores: list[float]) -> float:
    """Return the share of the best score."""
    peak = max(scores)
    return float(1 / sum(np.exp(s - peak) for s in scores))


def main() -> None:
    """Train, validate, and with --write ship the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", type=int, default=8)
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--missed", type=int, default=0)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    samples = Samples()
    sets = gold_sets()
    for path, gold in sets:
        collect(samples, path, gold)
    print(f"{len(sets)} documents;", "no right candidate:", dict(samples.missed))
    for name in list(samples.of):
        if name.endswith(".missed"):
            for sample in samples.of[name][: args.missed]:
                print("   missed", name, sample.document, sample.words)
    models = {}
    for name in ("entity", "metric", "period", "event_entity"):
        if samples.of[name]:
            if args.folds:
                validate(name, samples.of[name], args.folds, args.show)
            models[name] = fit(samples.of[name], binary=False)
    for sample in samples.of["gate"]:
        _gate_with_choice(sample, models)
    for name in ("gate", "event"):
        if args.folds:
            validate(name, samples.of[name], args.folds, args.show)
        models[name] = fit(samples.of[name], binary=True)
    if args.write:
        target = ROOT / "extractors" / "claims" / "linkers.json"
        target.write_text(json.dumps(models, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
        print(f"wrote {target} ({target.stat().st_size // 1024} KB, {sum(map(len, models.values()))} weights)")


def _gate_with_choice(sample: Sample, models: dict[str, dict[str, float]]) -> None:
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

"""Samples for the linkers: the candidates of each gold claim with their features, and which of them are right."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from extractors import read
from extractors.claims import events
from extractors.claims import stage as stages
from extractors.claims.context import Context, read_context
from extractors.claims.entity_candidates import Candidate, Carried, Last
from extractors.claims.entity_features import describe
from extractors.claims.event_words import word_candidates
from extractors.claims.gate import gate_features
from extractors.claims.metric_candidates import describe_metrics, unit_class
from extractors.claims.period_candidates import describe_periods
from extractors.claims.scene import Scene
from extractors.claims.subjects import subjects_of
from extractors.ontology import load_ontology
from schemas import Document, Mention, Period, Span
from tests.benchmarks.page_places import placed
from tests.corpus.marks import page_marks
from tests.corpus.marks.marks import load

Models = dict[str, dict[str, float]]
ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared"
PUBLIC = Path(os.environ.get("TENKYO_PUBLIC_TEXTS", "public_texts"))  # `tests/corpus/marks/public` says what they are
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


def score(weights: dict[str, float], features: list[str]) -> float:
    """Return the score of a feature list."""
    return sum(weights.get(f, 0.0) for f in features)


@dataclass
class Sample:
    """Candidates' features and which of them are right; a gate sample has one candidate, right or wrong."""

    document: str
    features: list[list[str]]
    right: list[bool]
    words: str = ""
    names: list[str] = field(default_factory=list)


@dataclass
class Figure:
    """A figure with the candidates of its parts, their features, which are right, and whether it states anything."""

    document: str
    scene: Scene
    mention: Mention
    unit: str
    states: bool
    words: str
    entities: list[Candidate]
    metrics: list[Candidate]
    entity: Sample
    metric: Sample
    periods: list[Candidate] = field(default_factory=list)
    period: Sample | None = None
    modality: str | None = None  # of the gold

    @property
    def span(self) -> Span:
        """Where the figure stands in its document."""
        return self.scene.span(*self.place)

    @property
    def place(self) -> tuple[int, int]:
        """Where the figure stands on the scene's view."""
        return self.mention.span.start, self.mention.span.end


@dataclass
class Samples:
    """The samples of each model, the figures they come from, and how often no candidate was right."""

    of: dict[str, list[Sample]] = field(default_factory=lambda: defaultdict(list))
    figures: list[Figure] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
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
    """Say, as the scorer does, whether a period overlaps the gold one by half or more.

    Where the gold states no period any is right.
    """
    want = _interval(gold.get("period_start"), gold.get("period_end"))
    if want is None or period is None:
        return want is None
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
            if path.exists() and path.suffix != ".html":
                found.append((path, records))
    return found + _marked()


def _marked() -> list[tuple[Path, list[dict[str, Any]]]]:
    """Return the documents that are not ours but marked by hand, where their texts are at hand."""
    marks = ROOT / "tests" / "corpus" / "marks"
    found = []
    for kept, folder in ((marks, SHARED / "data" / "unlabelled"), (marks / "public", PUBLIC)):
        names = (kept / "JOINED").read_text(encoding="utf-8").split()
        found += [(folder / n, load(kept / f"{n}.jsonl", folder)) for n in sorted(names) if (folder / n).exists()]
    return found


def page_sets() -> list[tuple[Path, list[dict[str, Any]]]]:
    """Return the marked pages of filings that have claims outside tables; `collect` finds the places of their gold."""
    kept = ROOT / "tests" / "corpus" / "marks" / "pages"
    folders = {p.name: p.parent for p in sorted((SHARED / "data" / "tables").rglob("*.pdf"))}
    names = [path.name.removesuffix(".jsonl") for path in sorted(kept.glob("*.jsonl"))]
    loaded = [(folders[n] / n, page_marks.load(kept / f"{n}.jsonl", folders[n])) for n in names if n in folders]
    return [(path, gold) for path, gold in loaded if any(g["kind"] == "claim" and not g.get("in_table") for g in gold)]


def collect(samples: Samples, path: Path, gold: list[dict[str, Any]], models: Models | None = None) -> None:
    """Add the samples of one document; what is carried over is the gold's, or with `models` what they choose."""
    document = _read(path)
    gold = placed(document, gold) if path.suffix == ".pdf" else gold
    context = read_context(document, load_ontology())
    context.subjects = subjects_of(context)
    claims = [g for g in gold if g["kind"] == "claim" and g["start"] is not None]
    ignored = [g for g in gold if g["kind"] == "ignore" or g.get("optional")]
    topic: str | None = None
    carried = Carried()
    key = f"{path.parent.name}/{path.name}"
    samples.texts[key] = document.text
    for scene in context.scenes:
        found = stages.figures(scene)
        stage = stages.stage_of(context, scene, topic, carried) if found else None
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
            topic = _figure(samples, key, context, stage, mention, golds[0] if golds else None, models) or topic
        _events(samples, key, context, scene, claims, ignored)


@cache
def _read(path: Path) -> Document:
    return read(path.read_bytes(), name=path.name)


def _first(candidates: list[Any], right: list[bool]) -> Any:
    return next((c for c, ok in zip(candidates, right, strict=True) if ok), None)


def _figure(
    samples: Samples,
    key: str,
    context: Context,
    stage: stages.Stage,
    mention: Any,
    gold: dict[str, Any] | None,
    models: Models | None,
) -> str | None:
    scene = stage.scene
    start, end = mention.span.start, mention.span.end
    quantity = mention.quantity
    unit = unit_class(quantity)
    metrics, entities = stages.metrics_of(context, stage, mention), stages.entities_of(stage, mention)
    if not metrics or not entities:
        if gold:
            samples.missed["any"] += 1
        return None
    describe(scene, entities, start, end, unit, stage.topic, stage.last, context.around)
    describe_metrics(scene, metrics, quantity, start, end, context.dimensions, stage.last)
    words = f"{scene.view.text[start:end]} ◁ {scene.text[:120]}"
    chosen: list[Any] = []
    told = gold or {}
    entity = Sample(
        key,
        [c.features for c in entities],
        [gold is not None and right_entity(told, c.name, c.text) for c in entities],
        f"{words} ⇒ {told.get('entity')}",
    )
    metric = Sample(
        key,
        [c.features for c in metrics],
        [gold is not None and right_metric(told, c.name, c.text) for c in metrics],
        f"{words} ⇒ {told.get('metric')} {told.get('metric_text')}",
    )
    samples.figures.append(
        Figure(key, scene, mention, unit, gold is not None, words, list(entities), list(metrics), entity, metric)
    )
    describe_periods(scene, stage.periods, start, end, unit)
    period = Sample(
        key,
        [c.features for c in stage.periods],
        [gold is not None and right_period(told, c.mention.period if c.mention else None) for c in stage.periods],
        f"{words} ⇒ {told.get('period_start')}..{told.get('period_end')}",
    )
    samples.figures[-1].periods, samples.figures[-1].period = list(stage.periods), period
    samples.figures[-1].modality = told.get("modality")
    if gold is not None:
        for sample, cs in ((entity, entities), (metric, metrics), (period, stage.periods)):
            sample.names = [f"{c.source}:{c.text}" for c in cs]
        for name, sample in (("entity", entity), ("metric", metric), ("period", period)):
            if any(sample.right):
                samples.of[name].append(sample)
            else:
                samples.missed[name] += 1
                samples.of[name + ".missed"].append(sample)
        if models is None:
            chosen = [_first(cs, x.right) for cs, x in ((entities, entity), (metrics, metric), (stage.periods, period))]
    if models is not None:
        lists = (("entity", entities), ("metric", metrics), ("period", stage.periods))
        chosen = [max(cs, key=lambda c, n=name: score(models[n], c.features)) for name, cs in lists]
        if score(models["gate"], gate_features(scene, mention, chosen[0], chosen[1], (0.5, 0.5), 0.0)) < 0:
            chosen = []
    best = None
    if chosen:
        best = chosen[0].name if chosen[0] else ""
        stage.last = Last(best, chosen[1].name if chosen[1] else "", unit, end)
        stage.carried.remember(unit, *chosen)
    return best


def _events(
    samples: Samples,
    key: str,
    context: Context,
    scene: Any,
    claims: list[dict[str, Any]],
    ignored: list[dict[str, Any]],
) -> None:
    dated = events.dates_in(scene)
    words = word_candidates(scene) if dated else []
    stage: stages.Stage | None = None
    for mention in dated:
        span = scene.span(mention.span.start, mention.span.end)
        if any(g["start"] < span.end and span.start < g["end"] for g in ignored):
            continue
        gold = next(
            (g for g in claims if g["value_type"] == "date" and g["start"] < span.end and span.start < g["end"]), None
        )
        if gold is None:
            continue
        told = [(w, scene.view.text[w.start : w.end]) for w in events.words_for(mention, words)]
        right = next((w for w, said in told if right_metric(gold, w.metric, said)), None)
        if right is not None:
            stage = stage or stages.stage_of(context, scene, None)
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

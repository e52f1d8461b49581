"""Which entity, metric and period a figure of a sentence is of: its candidates, ranked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from extractors.claims.answers import answered
from extractors.claims.asides import beyond, measured_from
from extractors.claims.bearers import settled
from extractors.claims.bracket_lists import as_wholes
from extractors.claims.consolidated import of_the_whole
from extractors.claims.context import Context
from extractors.claims.cumulated import up_to
from extractors.claims.differences import apart
from extractors.claims.dittos import Told, parallel, series
from extractors.claims.encoder.heads import PARTS, bounded
from extractors.claims.english_bearers import settled_en
from extractors.claims.entity_candidates import ORGANISATION, THINGS, Candidate, Last
from extractors.claims.entity_features import describe
from extractors.claims.gate import gate_features
from extractors.claims.governing import HEAD, governed
from extractors.claims.growth_spans import over_the_years
from extractors.claims.keyed_items import without_keys
from extractors.claims.levels import carried_on, foreseen, moved, of_levels
from extractors.claims.measures_of import without_measures
from extractors.claims.metric_candidates import describe_metrics, unit_class
from extractors.claims.named_beside import beside, model_of
from extractors.claims.not_yet import not_yet, to_come
from extractors.claims.pairs import edge_of, paired, told_back
from extractors.claims.period_candidates import describe_periods
from extractors.claims.period_readings import at_the_end
from extractors.claims.ranker import chosen, chosen_name, model
from extractors.claims.respective import respective
from extractors.claims.scene import Scene, spans_above
from extractors.claims.stage import Stage, entities_of, metrics_of
from extractors.claims.sureness import sureness_features
from extractors.claims.tellers import without_tellers
from extractors.claims.year_to_date import since_new_year
from schemas import Mention

Parts = Mapping[str, list[Candidate]]


@dataclass(slots=True)
class Linked:
    """A figure with its chosen parts, the probability that it states anything, and that the parts are right."""

    scene: Scene
    mention: Mention
    entity: Candidate
    metric: Candidate
    period: Candidate | None
    probability: float
    sure: float
    words: Candidate | None = None  # what the sentence calls a metric that only the figure's kind names
    moved: Candidate | None = None  # the metric whose change the figure is, where its own is a word of change
    apart: Candidate | None = None  # the metric in which the figure tells two apart


def link(context: Context, stage: Stage, mention: Mention) -> Linked | None:
    """Return the figure linked to its best entity, metric and period; None where there are no candidates."""
    scene, unit = stage.scene, unit_class(mention.quantity)
    place = (mention.span.start, mention.span.end)
    entities, metrics = entities_of(stage, mention), metrics_of(context, stage, mention)
    if not entities or not metrics:
        return None
    parts = {"entity": entities, "metric": metrics, "period": stage.periods}
    scores, reads = _scored(context, stage, mention, parts)
    at, shares = _chosen(stage, mention, parts, scores)
    entity, metric, period = (parts[part][at[part]] for part in PARTS)
    metric = parallel(scene, mention, stage.told) or metric
    carried = next((c for c in metrics if c.source == "carried"), None)
    if unit == "percent" and series(scene, mention, metric, carried, stage.told) and carried is not None:
        metric = carried
    if unit == "percent":
        stage.told.append(Told(mention, metric))
    period = since_new_year(scene, stage.periods, place, context.reference_date) or period
    period = over_the_years(scene, stage.periods, place, unit) or period
    period = parts["period"][governed(scene, stage.periods, at["period"])] if period.source in HEAD else period
    period = up_to(scene, period, mention.span.start)
    model_at = model_of((scene, mention), entities, at["entity"], metric, scores["entity"], context.ontology)
    entity = entities[model_at]
    entity = _or_filer(context, entity, metric)
    probability = model("gate").probability(gate_features(scene, mention, entity, metric, shares, reads))
    sure = model("sureness").probability(sureness_features(entity, metric, unit, probability, shares))
    words = _words_of(metrics, scores["metric"]) if _is_wordless(metric) else None
    told = period if period.source != "none" else None
    base = moved(mention, metric, metrics, scores["metric"], context.dimensions)
    differs = apart(scene, mention, metrics, scores["metric"])
    told_of = (metrics, scores["metric"], context.dimensions, context.ontology)
    known = carried_on(scene, mention, entity, metric, *told_of) or foreseen(scene, mention, metric, *told_of)
    if known is not None:
        metric, words = known, metric
    return Linked(scene, mention, entity, metric, told, probability, sure, words, base, differs)


def _scored(context: Context, stage: Stage, mention: Mention, parts: Parts) -> tuple[dict[str, list[float]], float]:
    """Return the scores of each part's candidates, and the encoder's log odds that the figure states anything."""
    scene, start, end = stage.scene, mention.span.start, mention.span.end
    unit, entities = unit_class(mention.quantity), parts["entity"]
    describe(scene, entities, start, end, unit, stage.topic, stage.last, context.around)
    describe_metrics(scene, parts["metric"], mention.quantity, start, end, context.dimensions, stage.last)
    describe_periods(scene, stage.periods, start, end, unit)
    linear = {part: model(part).scores([c.features for c in parts[part]]) for part in PARTS}
    seen = context.reading.see(scene.span(start, end), unit, spans_above(scene), parts, linear)
    scores = dict(linear) if seen is None else {part: seen.scores(part, linear[part]) for part in PARTS}
    if _in_its_clause(stage, start, entities[chosen(linear["entity"])[0]]):
        scores["entity"] = bounded(linear["entity"], scores["entity"])
    scores["entity"] = without_tellers(scene, entities, scores["entity"], context.tellers)
    scores["entity"] = without_measures(scene, entities, scores["entity"], context.ontology)
    scores["entity"] = without_keys(scene, entities, scores["entity"], context.ontology)
    scores["entity"] = settled(scene, mention, entities, scores["entity"], stage.last)
    scores["entity"] = beside(scene, mention, entities, scores["entity"], stage.last)
    if not scene.japanese:
        scores["entity"] = settled_en(scene, entities, scores["entity"], (start, end), stage.last)
    scores["entity"] = as_wholes(scene, entities, scores["entity"], start)
    if unit == "percent" and answered(scene, mention) is not None:
        lesser = (0.0 if _is_share(c) else _OTHERS for c in parts["metric"])
        scores["metric"] = [s - less for s, less in zip(scores["metric"], lesser, strict=True)]
    scores["metric"] = of_levels(scene, mention, parts["metric"], scores["metric"])
    barred = beyond(scene, stage.periods, start) | to_come(scene, stage.periods, (start, end), context.written_by)
    barred |= not_yet(scene, stage.periods, (start, end), context.reference_date, context.anchor.guessed)
    barred |= measured_from(stage.periods, scene, mention)
    scores["period"] = [_NEVER if i in barred else score for i, score in enumerate(scores["period"])]
    return scores, seen.states() if seen is not None else 0.0


def _chosen(
    stage: Stage, mention: Mention, parts: Parts, scores: dict[str, list[float]]
) -> tuple[dict[str, int], tuple[float, float]]:
    """Return which candidate of each part is the figure's, and the shares of the entity and of the metric."""
    scene, entities, metrics = stage.scene, parts["entity"], parts["metric"]
    entity, entity_share = chosen_name(scores["entity"], [c.name for c in entities])
    metric, metric_share = chosen(scores["metric"])
    told = paired(scene, stage.figures, stage.periods, mention)
    told = told_back(scene, stage.periods, scores["period"], mention) if told is None else told
    period = edge_of(
        scene, stage.figures, stage.periods, chosen(scores["period"])[0] if told is None else told, mention
    )
    at, share = {"entity": entity, "metric": metric, "period": period}, {"entity": entity_share, "metric": metric_share}
    part, index = respective(stage.rows, mention, parts, scores)
    if part:
        at[part], share[part] = index, max(share.get(part, 0.0), _RESPECTIVE)
    at["period"] = at_the_end(stage.periods, at["period"], mention)
    at["entity"] = _owned(scene, entities, at["entity"], scores["entity"])
    at["entity"] = of_the_whole(scene, entities, at["entity"], metrics[at["metric"]], scores["entity"])
    at["entity"] = _funded(entities, at["entity"], metrics[at["metric"]], scores["entity"], stage.last)
    return at, (share["entity"], share["metric"])


_LEAST_SHARE = 0.3
_RESPECTIVE = 0.8  # the share of what a list tells respectively


def _is_share(candidate: Candidate) -> bool:
    return candidate.id == "share" or ((candidate.id or "").endswith("_rate") and candidate.id != "growth_rate")


def _is_wordless(metric: Candidate) -> bool:
    """Say whether the figure alone names its metric: 30% is a share, 100社 are companies; 100ノード are nodes."""
    return metric.source == "kind" or (metric.source == "unit" and len(metric.text) == 1)


def _words_of(metrics: list[Candidate], scores: list[float]) -> Candidate | None:
    """Return the words of the sentence that would name the metric best, where one of them stands out."""
    worded = [i for i, c in enumerate(metrics) if c.start >= 0 and c.source not in ("kind", "unit", "basis", "rank")]
    if not worded:
        return None
    best, share = chosen([scores[i] for i in worded])
    return metrics[worded[best]] if share >= _LEAST_SHARE else None


def _in_its_clause(stage: Stage, start: int, entity: Candidate) -> bool:
    """Say whether an entity stands between the figure before and the one at `start`: 甲社は10億円、乙社は20億円.

    There the encoder, which leans to what a text is about, may turn only near decisions.
    """
    before = max((m.span.end for m in stage.figures if m.span.end <= start), default=-1)
    return stage.scene.start <= before <= entity.start and entity.end <= start and entity.source in _LOCAL


def _owned(scene: Scene, entities: list[Candidate], best: int, scores: list[float]) -> int:
    """Return the thing rather than its maker where the words say whose it is: AMDのMI325X, NVIDIA's H200."""
    maker = entities[best]
    if maker.source != "here" or maker.type not in ORGANISATION:
        return best
    things = [
        i
        for i, c in enumerate(entities)
        if c.source == "here"
        and c.type in THINGS
        and _WHOSE.fullmatch(scene.view.text, maker.end, max(maker.end, c.start))
    ]
    return max((i for i in things if scores[i] > scores[best] - _CLOSE), key=lambda i: scores[i], default=best)


def _funded(entities: list[Candidate], best: int, metric: Candidate, scores: list[float], last: Last | None) -> int:
    """Return who gets the money rather than who gives it, of what is raised in a round that an investor leads: whom the
    figure before in the sentence is of, else the best other organisation.
    """
    if metric.id not in _RAISED or not _backs(entities[best]):
        return best
    same = [i for i, c in enumerate(entities) if not _backs(c) and last is not None and c.name == last.entity]
    others = same or [i for i, c in enumerate(entities) if not _backs(c) and c.type in ORGANISATION]
    return max(others, key=lambda i: scores[i], default=best)


def _backs(candidate: Candidate) -> bool:
    return any(feature.startswith("backs.") for feature in candidate.features)


_RAISED = frozenset(["funding_raised", "valuation", "total_funding"])
_CLOSE = 2.0
_OTHERS = 6.0  # what a metric that is no share has less where a figure tells how many gave an answer
_NEVER = -1e6  # the score of what cannot be
_WHOSE = re.compile(r"(?:製|社)?の[「『]?|['’]s ")
_LOCAL = frozenset(["here", "owner", "phrase", "label"])


def _or_filer(context: Context, entity: Candidate, metric: Candidate) -> Candidate:
    """In a company's filing the items of its statements are its own, where only a phrase stands for their owner."""
    filer = next((c for c in context.subjects if c.source == "running"), None)
    named = entity.mention is not None and (entity.id is not None or entity.type not in (None, "phrase"))
    return filer if filer is not None and metric.id is not None and not named else entity

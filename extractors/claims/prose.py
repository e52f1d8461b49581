"""Claims from sentences: each figure gets the entity, metric and period that its candidates rank best."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from extractors.claims.asides import beyond, is_aside
from extractors.claims.bearers import settled
from extractors.claims.build import Draft, Named, When
from extractors.claims.context import Context
from extractors.claims.encoder.heads import bounded
from extractors.claims.entity_candidates import (
    ORGANISATION,
    THINGS,
    Candidate,
    Carried,
    Last,
    label_candidate,
    local_candidates,
    resolve,
)
from extractors.claims.entity_features import describe
from extractors.claims.entity_surroundings import surrounding_candidates
from extractors.claims.figures import implied
from extractors.claims.gate import gate_features, lets_through
from extractors.claims.levels import carried_on, is_change_word, moved, of_levels
from extractors.claims.metric_candidates import as_amounts, describe_metrics, metric_candidates, possible, unit_class
from extractors.claims.modality import attribution_of, modality_of
from extractors.claims.pairs import edge_of, paired
from extractors.claims.period_candidates import describe_periods, period_candidates
from extractors.claims.phrases import METRIC_NOUN
from extractors.claims.ranker import chosen, chosen_name, model
from extractors.claims.respective import Row, respective, rows, unnamed
from extractors.claims.scene import Scene, spans_above
from extractors.claims.signs import as_marked, told_sign
from extractors.claims.sureness import sureness_features
from extractors.claims.token_prices import price_named, priced
from extractors.claims.unit_metrics import as_change
from extractors.claims.year_to_date import since_new_year
from schemas import Direction, Mention, Quantity, QuantityKind, Span

VERSION = "sentence/1"


@dataclass(slots=True)
class Stage:
    """The candidates of a scene that do not depend on the figure, made once."""

    scene: Scene
    figures: list[Mention]
    entities: list[Candidate]
    periods: list[Candidate]
    topic: str | None
    last: Last | None = None
    carried: Carried = field(default_factory=Carried)
    rows: list[Row] = field(default_factory=list)


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


def stage_of(context: Context, scene: Scene, topic: str | None, carried: Carried | None = None) -> Stage:
    """Return the stage of a scene; `topic` is the entity the statement before was about."""
    around = surrounding_candidates(scene)
    local = local_candidates(scene)
    organisations = [
        c for c in [*reversed(around), *local] if c.mention is not None and c.mention.rule != "coreference"
    ]
    author = next((c for c in context.subjects if c.type in ORGANISATION and _leads(context, c)), None)
    for candidate in local:
        if candidate.mention is not None and candidate.mention.rule == "coreference":
            resolve(scene, candidate, organisations, author)
    said = attribution_of(scene)
    for candidate in local:
        candidate.speaks = said is not None and candidate.start < said[1][1] and said[1][0] < candidate.end
    carried = carried or Carried()
    entities = local + around + carried.again(carried.entity, "carried") + list(context.subjects)
    periods = carried.again(carried.period, "carried") + context.published + period_candidates(scene)
    told = figures(scene)
    told_in_rows = rows(scene, told)
    entities += unnamed(scene, told_in_rows, entities)
    return Stage(scene, told, entities, periods, topic, carried=carried, rows=told_in_rows)


def _leads(context: Context, candidate: Candidate) -> bool:
    """Say whether a document is so much about an organisation that its "we" may be the organisation's."""
    return candidate.source == "running" or context.weight(candidate.name) >= 0.2


def entities_of(stage: Stage, mention: Mention) -> list[Candidate]:
    """Return the entity candidates of a figure: those of its scene, and the words that label it."""
    label = label_candidate(stage.scene, mention.span.start)
    return stage.entities if label is None else [*stage.entities, label]


def metrics_of(context: Context, stage: Stage, mention: Mention) -> list[Candidate]:
    """Return the metric candidates of a figure, those carried over from the statements before included."""
    found = metric_candidates(stage.scene, mention, mention.span.start, mention.span.end)
    carried, unit = stage.carried, unit_class(mention.quantity)
    found += carried.again(carried.metrics.get(unit), "carried")
    if carried.metric is not carried.metrics.get(unit):
        found += carried.again(carried.metric, "carried_other")
    as_amounts(found, mention.quantity, context.amounts)
    return possible(found, mention.quantity, context.dimensions)


def figures(scene: Scene) -> list[Mention]:
    """Return the mentions that may be the value of a claim: quantities, and lengths of time."""
    lengths = [m for m in scene.periods if m.quantity is not None]
    return sorted([*scene.quantities, *lengths], key=lambda m: m.span.start)


def link(context: Context, stage: Stage, mention: Mention) -> Linked | None:
    """Return the figure linked to its best entity, metric and period; None where there are no candidates."""
    scene, quantity = stage.scene, mention.quantity
    start, end = mention.span.start, mention.span.end
    unit = unit_class(quantity)
    metrics, entities = metrics_of(context, stage, mention), entities_of(stage, mention)
    if not entities or not metrics:
        return None
    describe(scene, entities, start, end, unit, stage.topic, stage.last, context.around)
    describe_metrics(scene, metrics, quantity, start, end, context.dimensions, stage.last)
    describe_periods(scene, stage.periods, start, end, unit)
    place = scene.span(start, end)
    parts = {"entity": entities, "metric": metrics, "period": stage.periods}
    seen = context.reading.see(place, unit, spans_above(scene), parts)
    linear = {part: model(part).scores([c.features for c in candidates]) for part, candidates in parts.items()}
    scores = linear if seen is None else {part: seen.scores(part, parts[part], linear[part]) for part in parts}
    if _in_its_clause(stage, start, entities[chosen(linear["entity"])[0]]):
        scores["entity"] = bounded(linear["entity"], scores["entity"])
    scores["entity"] = settled(scene, mention, entities, scores["entity"], stage.last)
    metric_scores = scores["metric"] = of_levels(scene, mention, metrics, scores["metric"])
    entity_at, entity_share = chosen_name(scores["entity"], [c.name for c in entities])
    metric_at, metric_share = chosen(metric_scores)
    for index in beyond(scene, stage.periods, start):
        scores["period"][index] = _NEVER
    told_at = paired(scene, stage.figures, stage.periods, mention)
    period_at = chosen(scores["period"])[0] if told_at is None else told_at
    period_at = edge_of(scene, stage.figures, stage.periods, period_at, mention)
    part, at = respective(stage.rows, mention, parts, scores)
    if part == "entity":
        entity_at, entity_share = at, max(entity_share, _RESPECTIVE)
    elif part == "metric":
        metric_at, metric_share = at, max(metric_share, _RESPECTIVE)
    elif part == "period":
        period_at = at
    entity_at = _owned(scene, entities, entity_at, scores["entity"])
    entity_at = _funded(entities, entity_at, metrics[metric_at], scores["entity"])
    entity, metric, period = entities[entity_at], metrics[metric_at], stage.periods[period_at]
    period = since_new_year(scene, stage.periods, (start, end), context.reference_date) or period
    entity = _or_filer(context, entity, metric)
    shares = (entity_share, metric_share)
    reads = seen.states() if seen is not None else 0.0
    probability = model("gate").probability(gate_features(scene, mention, entity, metric, shares, reads))
    sure = model("sureness").probability(sureness_features(entity, metric, unit, probability, shares))
    words = _words_of(metrics, metric_scores) if _is_wordless(metric) else None
    told = period if period.source != "none" else None
    base = moved(mention, metric, metrics, metric_scores, context.dimensions)
    known = carried_on(mention, entity, metric, metrics, metric_scores, context.dimensions)
    if known is not None:
        metric, words = known, metric
    return Linked(scene, mention, entity, metric, told, probability, sure, words, base)


_LEAST_SHARE = 0.3
_RESPECTIVE = 0.8  # the share of what a list tells respectively


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


def _funded(entities: list[Candidate], best: int, metric: Candidate, scores: list[float]) -> int:
    """Return who gets the money rather than who gives it, of what is raised in a round that an investor leads."""
    if metric.id not in _RAISED or not _backs(entities[best]):
        return best
    others = [i for i, c in enumerate(entities) if not _backs(c) and c.type in ORGANISATION]
    return max(others, key=lambda i: scores[i], default=best)


def _backs(candidate: Candidate) -> bool:
    return any(feature.startswith("backs.") for feature in candidate.features)


_RAISED = frozenset(["funding_raised", "valuation", "total_funding"])
_MOVING = frozenset(["growth_rate", "price_change"])  # of a sentence: what moves by or to a bare number (fell to 97.1)
_CLOSE = 2.0
_NEVER = -1e6  # the score of what cannot be
_WHOSE = re.compile(r"(?:製|社)?の[「『]?|['’]s ")
_LOCAL = frozenset(["here", "owner", "phrase", "label"])


def drafts(context: Context) -> Iterator[tuple[Draft, Mention, Scene]]:
    """Yield a draft for each figure of the document's prose that the gate lets through."""
    topic: str | None = None
    carried = Carried()
    for scene in context.scenes:
        found = figures(scene)
        if not found:
            continue
        stage = stage_of(context, scene, topic, carried)
        for mention in found:
            linked = link(context, stage, mention)
            if linked is None or not lets_through(scene, mention, linked.probability):
                continue
            topic = linked.entity.name
            unit = unit_class(mention.quantity)
            period = linked.period if linked.period is None or not is_aside(scene, linked.period) else None
            named_metric = None if linked.metric.id is None and is_change_word(linked.metric) else linked.metric
            carried.remember(unit, linked.entity, named_metric, period)
            stage.last = Last(topic, linked.metric.name, unit, mention.span.end)
            yield draft_of(context, linked), mention, scene


def _or_filer(context: Context, entity: Candidate, metric: Candidate) -> Candidate:
    """In a company's filing the items of its statements are its own, where only a phrase stands for their owner."""
    filer = next((c for c in context.subjects if c.source == "running"), None)
    named = entity.mention is not None and (entity.id is not None or entity.type not in (None, "phrase"))
    return filer if filer is not None and metric.id is not None and not named else entity


def named(candidate: Candidate) -> Named:
    """Return the named part that a candidate stands for."""
    return Named(candidate.name, candidate.text, candidate.span, candidate.role, candidate.id, candidate.type)


def draft_of(context: Context, linked: Linked) -> Draft:
    """Return the draft of a linked figure: its metric's and number's sign, time, modality and who says it."""
    scene, mention = linked.scene, linked.mention
    start, end = mention.span.start, mention.span.end
    held = linked.period.mention.period if linked.period is not None and linked.period.mention is not None else None
    modality, cue = modality_of(scene, start, end, held, context.written_by)
    said = attribution_of(scene)
    metric = named(linked.metric)
    quantity = priced(scene, mention, context.document.text)
    per = "token" if quantity is not mention.quantity else None
    if quantity is not None and per is None:
        place = scene.span(start, end).start
        quantity = as_marked(quantity, mention.text, context.document.text[max(0, place - 160) : place])
    if linked.moved is not None:
        metric = _as_moved(metric, linked.moved)
    elif linked.words is not None:
        worded = linked.words
        metric = Named(metric.name, worded.text, worded.span, worded.role, metric.id, metric.type)
    elif quantity is not None and (name := _of_percentage(linked.metric, quantity, mention.text)) is not None:
        metric = Named(name, metric.text, metric.span, metric.role, name, "percent")
    if per is not None:
        metric = price_named(scene, mention, metric)
    if quantity is not None:
        quantity = implied(context.dimensions, quantity, None if metric.id in _MOVING else metric.id)
    of_metric = None
    signed = bool(linked.metric.type == "change" or metric.name.endswith(("_change", "growth_rate")))
    if quantity is not None and quantity.kind == QuantityKind.PERCENT and (quantity.basis or quantity.direction):
        signed = True
        if metric.id and not context.ontology.metrics[metric.id].change and _is_growth(quantity):
            of_metric, metric = metric.name, as_change(metric)
    if quantity is not None:
        base = metric
        metric, quantity, changed, turned = told_sign(scene.view.text, (start, end), scene.end, metric, quantity)
        of_metric = (base.name if base.id else None) if changed else of_metric
        signed = signed or turned
    period = linked.period
    when = None
    if period is not None and period.mention is not None and period.mention.period is not None:
        when = When(period.mention.period, period.span, period.role)
    return Draft(
        span=scene.span(start, end),
        entity=named(linked.entity),
        metric=metric,
        confidence=linked.sure,
        method=f"{VERSION}.{linked.entity.source}.{linked.metric.source}",
        quantity=quantity,
        when=when,
        modality=modality,
        modality_span=_span(scene, cue),
        attribution=said[0] if said else None,
        attribution_span=_span(scene, said[1]) if said else None,
        of_metric=of_metric,
        signed=signed,
        per=per,
    )


def _as_moved(metric: Named, base: Candidate) -> Named:
    """Return the change of `base` that a word of change tells: 34万人の増加."""
    return Named(f"{base.name}_change", metric.text, metric.span, metric.role, None, metric.type)


def _of_percentage(metric: Candidate, quantity: Quantity, text: str) -> str | None:
    """Return what a percentage of something that is no known metric is: its share (在宅は34.8％), or, with a sign, its
    change (銀は+7.3%, 研究費は+5%).

    Of 964 percentages that marked documents print with a plus 2 are shares, 802 growth rates.
    """
    plain = quantity.kind == QuantityKind.PERCENT and not quantity.basis and quantity.direction is None
    if not plain or metric.id is not None:
        return None
    if _SIGNED.match(text):
        return None if _RATIO.search(metric.text) else "growth_rate"
    named = metric.source not in ("phrase", "head", "label") or METRIC_NOUN.search(metric.text) is not None
    return None if named else "share"


_RATIO = re.compile(
    r"(?:率|割合|シェア|寄与度?|乖離|差|幅|利回り|金利)$|\b(?:rate|ratio|share|margin|yield|gap)s?$", re.I
)
_SIGNED = re.compile(r"(?:約|およそ)?\s?(?:[+＋±−▲△-]|プラス|マイナス)")


def _is_growth(quantity: Quantity) -> bool:
    return bool(quantity.basis) or quantity.direction in (Direction.INCREASE, Direction.DECREASE)


def _span(scene: Scene, place: tuple[int, int] | None) -> Span | None:
    return scene.span(*place) if place is not None and place[0] < place[1] else None

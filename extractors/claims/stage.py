"""The candidates of a sentence: made once for all of its figures, and those that one figure adds."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.claims.attribution import attribution_of
from extractors.claims.bracket_lists import wholes
from extractors.claims.context import Context
from extractors.claims.dittos import Told
from extractors.claims.english_bearers import antecedent
from extractors.claims.entity_candidates import (
    ORGANISATION,
    Candidate,
    Carried,
    Last,
    label_candidate,
    local_candidates,
    resolve,
)
from extractors.claims.entity_surroundings import surrounding_candidates
from extractors.claims.metric_candidates import as_amounts, metric_candidates, possible, unit_class
from extractors.claims.period_candidates import period_candidates
from extractors.claims.respective import Row, rows, unnamed
from extractors.claims.scene import Scene
from schemas import Mention


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
    told: list[Told] = field(default_factory=list)  # the percentages read so far


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
            resolve(scene, candidate, organisations, author, antecedent(scene, candidate))
    said = attribution_of(scene)
    for candidate in local:
        candidate.speaks = said is not None and candidate.start < said[1][1] and said[1][0] < candidate.end
    carried = carried or Carried()
    entities = local + around + carried.again(carried.entity, "carried") + list(context.subjects)
    periods = carried.again(carried.period, "carried") + context.published + period_candidates(scene)
    told = figures(scene)
    told_in_rows = rows(scene, told)
    entities += unnamed(scene, told_in_rows, entities)
    entities += wholes(scene, entities)
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

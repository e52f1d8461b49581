"""Dated events: a date is a claim where the sentence says that something happens then.

Two learned choices: which word of the sentence tells what happened, and whether the date tells an event at all or only
says when a figure holds. Their weights are in `events.json`, made by `tests/benchmarks/train_events.py`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources

from extractors.claims.build import Draft, Named
from extractors.claims.context import Context
from extractors.claims.cues import EventWord
from extractors.claims.entity_candidates import Candidate
from extractors.claims.entity_features import describe
from extractors.claims.event_features import date_features, word_features
from extractors.claims.event_labels import label_word, stands_alone
from extractors.claims.event_places import tells_no_event
from extractors.claims.event_words import word_candidates
from extractors.claims.modality import attribution_of, modality_of
from extractors.claims.period_candidates import is_dated
from extractors.claims.prose import Stage, named, stage_of
from extractors.claims.ranker import Linear, model
from extractors.claims.relation import relation
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Mention, Modality, Span

VERSION = "event/2"
LEAST = 0.7  # blind, round 18: noise 31 of 1,043 claims (50 of 1,077 at 0.5), as many right by F1


@cache
def event_model(name: str) -> Linear:
    """Return the shipped weights: "word" chooses what happened, "dated" says whether a date tells an event."""
    text = resources.files("extractors.claims").joinpath("events.json").read_text(encoding="utf-8")
    return Linear(json.loads(text)[name])


_LABELLED = 0.9  # a label and its date that are all that a line says
_LETTER = re.compile(r"\w")
_LEAST_LETTERS = 2
_NOW = re.compile(r"(?:現在|現時点|足下|足元|足許|目下)$")


def dates_in(scene: Scene) -> list[Mention]:
    """Return the dates of a sentence that may tell an event.

    Not the words for now, what stands alone (an axis), or the days that sources and states are told of.
    """
    dated = [m for m in scene.periods if is_dated(m) and not _NOW.search(m.text) and not tells_no_event(scene, m)]
    rest = len(_LETTER.findall(scene.text)) - sum(len(_LETTER.findall(m.text)) for m in scene.periods)
    return dated if rest >= _LEAST_LETTERS else []


def words_for(mention: Mention, words: list[EventWord]) -> list[EventWord]:
    """Return the words that may tell what happened at `mention`: a date itself only where it is that date."""
    place = (mention.span.start, mention.span.end)
    return [w for w in words if w.sort != "bare" or (w.start, w.end) == place]


def drafts(context: Context) -> Iterator[tuple[Draft, Mention]]:
    """Yield a draft for each date of the document's prose that tells an event."""
    for scene in context.scenes:
        dated = dates_in(scene)
        words = word_candidates(scene) if dated else []
        stage: Stage | None = None
        for mention in dated:
            word, probability = best_word(scene, mention, words, context.written_by)
            if probability < LEAST:
                continue
            stage = stage or stage_of(context, scene, None)
            if not stage.entities:
                continue
            yield _draft(context, scene, stage, mention, word, probability), mention


def best_word(
    scene: Scene, mention: Mention, words: list[EventWord], now: date | None = None
) -> tuple[EventWord, float]:
    """Return the word that most probably tells what happens at a date, and the probability that it is an event."""
    own = label_word(scene, mention)  # the labels of other dates are no words for this one
    if own is not None and stands_alone(scene, mention, own):
        return own, _LABELLED
    possible = [w for w in words_for(mention, words) if w.sort != "label" or w == own]
    at, share = event_model("word").choose([word_features(scene, mention, word, possible) for word in possible])
    word = own if own is not None and own in possible else possible[at]
    return word, event_model("dated").probability(date_features(scene, mention, word, share, possible, now))


def describe_for_event(scene: Scene, candidates: list[Candidate], mention: Mention, word: EventWord) -> None:
    """Fill the features of entity candidates for the event of `word` at the date `mention`."""
    describe(scene, candidates, mention.span.start, mention.span.end, f"date.{word.metric}", None)
    for candidate in candidates:
        if candidate.start >= 0:
            candidate.features += [
                f"v.{word.metric}.{f}" if f[2:4] in (".p", ".d") or f[3:4] == "p" else f"v.{f}"
                for f in relation(scene, candidate.start, candidate.end, word.start, word.end)
            ]


def _apart(candidates: list[Candidate], word: EventWord) -> list[Candidate]:
    """Return the candidates that do not hold the event word itself (公開リリース, Release date).

    All of them where none is left. On marked documents 4 entities of 550 are then put right and none wrong.
    """
    if word.sort == "bare":
        return candidates
    return [c for c in candidates if c.start < 0 or c.end <= word.start or word.end <= c.start] or candidates


def _is_past(mention: Mention, told: date | None) -> bool:
    """Say whether a date lies before the day that a document's own date tells: then it has come.

    The plan or forecast beside it is another time's (8月5日に公表した通期予想). On marked documents 27 dates are then
    put right and 2 wrong.
    """
    period = mention.period
    return told is not None and period is not None and period.end is not None and period.end < told


def _draft(
    context: Context, scene: Scene, stage: Stage, mention: Mention, word: EventWord, probability: float
) -> Draft:
    start, end = mention.span.start, mention.span.end
    describe_for_event(scene, stage.entities, mention, word)
    possible = _apart(stage.entities, word)
    at, share = model("event_entity").choose([c.features for c in possible])
    modality, cue = modality_of(scene, start, end, mention.period, context.written_by)
    if modality == Modality.ESTIMATE or _is_past(mention, context.reference_date):
        modality, cue = Modality.ACTUAL, None
    said = attribution_of(scene)
    place = scene.span(word.start, word.end)
    return Draft(
        span=scene.span(start, end),
        entity=named(possible[at]),
        metric=Named(
            word.metric, scene.view.text[word.start : word.end], place, EvidenceRole.STATED, word.metric, "date"
        ),
        confidence=probability * share,
        method=f"{VERSION}.{word.metric}",
        event=mention.period,
        modality=modality,
        modality_span=scene.span(*cue) if cue else None,
        attribution=said[0] if said else None,
        attribution_span=Span.model_validate(scene.span(*said[1])) if said else None,
    )

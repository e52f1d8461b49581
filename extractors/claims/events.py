"""Dated events: a date is a claim where the sentence says that something happens then.

Learned choices: which word of the sentence tells what happened, whose event it is, and whether the date tells an event
at all or only says when a figure holds. The linear weights are in `events.json`, made by
`tests/benchmarks/train_events.py`; the encoder has its say in each.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from extractors.claims.attribution import attribution_of
from extractors.claims.build import Draft, Named
from extractors.claims.context import Context
from extractors.claims.cues import EventWord
from extractors.claims.encoder.heads import DATE
from extractors.claims.entity_candidates import Candidate, from_words
from extractors.claims.entity_features import describe
from extractors.claims.event_features import date_features, word_features
from extractors.claims.event_labels import label_word, stands_alone, told_behind
from extractors.claims.event_places import tells_no_event
from extractors.claims.event_senses import date_name
from extractors.claims.event_words import word_candidates
from extractors.claims.modality import modality_of
from extractors.claims.period_candidates import is_dated
from extractors.claims.prose import named
from extractors.claims.ranker import Linear, chosen, model
from extractors.claims.relation import relation
from extractors.claims.scene import Scene, spans_above
from extractors.claims.stage import Stage, stage_of
from schemas import EvidenceRole, Mention, Modality, Span

VERSION = "event/3"
LEAST = 0.5  # 0.88 of those past it are events and 0.90 of the events pass, on documents not seen


@cache
def event_model(name: str) -> Linear:
    """Return the shipped weights: "word" chooses what happened, "dated" says whether a date tells an event."""
    text = resources.files("extractors.claims").joinpath("events.json").read_text(encoding="utf-8")
    return Linear(json.loads(text)[name])


WORTH = 0.08  # what linear models find less likely the encoder is not asked of
_NEVER = 1e-4
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
            linear = _judge(scene, mention, words, context.written_by)
            if linear.probability < WORTH:
                continue
            stage = stage or stage_of(context, scene, None)
            if not stage.entities:
                continue
            told = _read(context, stage, mention, linear)
            if told.probability >= LEAST:
                yield _draft(context, scene, mention, told), mention


def best_word(
    scene: Scene, mention: Mention, words: list[EventWord], now: date | None = None
) -> tuple[EventWord, float]:
    """Return the word that most probably tells what happens at a date, and the probability that it is an event.

    By the linear models alone.
    """
    found = _judge(scene, mention, words, now)
    return found.word, found.probability


@dataclass(slots=True, frozen=True)
class _Judged:
    """What the linear models make of a date: the words that may tell it, with scores unless a label alone `settles` it,
    the best or its own label, and the probability that it is an event.
    """

    possible: list[EventWord]
    scores: list[float]
    word: EventWord
    probability: float
    labelled: bool = False

    @property
    def settles(self) -> bool:
        """Whether the date's own label is all that its line says."""
        return not self.scores


def _judge(scene: Scene, mention: Mention, words: list[EventWord], now: date | None) -> _Judged:
    own = label_word(scene, mention)  # the labels of other dates are no words for this one
    if own is not None and stands_alone(scene, mention, own):
        return _Judged([own], [], own, _LABELLED, labelled=True)
    if (behind := told_behind(scene, mention)) is not None:
        return _Judged([behind], [], behind, _LABELLED, labelled=True)
    possible = [w for w in words_for(mention, words) if w.sort != "label" or w == own]
    scores = event_model("word").scores([word_features(scene, mention, word, possible) for word in possible])
    at, share = chosen(scores)
    labelled = own is not None and own in possible
    word = own if own is not None and labelled else possible[at]
    probability = event_model("dated").probability(date_features(scene, mention, word, share, possible, now))
    return _Judged(possible, scores, word, probability, labelled)


def word_candidate(scene: Scene, word: EventWord) -> Candidate:
    """Return a word as the encoder compares it: a candidate for the metric."""
    return from_words(scene, f"event.{word.sort}", word.metric, word.start, word.end, word.metric)


@dataclass(slots=True, frozen=True)
class Told:
    """What a date tells: the word for what happens, whose event it is, and how probable both are."""

    word: EventWord
    probability: float
    entity: Candidate
    share: float


def _read(context: Context, stage: Stage, mention: Mention, linear: _Judged) -> Told:
    """Return what a date tells, by linear models and encoder together."""
    scene, word, probability = stage.scene, linear.word, linear.probability
    parts = {"metric": [word_candidate(scene, w) for w in linear.possible], "entity": stage.entities}
    place = scene.span(mention.span.start, mention.span.end)
    told = {"metric": linear.scores or [0.0], "entity": _ranked(stage, mention, word)}
    seen = context.reading.see(place, DATE, spans_above(scene), parts, told)
    if seen is not None and not linear.settles:
        if not linear.labelled:
            word = linear.possible[chosen(seen.scores("metric", linear.scores))[0]]
        probability = both(probability, seen.states())
    ranked = told["entity"] if word == linear.word else _ranked(stage, mention, word)
    scores = ranked if seen is None else seen.scores("entity", ranked)
    left = _apart(stage.entities, word)
    at, share = chosen([scores[i] for i in left])
    return Told(word, probability, stage.entities[left[at]], share)


def _ranked(stage: Stage, mention: Mention, word: EventWord) -> list[float]:
    """Return the linear scores of the entities for the event that `word` tells."""
    describe_for_event(stage.scene, stage.entities, mention, word)
    return model("event_entity").scores([c.features for c in stage.entities])


def both(likely: float, reads: float) -> float:
    """Return the probability of an event that the linear models find `likely` and the encoder reads with log odds."""
    weights = event_model("both").weights
    likely = min(1 - _NEVER, max(_NEVER, likely))
    odds = weights["bias"] + weights["linear"] * math.log(likely / (1 - likely)) + weights["reads"] * reads
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def describe_for_event(scene: Scene, candidates: list[Candidate], mention: Mention, word: EventWord) -> None:
    """Fill the features of entity candidates for the event of `word` at the date `mention`."""
    describe(scene, candidates, mention.span.start, mention.span.end, f"date.{word.metric}", None)
    for candidate in candidates:
        if candidate.start >= 0:
            candidate.features += [
                f"v.{word.metric}.{f}" if f[2:4] in (".p", ".d") or f[3:4] == "p" else f"v.{f}"
                for f in relation(scene, candidate.start, candidate.end, word.start, word.end)
            ]


def _apart(candidates: list[Candidate], word: EventWord) -> list[int]:
    """Return which candidates do not hold the event word itself (公開リリース, Release date).

    All of them where none is left. On marked documents 4 entities of 550 are then put right and none wrong.
    """
    everyone = list(range(len(candidates)))
    if word.sort == "bare":
        return everyone
    return [
        i for i, c in enumerate(candidates) if c.start < 0 or c.end <= word.start or word.end <= c.start
    ] or everyone


def _is_past(mention: Mention, context: Context) -> bool:
    """Say whether a date lies before the day that a document's own date tells: then it has come.

    The plan or forecast beside it is another time's (8月5日に公表した通期予想). On marked documents 27 dates are then
    put right and 2 wrong. Where the document has no date, a day before the month it seems told in has come too (68 of
    70), and what lies years back.
    """
    period = mention.period
    if period is None or period.end is None:
        return False
    guessed = context.anchor.guessed
    if context.reference_date is not None or guessed is None:
        return context.reference_date is not None and period.end < context.reference_date
    by = guessed.replace(day=1) if period.start == period.end else date(guessed.year - 2, 1, 1)
    return period.end < by


_PLANNED = re.compile(r"[^、。]{0,6}?(?:予定|見込み?|計画)(?:だ(?!っ)|です|である|。|$)")  # 変更する予定である
_COMING = re.compile(  # 2025年に開業する。: of the marked ones 7 of 8 are yet to come
    r"(?!まで)(?:(?![っしれえけめりち]た[一-龥ァ-ヶ])[^、。（）()]){0,40}?(?:する|まる|める|える|れる|開く|行う)(?:としている)?(?:。|\Z)"
)
_TOLD = re.compile(r"(?:[しさ]れ?(?:た|ました)|。|\n|\Z)")  # …の計画を発表した。
_CAME = re.compile(  # 5月15日に開催された総会, 10月30日の会合で据え置いた。
    r"[^\s、。と0-9]{0,3}?(?:さ?れ|し|っ|いたし|行っ|行われ|い|え|け|め)?た(?=[一-龥ァ-ヶ。、]|が、|\Z)"
)


def _is_ahead(mention: Mention, context: Context) -> bool:
    """Say whether a date lies after the day that a document's own date tells: then it is planned.

    On marked documents that is so for 18 of 20 dates that no word tells to be planned or foreseen.
    """
    period, told = mention.period, context.reference_date
    return period is not None and period.start is not None and told is not None and (period.start - told).days > 1


def _draft(context: Context, scene: Scene, mention: Mention, told: Told) -> Draft:
    start, end = mention.span.start, mention.span.end
    word = told.word
    modality, cue = modality_of(scene, start, end, mention.period, context.written_by)
    text = scene.view.text
    planned = context.reference_date is None and _PLANNED.match(text, word.end, scene.end)
    quoted = text[word.start - 1 : word.start] == "と"  # 退任すると発表した
    came = mention.span.end <= word.start and not quoted and _CAME.match(text, word.end, scene.end)
    if word.metric == "announcement_date" and _TOLD.match(text, word.end):
        modality, cue = Modality.ACTUAL, None  # the forecast or plan is what was announced
    unsaid = modality == Modality.FORECAST and cue is None  # only that it lies ahead: then it is planned
    if modality == Modality.ESTIMATE or unsaid or (_is_past(mention, context) and not planned):
        modality, cue = Modality.ACTUAL, None
    coming = scene.japanese and not _is_past(mention, context) and _COMING.match(text, end, scene.end)
    if modality == Modality.ACTUAL and (coming or (_is_ahead(mention, context) and not came)):
        modality = Modality.TARGET
    said = attribution_of(scene)
    place = scene.span(word.start, word.end)
    name = date_name(text, word, scene.start, scene.end)
    return Draft(
        span=scene.span(start, end),
        entity=named(told.entity),
        metric=Named(name, scene.view.text[word.start : word.end], place, EvidenceRole.STATED, name, "date"),
        confidence=told.probability * told.share,
        method=f"{VERSION}.{word.metric}",
        event=mention.period,
        modality=modality,
        modality_span=scene.span(*cue) if cue else None,
        attribution=said[0] if said else None,
        attribution_span=Span.model_validate(scene.span(*said[1])) if said else None,
    )

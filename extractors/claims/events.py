"""Dated events: a date is a claim where the sentence says that something happens then."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.build import Draft, Named
from extractors.claims.context import Context
from extractors.claims.cues import EventWord, event_words
from extractors.claims.entity_candidates import Candidate
from extractors.claims.entity_features import describe
from extractors.claims.modality import attribution_of, modality_of
from extractors.claims.period_candidates import is_dated
from extractors.claims.prose import GATE, Stage, named, stage_of
from extractors.claims.ranker import model
from extractors.claims.relation import relation
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Mention, Modality, Span

VERSION = "event/1"


def word_candidates(scene: Scene) -> list[EventWord]:
    """Return the event words of a sentence, and the mark behind a date that opens an entry: 12月5日　…, May 2024: …"""
    text = scene.view.text
    words = event_words(text, scene.start, scene.end)
    for mention in scene.periods:
        opens = mention.span.start - scene.start <= 2 and is_dated(mention)
        mark = _ENTRY.match(text, mention.span.end, scene.end) if opens else None
        if mark is not None:
            words.append(EventWord(mention.span.end, mark.end(), "event_date", plain=True))
    return words


_ENTRY = re.compile(r"\s?[:：—–　|]|\s-\s|[)）]?\*\*")


def event_features(scene: Scene, mention: Mention, word: EventWord) -> list[str]:
    """Return features that say whether `mention` dates the event that `word` names."""
    start, end = mention.span.start, mention.span.end
    precision = mention.period.precision.value if mention.period else "-"
    figures = sum(1 for q in scene.quantities if min(end, word.end) <= q.span.start <= max(start, word.start))
    return [
        "bias",
        f"m.{word.metric}",
        f"p.{precision}",
        f"k.{scene.kind}",
        f"q.{min(figures, 2)}",
        f"m.{word.metric}.q{min(figures, 1)}",
        f"opens.{start == scene.start}",
        f"dates.{min(len(scene.periods), 3)}",
        f"figures.{min(len(scene.quantities), 2)}",
        f"z.{scene.depths[start]}.{scene.depths[word.start]}",
        *(f"w.{f}" for f in relation(scene, word.start, word.end, start, end)),
        *(f"d.{f}" for f in relation(scene, start, end, word.start, word.end)),
        f"next.{scene.view.text[word.end : word.end + 1]}",
        f"plain.{word.plain}",
        f"behind.{scene.view.text[end : end + 1]}.{scene.japanese}",
        f"behind.{scene.view.text[end : end + 2]}",
    ]


def drafts(context: Context) -> Iterator[tuple[Draft, Mention]]:
    """Yield a draft for each date of the document's prose that dates an event."""
    for scene in context.scenes:
        dated = [m for m in scene.periods if is_dated(m)]
        words = word_candidates(scene) if dated else []
        if not words:
            continue
        stage: Stage | None = None
        for mention in dated:
            found = best_word(scene, mention, words)
            if found is None or found[1] < GATE:
                continue
            stage = stage or stage_of(context, scene, None)
            if not stage.entities:
                continue
            yield _draft(context, scene, stage, mention, *found), mention


def best_word(scene: Scene, mention: Mention, words: list[EventWord]) -> tuple[EventWord, float] | None:
    """Return the event word that a date most probably dates, with the probability."""
    scored = [(model("event").probability(event_features(scene, mention, word)), word) for word in words]
    if not scored:
        return None
    known = [
        pair for pair in scored if not pair[1].plain and pair[0] >= GATE
    ]  # a plain verb only where no word is known
    probability, word = max(known or scored, key=lambda pair: pair[0])
    return word, probability


def describe_for_event(scene: Scene, candidates: list[Candidate], mention: Mention, word: EventWord) -> None:
    """Fill the features of entity candidates for the event of `word` at the date `mention`."""
    describe(scene, candidates, mention.span.start, mention.span.end, f"date.{word.metric}", None)
    for candidate in candidates:
        if candidate.start >= 0:
            candidate.features += [
                f"v.{word.metric}.{f}" if f[2:4] in (".p", ".d") or f[3:4] == "p" else f"v.{f}"
                for f in relation(scene, candidate.start, candidate.end, word.start, word.end)
            ]


def _draft(
    context: Context, scene: Scene, stage: Stage, mention: Mention, word: EventWord, probability: float
) -> Draft:
    start, end = mention.span.start, mention.span.end
    describe_for_event(scene, stage.entities, mention, word)
    at, share = model("event_entity").choose([c.features for c in stage.entities])
    modality, cue = modality_of(scene, start, end, mention.period, context.reference_date)
    if modality == Modality.ESTIMATE:
        modality, cue = Modality.ACTUAL, None
    said = attribution_of(scene)
    place = scene.span(word.start, word.end)
    return Draft(
        span=scene.span(start, end),
        entity=named(stage.entities[at]),
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

"""The dates that the encoder learns from, beside the figures: is it an event, which word tells it, whose is it."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractors.claims.encoder.heads import DATE
from extractors.claims.entity_candidates import Candidate
from extractors.claims.events import best_word, describe_for_event, word_candidate
from extractors.claims.scene import spans_above
from tests.benchmarks.encoder_samples import Choices, Item, Place
from tests.benchmarks.fitting import fit
from tests.benchmarks.linker_samples import Sample, right_entity, score
from tests.benchmarks.train_events import Dated, dates_of

Weights = dict[str, float]


@dataclass
class DateSample:
    """A date with its candidates: the words that may tell what happened, and whose event it may be."""

    document: str
    place: Place
    above: list[Place]
    event: bool
    word: Sample
    words: list[tuple[str, str, Place]]  # source, known name, place
    entity: Sample
    entities: list[tuple[str, str, Place]]
    modality: str | None = None  # of the gold


def collect_dates(sets: Iterable[tuple[Path, list[dict[str, Any]]]]) -> list[DateSample]:
    """Return the dates of marked documents."""
    with ProcessPoolExecutor() as pool:
        return [sample for found in pool.map(_dates, list(sets), chunksize=4) for sample in found]


def _dates(one: tuple[Path, list[dict[str, Any]]]) -> list[DateSample]:
    path, gold = one
    return [_sample(dated) for dated in dates_of(path, gold) if dated.words and dated.entities]


def _sample(dated: Dated) -> DateSample:
    scene, mention = dated.scene, dated.mention
    told = [word for word, right in zip(dated.words, dated.word.right, strict=True) if right]
    word = told[0] if told else best_word(scene, mention, dated.words, dated.now)[0]
    describe_for_event(scene, dated.entities, mention, word)
    claim = dated.gold
    entity = Sample(
        dated.document,
        [c.features for c in dated.entities],
        [claim is not None and right_entity(claim, c.name, c.text) for c in dated.entities],
    )
    span = scene.span(mention.span.start, mention.span.end)
    return DateSample(
        dated.document,
        (span.start, span.end),
        [(s.start, s.end) for s in spans_above(scene)],
        dated.event,
        dated.word,
        [_told("metric", word_candidate(scene, w)) for w in dated.words],
        entity,
        [_told("entity", c) for c in dated.entities],
        claim.get("modality") if claim is not None else None,
    )


def _told(part: str, candidate: Candidate) -> tuple[str, str, Place]:
    return f"{part}.{candidate.source}", f"{part}.{candidate.id}", (candidate.span.start, candidate.span.end)


def date_items(samples: list[DateSample], fold: dict[str, int]) -> list[Item]:
    """Return the dates as the encoder learns them, with linear scores by models of the other folds."""
    found = []
    for number in sorted(set(fold.values())):
        models = tuple(
            fit([s for s in part if any(s.right) and not all(s.right) and fold.get(s.document) != number], binary=False)
            for part in ([d.word for d in samples], [d.entity for d in samples])
        )
        found += [item_of(s, *models) for s in samples if fold.get(s.document) == number]
    return found


def item_of(date: DateSample, word: Weights, entity: Weights) -> Item:
    """Return a date as the encoder learns it, with the linear scores of these weights."""
    parts = {
        "metric": _choices(date.word, date.words, word),
        "entity": _choices(date.entity, date.entities, entity),
    }
    return Item(date.document, date.place, DATE, date.event, date.above, parts, date.modality)


def _choices(sample: Sample, told: list[tuple[str, str, Place]], weights: Weights) -> Choices:
    return Choices(
        [score(weights, features) for features in sample.features],
        sample.right,
        [source for source, _, _ in told],
        [known for _, known, _ in told],
        [place for _, _, place in told],
    )

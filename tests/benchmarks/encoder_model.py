"""The encoder and its heads in PyTorch, as it is trained; `extractors/claims/encoder/groups.py` runs the same.

A passage is read once by all layers. From layer `MIDDLE` on each figure and its candidates go along as a group of
vectors of their own, which look at the passage and at each other while the passage does not look at them: Ye et al.,
Packed Levitated Marker (ACL 2022, https://aclanthology.org/2022.acl-long.337), the candidates of one figure as a pack.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from extractors.claims.encoder.groups import EDGES
from extractors.claims.encoder.heads import FURTHEST, PARTS, SCALE
from tests.benchmarks.encoder_base import Base

HEAD, HIDDEN = 128, 64
LAYERS, MIDDLE, PLACES = 12, 6, 512
MODALITIES = ("actual", "forecast", "estimate", "target")  # learned beside; the product's rules are better at these
TOLD = 3  # what the linear models tell of a candidate: score, distance to the best, rank


class Layer(nn.Module):
    """The weights of a transformer layer of BERT (normalised after each half)."""

    def __init__(self, base: Base, number: int) -> None:
        super().__init__()
        width, inner = base.width, base.inner
        self.heads = base.heads
        self.query_key_value, self.mix = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.widen, self.narrow = nn.Linear(width, inner), nn.Linear(inner, width)
        self.first, self.second = nn.LayerNorm(width, base.epsilon), nn.LayerNorm(width, base.epsilon)
        _fill(self.query_key_value, *(_tensor(base, number, f"{n}.w", width, width) for n in "qkv"), bias=False)
        _fill(self.query_key_value, *(_tensor(base, number, f"{n}.b", width) for n in "qkv"), bias=True)
        for module, name, shape in (
            (self.mix, "ao", (width, width)),
            (self.widen, "fi", (inner, width)),
            (self.narrow, "fo", (width, inner)),
            (self.first, "aln", (width,)),
            (self.second, "oln", (width,)),
        ):
            _fill(module, _tensor(base, number, f"{name}.w", *shape), bias=False)
            _fill(module, _tensor(base, number, f"{name}.b", shape[0]), bias=True)


class Layers(nn.Module):
    """The layers, and what the sums of piece and place vectors go through before them."""

    def __init__(self, base: Base, count: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(base.width, base.epsilon)
        for name, parameter in (("w", self.norm.weight), ("b", self.norm.bias)):
            parameter.data = torch.from_numpy(base.tensor(f"emb.ln.{name}", base.width))
        self.layers = nn.ModuleList([Layer(base, number) for number in range(count)])


class Head(nn.Module):
    """How well candidates go with a figure (`extractors/claims/encoder/heads.py` says how)."""

    def __init__(self, width: int, drop: float) -> None:
        super().__init__()
        self.figure, self.candidate = nn.Linear(width, HEAD), nn.Linear(width, HEAD)
        self.figure2, self.candidate2 = nn.Linear(width, HEAD), nn.Linear(width, HEAD)
        self.inner, self.out = nn.Linear(3 * HEAD + 1, HIDDEN), nn.Linear(HIDDEN, 1)
        self.scale, self.drop = nn.Parameter(torch.tensor(0.8)), drop
        nn.init.zeros_(self.out.weight)

    def forward(self, figures: Tensor, candidates: Tensor, linear: Tensor, best: Tensor) -> Tensor:
        """Return the scores of pairs; `best` is the best linear score among each figure's candidates."""
        figures = functional.dropout(figures, self.drop, self.training)
        candidates = functional.dropout(candidates, self.drop, self.training)
        behind = ((best - linear).clamp(max=FURTHEST) / SCALE)[:, None]
        both = self.figure2(figures) * self.candidate2(candidates)
        joined = torch.cat([self.figure(figures), self.candidate(candidates), both, behind], -1).relu()
        hidden = self.inner(functional.dropout(joined, self.drop, self.training)).relu()
        return torch.as_tensor(self.out(hidden).squeeze(-1) + self.scale * linear)


class Model(nn.Module):
    """Layers, heads, and the vectors of what has no words: sources, known names, units, parts, distances."""

    def __init__(self, base: Base, kept: list[int], names: dict[str, list[str]], drop: float) -> None:
        super().__init__()
        width, self.names, self.drop = base.width, names, drop
        self.layers = Layers(base, LAYERS)
        self.register_buffer("pieces", torch.from_numpy(base.tensor("emb.word", -1, width)[kept]))
        places = base.tensor("emb.pos", -1, width)[:PLACES] + base.tensor("emb.type", -1, width)[0]
        self.places = nn.Parameter(torch.from_numpy(places))
        self.heads = nn.ModuleDict({part: Head(width, drop) for part in PARTS})
        self.named = nn.ModuleDict({kind: nn.Embedding(len(rows), width) for kind, rows in names.items()})
        self.role = nn.Parameter(torch.randn(1 + len(PARTS), width) * _STD)
        self.dist, self.told = nn.Embedding(len(EDGES) + 2, width), nn.Linear(TOLD, width)
        for module in (*self.named.values(), self.dist, self.told):
            nn.init.normal_(cast(nn.Linear, module).weight, std=_STD)
        nn.init.zeros_(self.told.bias)
        self.join = nn.LayerNorm(width, base.epsilon)
        self.join.load_state_dict(self._layer(MIDDLE - 1).second.state_dict())
        self.far, self.alone = nn.Parameter(torch.zeros(width)), nn.Linear(width, width, bias=False)
        self.states, self.modal = (
            nn.Sequential(nn.Linear(width, HIDDEN), nn.ReLU(), nn.Dropout(drop), nn.Linear(HIDDEN, count))
            for count in (1, len(MODALITIES))
        )

    def _layer(self, number: int) -> Layer:
        return cast(Layer, self.layers.layers[number])

    def vectors(self, ids: Tensor, blank: float = 0.0) -> Tensor:
        """Return what a passage's pieces are read from, shape (1, pieces, width); a share `blank` is out of sight."""
        pieces = self.pieces[ids]
        if blank:
            pieces = pieces * (torch.rand(ids.shape) >= blank)[..., None]
        return torch.as_tensor(pieces + self.places[: len(ids)])[None]

    def passage(self, vectors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return a passage's vectors after the middle layer, and what groups look at in each layer behind it: keys and
        values, shape (layers, heads, pieces, width of a head)."""
        x = self.layers.norm(vectors)
        middle, keys, values = x, [], []
        for number in range(LAYERS):
            layer = self._layer(number)
            query, key, value = _split(layer, x)
            if number == MIDDLE:
                middle = x
            if number >= MIDDLE:
                keys.append(key[0])
                values.append(value[0])
            if number + 1 < LAYERS:
                x = self._after(layer, x, _looked(query, key, value, self.training))
        return middle, torch.stack(keys), torch.stack(values)

    def groups(self, x: Tensor, shut: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """Return the vectors of groups, shape (groups, members, width), after the last layer.

        `shut`, shape (groups, members), is 0 where a member is and very low where none is.
        """
        x = self.join(x)
        count, members, _ = x.shape
        for number in range(MIDDLE, LAYERS):
            layer = self._layer(number)
            query, key, value = _split(layer, x)
            heads, one = query.shape[1], query.shape[3]
            flat = query.transpose(0, 1).reshape(heads, count * members, one)
            there = flat @ keys[number - MIDDLE].transpose(-1, -2)
            there = there.reshape(heads, count, members, -1).transpose(0, 1)
            own = query @ key.transpose(-1, -2) + shut[:, None, None, :] * one**0.5
            looks = torch.softmax(torch.cat([there, own], -1) * one**-0.5, -1)
            there, own = looks.split([there.shape[-1], members], -1)
            flat = there.transpose(0, 1).reshape(heads, count * members, -1) @ values[number - MIDDLE]
            x = self._after(layer, x, flat.reshape(heads, count, members, one).transpose(0, 1) + own @ value)
        return x

    def _after(self, layer: Layer, x: Tensor, seen: Tensor) -> Tensor:
        drop, trains = self.drop, self.training
        seen = layer.mix(seen.transpose(1, 2).reshape(x.shape))
        x = layer.first(x + functional.dropout(seen, drop, trains))
        bent = layer.narrow(functional.gelu(layer.widen(x)))
        return torch.as_tensor(layer.second(x + functional.dropout(bent, drop, trains)))


def _split(layer: Layer, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    batch, length, width = x.shape
    one = width // layer.heads
    parts = layer.query_key_value(x).split(width, -1)
    query, key, value = (part.reshape(batch, length, layer.heads, one).transpose(1, 2) for part in parts)
    return query, key, value


def _looked(query: Tensor, key: Tensor, value: Tensor, trains: bool) -> Tensor:
    if trains:
        return functional.scaled_dot_product_attention(query, key, value)
    return torch.softmax(query @ key.transpose(-1, -2) * query.shape[-1] ** -0.5, -1) @ value  # which quantizes


_STD = 0.02


def _tensor(base: Base, number: int, name: str, *shape: int) -> Tensor:
    return torch.from_numpy(base.tensor(f"l{number}.{name}", *shape))


def _fill(module: nn.Module, *parts: Tensor, bias: bool) -> None:
    target = module.bias if bias else module.weight
    assert isinstance(target, nn.Parameter)
    target.data = torch.cat(parts)

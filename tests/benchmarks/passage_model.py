"""The passage reader in PyTorch, as it is trained; `extractors/claims/encoder/passage_reading.py` runs the same.

A passage is read once by all layers. From layer `MIDDLE` on each figure and its candidates go along as a group of
vectors of their own, which look at the passage and at each other while the passage does not look at them: Ye et al.,
Packed Levitated Marker (ACL 2022, https://aclanthology.org/2022.acl-long.337), the candidates of one figure as a pack.
"""

from __future__ import annotations

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from extractors.claims.encoder.heads import PARTS
from extractors.claims.encoder.passage_reading import EDGES, MODALITIES
from tests.benchmarks.encoder_base import Base
from tests.benchmarks.encoder_model import HIDDEN, Head, Layer, Layers

LAYERS, MIDDLE, PLACES = 12, 6, 512
TOLD = 3  # what the linear models tell of a candidate: score, distance to the best, rank


class PassageModel(nn.Module):
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
        drop = self.drop if self.training else 0.0
        shut = torch.zeros(1, 1, 1, vectors.shape[1])
        for number in range(MIDDLE):
            x = self._layer(number)(x, shut, drop)
        middle, keys, values = x, [], []
        for number in range(MIDDLE, LAYERS):
            layer = self._layer(number)
            query, key, value = _split(layer, x)
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

"""The encoder and its heads in PyTorch, as they are trained; `extractors/claims/encoder` runs the same."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from extractors.claims.encoder.heads import FURTHEST, PARTS, SCALE
from tests.benchmarks.encoder_base import Base

HEAD, HIDDEN, PLACES = 128, 64, 192


class Layer(nn.Module):
    """A transformer layer of BERT (normalised after each half)."""

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

    def forward(self, x: Tensor, mask: Tensor, drop: float) -> Tensor:
        """Return the vectors after this layer; `mask` is added to what each piece looks at."""
        batch, length, width = x.shape
        one = width // self.heads
        query, key, value = (
            part.reshape(batch, length, self.heads, one).transpose(1, 2)
            for part in self.query_key_value(x).split(width, -1)
        )
        if self.training:
            seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        else:  # the same in plain operators, which quantize
            seen = torch.softmax(query @ key.transpose(-1, -2) * one**-0.5 + mask, -1) @ value
        seen = self.mix(seen.transpose(1, 2).reshape(batch, length, width))
        x = self.first(x + functional.dropout(seen, drop, self.training))
        bent = self.narrow(functional.gelu(self.widen(x)))
        out: Tensor = self.second(x + functional.dropout(bent, drop, self.training))
        return out


class Layers(nn.Module):
    """The layers that read: from the sums of piece and place vectors, shape (windows, pieces, width), to vectors."""

    def __init__(self, base: Base, count: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(base.width, base.epsilon)
        for name, parameter in (("w", self.norm.weight), ("b", self.norm.bias)):
            parameter.data = torch.from_numpy(base.tensor(f"emb.ln.{name}", base.width))
        self.layers = nn.ModuleList([Layer(base, number) for number in range(count)])
        self.drop = 0.0

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the vectors of all pieces; `mask` says which are there."""
        x = self.norm(x)
        shut = torch.where(mask, 0.0, -1e9)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, shut, self.drop)
        return x


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
    """Layers, heads, and the vectors of what has no words: sources of candidates, known metrics, units."""

    def __init__(self, base: Base, kept: Sequence[int], count: int, names: dict[str, list[str]], drop: float) -> None:
        super().__init__()
        width, self.names = base.width, names
        self.layers = Layers(base, count)
        self.register_buffer("pieces", torch.from_numpy(base.tensor("emb.word", -1, width)[list(kept)]))
        places = base.tensor("emb.pos", -1, width)[:PLACES] + base.tensor("emb.type", -1, width)[0]
        self.places = nn.Parameter(torch.from_numpy(places))
        self.heads = nn.ModuleDict({part: Head(width, drop) for part in PARTS})
        self.named = nn.ModuleDict({kind: nn.Embedding(len(rows), width) for kind, rows in names.items()})
        for embedding in self.named.values():
            nn.init.normal_(embedding.weight, std=0.02)
        self.far, self.alone = nn.Parameter(torch.zeros(width)), nn.Linear(width, width, bias=False)
        self.markers = nn.Parameter(torch.randn(1 + len(PARTS), width) * 0.02)  # of the figure, then of candidates
        self.states = nn.Sequential(nn.Linear(width, HIDDEN), nn.ReLU(), nn.Dropout(drop), nn.Linear(HIDDEN, 1))

    def read(self, ids: Tensor, mask: Tensor, marked: Tensor, blank: float = 0.0) -> Tensor:
        """Return the vectors of windows; `marked`, shape (windows, pieces, markers), is 1 where a marker holds.

        While it learns, a share `blank` of the pieces is left out of sight.
        """
        pieces = self.pieces[ids]
        if blank:
            pieces = pieces * (torch.rand(ids.shape) >= blank)[..., None]
        found: Tensor = self.layers(pieces + self.places[: ids.shape[1]] + marked @ self.markers, mask)
        return found


def _tensor(base: Base, number: int, name: str, *shape: int) -> Tensor:
    return torch.from_numpy(base.tensor(f"l{number}.{name}", *shape))


def _fill(module: nn.Module, *parts: Tensor, bias: bool) -> None:
    target = module.bias if bias else module.weight
    assert isinstance(target, nn.Parameter)
    target.data = torch.cat(parts)

"""Read the shipped encoder back into PyTorch, so that training goes on from the repository alone (`--start shipped`).

Layers come from 8 bits a weight and the rest from half precision, so scores differ a little from those before rounding.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from extractors.claims.encoder.heads import PARTS
from tests.benchmarks.encoder_export import BITS, JOINED, TARGET
from tests.benchmarks.encoder_model import MIDDLE

Kept = tuple[dict[str, Tensor], dict[str, list[str]]]  # a model's weights, and the names that have vectors
Arrays = dict[str, npt.NDArray[np.float32]]
LAYER = ("query_key_value", "mix", "widen", "narrow")  # a layer's matrices in the order in which it multiplies


def shipped(folder: Path = TARGET) -> Kept:
    """Return the weights of the shipped encoder as `Model` names them, and the named vectors' names."""
    with np.load(folder / "encoder.npz") as kept:
        arrays = {name: kept[name] for name in kept.files}
    names = {kind: [str(n) for n in arrays[f"{kind}.names"]] for kind in ("source", "known", "unit")}
    state = _layers(folder / "passage.onnx", 0) | _layers(folder / "group.onnx", MIDDLE) | _rest(arrays)
    return {name: torch.from_numpy(np.array(a, dtype=np.float32)) for name, a in state.items()}, names


def _layers(path: Path, first: int) -> Arrays:
    """Return the weights in a graph, whose layers are numbered from `first` on."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state = {name.removeprefix("model."): a for name, a in held.items() if name.startswith("model.")}
    matrices = [node for node in graph.node if node.op_type == "MatMulNBits"]
    for at, node in enumerate(matrices):
        layer, part = divmod(at, len(LAYER))
        state[f"layers.layers.{first + layer}.{LAYER[part]}.weight"] = _unpacked(node, held)
    return state


def _unpacked(node: Any, held: dict[str, Any]) -> npt.NDArray[np.float32]:
    told = {a.name: a.i for a in node.attribute}
    packed, scales = held[node.input[1]], held[node.input[2]]
    weights = packed.reshape(told["N"], -1, told["block_size"]).astype(np.float32) - 2 ** (BITS - 1)
    weights *= scales.reshape(told["N"], -1, 1).astype(np.float32)
    return np.asarray(weights.reshape(told["N"], -1)[:, : told["K"]], dtype=np.float32)


def _rest(arrays: Arrays) -> Arrays:
    state = {name: arrays[name] for name in ("places", "far", "role")}
    state |= {"alone.weight": arrays["alone"].T, "dist.weight": arrays["dist"]}
    state |= {"told.weight": arrays["told"].T, "told.bias": arrays["told_bias"]}
    state |= {f"named.{kind}.weight": arrays[f"{kind}.vectors"] for kind in ("source", "known", "unit")}
    for part in PARTS:
        for number, name in enumerate(JOINED):
            state[f"heads.{part}.{name}.weight"] = arrays[f"{part}.{name}"].T
            state[f"heads.{part}.{name}.bias"] = arrays[f"{part}.bias{number}"]
        inner, out = f"heads.{part}.inner", f"heads.{part}.out"
        state |= {f"{inner}.weight": arrays[f"{part}.in"].T, f"{inner}.bias": arrays[f"{part}.in_bias"]}
        state |= {f"{out}.weight": arrays[f"{part}.out"][None], f"{out}.bias": arrays[f"{part}.out_bias"][None]}
        state[f"heads.{part}.scale"] = arrays[f"{part}.scale"]
    for name in ("states", "modal"):
        state |= {f"{name}.0.weight": arrays[f"{name}.in"].T, f"{name}.0.bias": arrays[f"{name}.in_bias"]}
        state |= {f"{name}.3.weight": arrays[f"{name}.out"].T, f"{name}.3.bias": arrays[f"{name}.out_bias"]}
    return state

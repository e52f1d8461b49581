"""Read the shipped encoder back into PyTorch, so that training goes on from the repository alone (`--start shipped`).

Layers come from 8 bits a weight and the rest from half precision, so scores differ a little from those before rounding.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from extractors.claims.encoder.heads import PARTS
from tests.benchmarks.encoder_export import JOINED, TARGET

Kept = tuple[dict[str, Tensor], dict[str, list[str]]]  # a model's weights, and the names that have vectors
LAYER = ("query_key_value", "mix", "widen", "narrow")  # a layer's matrices in the order in which it multiplies


def shipped(folder: Path = TARGET) -> Kept:
    """Return the weights of `encoder.onnx` and `encoder.npz` as `Model` names them, and the named vectors' names."""
    with np.load(folder / "encoder.npz") as kept:
        arrays = {name: kept[name] for name in kept.files}
    names = {kind: [str(n) for n in arrays[f"{kind}.names"]] for kind in ("source", "known", "unit")}
    state = _layers(folder / "encoder.onnx") | _rest(arrays)
    return {name: torch.from_numpy(np.array(a, dtype=np.float32)) for name, a in state.items()}, names


Arrays = dict[str, npt.NDArray[np.float32]]


def _layers(path: Path) -> Arrays:
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(str(path)).graph
    held = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    state = {f"layers.{name}": a for name, a in held.items() if name.startswith(("norm.", "layers."))}
    quantized = [name for node in graph.node if node.op_type == "MatMulInteger" for name in node.input if name in held]
    matrices = list(dict.fromkeys(name.rsplit("_", 1)[0] for name in quantized if name.endswith("_quantized")))
    for at, name in enumerate(matrices):
        weights = held[f"{name}_quantized"].astype(np.float32) - held[f"{name}_zero_point"].astype(np.float32)
        layer, part = divmod(at, len(LAYER))
        state[f"layers.layers.{layer}.{LAYER[part]}.weight"] = (weights * held[f"{name}_scale"]).T
    return state


def _rest(arrays: Arrays) -> Arrays:
    state = {name: arrays[name] for name in ("places", "far", "markers")} | {"alone.weight": arrays["alone"].T}
    state |= {f"named.{kind}.weight": arrays[f"{kind}.vectors"] for kind in ("source", "known", "unit")}
    for part in PARTS:
        for number, name in enumerate(JOINED):
            state[f"heads.{part}.{name}.weight"] = arrays[f"{part}.{name}"].T
            state[f"heads.{part}.{name}.bias"] = arrays[f"{part}.bias{number}"]
        inner, out = f"heads.{part}.inner", f"heads.{part}.out"
        state |= {f"{inner}.weight": arrays[f"{part}.in"].T, f"{inner}.bias": arrays[f"{part}.in_bias"]}
        state |= {f"{out}.weight": arrays[f"{part}.out"][None], f"{out}.bias": arrays[f"{part}.out_bias"][None]}
        state[f"heads.{part}.scale"] = arrays[f"{part}.scale"]
    state |= {"states.0.weight": arrays["states.in"].T, "states.0.bias": arrays["states.in_bias"]}
    return state | {"states.3.weight": arrays["states.out"][None], "states.3.bias": arrays["states.out_bias"][None]}

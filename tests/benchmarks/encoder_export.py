"""Write a trained encoder as the product reads it: two ONNX graphs over one file of weights, and arrays."""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn

from extractors.claims.encoder.heads import PARTS
from tests.benchmarks.encoder_base import Base
from tests.benchmarks.encoder_model import LAYERS, MIDDLE, Layer, Model
from tests.benchmarks.linker_samples import ROOT

TARGET = ROOT / "extractors" / "claims" / "encoder"
VERSION = 17  # of ONNX's operators
JOINED = ("figure", "candidate", "figure2", "candidate2")  # a head's first matrices, in the order of their biases
WEIGHTS = "encoder.weights"
BITS, BLOCK, _EIGHT_BITS = 8, 64, 4
LARGE = 1024  # bytes: smaller tensors stay in their graph


class _Passage(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, vectors: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        return self.model.passage(vectors)


class _Group(nn.Module):
    def __init__(self, model: Model) -> None:
        super().__init__()
        self.model = model

    def forward(self, members: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        return self.model.groups(members, torch.zeros(members.shape[:2]), keys, values)


def export(model: Model, base: Base, kept: list[int], target: Path = TARGET) -> None:
    """Write `passage.onnx`, `group.onnx`, their weights, and `encoder.npz` and `pieces.npz`."""
    model.eval()
    heads = cast(Layer, model.layers.layers[0]).heads
    width = model.places.shape[1]
    pieces = 16
    looked = torch.zeros(LAYERS - MIDDLE, heads, pieces, width // heads)
    axes = {2: "pieces"}
    graphs = {
        "passage.onnx": _graph(
            _Passage(model),
            (torch.zeros(1, pieces, width),),
            {"vectors": {1: "pieces"}},
            {"middle": {1: "pieces"}, "keys": axes, "values": axes},
        ),
        "group.onnx": _graph(
            _Group(model),
            (torch.zeros(1, 8, width), looked, looked),
            {"members": {1: "members"}, "keys": axes, "values": axes},
            {"read": {1: "members"}},
        ),
    }
    _write(graphs, target)
    np.savez(target / "pieces.npz", pieces=base.packed("emb.word", base.width)[kept])
    np.savez(target / "encoder.npz", **_arrays(model))  # type: ignore[arg-type]
    for name in (*graphs, WEIGHTS, "encoder.npz", "pieces.npz"):
        print(f"wrote {target / name} ({(target / name).stat().st_size // 1024} KB)")


Axes = dict[str, dict[int, str]]


def _graph(module: nn.Module, sample: tuple[Tensor, ...], takes: Axes, gives: Axes) -> Any:
    """Return the ONNX graph of a module, its weights in 8 bits.

    Blocks of `BLOCK` weights share a scale, and activations are rounded by such blocks too: one scale for a whole
    matrix (`quantize_dynamic`) puts the vectors of the middle layer off by 0.35 of
    their length, this by 0.03.
    """
    import onnx
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            module,
            sample,
            str(whole),
            input_names=list(takes),
            output_names=list(gives),
            dynamic_axes=takes | gives,
            dynamo=False,
            opset_version=VERSION,
        )
        quantizer = MatMulNBitsQuantizer(
            onnx.load(str(whole)), bits=BITS, block_size=BLOCK, is_symmetric=True, accuracy_level=_EIGHT_BITS
        )
        quantizer.process()
        return quantizer.model.model


def _write(graphs: dict[str, Any], target: Path) -> None:
    """Write graphs whose weights stand once in one file: those behind the middle layer are in both."""
    import onnx
    from onnx.external_data_helper import set_external_data

    places: dict[bytes, int] = {}
    kept = bytearray()
    for graph in graphs.values():
        for tensor in graph.graph.initializer:
            data = onnx.numpy_helper.to_array(tensor).tobytes()
            if len(data) < LARGE:
                continue
            key = hashlib.sha256(data).digest()
            if key not in places:
                kept += b"\0" * (-len(kept) % _PAGE)
                places[key] = len(kept)
                kept += data
            tensor.raw_data = data
            set_external_data(tensor, WEIGHTS, offset=places[key], length=len(data))
            tensor.ClearField("raw_data")
            tensor.data_location = onnx.TensorProto.EXTERNAL
    (target / WEIGHTS).write_bytes(kept)
    for name, graph in graphs.items():
        (target / name).write_bytes(graph.SerializeToString())


def _arrays(model: Model) -> dict[str, np.ndarray]:
    half = _half
    arrays = {name: half(getattr(model, name)) for name in ("places", "role", "far")}
    arrays |= {"dist": half(model.dist.weight), "alone": half(model.alone.weight.T)}
    arrays |= {"told": half(model.told.weight.T), "told_bias": half(model.told.bias)}
    for kind, embedding in model.named.items():
        arrays[f"{kind}.vectors"] = half(embedding.weight)
        arrays[f"{kind}.names"] = np.array(model.names[kind])
    for part in PARTS:
        arrays |= _head_arrays(part, model.heads[part])
    for name in ("states", "modal"):
        first, last = getattr(model, name)[0], getattr(model, name)[3]
        arrays |= {f"{name}.in": half(first.weight.T), f"{name}.in_bias": half(first.bias)}
        arrays |= {f"{name}.out": half(last.weight.T), f"{name}.out_bias": half(last.bias)}
    return arrays


def _head_arrays(part: str, head: Any) -> dict[str, np.ndarray]:
    """Return the arrays of a part's head."""
    arrays = {f"{part}.{name}": _half(getattr(head, name).weight.T) for name in JOINED}
    arrays |= {f"{part}.bias{number}": _half(getattr(head, name).bias) for number, name in enumerate(JOINED)}
    arrays |= {f"{part}.in": _half(head.inner.weight.T), f"{part}.in_bias": _half(head.inner.bias)}
    arrays |= {f"{part}.out": _half(head.out.weight[0]), f"{part}.out_bias": _half(head.out.bias[0])}
    return arrays | {f"{part}.scale": _half(head.scale)}


def _half(tensor: Tensor) -> np.ndarray:
    return np.asarray(tensor.detach().numpy().astype(np.float16))


_PAGE = 4096  # where weights may start, so that they are mapped into memory as they stand

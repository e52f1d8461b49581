"""Write a trained encoder as the product reads it: layers as ONNX (8 bits a weight), the rest as arrays."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch

from tests.benchmarks.encoder_base import Base
from tests.benchmarks.encoder_model import HIDDEN, Model
from tests.benchmarks.linker_samples import ROOT

TARGET = ROOT / "extractors" / "claims" / "encoder"
VERSION = 17  # of ONNX's operators
JOINED = ("figure", "candidate", "figure2", "candidate2")  # a head's first matrices, in the order of their biases


def export(model: Model, base: Base, kept: list[int], target: Path = TARGET) -> None:
    """Write `encoder.onnx` and `encoder.npz`."""
    model.eval()
    _layers(model, target / "encoder.onnx")
    np.savez(target / "encoder.npz", **_arrays(model, base, kept))  # type: ignore[arg-type]
    for name in ("encoder.onnx", "encoder.npz"):
        print(f"wrote {target / name} ({(target / name).stat().st_size // 1024} KB)")


def _layers(model: Model, path: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    width = model.places.shape[1]
    sample = torch.zeros(2, 16, width), torch.ones(2, 16, dtype=torch.bool)
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "layers.onnx"
        shape = {0: "windows", 1: "pieces"}
        torch.onnx.export(
            model.layers,
            sample,
            str(whole),
            input_names=["x", "mask"],
            output_names=["vectors"],
            dynamic_axes={"x": shape, "mask": shape, "vectors": shape},
            dynamo=False,
            opset_version=VERSION,
        )
        quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True)


def _arrays(model: Model, base: Base, kept: list[int]) -> dict[str, np.ndarray]:
    half = _half
    arrays = {"pieces": base.packed("emb.word", base.width)[kept], "places": half(model.places), "far": half(model.far)}
    arrays |= {"alone": half(model.alone.weight.T), "markers": half(model.markers)}
    for kind, embedding in model.named.items():
        arrays[f"{kind}.vectors"] = half(embedding.weight)
        arrays[f"{kind}.names"] = np.array(model.names[kind])
    for part, head in model.heads.items():
        arrays |= head_arrays(part, head)
    first, last = model.states[0], model.states[3]
    arrays |= {"states.in": half(first.weight.T), "states.in_bias": half(first.bias)}
    arrays |= {"states.out": half(last.weight[0]), "states.out_bias": half(last.bias[0])}
    assert arrays["states.in"].shape[1] == HIDDEN
    return arrays


def head_arrays(part: str, head: Any) -> dict[str, np.ndarray]:
    """Return the arrays of a part's head."""
    arrays = {f"{part}.{name}": _half(getattr(head, name).weight.T) for name in JOINED}
    arrays |= {f"{part}.bias{number}": _half(getattr(head, name).bias) for number, name in enumerate(JOINED)}
    arrays |= {f"{part}.in": _half(head.inner.weight.T), f"{part}.in_bias": _half(head.inner.bias)}
    arrays |= {f"{part}.out": _half(head.out.weight[0]), f"{part}.out_bias": _half(head.out.bias[0])}
    return arrays | {f"{part}.scale": _half(head.scale)}


def _half(tensor: torch.Tensor) -> np.ndarray:
    return np.asarray(tensor.detach().numpy().astype(np.float16))

"""The encoder's layers, run by ONNX Runtime on one core, and its vectors of pieces (4 bits a weight)."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
BLOCK = 32  # weights that share a scale: a half-precision number, then 16 bytes, the low halves first (GGML's Q4_0)


def parameters() -> dict[str, Any]:
    """Return the arrays of `encoder.npz`: vectors of pieces and places, heads, names of sources and metrics."""
    return _parameters()


@cache
def _parameters() -> dict[str, Any]:
    with resources.files("extractors.claims.encoder").joinpath("encoder.npz").open("rb") as file, np.load(file) as held:
        return {name: held[name] for name in held.files}


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # documents are read side by side, not parts of one
    options.log_severity_level = 3
    model = resources.files("extractors.claims.encoder").joinpath("encoder.onnx").read_bytes()
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def unpacked(rows: npt.NDArray[np.uint8]) -> Floats:
    """Return the weights of rows packed as Q4_0: shape (rows, blocks * 18) to (rows, blocks * 32)."""
    blocks = rows.reshape(len(rows), -1, 2 + BLOCK // 2)
    scales = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray((halves * scales).reshape(len(rows), -1), dtype=np.float32)


def encode(windows: list[list[int]], padding: int) -> Floats:
    """Return the vectors of the pieces of each window: shape (windows, longest, width)."""
    held = parameters()
    longest = max(map(len, windows))
    ids = np.full((len(windows), longest), padding, dtype=np.int64)
    for row, window in enumerate(windows):
        ids[row, : len(window)] = window
    different, places = np.unique(ids, return_inverse=True)
    vectors = unpacked(held["pieces"][different])[places.reshape(ids.shape)] + held["places"][:longest]
    mask = np.array([[at < len(window) for at in range(longest)] for window in windows])
    return np.asarray(_session().run(None, {"x": vectors, "mask": mask})[0], dtype=np.float32)

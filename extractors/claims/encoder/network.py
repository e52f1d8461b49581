"""The encoder's layers, run by ONNX Runtime on one core, and its vectors of pieces (4 bits a weight)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
BLOCK = 32  # weights that share a scale: a half-precision number, then 16 bytes, the low halves first (GGML's Q4_0)


@cache
def parameters() -> dict[str, Any]:
    """Return the arrays of `encoder.npz`: vectors of pieces and places, heads, names of sources and metrics."""
    return half_kept("encoder.npz")


def half_kept(name: str) -> dict[str, Any]:
    """Return the arrays of a file of this package; those kept in half precision in single."""
    with resources.files("extractors.claims.encoder").joinpath(name).open("rb") as file, np.load(file) as kept:
        arrays = {name: kept[name] for name in kept.files}
    return {name: a.astype(np.float32) if a.dtype == np.float16 else a for name, a in arrays.items()}


@cache
def _session() -> Any:
    return session_of(resources.files("extractors.claims.encoder").joinpath("encoder.onnx").read_bytes())


def session_of(model: str | bytes) -> Any:
    """Return an ONNX session of a model, or of the file of one, on one core."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # documents are read side by side, not parts of one
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


def unpacked(rows: npt.NDArray[np.uint8]) -> Floats:
    """Return the weights of rows packed as Q4_0: shape (rows, blocks * 18) to (rows, blocks * 32)."""
    blocks = rows.reshape(len(rows), -1, 2 + BLOCK // 2)
    scales = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray((halves * scales).reshape(len(rows), -1), dtype=np.float32)


def encode(ids: list[int], marks: Iterable[tuple[int, tuple[int, int]]]) -> Floats:
    """Return the vectors of a window's pieces, shape (pieces, width); `marks` are markers and the places they hold at.

    One window at a time: activations are rounded over all that is read together, and a figure's scores may not depend
    on its neighbours.
    """
    held = parameters()
    vectors = piece_vectors(ids) + held["places"][: len(ids)]
    marked = np.zeros((len(ids), len(held["markers"])), dtype=np.float32)
    for number, (start, end) in marks:
        marked[start:end, number] = 1.0
    vectors += marked @ held["markers"]
    whole = np.ones((1, len(ids)), dtype=bool)
    return np.asarray(_session().run(None, {"x": vectors[None], "mask": whole})[0][0], dtype=np.float32)


def mean_piece(ids: list[int]) -> Floats:
    """Return the mean of the vectors that pieces have by themselves."""
    return np.asarray(piece_vectors(ids).mean(axis=0), dtype=np.float32)


def piece_vectors(ids: list[int]) -> Floats:
    """Return the vectors that pieces have by themselves, shape (pieces, width)."""
    return unpacked(parameters()["pieces"][np.array(ids)])

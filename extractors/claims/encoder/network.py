"""The encoders' layers, run by ONNX Runtime on one core, and their vectors of pieces."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
BLOCK = 32  # weights that share a scale: a half-precision number, then 16 bytes, the low halves first (GGML's Q4_0)
_HERE = "extractors.claims.encoder"


@dataclass(frozen=True, slots=True)
class Read:
    """A passage that was read: its pieces' vectors after the middle layer, shape (pieces, width), and what groups look
    at in each layer behind it, shape (layers, heads, pieces, width of a head).
    """

    middle: Floats
    keys: Floats
    values: Floats


@cache
def parameters() -> dict[str, Any]:
    """Return the arrays of `encoder.npz`: vectors of places, roles, distances, sources, known names, units; heads."""
    return _in_single("encoder.npz")


@cache
def window_parameters() -> dict[str, Any]:
    """Return the arrays of `window.npz`: vectors of places, markers, sources, known names, units; heads."""
    return _in_single("window.npz")


def _in_single(name: str) -> dict[str, Any]:
    return {n: a.astype(np.float32) if a.dtype == np.float16 else a for n, a in _arrays(name).items()}


@cache
def _arrays(name: str) -> dict[str, Any]:
    with resources.files(_HERE).joinpath(name).open("rb") as file, np.load(file) as kept:
        return {name: kept[name] for name in kept.files}


@cache
def _session(name: str) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1  # documents are read side by side, not parts of one
    options.log_severity_level = 3
    with resources.as_file(resources.files(_HERE)) as folder:
        return onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])


def read_passage(ids: list[int]) -> Read:
    """Read a passage of pieces."""
    vectors = piece_vectors(ids) + parameters()["places"][: len(ids)]
    middle, keys, values = _session("passage.onnx").run(None, {"vectors": vectors[None]})
    return Read(middle[0], keys, values)


def read_group(members: Floats, read: Read) -> Floats:
    """Return the vectors, shape (members, width), that a figure and its candidates have after the last layer."""
    given = {"members": members[None], "keys": read.keys, "values": read.values}
    return np.asarray(_session("group.onnx").run(None, given)[0][0], dtype=np.float32)


def read_window(ids: list[int], marks: Iterable[tuple[int, tuple[int, int]]]) -> Floats:
    """Return the vectors of a window's pieces, shape (pieces, width); `marks` are markers and the places they hold at.

    One window at a time: activations are rounded over all that is read together, and a figure's scores may not depend
    on its neighbours.
    """
    held = window_parameters()
    marked = np.zeros((len(ids), len(held["markers"])), dtype=np.float32)
    for number, (start, end) in marks:
        marked[start:end, number] = 1.0
    vectors = piece_vectors(ids) + held["places"][: len(ids)] + marked @ held["markers"]
    given = {"x": vectors[None], "mask": np.ones((1, len(ids)), dtype=bool)}
    return np.asarray(_session("window.onnx").run(None, given)[0][0], dtype=np.float32)


def unpacked(rows: npt.NDArray[np.uint8]) -> Floats:
    """Return the weights of rows packed as Q4_0: shape (rows, blocks * 18) to (rows, blocks * 32)."""
    blocks = rows.reshape(len(rows), -1, 2 + BLOCK // 2)
    scales = blocks[..., :2].copy().view(np.float16).astype(np.float32)
    halves = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1).astype(np.float32) - 8
    return np.asarray((halves * scales).reshape(len(rows), -1), dtype=np.float32)


def piece_vectors(ids: list[int]) -> Floats:
    """Return the vectors that pieces have by themselves, shape (pieces, width)."""
    return unpacked(_arrays("pieces.npz")["pieces"][np.array(ids)])


def mean_piece(ids: list[int]) -> Floats:
    """Return the mean of the vectors that pieces have by themselves."""
    return np.asarray(piece_vectors(ids).mean(axis=0), dtype=np.float32)

"""The passage reader's layers, run by ONNX Runtime on one core: two graphs that share one file of weights."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from extractors.claims.encoder.network import Floats, half_kept, session_of


@dataclass(frozen=True, slots=True)
class Read:
    """A passage that was read: its pieces' vectors after the middle layer, shape (pieces, width), and what groups look
    at in each layer behind it, shape (layers, heads, pieces, width of a head).
    """

    middle: Floats
    keys: Floats
    values: Floats


@cache
def passage_parameters() -> dict[str, Any]:
    """Return the arrays of `passage.npz`: vectors of places, roles, distances, sources, known names, units; heads."""
    return half_kept("passage.npz")


@cache
def _session(name: str) -> Any:
    with resources.as_file(resources.files("extractors.claims.encoder")) as folder:
        return session_of(str(folder / name))


def read_passage(vectors: Floats) -> Read:
    """Read a passage; `vectors`, shape (pieces, width), are those of its pieces and their places."""
    middle, keys, values = _session("passage.onnx").run(None, {"vectors": vectors[None]})
    return Read(middle[0], keys, values)


def read_group(members: Floats, read: Read) -> Floats:
    """Return the vectors, shape (members, width), that a figure and its candidates have after the last layer."""
    given = {"members": members[None], "keys": read.keys, "values": read.values}
    return np.asarray(_session("group.onnx").run(None, given)[0][0], dtype=np.float32)

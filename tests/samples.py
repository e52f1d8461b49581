"""The sample documents and their claims, each read once in a process: reading them is what takes long."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from extractors import extract_claims, read
from schemas import Claim, Document

SAMPLES = Path(__file__).resolve().parents[1] / "raw" / "samples"


@cache
def sample(name: str) -> Document:
    return read((SAMPLES / name).read_bytes(), name=name)


@cache
def claims_of_sample(name: str) -> tuple[Claim, ...]:
    return tuple(extract_claims(sample(name)).claims)

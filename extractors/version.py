"""Which code and which knowledge read a document: when either changes, documents are read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOTS = (Path(__file__).parent, Path(__file__).parent.parent / "schemas")
PARSERS = (
    "camelot-py",
    "lxml",
    "markdown-it-py",
    "pdfplumber",
    "pymupdf",
    "pypdfium2",
    "sudachidict-core",
    "trafilatura",
)


@cache
def code_version() -> str:
    """Return a fingerprint (16 hex digits) of the sources of `extractors` and `schemas` and the parsers' versions."""
    return _fingerprint(_files((".py", ".pyi")), [f"{name}={_version(name)}" for name in PARSERS])


@cache
def ontology_hash() -> str:
    """Return a fingerprint (16 hex digits) of all knowledge kept as data beside the sources (vocabulary, patterns)."""
    return _fingerprint([path for path in _files(None) if path.suffix not in (".py", ".pyi", ".pyc")], [])


def _files(suffixes: tuple[str, ...] | None) -> list[Path]:
    found = []
    for root in ROOTS:
        for path in root.rglob("*"):
            hidden = path.name.startswith(".") or "__pycache__" in path.parts
            if not hidden and (suffixes is None or path.suffix in suffixes) and path.is_file():
                found.append(path)
    return sorted(found)


def _fingerprint(files: Iterable[Path], extra: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for path in files:
        name = path.relative_to(ROOTS[0].parent).as_posix()
        digest.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    for line in extra:
        digest.update(line.encode() + b"\0")
    return digest.hexdigest()[:16]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"

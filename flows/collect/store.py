"""Documents into `raw/<source>/<date>/`, each with a sidecar, both or neither, never over another file."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flows.discover import SIDECAR, find_documents
from schemas import TenkyoError


def sha256_of(data: bytes) -> str:
    """Return the identity of bytes."""
    return hashlib.sha256(data).hexdigest()


class Store:
    """The raw folder as a place to put things."""

    def __init__(self, raw: Path) -> None:
        self.raw = raw.resolve()
        self._by_size: dict[int, list[Path]] | None = None

    def same_bytes(self, data: bytes, sha256: str) -> Path | None:
        """Return a document under `raw/` with these very bytes, also one that somebody dropped there."""
        if self._by_size is None:
            self._by_size = {}
            for path in find_documents([self.raw])[0]:
                self._by_size.setdefault(path.stat().st_size, []).append(path)
        for path in self._by_size.get(len(data), ()):
            try:
                if sha256_of(path.read_bytes()) == sha256:
                    return path
            except OSError:
                continue
        return None

    def put(self, data: bytes, *, source: str, day: str, stem: str, suffix: str, about: dict[str, Any]) -> Path:
        """Write a new document and its sidecar; returns where it stands.

        The sidecar goes first: a kill in between leaves a sidecar without a document, which means nothing and is
        overwritten, never a document of unknown origin. Both are written beside and renamed into place.
        """
        folder = self.raw / source / day
        if not folder.resolve().is_relative_to(self.raw):
            raise TenkyoError(f"{folder}: stands outside {self.raw}")
        folder.mkdir(parents=True, exist_ok=True)
        for name in _names(stem, suffix, about["sha256"]):
            path = folder / name
            if path.exists():
                continue
            text = json.dumps(about, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
            _write(path.with_name(path.name + SIDECAR), text.encode("utf-8"))
            _write(path, data)
            _sync(folder)
            if self._by_size is not None:
                self._by_size.setdefault(len(data), []).append(path)
            return path
        raise AssertionError("names never run out")


def _names(stem: str, suffix: str, sha256: str) -> Iterator[str]:
    """Yield file names to try: the plain one, then with a piece of the hash, then numbered."""
    yield f"{stem}{suffix}"
    yield f"{stem}-{sha256[:8]}{suffix}"
    number = 2
    while True:
        yield f"{stem}-{sha256[:8]}-{number}{suffix}"
        number += 1


def _write(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name[:80]}.{os.getpid()}.part")  # hidden: no ingest takes it
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

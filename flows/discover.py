"""Which files under a path are documents. Nothing is ever moved or changed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from flows.places import is_remote, walk_remote
from schemas import TenkyoError

SIDECAR = ".meta.json"  # what is known about the file beside it: address, when it was fetched, the listing's words
PARTIAL = (".tmp", ".temp", ".part", ".partial", ".crdownload", ".download", ".swp", ".swx", ".lock", ".bak", "~")
# Beside documents, not documents: the sources some are made from, data about them, page furniture.
NOT_DOCUMENTS = frozenset(
    [
        ".typ", ".tex", ".py", ".sh", ".toml", ".yaml", ".yml", ".json", ".jsonl", ".css", ".js", ".svg", ".ico",
        ".ttf", ".otf", ".woff", ".woff2", ".sha256",
    ]
)  # fmt: skip
ABOUT = frozenset(["readme", "license", "licence", "copying", "notice"])


def is_partial(path: Path) -> bool:
    """Say whether a file is hidden, an editor's temporary file or a download under way."""
    name = path.name
    return name.startswith((".", "~$", "#")) or name.lower().endswith(PARTIAL)


def is_candidate(path: Path) -> bool:
    """Say whether a file found in a folder is to be read; a reader still judges what it holds."""
    if is_partial(path) or path.name.endswith(SIDECAR):
        return False
    return path.suffix.lower() not in NOT_DOCUMENTS and path.name.split(".")[0].lower() not in ABOUT


def find_documents(paths: Iterable[Path]) -> tuple[list[Path], int]:
    """Return the documents at or under `paths`, in order and each once, and how many files were passed over.

    A file that is named is always taken. Raises `TenkyoError` for a path that does not exist or cannot be read.
    """
    found: dict[Path, None] = {}
    skipped = 0
    for path in paths:
        if not path.exists():
            raise TenkyoError(f"{path}: no such file or folder")
        if path.is_file():
            found.setdefault(_absolute(path))
            continue
        for file in walk_remote(path) if is_remote(path) else walk(path):
            if is_candidate(file):
                found.setdefault(_absolute(file))
            else:
                skipped += 1
    return list(found), skipped


def walk(folder: Path) -> Iterator[Path]:
    """Yield the files under `folder` in a fixed order; hidden folders are left out."""

    def stop(error: OSError) -> None:
        raise TenkyoError(f"{error.filename}: {error.strerror}") from None

    for root, folders, files in os.walk(folder, onerror=stop):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(root, name)
            if path.is_file():  # not a socket, a pipe or a dangling link
                yield path


def _absolute(path: Path) -> Path:
    return path if is_remote(path) else Path(os.path.abspath(path))  # noqa: PTH100  (links are kept as they stand)

"""A folder as a source: notes that somebody keeps, taken into `raw/` as they change."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flows.collect.addresses import safe_stem
from flows.collect.plan import issue
from flows.collect.report import Outcome, SourceReport
from flows.collect.state import Known, State
from flows.collect.store import Store, sha256_of
from flows.discover import find_documents
from schemas import Source, TenkyoError

_MOST_BYTES = 256 * 1024 * 1024


def collect_folder(
    source: Source, state: State, store: Store, report: SourceReport, now: datetime, writing: threading.Lock
) -> None:
    """Take the folder's new and changed files; links that lead out of the folder are left alone."""
    root = Path(source.address)
    try:
        files = [path for path in folder_files(source) if path.resolve().is_relative_to(root.resolve())]
    except (TenkyoError, OSError) as error:
        report.issues.append(issue("source-unreachable", f"{source.id}: {error}", error=True))
        return
    report.listed = len(files)
    for path in files:
        if report.counts[Outcome.NEW] + report.counts[Outcome.VERSION] >= source.limit:
            report.count(Outcome.LATER)
            continue
        try:
            report.count(_take(path, source, state, store, report, now, writing))
        except OSError as error:
            report.issues.append(issue("unreadable-file", f"{path}: {error.strerror}"))
            report.count(Outcome.FAILED)


def folder_files(source: Source) -> list[Path]:
    """Return the files of a folder that the source takes; raises `TenkyoError` if there is no such folder."""
    root = Path(source.address)
    if not root.is_dir():
        raise TenkyoError(f"{root}: no such folder")
    return [path for path in find_documents([root])[0] if source.takes(path.relative_to(root).as_posix())]


def _take(
    path: Path, source: Source, state: State, store: Store, report: SourceReport, now: datetime, writing: threading.Lock
) -> Outcome:
    address = path.as_uri()
    known = state.known(address)
    stat = path.stat()
    stamp = f"{stat.st_size}-{stat.st_mtime_ns}"
    if known and known.etag == stamp and state.path_of(known.sha256):
        return Outcome.UNCHANGED
    if stat.st_size > _MOST_BYTES:
        raise OSError(None, f"more than {_MOST_BYTES:,} bytes")
    data = path.read_bytes()
    sha256 = sha256_of(data)
    seen = Known(address, source.id, address, sha256, stamp, None, now.isoformat())
    with writing:
        outcome = _outcome(data, known, sha256, state, store)
        if outcome in (Outcome.NEW, Outcome.VERSION):
            about = _about(path, source, seen, known, now, stat.st_mtime)
            day, stem = now.date().isoformat(), safe_stem(path.stem)
            stored = store.put(data, source=source.id, day=day, stem=stem, suffix=path.suffix, about=about)
            state.remember_document(sha256, stored, len(data))
            report.stored.append(stored)
        state.remember(replace(seen, etag=stamp))
    return outcome


def _outcome(data: bytes, known: Known | None, sha256: str, state: State, store: Store) -> Outcome:
    if known and known.sha256 == sha256 and state.path_of(sha256):
        return Outcome.UNCHANGED
    standing = state.path_of(sha256) or store.same_bytes(data, sha256)
    if standing:
        state.remember_document(sha256, standing, len(data))
        return Outcome.KNOWN
    return Outcome.VERSION if known and known.sha256 != sha256 else Outcome.NEW


def _about(
    path: Path, source: Source, seen: Known, known: Known | None, now: datetime, changed: float
) -> dict[str, Any]:
    return {
        "url": seen.address,
        "final_url": seen.address,
        "fetched_at": now.isoformat(timespec="seconds"),
        "headers": {"etag": seen.etag, "last-modified": datetime.fromtimestamp(changed, UTC).isoformat()},
        "sha256": seen.sha256,
        "bytes": path.stat().st_size,
        "source": source.id,
        "publisher": source.publisher,
        "language": source.language,
        "licence": source.licence,
        "supersedes": known.sha256 if known and known.sha256 != seen.sha256 else None,
        "listing": {"address": source.address, "title": None},
    }

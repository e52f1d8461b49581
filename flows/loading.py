"""One document on its way: bytes to claims to rows. Runs in the process of the flow or on a Dask worker."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from flows.parsing import unpack
from flows.places import is_remote, reason
from flows.sidecar import origin_of
from flows.summary import Outcome, Status
from flows.workers import WorkerPool
from schemas import ReadError

if TYPE_CHECKING:
    from schemas import Run
    from warehouse import Warehouse

MAX_BYTES = 1 << 30  # a larger file is no report


@dataclass(frozen=True)
class Job:
    """A file that has to be read; `stored` is what the warehouse calls its path, `known` says it was read before."""

    path: Path
    stored: str
    sha256: str
    size: int
    known: bool


def load_document(job: Job, warehouse: Warehouse, pool: WorkerPool, run: Run) -> Outcome:
    """Read a file in a worker process and load it; what cannot be read is recorded as failed.

    Raises `TenkyoError` when the warehouse itself fails.
    """
    try:
        return _read_and_load(job, warehouse, pool, run)
    except ReadError as error:
        return record_failure(job, error, warehouse, run)


def record_failure(job: Job, error: ReadError, warehouse: Warehouse, run: Run) -> Outcome:
    """Record that a file could not be read, and return that as its outcome."""
    message = str(error)
    warehouse.record_failure(
        run=run, sha256=job.sha256, name=job.path.name, path=job.stored, code=error.code, message=message
    )
    return Outcome(job.path, Status.FAILED, code=error.code, message=message)


def _read_and_load(job: Job, warehouse: Warehouse, pool: WorkerPool, run: Run) -> Outcome:
    origin = origin_of(job.path)
    data = read_bytes(job.path)
    if hashlib.sha256(data).hexdigest() != job.sha256:
        raise ReadError("changed-while-reading", f"{job.path.name} was written to while it was read; ingest it again")
    rows = unpack(pool.run(data, job.path.name, origin))
    result = warehouse.load_prepared(
        rows, run=run, path=job.stored, size=job.size, url=origin.url, fetched_at=origin.fetched_at
    )
    claimed, rejected, unparsed = rows.token_counts
    return Outcome(
        job.path,
        Status.NEW if result.new_document else Status.REREAD if job.known else Status.UNCHANGED,
        added=result.added,
        confirmed=result.confirmed,
        retired=result.retired,
        quarantined=result.quarantined,
        claimed=claimed,
        rejected=rejected,
        unparsed=unparsed,
    )


def fingerprint(path: Path) -> tuple[str, int]:
    """Return a file's SHA-256 and size in bytes; raises `ReadError` when it cannot be read or is too large."""
    try:
        facts = path.stat()
        if facts.st_size > MAX_BYTES:
            raise ReadError("too-large", f"{path.name} has {facts.st_size:,} bytes; at most {MAX_BYTES:,} are read")
        if is_remote(path):  # not every storage says when a file was changed
            return _hashed(path), facts.st_size
        return _hash(path, facts.st_size, facts.st_mtime_ns), facts.st_size
    except OSError as error:
        raise ReadError("unreadable", f"{path.name}: {reason(error)}") from None


@lru_cache(maxsize=100_000)
def _hash(path: Path, size: int, changed: int) -> str:
    """Hash a file; asked again about the same size and time of change, the answer stands."""
    return _hashed(path)


def _hashed(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises `ReadError` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError("unreadable", f"{path.name}: {reason(error)}") from None

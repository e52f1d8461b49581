"""What reading again would change, before it is committed."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from flows.ingest import Options
from flows.loading import fingerprint, read_bytes
from flows.parsing import parse_whole
from flows.sidecar import origin_of
from flows.workers import WorkerPool
from schemas import ReadError

if TYPE_CHECKING:
    from warehouse import Warehouse
    from warehouse.difference import DiffResult

BATCH = 16  # documents read ahead of their comparison


def differences(
    warehouse: Warehouse, files: Iterable[Path], options: Options
) -> Iterator[tuple[Path, DiffResult | ReadError]]:
    """Yield for each file what ingesting it now would add, change and retire, or why it cannot be read.

    Each content is read once. Nothing is written.
    """
    pool = WorkerPool(parse_whole, jobs=options.workers, timeout=options.timeout, memory=options.memory)
    with pool, ThreadPoolExecutor(options.workers) as threads:
        todo = list(_once(files))
        for batch in (todo[at : at + BATCH] for at in range(0, len(todo), BATCH)):
            packed = threads.map(lambda path: _read(pool, path), batch)
            for path, found in zip(batch, packed, strict=True):
                yield path, found if isinstance(found, ReadError) else warehouse.diff(*pickle.loads(found))


def _once(files: Iterable[Path]) -> Iterator[Path]:
    seen: set[str] = set()
    for path in files:
        try:
            sha256 = fingerprint(path)[0]
        except ReadError:
            sha256 = str(path)
        if sha256 not in seen:
            seen.add(sha256)
            yield path


def _read(pool: WorkerPool, path: Path) -> bytes | ReadError:
    try:
        packed: bytes = pool.run(read_bytes(path), path.name, origin_of(path))
        return packed
    except ReadError as error:
        return error

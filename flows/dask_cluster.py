"""Reading on a Dask cluster: each worker reads and loads whole documents; the flow hands them out and counts.

A document is loaded in one transaction and loading it again changes nothing, so it does no harm that Dask gives the
documents of a worker that died to another one. Import only with the extra `dask`.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flows.ingest import Batch, Spread
from flows.loading import Job, load_document, record_failure
from flows.parsing import parse
from flows.summary import Outcome
from flows.workers import WorkerPool
from schemas import ReadError, TenkyoError

if TYPE_CHECKING:
    from distributed import Client

    from schemas import Run
    from warehouse import Warehouse

CONNECT_SECONDS = 20
Worker = Callable[..., bytes]
_starting = threading.Lock()


def check(address: str, database: str | None, *, prefect: bool) -> None:
    """Raise `TenkyoError` when a cluster cannot be used: no extra, no Postgres, no Prefect server it can reach."""
    if not all(find_spec(name) for name in ("distributed", "prefect_dask")):
        raise TenkyoError("--dask needs the extra “dask” (uv sync --extra dask)")
    dsn(database)
    host = urlsplit(address if "://" in address else f"tcp://{address}").hostname
    if prefect and "PREFECT_API_URL" not in os.environ and host not in ("127.0.0.1", "localhost", "::1"):
        raise TenkyoError(
            f"the workers of {address} cannot reach a temporary Prefect server on this machine: "
            "set PREFECT_API_URL to one that they reach, or give --direct"
        )


def dsn(database: str | None) -> str:
    """Return the address of a warehouse that several machines can write; raises `TenkyoError` for another."""
    from warehouse.location import locate

    location = locate(database)
    if location.engine != "postgresql":
        raise TenkyoError(f"{location}: a Dask cluster loads into Postgres; only one machine can write SQLite")
    return location.dsn


def hush() -> None:
    """Keep what Dask's client warns of to itself: results lost with a worker that died are computed again."""
    import distributed  # noqa: F401  sets the levels of its loggers when first imported

    logging.getLogger("distributed.client").setLevel(logging.ERROR)


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """Give a client of the scheduler at `address`; raises `TenkyoError` when nobody answers there."""
    from distributed import Client

    hush()
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        raise TenkyoError(f"no Dask scheduler at {address} ({' '.join(str(error).split())})") from None
    with client:
        yield client


def on_dask(client: Client, database: str | None, worker: Worker = parse) -> Spread:
    """Return what spreads a batch over the workers of a cluster, without Prefect."""
    address = dsn(database)

    def spread(batch: Batch) -> None:
        futures = {
            client.submit(
                load_remotely, job, batch.run, address, batch.options.timeout, batch.options.memory, worker, pure=False
            ): job
            for job in batch.jobs
        }
        gather(batch, futures, lambda result: result)

    return spread


def gather(batch: Batch, futures: dict[Any, Job], outcome: Callable[[Any], Outcome]) -> None:
    """Take the outcomes as they come; `outcome` makes one of a future's result.

    The first error that is not a document's cancels what has not begun and is raised.
    """
    from distributed import KilledWorker, as_completed

    waiting = list(futures)
    try:
        for future in as_completed(waiting, loop=waiting[0].client.loop):
            job = futures[future]
            try:
                batch.done(job, outcome(future.result()))
            except KilledWorker:  # again and again, on one machine after the other
                error = ReadError("crashed", "each of the Dask workers that began to read it died")
                batch.done(job, record_failure(job, error, batch.warehouse, batch.run))
            future.release()  # else its worker's death would have it done once more
    except BaseException:
        for future in waiting:
            future.cancel()
        raise


def load_remotely(job: Job, run: Run, database: str, timeout: float, memory: int, worker: Worker) -> Outcome:
    """Read and load one document on a Dask worker.

    Raises `TenkyoError` when the warehouse fails or this machine has another Tenkyo than the flow.
    """
    from extractors.version import code_version, ontology_hash

    if (code_version(), ontology_hash()) != (run.code_version, run.ontology_hash):
        raise TenkyoError(f"the Dask worker on {os.uname().nodename} runs another version of Tenkyo than the flow")
    with _starting:
        warehouse, pool = _tools(database, timeout, memory, worker)
    try:
        return load_document(job, warehouse, pool, run)
    except TenkyoError as error:
        raise TenkyoError(str(error)) from None  # one that travels: others may take more than a text to be made


@cache
def _tools(database: str, timeout: float, memory: int, worker: Worker) -> tuple[Warehouse, WorkerPool]:
    """Open the warehouse and the pool that stay for as long as this Dask worker."""
    from distributed import get_worker

    from warehouse import open_warehouse

    # Dask's nanny marks its workers as daemons, which may have no children lest these outlive them; ours end when
    # their pipe does. There is no public way to say so.
    multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
    pool = WorkerPool(worker, jobs=get_worker().state.nthreads, timeout=timeout, memory=memory)
    return open_warehouse(database), pool

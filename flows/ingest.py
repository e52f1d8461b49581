"""Ingesting: files to documents to claims to rows. Plain functions; `flows.orchestration` runs them under Prefect."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING

from extractors.version import code_version, ontology_hash
from flows.discover import find_documents
from flows.limits import DOCUMENT_MEBIBYTES, DOCUMENT_SECONDS
from flows.loading import Job, fingerprint, load_document, record_failure
from flows.parsing import parse, prepare
from flows.settings import stored_path
from flows.summary import Outcome, Status, Summary
from flows.workers import WorkerPool
from schemas import ReadError, RunStatus, TenkyoError

if TYPE_CHECKING:
    from schemas import Run
    from warehouse import Warehouse
    from warehouse.results import KnownDocument

Report = Callable[[Outcome], None]
UNTRIED = frozenset(["unreadable", "changed-while-reading"])  # failures that say nothing about the bytes


@dataclass(frozen=True)
class Options:
    """How documents are read: workers at a time, seconds and MiB of memory a document; whether failures again; where.

    `dask` is the address of a scheduler; without one, this machine reads.
    """

    jobs: int = 0
    timeout: float = DOCUMENT_SECONDS
    memory: int = DOCUMENT_MEBIBYTES
    retry: bool = False
    dask: str | None = None

    @property
    def workers(self) -> int:
        """The number of workers; 0 stands for one a core that this process may use."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Batch:
    """The files of a run that have to be read.

    `do` reads and loads one in this process, and raises what is not a document's fault; `done` takes the outcome,
    from any thread.
    """

    jobs: Sequence[Job]
    run: Run
    warehouse: Warehouse
    options: Options
    do: Callable[[Job], Outcome]
    done: Callable[[Job, Outcome], None]


Spread = Callable[[Batch], None]  # does the jobs of a batch; the first error that is not a document's ends it


def in_threads(batch: Batch) -> None:
    """Do the jobs in threads of this process, as many at a time as there are workers."""
    threads = ThreadPoolExecutor(batch.options.workers)
    try:
        for future in [threads.submit(lambda job: batch.done(job, batch.do(job)), job) for job in batch.jobs]:
            future.result()
    finally:
        threads.shutdown(cancel_futures=True)


def silent(outcome: Outcome) -> None:
    """Report nothing."""


class Ingester:
    """Reads files into an open warehouse with a pool of workers that stays between runs.

    With `ahead`, workers load the parsers before there is something to read, so that the first document is quick.
    """

    def __init__(
        self,
        warehouse: Warehouse,
        options: Options = Options(),
        worker: Callable[..., bytes] = parse,
        ahead: bool = False,
    ) -> None:
        self._warehouse, self._options = warehouse, options
        self._pool = WorkerPool(
            worker,
            jobs=options.workers,
            timeout=options.timeout,
            memory=options.memory,
            prepare=prepare if ahead else None,
        )
        self._mutex = threading.Lock()

    def __enter__(self) -> Ingester:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._pool.close()

    def abort(self) -> None:
        """Stop what is under way at once; documents that are not loaded yet are not recorded."""
        self._pool.abort()

    def warm(self) -> None:
        """Have a worker ready before the first document comes."""
        self._pool.warm()

    def run(
        self,
        files: Iterable[Path],
        *,
        spread: Spread = in_threads,
        report: Report = silent,
        command: str = "ingest",
        skipped: int = 0,
        again: Collection[Path] = (),
    ) -> Summary:
        """Ingest `files` as one recorded run; `report` hears of each file as it is done, from any thread.

        A document that cannot be read is an outcome with status failed and a row in `issues`; it is read again when
        the code or the ontology has changed, with `Options.retry`, or when it is among `again`. Raises
        `schemas.TenkyoError` when the warehouse itself fails; what was loaded until then stays.
        """
        began = time.monotonic()
        run = self._warehouse.start_run(command=command, code_version=code_version(), ontology_hash=ontology_hash())
        summary = Summary(run_id=run.run_id, skipped=skipped)

        def done(outcome: Outcome) -> None:
            with self._mutex:
                summary.outcomes.append(outcome)
                report(outcome)

        try:
            jobs, copies = self._sort_out(files, run, done, again)
            if jobs:
                spread(self._batch(jobs, copies, run, done))
        except BaseException as error:
            if not isinstance(error, Exception):  # Ctrl-C, or Prefect's exception for SIGTERM: nobody waits
                self.abort()
            with contextlib.suppress(TenkyoError):  # the first error is the one to show
                self._finish(run, RunStatus.FAILED, summary)
            raise
        self._finish(run, RunStatus.COMPLETED, summary)
        summary.seconds = time.monotonic() - began
        return summary

    def _finish(self, run: Run, status: RunStatus, summary: Summary) -> None:
        unchanged = summary.count(Status.UNCHANGED)
        self._warehouse.finish_run(run.model_copy(update={"status": status, "documents_unchanged": unchanged}))

    def _batch(self, jobs: Sequence[Job], copies: dict[str, list[Path]], run: Run, done: Report) -> Batch:
        def loaded(job: Job, outcome: Outcome) -> None:
            """Take a document's outcome, and note where else its bytes lie."""
            done(outcome)
            for copy in copies[job.sha256]:
                if outcome.status == Status.FAILED:
                    done(Outcome(copy, Status.FAILED, code=outcome.code, message=outcome.message))
                else:
                    self._warehouse.record_path(job.sha256, stored_path(copy), run)
                    done(Outcome(copy, Status.UNCHANGED))

        def do(job: Job) -> Outcome:
            return load_document(job, self._warehouse, self._pool, run)

        return Batch(jobs, run, self._warehouse, self._options, do, loaded)

    def _sort_out(
        self, files: Iterable[Path], run: Run, done: Report, again: Collection[Path]
    ) -> tuple[list[Job], dict[str, list[Path]]]:
        """Deal with the files that need no reading; return the others, each content once, and their copies."""
        jobs: list[Job] = []
        unopened = _unopened(self._warehouse)
        copies: dict[str, list[Path]] = defaultdict(list)
        for path in files:
            try:
                sha256, size = fingerprint(path)
            except ReadError as error:
                no_bytes = hashlib.sha256(str(path).encode()).hexdigest()  # they cannot be hashed: the path stands in
                job = Job(path, stored_path(path), no_bytes, 0, known=False)
                done(record_failure(job, error, self._warehouse, run))
                continue
            if sha256 in copies:
                copies[sha256].append(path)
                continue
            known = self._warehouse.known(sha256)
            settled = self._settled(path, known, run, self._options.retry or path in again, unopened)
            if settled is not None:
                done(settled)
                continue
            copies[sha256] = []
            jobs.append(Job(path, stored_path(path), sha256, size, known=known is not None and not known.failed))
        return jobs, copies

    def _settled(
        self, path: Path, known: KnownDocument | None, run: Run, retry: bool, unopened: set[str]
    ) -> Outcome | None:
        """Return the outcome of a file that today's code and ontology have dealt with; None when it is to be read."""
        if known is None or (known.code_version, known.ontology_hash) != (run.code_version, run.ontology_hash):
            return None
        if known.failed:
            settled = not retry and known.code not in UNTRIED
            return Outcome(path, Status.STILL, code=known.code or "", message=known.message or "") if settled else None
        if stored_path(path) not in known.paths or stored_path(path) in unopened:
            self._warehouse.record_path(known.sha256, stored_path(path), run)
        return Outcome(path, Status.UNCHANGED)


def ingest(
    paths: Sequence[Path],
    *,
    database: str | None = None,
    options: Options = Options(),
    spread: Spread = in_threads,
    report: Report = silent,
    worker: Callable[..., bytes] = parse,
) -> Summary:
    """Ingest files and folders into the warehouse at `database`; see `Ingester.run`.

    Raises `schemas.TenkyoError` for a path that does not exist or a warehouse that cannot be written.
    """
    from warehouse import open_warehouse

    files, skipped = find_documents(paths)
    with (
        open_warehouse(database) as warehouse,
        Ingester(warehouse, options, worker) as ingester,
        _stopping(ingester),
    ):
        return ingester.run(files, spread=spread, report=report, skipped=skipped)


def nothing_to_read(warehouse: Warehouse, files: Iterable[Path], *, retry: bool = False) -> bool:
    """Say whether all files are known and today's code and ontology have dealt with them."""
    current, unopened = (code_version(), ontology_hash()), _unopened(warehouse)
    for path in files:
        if stored_path(path) in unopened:
            return False
        try:
            known = warehouse.known(fingerprint(path)[0])
        except ReadError:
            return False
        tried = known is not None and not (known.failed and (retry or known.code in UNTRIED))
        if known is None or not tried or (known.code_version, known.ontology_hash) != current:
            return False
    return True


def _unopened(warehouse: Warehouse) -> set[str]:
    """Return the paths, as stored, of which a failure stands that says nothing about the bytes there."""
    return {issue["path"] for code in UNTRIED for issue in warehouse.issues(code=code)}


@contextlib.contextmanager
def _stopping(ingester: Ingester) -> Iterator[None]:
    """While the block lasts, Ctrl-C kills the workers too, so that nobody waits for a document that hangs."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        ingester.abort()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)

"""Ingesting: files to documents to claims to rows. Plain functions; `flows.orchestration` runs them under Prefect."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any

from extractors.version import code_version, ontology_hash
from flows.discover import find_documents
from flows.parsing import parse, prepare, unpack
from flows.settings import stored_path
from flows.sidecar import origin_of
from flows.summary import Outcome, Status, Summary
from flows.workers import WorkerPool
from schemas import Extraction, ReadError, RunStatus, TenkyoError
from schemas import Outcome as TokenOutcome

if TYPE_CHECKING:
    from schemas import Run
    from warehouse import Warehouse

MAX_BYTES = 1 << 30  # a larger file is no report

Work = Callable[[], Outcome]
Spread = Callable[[Sequence[tuple[str, Work]], int], None]
Report = Callable[[Outcome], None]


@dataclass(frozen=True)
class Options:
    """How documents are read: workers at a time, seconds and MiB of memory a document."""

    jobs: int = 0
    timeout: float = 300
    memory: int = 4096

    @property
    def workers(self) -> int:
        """The number of workers; 0 stands for one a core that this process may use."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_threads(work: Sequence[tuple[str, Work]], workers: int) -> None:
    """Do each piece of work, `workers` at a time; the first error that is not a document's ends the run."""
    threads = ThreadPoolExecutor(workers)
    try:
        for future in [threads.submit(piece) for _, piece in work]:
            future.result()
    finally:
        threads.shutdown(cancel_futures=True)


def silent(outcome: Outcome) -> None:
    """Report nothing."""


@dataclass(frozen=True)
class _File:
    """A file that has to be read."""

    path: Path
    sha256: str
    size: int
    known: bool


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
    ) -> Summary:
        """Ingest `files` as one recorded run; `report` hears of each file as it is done, from any thread.

        A document that cannot be read is an outcome with status failed and a row in `issues`. Raises
        `schemas.TenkyoError` when the warehouse itself fails; what was loaded until then stays.
        """
        began = time.monotonic()
        run = self._warehouse.start_run(command=command, code_version=code_version(), ontology_hash=ontology_hash())
        summary = Summary(run_id=run.run_id, skipped=skipped)

        def done(outcome: Outcome) -> Outcome:
            with self._mutex:
                summary.outcomes.append(outcome)
                report(outcome)
            return outcome

        try:
            work = self._sort_out(files, run, done)
            if work:
                spread(work, self._options.workers)
        except BaseException:
            with contextlib.suppress(TenkyoError):  # the first error is the one to show
                self._finish(run, RunStatus.FAILED, summary)
            raise
        self._finish(run, RunStatus.COMPLETED, summary)
        summary.seconds = time.monotonic() - began
        return summary

    def _finish(self, run: Run, status: RunStatus, summary: Summary) -> None:
        unchanged = summary.count(Status.UNCHANGED)
        self._warehouse.finish_run(run.model_copy(update={"status": status, "documents_unchanged": unchanged}))

    def _sort_out(self, files: Iterable[Path], run: Run, done: Callable[[Outcome], Outcome]) -> list[tuple[str, Work]]:
        """Deal with the files that need no reading; return the work for the others, each content once."""
        work: list[tuple[str, Work]] = []
        copies: dict[str, list[Path]] = {}
        for path in files:
            try:
                sha256, size = fingerprint(path)
            except ReadError as error:
                no_bytes = hashlib.sha256(str(path).encode()).hexdigest()  # they cannot be hashed: the path stands in
                done(self._failed(path, no_bytes, error, run))
                continue
            if sha256 in copies:
                copies[sha256].append(path)
                continue
            file = self._unless_unchanged(path, sha256, size, run)
            if file is None:
                done(Outcome(path, Status.UNCHANGED))
                continue
            copies[sha256] = []
            work.append((path.name, lambda file=file: self._one(file, copies[file.sha256], run, done)))  # type: ignore[misc]
        return work

    def _unless_unchanged(self, path: Path, sha256: str, size: int, run: Run) -> _File | None:
        known = self._warehouse.known(sha256)
        if known is None:
            return _File(path, sha256, size, known=False)
        current = (known.code_version, known.ontology_hash) == (run.code_version, run.ontology_hash)
        if known.failed or not current:
            return _File(path, sha256, size, known=not known.failed)
        if stored_path(path) not in known.paths:
            self._warehouse.record_path(sha256, stored_path(path), run)
        return None

    def _one(self, file: _File, copies: list[Path], run: Run, done: Callable[[Outcome], Outcome]) -> Outcome:
        """Read and load one document, and note where else its bytes lie."""
        try:
            outcome = done(self._read_and_load(file, run))
        except ReadError as error:
            outcome = done(self._failed(file.path, file.sha256, error, run))
        for copy in copies:
            if outcome.status == Status.FAILED:
                done(self._failed(copy, file.sha256, ReadError(outcome.code, outcome.message), run))
            else:
                self._warehouse.record_path(file.sha256, stored_path(copy), run)
                done(Outcome(copy, Status.UNCHANGED))
        return outcome

    def _read_and_load(self, file: _File, run: Run) -> Outcome:
        origin = origin_of(file.path)
        data = read_bytes(file.path)
        if hashlib.sha256(data).hexdigest() != file.sha256:
            raise ReadError(
                "changed-while-reading", f"{file.path.name} was written to while it was read; ingest it again"
            )
        parsed = unpack(self._pool.run(data, file.path.name, origin))
        try:
            result = self._warehouse.load(
                parsed.document,
                parsed.extraction,
                run=run,
                path=stored_path(file.path),
                size=file.size,
                url=origin.url,
                fetched_at=origin.fetched_at,
            )
        except TenkyoError as error:
            if error.code != "ungrounded":  # that is the document's fault; any other is the warehouse's
                raise
            raise ReadError(error.code, str(error)) from None
        return Outcome(
            file.path,
            Status.NEW if result.new_document else Status.REREAD if file.known else Status.UNCHANGED,
            added=result.added,
            confirmed=result.confirmed,
            retired=result.retired,
            quarantined=result.quarantined,
            **_tokens(parsed.extraction),
        )

    def _failed(self, path: Path, sha256: str, error: ReadError, run: Run) -> Outcome:
        message = str(error)
        self._warehouse.record_failure(
            run=run, sha256=sha256, name=path.name, path=stored_path(path), code=error.code, message=message
        )
        return Outcome(path, Status.FAILED, code=error.code, message=message)


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


def nothing_to_read(warehouse: Warehouse, files: Iterable[Path]) -> bool:
    """Say whether all files are known and were read with today's code and ontology."""
    current = code_version(), ontology_hash()
    for path in files:
        try:
            known = warehouse.known(fingerprint(path)[0])
        except ReadError:
            return False
        if known is None or known.failed or (known.code_version, known.ontology_hash) != current:
            return False
    return True


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


def fingerprint(path: Path) -> tuple[str, int]:
    """Return a file's SHA-256 and size in bytes; raises `ReadError` when it cannot be read or is too large."""
    try:
        facts = path.stat()
        if facts.st_size > MAX_BYTES:
            raise ReadError("too-large", f"{path.name} has {facts.st_size:,} bytes; at most {MAX_BYTES:,} are read")
        return _hash(path, facts.st_size, facts.st_mtime_ns), facts.st_size
    except OSError as error:
        raise ReadError("unreadable", f"{path.name}: {error.strerror}") from None


@lru_cache(maxsize=100_000)
def _hash(path: Path, size: int, changed: int) -> str:
    """Hash a file; asked again about the same size and time of change, the answer stands."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raises `ReadError` when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ReadError("unreadable", f"{path.name}: {error.strerror}") from None


def _tokens(extraction: Extraction) -> dict[str, Any]:
    """Count a ledger by outcome."""
    counts = dict.fromkeys(("claimed", "rejected", "unparsed"), 0)
    for entry in extraction.ledger:
        counts[str(TokenOutcome(entry.outcome))] += 1
    return counts

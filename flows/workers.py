"""Worker processes with a time and a memory limit, recycled, each with a pipe of its own.

Why not a pool from a library: `concurrent.futures` and `loky` fail every document under way when one worker dies, and
`pebble`'s workers share one pipe and its lock, so a worker that dies while it holds the lock stops the others. Here a
document that hangs, crashes or eats memory costs its own worker and nothing else.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import queue
import signal
import sys
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any

from flows.limits import DOCUMENT_MEBIBYTES, DOCUMENT_SECONDS
from schemas import ReadError, TenkyoError

GRACE_SECONDS = 30  # after the time limit, a worker whose parent was killed ends itself
PRELOAD = ["flows.parsing"]  # light modules only: nothing that starts threads may be loaded before the fork


class Aborted(TenkyoError):
    """The run was stopped while documents were being read."""

    def __init__(self) -> None:
        super().__init__("stopped; what was loaded until then stays")


class WorkerPool:
    """Runs `function(*args)` in worker processes, at most `jobs` at a time; thread-safe.

    `timeout` is in seconds a call, `memory` in MiB of data a worker (None: no limit); a worker is replaced after
    `recycle_after` calls, so that what parsers leak is given back. `function` must be importable, and so must
    `prepare`, which a worker calls when it starts; with it, a spent worker's successor is started at once.
    """

    def __init__(
        self,
        function: Callable[..., Any],
        *,
        jobs: int,
        timeout: float = DOCUMENT_SECONDS,
        memory: int | None = DOCUMENT_MEBIBYTES,
        recycle_after: int = 50,
        prepare: Callable[[], object] | None = None,
    ) -> None:
        self._function, self._timeout, self._memory, self._recycle_after = function, timeout, memory, recycle_after
        self._context = _context()
        self._slots: queue.LifoQueue[_Worker | None] = queue.LifoQueue()
        for _ in range(jobs):
            self._slots.put(None)
        self._jobs, self._prepare = jobs, prepare
        self._working: set[_Worker] = set()
        self._aborted = False

    def run(self, *args: object) -> Any:
        """Return `function(*args)` as computed in a worker.

        Raises `ReadError` with code `timeout`, `crashed`, `out-of-memory` or `internal-error`, or with the code of the
        `ReadError` that `function` raised.
        """
        worker = self._slots.get()
        try:
            if self._aborted:
                raise Aborted
            if worker is None or worker.spent(self._recycle_after):
                if worker is not None:
                    worker.stop()
                worker = self._start()
            self._working.add(worker)
            return worker.call(args)
        except ReadError:
            if self._aborted:
                raise Aborted from None
            raise
        finally:
            if worker is not None:
                self._working.discard(worker)
                if self._prepare and not self._aborted and worker.spent(self._recycle_after):
                    worker.stop()
                    worker = self._start()
            self._slots.put(worker)

    def abort(self) -> None:
        """Kill the workers at once; calls under way, and any later one, raise `Aborted`."""
        self._aborted = True
        for worker in list(self._working):
            worker.kill()

    def warm(self) -> None:
        """Start one worker ahead of the first call."""
        worker = self._slots.get()
        self._slots.put(worker or self._start())

    def _start(self) -> _Worker:
        return _Worker(self._context, (self._function, self._timeout, self._memory, self._prepare))

    def close(self) -> None:
        """End all workers; calls under way end first, those that wait for a worker raise `Aborted`."""
        for _ in range(self._jobs):
            worker = self._slots.get()
            if worker is not None:
                worker.stop()
        self._aborted = True
        for _ in range(self._jobs):
            self._slots.put(None)

    def __enter__(self) -> WorkerPool:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


class _Worker:
    """One process and the parent's end of its pipe."""

    def __init__(self, context: Any, orders: tuple[Callable[..., Any], float, int | None, Any]) -> None:
        self._timeout, self._calls = orders[1], 0
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, *orders), daemon=True)
        with _no_interrupts():
            self._process.start()
        theirs.close()

    def spent(self, recycle_after: int) -> bool:
        return self._calls >= recycle_after or not self._process.is_alive()

    def call(self, args: tuple[object, ...]) -> Any:
        self._calls += 1
        deadline = time.monotonic() + self._timeout
        try:
            self._pipe.send(args)
            if not self._pipe.poll(max(0.0, deadline - time.monotonic())):
                self.stop()
                raise ReadError("timeout", f"reading took longer than {self._timeout:g} s and was stopped")
            outcome, value = self._pipe.recv()
        except (EOFError, OSError):
            raise self._death() from None
        except BaseException:
            self.stop()  # interrupted: what the pipe would bring next is of no use
            raise
        if outcome == "done":
            return value
        code, message = value
        if code == "out-of-memory":
            self.stop()  # a process that met its limit is not trusted again
        raise ReadError(code, message)

    def stop(self) -> None:
        with contextlib.suppress(OSError):
            self._pipe.close()
        self._process.kill()  # nothing is lost: an idle worker holds nothing
        self._process.join()

    def kill(self) -> None:
        self._process.kill()

    def _death(self) -> ReadError:
        self._process.join(5)
        code = self._process.exitcode
        self.stop()
        if code == -signal.SIGKILL:  # nobody here sent it: the system's out-of-memory killer does
            return ReadError("out-of-memory", "the process reading it was killed, most likely for want of memory")
        if code is not None and code < 0:
            name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
            return ReadError("crashed", f"the parser crashed ({name})")
        return ReadError("crashed", f"the parser ended its process (exit status {code})")


@contextlib.contextmanager
def _no_interrupts() -> Iterator[None]:
    """Keep Ctrl-C from what is started in the block: it is for the parent, which then ends its workers."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _context() -> Any:
    """Return the start method: a fork server where there is one (a new worker costs a fork, not an import)."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOAD)
        return context
    return multiprocessing.get_context("spawn")


def _serve(
    pipe: Connection,
    function: Callable[..., Any],
    timeout: float,
    memory: int | None,
    prepare: Callable[[], object] | None,
) -> None:
    """Answer calls until the parent's end is closed (in the worker process)."""
    for number in (signal.SIGINT, signal.SIGTERM):  # sent to all processes of a service: the parent decides,
        signal.signal(number, signal.SIG_IGN)  # or the document would be held to have crashed
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # workers share the cores; small products only wait for threads
    _limit_memory(memory)
    if prepare is not None:
        with contextlib.suppress(Exception):  # a worker that is not prepared is only slower at first
            prepare()
    while True:
        try:
            args = pipe.recv()
        except EOFError:
            return
        _alarm(timeout + GRACE_SECONDS)
        answer = _answer(function, args)
        _alarm(0)
        try:
            pipe.send(answer)
        except MemoryError:
            pipe.send(("failed", _out_of_memory()))
        except OSError:
            return


def _answer(function: Callable[..., Any], args: tuple[object, ...]) -> tuple[str, Any]:
    try:
        return "done", function(*args)
    except MemoryError:
        return "failed", _out_of_memory()
    except ReadError as error:
        return "failed", (error.code, str(error))
    except Exception as error:
        return "failed", ("internal-error", _where(error))


def _out_of_memory() -> tuple[str, str]:
    return "out-of-memory", "reading it needs more memory than --memory allows"


def _where(error: Exception) -> str:
    """Return one line that lets a developer find a bug: type, message, file and line."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    place = f" at {os.path.basename(at.tb_frame.f_code.co_filename)}:{at.tb_lineno}" if at else ""  # noqa: PTH119
    text = " ".join(str(error).split())[:300]
    return f"{type(error).__name__}: {text}{place}"


def _limit_memory(memory: int | None) -> None:
    """Bound the data a worker may allocate: private writable memory, so mapped files and reserves do not count."""
    if memory is None or sys.platform == "win32":
        return
    import resource

    limit = memory * 2**20
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    with contextlib.suppress(ValueError, OSError):  # a lower hard limit stands
        resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


def _alarm(seconds: float) -> None:
    """End this process after `seconds`, whatever it is doing; 0 takes it back."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)

"""A document that hangs, crashes or eats memory costs its own worker and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from flows.workers import Aborted, WorkerPool
from schemas import ReadError
from tests.flows import misbehaving


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(misbehaving.behave, jobs=2, timeout=5, memory=512) as pool:
        yield pool


@pytest.mark.parametrize(
    ("action", "code", "words"),
    [
        ("HANG", "timeout", "5 s"),
        ("SPIN", "timeout", "5 s"),
        ("SEGFAULT", "crashed", "SIGSEGV"),
        ("LEAVE", "crashed", "exit status 3"),
        ("KILLED", "out-of-memory", "killed"),
        ("EAT", "out-of-memory", "--memory"),
        ("BIG", "out-of-memory", "--memory"),
        ("REFUSE", "encrypted-pdf", "is encrypted"),
        ("BUG", "internal-error", "KeyError: 'a programming error' at misbehaving.py:"),
    ],
)
def test_failure_has_a_code_and_the_pool_goes_on(pool: WorkerPool, action: str, code: str, words: str) -> None:
    with pytest.raises(ReadError) as caught:
        pool.run(action.encode(), "x.txt", None)
    assert caught.value.code == code
    assert words in str(caught.value)
    with pytest.raises(ReadError, match="is encrypted"):  # the same slot answers again
        pool.run(b"REFUSE", "y.txt", None)


def test_a_worker_does_not_end_when_all_processes_of_a_service_are_told_to(pool: WorkerPool) -> None:
    """Its document would be held to have crashed; it is the parent that ends workers."""
    assert pool.run(b"TOLD", "x.txt", None) == b"still here"


def test_who_waits_for_a_worker_of_a_closed_pool_is_sent_away() -> None:
    with ThreadPoolExecutor(3) as threads:
        with WorkerPool(misbehaving.behave, jobs=1) as pool:
            calls = [threads.submit(pool.run, b"TOLD", "x.txt", None) for _ in range(3)]
        ends = [call.exception() or call.result() for call in calls]
    assert all(end == b"still here" or isinstance(end, Aborted) for end in ends)
    with pytest.raises(Aborted):
        pool.run(b"TOLD", "y.txt", None)


def test_a_crash_leaves_the_others_alone() -> None:
    actions = ["REFUSE", "SEGFAULT", "REFUSE", "LEAVE", "REFUSE", "REFUSE", "HANG", "REFUSE"] * 2

    def code(action: str) -> str:
        with pytest.raises(ReadError) as caught:
            pool.run(action.encode(), "x.txt", None)
        return caught.value.code

    with WorkerPool(misbehaving.behave, jobs=2, timeout=2) as pool, ThreadPoolExecutor(4) as threads:
        codes = list(threads.map(code, actions))
    expected = {"REFUSE": "encrypted-pdf", "SEGFAULT": "crashed", "LEAVE": "crashed", "HANG": "timeout"}
    assert codes == [expected[action] for action in actions]


def test_workers_are_recycled_and_ended() -> None:
    with WorkerPool(misbehaving.pid, jobs=1, recycle_after=2) as pool:
        pids = [pool.run() for _ in range(5)]
    assert pids[0] == pids[1] != pids[2] == pids[3] != pids[4]
    assert os.getpid() not in pids
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_no_worker_outlives_a_killed_parent() -> None:
    code = (
        "from flows.workers import WorkerPool; from tests.flows import misbehaving\n"
        "pool = WorkerPool(misbehaving.pid, jobs=1); print(pool.run(), flush=True); input()"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = int(parent.stdout.readline())
    assert psutil.pid_exists(worker)
    parent.send_signal(signal.SIGKILL)
    parent.communicate()
    deadline = time.monotonic() + 20
    while psutil.pid_exists(worker) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not psutil.pid_exists(worker)

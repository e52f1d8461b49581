"""Worker functions that go wrong in every way a parser can; they are importable, as worker processes need."""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import tempfile
import time
from pathlib import Path

from flows.parsing import parse
from flows.sidecar import Origin
from schemas import ReadError


def behave(data: bytes, name: str, origin: Origin | None) -> bytes:
    """Do what the file's first line says; anything else is parsed for real."""
    first = data.splitlines()[0].decode("utf-8", "replace") if data else ""
    if first == "SEGFAULT ONCE":
        mark = Path(tempfile.gettempdir()) / f"tenkyo-once-{hashlib.sha256(data).hexdigest()[:8]}-{os.getppid()}"
        if mark.exists():
            mark.unlink()
        else:
            mark.touch()
            segfault()
    action = ACTIONS.get(first)
    return action() if action else parse(data, name, origin)


def hang() -> bytes:
    while True:
        time.sleep(1)


def spin_in_c() -> bytes:
    return b"%d" % len(str(7 ** (10**8)))  # one long call that holds the interpreter


def segfault() -> bytes:
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    ctypes.string_at(0)
    return b""


def leave() -> bytes:
    os._exit(3)


def told_to_end() -> bytes:
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(os.getpid(), number)
    return b"still here"


def killed() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def eat() -> bytes:
    hoard = []
    while True:
        hoard.append(bytearray(2**24))


def answer_too_big() -> bytes:
    return bytes(3 * 2**30)


def refuse() -> bytes:
    raise ReadError("encrypted-pdf", "is encrypted")


def bug() -> bytes:
    raise KeyError("a programming error")


ACTIONS = {
    "HANG": hang, "SPIN": spin_in_c, "SEGFAULT": segfault, "LEAVE": leave, "TOLD": told_to_end, "KILLED": killed,
    "EAT": eat, "BIG": answer_too_big, "REFUSE": refuse, "BUG": bug,
}  # fmt: skip


def pid(*_: object) -> int:
    return os.getpid()

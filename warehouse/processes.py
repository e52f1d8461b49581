"""Who runs: host and process of a run, so that a run whose process is gone is known to be interrupted."""

from __future__ import annotations

import os
import socket
from pathlib import Path


def here() -> tuple[str, str]:
    """Return this host's name and this process as "pid:start"."""
    pid = os.getpid()
    return socket.gethostname(), f"{pid}:{_started(pid)}"


def is_alive(host: str, process: str) -> bool:
    """Say whether a process still runs; those of other hosts are taken to."""
    if host != socket.gethostname():
        return True
    pid, _, started = process.partition(":")
    try:
        os.kill(int(pid), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        pass
    return _started(int(pid)) == started


def _started(pid: int) -> str:
    """Return the process's start time in clock ticks, so that a reused pid is told apart; "" where unknown."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return ""
    return stat.rpartition(")")[2].split()[19]

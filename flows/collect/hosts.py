"""Politeness: how long to wait before the next request to a host, shared by all sources of a run."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from flows.collect.guard import FetchError

_LONGEST_BACKOFF = 60.0  # seconds


class Hosts:
    """When each host may be asked again. Safe to share between threads."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        self.sleep = sleep
        self._lock = threading.Lock()
        self._next: dict[str, float] = {}
        self._closed_until: dict[str, float] = {}

    def wait(self, host: str, delay: float) -> None:
        """Wait for this request's turn, `delay` seconds after the turn before.

        Raises `FetchError` "asked-to-wait" while the host has asked for a longer rest than a run can give.
        """
        with self._lock:
            now = time.monotonic()
            closed = self._closed_until.get(host, 0.0)
            if closed > now:
                raise FetchError("asked-to-wait", f"{host} asks to be left alone for {closed - now:.0f} s more")
            turn = max(now, self._next.get(host, 0.0))
            self._next[host] = turn + delay
        if turn > now:
            self.sleep(turn - now)

    def close(self, host: str, seconds: float) -> None:
        """Ask nothing more of a host for so long."""
        with self._lock:
            self._closed_until[host] = time.monotonic() + seconds


def retry_after(value: str | None) -> float | None:
    """Return the seconds a Retry-After header asks for (RFC 9110, 10.2.3: a number, or a date); None for none."""
    if not value:
        return None
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def backoff(attempt: int) -> float:
    """Return a random wait before try `attempt` + 1: full jitter on a doubling range, from one second."""
    return random.uniform(0, min(_LONGEST_BACKOFF, 2.0**attempt))

"""A temporary Prefect server of our own process, where none is configured.

Prefect would start one itself, but only by importing its whole server into this process first (1.5 s more), and only
when the flow begins; this one starts while the files are being looked at. Two starts at once are made to queue: the
first start ever makes Prefect's database.
"""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from flows.settings import prepare_prefect
from schemas import TenkyoError

START_SECONDS = 180
DRAIN_SECONDS = 10


class TemporaryServer:
    """Starts a Prefect server on a free loopback port and ends it with the block; `PREFECT_API_URL` names it.

    Does nothing where `PREFECT_API_URL` is set already. Must be entered before Prefect is imported. With `services`
    the server also fires schedules and keeps house; a single flow needs neither.
    """

    def __init__(self, port: int | None = None, *, services: bool = False) -> None:
        self._port, self._services = port, services
        self._process: subprocess.Popen[bytes] | None = None
        self._log = Path()
        self._starting: FileLock | None = None

    def __enter__(self) -> TemporaryServer:
        prepare_prefect()
        if "PREFECT_API_URL" not in os.environ:
            self._start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._started()
        if self._process is None:
            return
        if self._process.poll() is None:  # a service manager ends all processes at once
            _send_events()
        os.environ.pop("PREFECT_API_URL", None)
        self._process.terminate()
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _start(self) -> None:
        home = Path(os.environ["PREFECT_HOME"])
        home.mkdir(parents=True, exist_ok=True)
        self._log = home / "server.log"
        self._starting = FileLock(home / "server-start.lock", thread_local=False)
        try:
            self._starting.acquire(timeout=START_SECONDS)
        except Timeout:
            raise TenkyoError(f"another Prefect server has been starting in {home} for three minutes") from None
        port = self._port or _free_port()
        command = [sys.executable, "-m", "uvicorn", "--factory", "prefect.server.api.server:create_app"]
        command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "error", "--timeout-keep-alive", "60"]
        temporary = {} if self._services else {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
        environment = {**os.environ, **temporary}
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                env=environment,
                preexec_fn=_die_with_parent(),
                start_new_session=True,  # Ctrl-C is for the parent, which needs the server to stop in order
            )
        os.environ["PREFECT_API_URL"] = f"http://127.0.0.1:{port}/api"

    def wait(self) -> None:
        """Return when the server answers.

        Raises `TenkyoError` when a temporary one does not come up in three minutes, or a configured one is not there.
        """
        import httpx

        url = os.environ["PREFECT_API_URL"] + "/health"
        if self._process is None:
            try:
                httpx.get(url, timeout=30)  # whatever it answers: it may want a key that Prefect itself will send
            except httpx.TransportError as error:
                named = os.environ["PREFECT_API_URL"]
                raise TenkyoError(
                    f"no Prefect server at PREFECT_API_URL={named} ({error}); --direct does without"
                ) from None
            return
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                if httpx.get(url, timeout=5, trust_env=False).status_code == 200:
                    self._started()
                    return
            except httpx.TransportError:
                time.sleep(0.05)
        last = self._log.read_text(errors="replace").strip().splitlines()[-1:]
        reason = f": {last[0]}" if last else ""
        raise TenkyoError(f"Prefect's temporary server did not start{reason} (see {self._log}); --direct does without")

    def _started(self) -> None:
        """Let the next start go on."""
        if self._starting is not None:
            self._starting.release()


def _send_events() -> None:
    """Let Prefect send what it has still to send to this server; what it cannot send in time is of no use to anybody.

    Without this a short flow on a busy machine ends before Prefect has connected, and Prefect complains at exit.
    """
    worker = sys.modules.get("prefect.events.worker")
    if worker is not None:
        worker.EventsWorker.drain_all(timeout=DRAIN_SECONDS)
        logging.getLogger("prefect._internal.concurrency").setLevel(logging.CRITICAL)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _die_with_parent() -> Callable[[], object] | None:
    """Return what makes a child on Linux end when this process is killed."""
    if sys.platform != "linux":
        return None
    import ctypes

    library = ctypes.CDLL(None)
    return lambda: library.prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG

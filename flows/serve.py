"""`tenkyo serve`: a Prefect server on loopback unless one is configured, the nightly schedule, and the watcher."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from flows.ingest import Ingester, Options
from flows.notify import notify
from flows.prefect_server import TemporaryServer
from flows.summary import Outcome, Status
from flows.watch import Watcher, line
from warehouse import open_warehouse

GRACE_SECONDS = 5  # for a nightly run to end in order


def serve(
    *,
    folder: Path,
    database: str | None,
    cron: str,
    timezone: str,
    options: Options,
    collect: bool = True,
    watch: bool = True,
    port: int | None = None,
    say: Callable[[str], None],
) -> None:
    """Run the schedule and the watcher until interrupted. `say` hears of what happens, a line at a time."""
    os.environ.setdefault("PREFECT_SERVER_UI_ENABLED", "true")
    os.environ.setdefault("PREFECT_LOGGING_LEVEL", "INFO")
    os.environ.setdefault("PREFECT_LOGGING_TO_API_ENABLED", "true")
    with TemporaryServer(port, services=True) as server:
        server.wait()
        say(f"Prefect at {os.environ['PREFECT_API_URL'].removesuffix('/api')}; nightly at “{cron}” ({timezone})")
        with _watching(folder, database, options, say) if watch else contextlib.nullcontext():
            _serve_nightly(folder, database, cron, timezone, options, collect)
    say("stopped")


@contextlib.contextmanager
def _watching(folder: Path, database: str | None, options: Options, say: Callable[[str], None]) -> Iterator[None]:
    """Watch in a thread while the block lasts; a document under way is stopped with it, and is taken at next start."""
    with open_warehouse(database) as warehouse, Ingester(warehouse, options, ahead=True) as ingester:
        stop = threading.Event()
        watcher = Watcher(
            folder,
            ingester,
            report=_told(say),
            complain=say,
            known=lambda number: say(f"{number} files already known"),
            stop=stop,
        )
        thread = threading.Thread(target=watcher.run, args=(lambda: say(f"watching {folder}"),), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            ingester.abort()
            thread.join(30)


def _serve_nightly(
    folder: Path, database: str | None, cron: str, timezone: str, options: Options, collect: bool
) -> None:
    """Serve the schedule until Ctrl-C or SIGTERM, which end it in order."""
    import asyncio
    import logging

    from prefect.runner import Runner
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.nightly import nightly_flow

    class Served(Runner):
        def handle_sigterm(self, *_: Any, **__: Any) -> None:
            for run in self._process_manager.flow_run_ids():  # at once: Prefect first waits for its own requests
                if process := self._process_manager.get(run):
                    with contextlib.suppress(OSError):
                        process.graceful_kill()
            os.kill(os.getpid(), signal.SIGINT)  # as Ctrl-C: asyncio knows how to end for that

        async def __aexit__(self, *details: Any) -> None:
            logging.disable(logging.CRITICAL)  # what Prefect has to say of its own ending
            # By default Prefect waits for half a minute, looking every three seconds. A run that is killed is as good
            # as one that ends: each document is loaded or not.
            manager = self._process_manager
            manager.kill = partial(manager.kill, grace_seconds=GRACE_SECONDS)  # type: ignore[method-assign]
            await super().__aexit__(*details)

    parameters: dict[str, Any] = {
        "database": database, "raw": str(folder), "collect": collect, "jobs": options.jobs,
        "timeout": options.timeout, "memory": options.memory,
    }  # fmt: skip
    deployment = nightly_flow.to_deployment(
        "nightly",
        schedule=Cron(cron, timezone=timezone),
        parameters=parameters,
        entrypoint_type=EntrypointType.MODULE_PATH,
        concurrency_limit=1,
    )
    runner = Served(limit=1)
    runner.add_deployment(deployment)  # type: ignore[arg-type]
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs are born deaf to it

    async def run() -> None:
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        assert task is not None

        def stop() -> None:
            logging.disable(logging.CRITICAL)  # a request that the end cuts off is no accident to be logged
            task.cancel()

        with contextlib.suppress(NotImplementedError):  # Windows: asyncio itself minds Ctrl-C
            loop.add_signal_handler(signal.SIGINT, stop)
        await runner.start()

    with contextlib.suppress(KeyboardInterrupt, asyncio.CancelledError):
        asyncio.run(run())


def _told(say: Callable[[str], None]) -> Callable[[Outcome], None]:
    """Return what the watcher tells of each file to: `say`, and whoever waits for failures (the nightly run that comes
    after says of them only that they failed before)."""

    def report(outcome: Outcome) -> None:
        say(line(outcome))
        if outcome.status == Status.FAILED:
            notify(f"watch: {line(outcome)}")

    return report

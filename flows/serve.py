"""`tenkyo serve`: a Prefect server on loopback unless one is configured, the nightly schedule, and the watcher."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flows.ingest import Ingester, Options
from flows.prefect_server import TemporaryServer
from flows.watch import Watcher
from warehouse import open_warehouse


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
        stop = threading.Event()
        watcher = threading.Thread(target=_watch, args=(folder, database, options, stop, say), daemon=True)
        if watch:
            watcher.start()
        try:
            _serve_nightly(folder, database, cron, timezone, options, collect)
        finally:
            stop.set()
            if watch:
                watcher.join(30)


def _watch(
    folder: Path, database: str | None, options: Options, stop: threading.Event, say: Callable[[str], None]
) -> None:
    with open_warehouse(database) as warehouse, Ingester(warehouse, options, ahead=True) as ingester:
        watcher = Watcher(
            folder,
            ingester,
            report=lambda outcome: say(f"{outcome.path.name}: {outcome.status} {outcome.message}".rstrip()),
            complain=say,
            stop=stop,
        )
        watcher.run(ready=lambda: say(f"watching {folder}"))


def _serve_nightly(
    folder: Path, database: str | None, cron: str, timezone: str, options: Options, collect: bool
) -> None:
    import prefect
    from prefect.schedules import Cron
    from prefect.types.entrypoint import EntrypointType

    from flows.nightly import nightly_flow

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
    prefect.serve(deployment, limit=1, print_starting_message=False)  # type: ignore[arg-type]

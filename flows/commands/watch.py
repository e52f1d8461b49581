"""`tenkyo watch`: what is dropped into a folder is ingested as it arrives."""

from __future__ import annotations

import signal
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import Database, console, open_database
from flows.commands.ingest import Jobs, Memory, Timeout
from flows.limits import DOCUMENT_MEBIBYTES, DOCUMENT_SECONDS
from flows.settings import raw_folder
from schemas.errors import TenkyoError


def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="What to watch. Default: raw/.", show_default=False)
    ] = None,
    database: Database = None,
    jobs: Jobs = 0,
    timeout: Timeout = DOCUMENT_SECONDS,
    memory: Memory = DOCUMENT_MEBIBYTES,
) -> None:
    """Ingest what is dropped into a folder, as it arrives.

    Ctrl-C ends it. A file is taken when it has stopped growing. Hidden files, editors' temporary files and
    downloads under way are left alone; folders on network drives are looked at once a second.

    Example: `tenkyo watch ~/Dropbox/reports`
    """
    from flows.ingest import Ingester, Options
    from flows.watch import Watcher, line

    watched = (folder or raw_folder()).absolute()
    if not watched.is_dir():
        raise TenkyoError(f"{watched}: no such folder")
    options, err, out = Options(jobs, timeout, memory), console(error=True), console()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a service manager's way of saying Ctrl-C
    try:
        with open_database(database) as warehouse, Ingester(warehouse, options, ahead=True) as ingester:
            watcher = Watcher(
                watched,
                ingester,
                report=lambda outcome: out.print(line(outcome)),
                complain=lambda words: err.print(words, style="red"),
                known=lambda number: out.print(f"{number} files already known"),
            )
            try:
                watcher.run(ready=lambda: err.print(f"watching {watched}; Ctrl-C ends it"))
            finally:
                ingester.abort()
    except KeyboardInterrupt:
        err.print("stopped")

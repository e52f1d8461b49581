"""`tenkyo watch`: what is dropped into a folder is ingested as it arrives."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.common import Database, console, open_database
from flows.commands.ingest import Jobs, Memory, Timeout
from flows.settings import raw_folder
from schemas.errors import TenkyoError

if TYPE_CHECKING:
    from flows.summary import Outcome


def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="What to watch. Default: raw/.", show_default=False)
    ] = None,
    database: Database = None,
    jobs: Jobs = 0,
    timeout: Timeout = 300,
    memory: Memory = 4096,
) -> None:
    """Ingest what is dropped into a folder, as it arrives.

    Ctrl-C ends it. A file is taken when it has stopped growing. Hidden files, editors' temporary files and
    downloads under way are left alone; folders on network drives are looked at once a second.

    Example: `tenkyo watch ~/Dropbox/reports`
    """
    from flows.ingest import Ingester, Options
    from flows.watch import Watcher

    watched = (folder or raw_folder()).absolute()
    if not watched.is_dir():
        raise TenkyoError(f"{watched}: no such folder")
    options, err = Options(jobs, timeout, memory), console(error=True)
    with open_database(database) as warehouse, Ingester(warehouse, options, ahead=True) as ingester:
        watcher = Watcher(watched, ingester, report=show_outcome, complain=lambda line: err.print(line, style="red"))
        try:
            watcher.run(ready=lambda: err.print(f"watching {watched}; Ctrl-C ends it"))
        except KeyboardInterrupt:
            ingester.abort()


def show_outcome(outcome: Outcome) -> None:
    """Print one line for a file that was dealt with."""
    counts = f"{outcome.added} claims added, {outcome.confirmed} confirmed, {outcome.retired} retired"
    reason = f"{outcome.message} [{outcome.code}]" if outcome.code else counts
    said = "already known" if outcome.status == "unchanged" and not outcome.code else f"{outcome.status}: {reason}"
    console().print(f"{outcome.path.name}: {said}")

"""`tenkyo serve`: the nightly schedule and the watcher in one process."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import Database, console
from flows.commands.ingest import Jobs, Memory, Timeout
from flows.limits import DOCUMENT_MEBIBYTES, DOCUMENT_SECONDS
from flows.settings import raw_folder
from schemas.errors import TenkyoError


def command(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="The raw folder. Default: raw/.", show_default=False)
    ] = None,
    cron: Annotated[str, typer.Option("--cron", help="When to collect and ingest.")] = "0 2 * * *",
    timezone: Annotated[str, typer.Option("--timezone", help="In which time zone that is.")] = "Asia/Tokyo",
    collect: Annotated[bool, typer.Option(help="Collect from the registered sources first.")] = True,
    watch: Annotated[bool, typer.Option(help="Also ingest what is dropped into the folder, at once.")] = True,
    port: Annotated[int, typer.Option("--port", help="Of the Prefect server, on this machine only.")] = 4200,
    database: Database = None,
    jobs: Jobs = 0,
    timeout: Timeout = DOCUMENT_SECONDS,
    memory: Memory = DOCUMENT_MEBIBYTES,
) -> None:
    """Collect and ingest nightly, and ingest drops at once.

    Runs until stopped. Uses the Prefect server that `PREFECT_API_URL` names, else starts one on this machine, with
    its web page at the port. `TENKYO_NOTIFY_URL` is told of failures.

    Example: `tenkyo serve --cron "30 1 * * *"`
    """
    from flows.ingest import Options
    from flows.serve import serve

    served = (folder or raw_folder()).absolute()
    if not served.is_dir():
        raise TenkyoError(f"{served}: no such folder")
    out = console()
    serve(
        folder=served, database=database, cron=cron, timezone=timezone, options=Options(jobs, timeout, memory),
        collect=collect, watch=watch, port=port, say=out.print,
    )  # fmt: skip

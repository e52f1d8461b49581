"""`tenkyo verify`: the warehouse proven from the raw bytes."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.commands.common import Database, console, open_database
from flows.commands.ingest import Jobs, Memory, Timeout
from flows.limits import DOCUMENT_MEBIBYTES, DOCUMENT_SECONDS


def command(
    database: Database = None,
    jobs: Jobs = 0,
    timeout: Timeout = DOCUMENT_SECONDS,
    memory: Memory = DOCUMENT_MEBIBYTES,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only say what does not stand.")] = False,
) -> None:
    """Check every claim against its raw file again, digit by digit.

    Every raw file is read again. Checked are the file's SHA-256, the text it reads as, every quote and its place on
    the page, the claim's parts against its id, and its numbers against the digits written. Exit status 1 when
    something does not stand: one line each.

    Example: `tenkyo verify --database warehouse/tenkyo.db`
    """
    from flows.ingest import Options
    from flows.verify import verify

    with open_database(database, read_only=True) as warehouse:
        workers = Options(jobs).workers
        verdict = verify(warehouse, jobs=workers, timeout=timeout, memory=memory)
    for failure in verdict.failures:
        console(error=True).print(failure, style="red")
    if not quiet:
        counts = f"{verdict.documents:,} documents, {verdict.claims:,} claims, {verdict.evidence:,} pieces of evidence"
        end = f"{len(verdict.failures):,} do not stand" if verdict.failures else "all stand"
        console().print(f"{counts}: {end}")
    raise typer.Exit(1 if verdict.failures else 0)

"""`tenkyo ingest`: files to claims, with progress and a closing summary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.common import Database, console, open_database
from flows.limits import DOCUMENT_MEBIBYTES, DOCUMENT_SECONDS
from flows.places import raw_path
from flows.settings import raw_folder

if TYPE_CHECKING:
    from flows.ingest import Options
    from flows.summary import Outcome, Summary

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH", help="Files or folders, also by address (s3://bucket/raw). Default: raw/.", show_default=False
    ),
]
Jobs = Annotated[int, typer.Option("--jobs", "-j", min=0, help="Documents read at a time; 0: one a core.")]
Timeout = Annotated[float, typer.Option("--timeout", min=1, help="Seconds a document may take.")]
Memory = Annotated[int, typer.Option("--memory", min=256, help="MiB of memory a document may take.")]
Dask = Annotated[
    str | None,
    typer.Option(
        "--dask",
        envvar="TENKYO_DASK",
        metavar="ADDRESS",
        help="Read on the Dask cluster with this scheduler (tcp://host:8786), into Postgres.",
        show_default=False,
    ),
]


def command(
    paths: Paths = None,
    database: Database = None,
    direct: Annotated[bool, typer.Option("--direct", help="Without Prefect: quicker for a single file.")] = False,
    jobs: Jobs = 0,
    timeout: Timeout = DOCUMENT_SECONDS,
    memory: Memory = DOCUMENT_MEBIBYTES,
    retry: Annotated[bool, typer.Option("--retry", help="Also read again what could not be read before.")] = False,
    dask: Dask = None,
) -> None:
    """Read documents into claims. Known, unchanged files cost a look-up; nothing in raw/ is changed.

    A document that could not be read is read again when Tenkyo has changed, or with --retry.

    Exit status: 0 all is well; 1 a document could not be read (`SELECT * FROM issues` says why), the rest is loaded;
    2 wrong use.

    Example: `tenkyo ingest ~/reports/2025 --jobs 4`
    """
    from flows.discover import find_documents
    from flows.ingest import Options, nothing_to_read

    wanted = places(paths)
    options = Options(jobs, timeout, memory, retry, dask)
    files, _ = find_documents(wanted)
    if dask is not None:
        from flows.dask_cluster import check

        check(dask, database, prefect=not direct)
    with open_database(database) as warehouse:
        direct = direct or nothing_to_read(warehouse, files, retry=retry)
    with progress_bar(len(files)) as report:
        summary = _direct(wanted, database, options, report) if direct else _flow(wanted, database, options, report)
    show_summary(summary)
    raise typer.Exit(1 if summary.unread else 0)


def places(paths: list[str] | None) -> list[Path]:
    """Return what the user named, by path or by address; the raw folder when nothing was named."""
    return [raw_path(path) for path in paths] if paths else [raw_folder()]


def _direct(paths: list[Path], database: str | None, options: Options, report: Callable[[Outcome], None]) -> Summary:
    from flows.ingest import in_threads, ingest

    if options.dask is None:
        return ingest(paths, database=database, options=options, spread=in_threads, report=report)
    from flows.dask_cluster import connected, on_dask

    with connected(options.dask) as client:
        return ingest(paths, database=database, options=options, spread=on_dask(client, database), report=report)


def _flow(paths: list[Path], database: str | None, options: Options, report: Callable[[Outcome], None]) -> Summary:
    """Run the same functions as a Prefect flow, on a temporary server unless one is configured."""
    from flows.prefect_server import TemporaryServer

    with TemporaryServer() as server:
        from flows.orchestration import run_flow

        server.wait()
        return run_flow(paths, database, options, report)


@contextmanager
def progress_bar(total: int) -> Iterator[Callable[[Outcome], None]]:
    """Show a bar on a terminal's standard error; yield what is to be called with each outcome."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}", markup=False))
    err = console(error=True)
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as progress:
        bar = progress.add_task("starting", total=total)

        def report(outcome: Outcome) -> None:
            progress.update(bar, advance=1, description=outcome.path.name)

        yield report


def show_summary(summary: Summary) -> None:
    """Print the closing summary: the documents that failed, one line each, then the counts."""
    err, out = console(error=True), console()
    for outcome in summary.unread:
        err.print(f"{outcome.status}  {outcome.path}: {outcome.message} [{outcome.code}]", style="red")
    for label, text in summary.lines():
        out.print(f"{label:<10} {text}")

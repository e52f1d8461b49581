"""`tenkyo collect` and `tenkyo sources`: what is new from the registered sources into `raw/`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.commands.common import Database, console
from flows.settings import raw_folder

if TYPE_CHECKING:
    from flows.collect.report import SourceReport
    from schemas import Issue, Source

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SOURCE]...", help="Ids from the registry. Default: all that are enabled.", show_default=False
    ),
]
Registry = Annotated[
    Path | None,
    typer.Option(
        "--registry", envvar="TENKYO_SOURCES", metavar="FILE", help="Default: flows/sources.toml.", show_default=False
    ),
]
Raw = Annotated[
    Path | None, typer.Option("--raw", metavar="FOLDER", help="Where documents go. Default: raw/.", show_default=False)
]

sources = typer.Typer(help="The registered sources.", no_args_is_help=True)


def command(
    names: Names = None,
    registry: Registry = None,
    raw: Raw = None,
    database: Database = None,
    due: Annotated[bool, typer.Option("--due", help="Only sources whose schedule has come round.")] = False,
    direct: Annotated[bool, typer.Option("--direct", help="Without Prefect.")] = False,
) -> None:
    """Fetch what is new from the registered sources into raw/; `tenkyo ingest` reads it afterwards.

    Exit status: 0 all is well; 1 something could not be collected (`SELECT * FROM issues` says what); 2 wrong use.

    Example: `tenkyo collect daiwa-ai mizuho-industry`
    """
    from flows.collect.registry import chosen, load_sources

    wanted = chosen(load_sources(registry), names or [])
    folder = raw or raw_folder()
    if direct:
        from flows.collect.run import collect
        from flows.collect.signals import record

        reports = collect(wanted, folder, due=due)
        record(reports, database)
    else:
        reports = _flow([source.id for source in wanted], registry, folder, database, due)
    show_reports(reports)
    raise typer.Exit(1 if any(report.failed for report in reports) else 0)


@sources.command("check")
def check(names: Names = None, registry: Registry = None, raw: Raw = None) -> None:
    """Say what each source would fetch: its listing is fetched, its documents are not.

    Exit status: 0 all is well; 1 a source cannot be read or names nothing; 2 wrong use.

    Example: `tenkyo sources check daiwa-ai`
    """
    from flows.collect.check import check_sources
    from flows.collect.registry import chosen, load_sources

    out, bad = console(), False
    for result in check_sources(chosen(load_sources(registry), names or []), raw or raw_folder()):
        out.print(f"{result.source}  {result.line()}")
        for entry in result.new:
            out.print(f"    new  {entry.published or '          '}  {entry.title or ''}  {entry.address}")
        show_issues(result.source, result.issues)
        bad = bad or bool(result.issues)
    raise typer.Exit(1 if bad else 0)


@sources.command("list")
def list_sources(registry: Registry = None) -> None:
    """List the registered sources.

    Example: `tenkyo sources list`
    """
    from flows.collect.registry import load_sources

    for source in load_sources(registry):
        console().print(_described(source))


def show_reports(reports: Sequence[SourceReport]) -> None:
    """Print what became of each source: its issues to standard error, one line of counts each."""
    for report in reports:
        show_issues(report.source, report.issues)
    width = max((len(report.source) for report in reports), default=0)
    for report in reports:
        console().print(f"{report.source:<{width}}  {report.line()}")


def show_issues(source: str, issues: Sequence[Issue]) -> None:
    """Print issues to standard error, one line each."""
    for issue in issues:
        console(error=True).print(f"{issue.severity.value:<7}  {source}: {issue.message} [{issue.code}]", style="red")


def _described(source: Source) -> str:
    off = "" if source.enabled else "  (off)"
    return f"{source.id:<20} {source.kind.value:<8} {source.publisher}  {source.address}{off}"


def _flow(
    names: Sequence[str], registry: Path | None, raw: Path, database: str | None, due: bool
) -> list[SourceReport]:
    """Run the same functions as a Prefect flow, on a temporary server unless one is configured."""
    from flows.prefect_server import TemporaryServer

    with TemporaryServer() as server:
        from flows.collect.flow import run_flow

        server.wait()
        return run_flow(names, registry, raw, database, due)

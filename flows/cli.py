"""The `tenkyo` command."""

from __future__ import annotations

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from flows.commands import collect, diff, export, ingest, review, serve, show, sql, verify, watch
from schemas.errors import TenkyoError

app = typer.Typer(
    name="tenkyo",
    help="Analyst reports into a warehouse of claims, each traced to the exact spot it was read from.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: Rich would double the time it takes
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("ingest")(ingest.command)
app.command("collect")(collect.command)
app.command("sql")(sql.command)
app.command("show")(show.command)
app.command("verify")(verify.command)
app.command("diff")(diff.command)
app.add_typer(review.app, name="review")
app.command("watch")(watch.command)
app.command("serve")(serve.command)
app.add_typer(export.app, name="export")
app.add_typer(collect.sources, name="sources")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"tenkyo {version('tenkyo')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and leave.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line: a mistake of the user's is one line and exit status 2; only bugs show a traceback."""
    try:
        app()
    except TenkyoError as error:
        typer.echo(f"tenkyo: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:  # `tenkyo sql … | head`
        sys.stderr.close()
        sys.exit(0)

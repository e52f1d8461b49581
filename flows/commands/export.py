"""`tenkyo export`: current claims for other tools."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import Database, console, open_database

app = typer.Typer(help="Write what the warehouse holds to a file.", no_args_is_help=True)


class ClaimsFormat(StrEnum):
    """What a file of claims can be."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


@app.callback()
def _group() -> None:
    """Write what the warehouse holds to a file."""


@app.command("claims")
def claims(
    format: Annotated[ClaimsFormat, typer.Option("--format", "-f", help="What to write.")] = ClaimsFormat.JSONL,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to; default: standard output.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--everything", help="Also quarantined, rejected and uncertain claims.")
    ] = False,
    database: Database = None,
) -> None:
    """Write the current claims, each with its evidence (jsonl, parquet) or one row a claim (csv).

    Example: `tenkyo export claims --format parquet -o claims.parquet`
    """
    if format == ClaimsFormat.PARQUET and output is None:
        raise typer.BadParameter("parquet needs a file: -o FILE")
    from warehouse.export import files

    with open_database(database, read_only=True) as warehouse:
        found = warehouse.claims(everything=everything)
        if output is not None:
            count = files.write_claims(found, format.value, output)
            console(error=True).print(f"{count:,} claims in {output}")
        else:
            {ClaimsFormat.JSONL: files.write_jsonl, ClaimsFormat.CSV: files.write_csv}[format](found, sys.stdout)
    sys.stdout.flush()

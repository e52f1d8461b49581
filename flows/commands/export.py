"""`tenkyo export`: current claims for other tools."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from flows.commands.common import Database, console, open_database
from schemas.errors import TenkyoError

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
    as_of: Annotated[
        datetime | None,
        typer.Option(
            "--as-of", formats=["%Y-%m-%d"], metavar="DAY", help="What was believed at the end of a day (UTC)."
        ),
    ] = None,
    database: Database = None,
) -> None:
    """Write the current claims, each with its evidence (jsonl, parquet) or one row a claim (csv).

    Example: `tenkyo export claims --format parquet -o claims.parquet`
    """
    if format == ClaimsFormat.PARQUET and output is None:
        raise typer.BadParameter("parquet needs a file: -o FILE")
    from warehouse.export import files

    with open_database(database, read_only=True) as warehouse:
        found = warehouse.claims(everything=everything, as_of=None if as_of is None else as_of.date().isoformat())
        if output is not None:
            count = files.write_claims(found, format.value, output)
            console(error=True).print(f"{count:,} claims in {output}")
        else:
            {ClaimsFormat.JSONL: files.write_jsonl, ClaimsFormat.CSV: files.write_csv}[format](found, sys.stdout)
    sys.stdout.flush()


Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Default: standard output.")]


@app.command("package")
def package(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to; made where it is not there.")],
    database: Database = None,
) -> None:
    """Write the current claims as jsonl, csv and parquet, with a datapackage.json that describes them.

    Example: `tenkyo export package out/`
    """
    from warehouse.export.package import export_package

    with open_database(database, read_only=True) as warehouse:
        described = export_package(warehouse, folder)
    names = ", ".join(resource["path"] for resource in described["resources"])
    console(error=True).print(f"{names} and datapackage.json in {folder}")


@app.command("annotations")
def web_annotations(output: Output = None, database: Database = None) -> None:
    """Write the evidence of the current claims as W3C Web Annotations, one JSON object a line.

    Example: `tenkyo export annotations -o evidence.jsonl`
    """
    from warehouse.export.annotations import annotate

    with open_database(database, read_only=True) as warehouse:
        _lines(annotate(warehouse.claims(), warehouse.document_text), output)


@app.command("provenance")
def provenance(
    documents: Annotated[
        list[str] | None,
        typer.Argument(metavar="[DOCUMENT]…", help="File names or (starts of) SHA-256; default: all documents."),
    ] = None,
    output: Output = None,
    database: Database = None,
) -> None:
    """Write as one PROV-JSON object where every claim ever learned came from: documents, runs, sources, reviewers.

    Example: `tenkyo export provenance report.pdf -o report.prov.json`
    """
    from warehouse.export.provenance import find_documents

    with open_database(database, read_only=True) as warehouse:
        _lines([warehouse.provenance(*find_documents(warehouse, documents or ()))], output)


def _lines(objects: Iterable[dict[str, Any]], output: Path | None) -> None:
    import json

    try:
        with output.open("w", encoding="utf-8") if output else nullcontext(sys.stdout) as file:
            for each in objects:
                file.write(json.dumps(each, ensure_ascii=False, default=str) + "\n")
            file.flush()
    except OSError as error:
        if output is None:
            raise
        raise TenkyoError(f"{output}: {error.strerror}") from None

"""`tenkyo review`: a person's verdict on claims."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.common import Database, console, open_database
from schemas.errors import TenkyoError

app = typer.Typer(help="Judge claims: accept, reject, correct. Verdicts outlive re-reading.", no_args_is_help=True)

Claim = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id, or the start of it.")]
By = Annotated[str, typer.Option("--by", envvar="TENKYO_REVIEWER", help="Who judges. Default: the login name.")]
Why = Annotated[str | None, typer.Option("--why", help="The reason.")]
File = Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file.")]


@app.command("accept")
def accept(claim: Claim, by: By = "", why: Why = None, database: Database = None) -> None:
    """Say that a claim is right; it is shown from now on, however unsure the machine is.

    Example: `tenkyo review accept 3f9c2a --by sato`
    """
    _judge(database, claim, "accept", by, why)


@app.command("reject")
def reject(claim: Claim, by: By = "", why: Why = None, database: Database = None) -> None:
    """Say that a claim is wrong; it leaves the `claims` view and stays in the history.

    Example: `tenkyo review reject 3f9c2a --why "a list number"`
    """
    _judge(database, claim, "reject", by, why)


@app.command("correct")
def correct(
    claim: Claim,
    corrections: Annotated[
        list[str], typer.Option("--set", metavar="FIELD=VALUE", help="What is right, e.g. value=7000000000.")
    ],
    by: By = "",
    why: Why = None,
    database: Database = None,
) -> None:
    """Say what a claim should be; the corrected claim takes its place, marked as a person's.

    Example: `tenkyo review correct 3f9c2a --set unit=JPY --set value=125000000000`
    """
    pairs = dict(_pair(text) for text in corrections)
    _judge(database, claim, "correct", by, why, pairs)


@app.command("withdraw")
def withdraw(claim: Claim, by: By = "", why: Why = None, database: Database = None) -> None:
    """Take back what was said about a claim; what the machine reads stands again.

    Example: `tenkyo review withdraw 3f9c2a`
    """
    _judge(database, claim, "withdraw", by, why)


@app.command("export")
def export(file: File, database: Database = None) -> None:
    """Write the claims to judge to a CSV file, with the verdicts given so far.

    Fill in the columns `verdict` (accept, reject, correct, withdraw), `reason` and `correct_…`, then import it.

    Example: `tenkyo review export to-judge.csv`
    """
    with open_database(database, read_only=True) as warehouse:
        console().print(f"{warehouse.export_reviews(file):,} claims in {file}")


@app.command("import")
def import_(file: File, by: By = "", database: Database = None) -> None:
    """Record the verdicts filled into such a file; those recorded before are left alone.

    Example: `tenkyo review import to-judge.csv --by sato`
    """
    if not file.is_file():
        raise TenkyoError(f"{file}: no such file")
    with open_database(database) as warehouse:
        count = warehouse.import_reviews(file, by=_name(by))
        console().print(f"{count:,} verdict{'' if count == 1 else 's'} recorded")


def _judge(
    database: str | None, claim: str, verdict: str, by: str, why: str | None, pairs: dict[str, str] | None = None
) -> None:
    with open_database(database) as warehouse:
        number = warehouse.review(claim, verdict, by=_name(by), why=why, corrections=pairs)
    console().print(f"review {number} recorded: {verdict} by {_name(by)}")


def _name(by: str) -> str:
    return by or getpass.getuser()


def _pair(text: str) -> tuple[str, str]:
    name, mark, value = text.partition("=")
    if not mark:
        raise typer.BadParameter(f"{text!r}: write FIELD=VALUE")
    return name.strip(), value.strip()

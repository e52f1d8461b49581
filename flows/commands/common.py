"""What commands share: the database option and a way to say things."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from warehouse import Warehouse

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar="TENKYO_DATABASE_URL",
        metavar="URL",
        help="A path or sqlite:///path, or postgresql://user@host/name. Default: warehouse/tenkyo.db.",
        show_default=False,
    ),
]


def open_database(url: str | None, *, read_only: bool = False) -> Warehouse:
    """Return the warehouse at `url`; the package is imported only now."""
    from warehouse import open_warehouse

    return open_warehouse(url, read_only=read_only)


def console(*, error: bool = False) -> Console:
    """Return a console that leaves text alone: no markup, no highlighting of what documents say."""
    from rich.console import Console

    return Console(stderr=error, markup=False, highlight=False, soft_wrap=True)

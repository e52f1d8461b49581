"""Where a warehouse is: a file for SQLite, an address for Postgres."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from warehouse.errors import WarehouseError

DEFAULT_NAME = "tenkyo.db"


@dataclass(frozen=True)
class Location:
    """An engine ("sqlite" or "postgresql") and its file or address."""

    engine: str
    path: Path | None = None
    dsn: str = ""

    @property
    def lock_path(self) -> Path | None:
        """The writer's lock file beside an SQLite file."""
        return None if self.path is None else self.path.with_name(self.path.name + ".lock")

    def __str__(self) -> str:
        return str(self.path) if self.path else _without_password(self.dsn)


def default_path() -> Path:
    """Return `warehouse/tenkyo.db` of the project around the working directory, else of the working directory."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "warehouse").is_dir() and (folder / "raw").is_dir():
            return folder / "warehouse" / DEFAULT_NAME
    return here / "warehouse" / DEFAULT_NAME


def locate(url: str | Path | None = None) -> Location:
    """Return the location that `url` names.

    None is `TENKYO_DATABASE_URL`, else the default file. Otherwise a path, `sqlite:///path` (four slashes for an
    absolute one, as SQLAlchemy has it) or `postgresql://user@host/name`. Raises `WarehouseError` for other schemes.
    """
    if url is None:
        url = os.environ.get("TENKYO_DATABASE_URL") or default_path()
    text = str(url)
    scheme, mark, rest = text.partition("://")
    if not mark:
        return Location("sqlite", Path(text).expanduser().absolute())
    dialect = scheme.split("+")[0]
    if dialect == "sqlite":
        if not rest.startswith("/") or rest == "/":
            raise WarehouseError(f"{text}: name a file, as in sqlite:///warehouse/tenkyo.db")
        return Location("sqlite", Path(unquote(rest[1:])).expanduser().absolute())
    if dialect in ("postgresql", "postgres"):
        return Location("postgresql", dsn=f"postgresql://{rest}")
    raise WarehouseError(f"{text}: the warehouse is SQLite (a path or sqlite:///) or Postgres (postgresql://)")


def _without_password(dsn: str) -> str:
    head, mark, tail = dsn.rpartition("@")
    if not mark or ":" not in head.removeprefix("postgresql://"):
        return dsn
    return head.rpartition(":")[0] + "@" + tail

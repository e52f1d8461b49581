"""One open transaction: statements, questions, and rows added at the engine's own speed.

SQLAlchemy opens and ends it; the statements within go straight to the driver, which is what the speed hangs on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]


@lru_cache(maxsize=100)
def _spelt(statement: str) -> str:
    listed = "(SELECT value AS listed FROM json_each(:values))"
    return statement.replace("{within}", f"IN {listed}").replace("{each}", listed).replace("{false}", "0")


NUMBERED = (
    "run", "document", "reading", "location", "block", "grid", "entity", "metric", "claim", "ledger", "issue",
    "extraction", "review",
)  # fmt: skip
_MAXIMA = "SELECT " + ", ".join(f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {name})" for name in NUMBERED)


class Session:
    """One open transaction on SQLite. Statements have `:name` placeholders, as on Postgres."""

    postgres = False

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver: Any = connection.connection.driver_connection
        self._free: dict[str, int] = {}
        self._asked: Callable[[], list[Row]] | None = None

    @property
    def connection(self) -> Connection:
        """The connection itself, for statements that change the schema."""
        return self._connection

    def finish(self) -> None:
        """Send what is still to be sent and commit, where the engine lets both go together."""

    def relax(self) -> None:
        """Let the commit not wait for the disk, as SQLite's never do here: for what the next run would find again."""

    def abandon(self) -> None:
        """Make the connection ready to roll back."""

    def run(self, statement: str, **values: Any) -> None:
        """Execute a statement."""
        self._execute(statement, values)

    def many(self, statement: str, values: Sequence[dict[str, Any]]) -> None:
        """Execute a statement once for each set of values."""
        if values:
            self._executemany(statement, values)

    def later(self, statement: str, **values: Any) -> Callable[[], list[Row]]:
        """Ask now and read the rows when they are needed: on Postgres, questions asked so share a round trip."""
        rows = self.rows(statement, **values)
        return lambda: rows

    def rows(self, statement: str, **values: Any) -> list[Row]:
        """Return all rows of a query."""
        rows: list[Row] = self._execute(statement, values).fetchall()
        return rows

    def spell(self, statement: str) -> str:
        """Return a statement as the engine wants it: `{within}` is "is one of `:values`", `{each}` a table of these
        numbers with the column `listed`, `{false}` the truth value. `:values` are given as `listed`.
        """
        return _spelt(statement)

    def listed(self, values: Iterable[Any]) -> Any:
        """Return texts or numbers as the one value of a `:values`."""
        return json.dumps(list(values), ensure_ascii=False)

    def row(self, statement: str, **values: Any) -> Row | None:
        """Return the first row of a query, or None."""
        found = self.rows(statement, **values)
        return found[0] if found else None

    def _execute(self, statement: str, values: dict[str, Any]) -> sqlite3.Cursor:
        try:
            return self._driver.execute(statement, values)  # type: ignore[no-any-return]
        except sqlite3.Error as error:
            raise DBAPIError(statement, None, error) from error

    def _executemany(self, statement: str, values: Sequence[Any]) -> None:
        try:
            self._driver.executemany(statement, values)
        except sqlite3.Error as error:
            raise DBAPIError(statement, None, error) from error

    def ask_ids(self) -> None:
        """Ask now for what `next_id` will need."""
        self._asked = self.later(_MAXIMA)

    def next_id(self, table: str) -> int:
        """Return the first free number of a table; right under the writer's lock. `insert` counts on from it."""
        if not self._free:
            [free] = (self._asked or self.later(_MAXIMA))()
            self._free = dict(zip(NUMBERED, free, strict=True))
        return self._free[table]

    def take_id(self, table: str) -> int:
        """Return the first free number of a table and count on from it."""
        taken = self.next_id(table)
        self._free[table] = taken + 1
        return taken

    @property
    def numbered(self) -> dict[str, int]:
        """The first free numbers as far as this transaction asked for them."""
        return self._free

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        """Add rows: one prepared statement for all of them, or what is quickest on Postgres."""
        if not rows:
            return
        if columns[0] == "id" and table in self._free:
            self._free[table] = max(self._free[table], rows[-1][0] + 1)
        self._add(table, columns, rows)

    def _add(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        marks = ", ".join("?" * len(columns))
        self._executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)

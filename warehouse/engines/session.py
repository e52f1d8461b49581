"""One open transaction: statements, questions, and rows added at the engine's own speed.

SQLAlchemy opens and ends it; the statements within go straight to the driver, which is what the speed hangs on.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

Row = tuple[Any, ...]
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

    @property
    def connection(self) -> Connection:
        """The connection itself, for statements that change the schema."""
        return self._connection

    def finish(self) -> None:
        """Send what is still to be sent and commit, where the engine lets both go together."""

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

    def rows_within(self, statement: str, values: Sequence[Any], **more: Any) -> list[Row]:
        """Return all rows of a query in which `{within}` stands for "is one of `values`"."""
        within = "IN (SELECT value FROM json_each(:values))"
        return self.rows(
            statement.replace("{within}", within), values=json.dumps(list(values), ensure_ascii=False), **more
        )

    def run_within(self, statement: str, values: Sequence[Any]) -> None:
        """Execute a statement in which `{within}` stands for "is one of `values`"."""
        self.run(statement.replace("{within}", "IN (SELECT value FROM json_each(:values))"), values=json.dumps(values))

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

    def next_id(self, table: str) -> int:
        """Return the first free number of a table; right under the writer's lock. `insert` counts on from it."""
        if not self._free:
            self._free = dict(zip(NUMBERED, self.row(_MAXIMA) or (), strict=True))
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

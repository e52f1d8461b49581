"""A transaction on Postgres that waits for the server as seldom as can be.

Statements without an answer are sent and not waited for (libpq's pipeline mode), so that the server works while the
next rows are made, and a document costs a handful of round trips instead of one for every statement. COPY cannot stand
in a pipeline and takes two round trips of its own: up to `COPY_FROM` rows go as arrays instead, one parameter a column,
which for the 30 to 300 rows that a document has in a table is a fifth quicker; more rows go by COPY, which is a fifth
quicker there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from warehouse.engines import postgres
from warehouse.engines.session import Row, Session
from warehouse.engines.statements import to_pyformat

COPY_FROM = 500  # rows
ColumnTypes = dict[str, dict[str, str]]
_TYPES = (
    "SELECT c.relname, a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a JOIN pg_class c "
    "ON c.oid = a.attrelid WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0"
)


class PipelinedSession(Session):
    """One open transaction on Postgres. `types` is filled with the types of all tables' columns when first needed."""

    postgres = True

    def __init__(self, connection: Connection, types: ColumnTypes) -> None:
        super().__init__(connection)
        self._pipeline: Any = None
        self._types = types

    @property
    def connection(self) -> Connection:
        """The connection itself, once everything sent has been answered."""
        self._leave()
        return self._connection

    def finish(self) -> None:
        """Commit together with what is still under way."""
        self._send("COMMIT")
        self._leave()

    def relax(self) -> None:
        """Let the commit not wait for the disk; the next one that does, as the end of the run, brings it there too."""
        self._send("SET LOCAL synchronous_commit = off")

    def abandon(self) -> None:
        """Forget what is still under way; a connection that cannot is closed."""
        try:
            self._leave()
        except DBAPIError:
            pass
        except BaseException:
            with suppress(psycopg.Error):
                self._driver.close()
            raise

    def run(self, statement: str, **values: Any) -> None:
        """Send a statement; should it fail, a later call or `finish` raises its error."""
        self._send(to_pyformat_once(statement) if values else statement, values or None)

    def many(self, statement: str, values: Sequence[dict[str, Any]]) -> None:
        """Send a statement once for each set of values."""
        if values:
            with self._errors(statement):
                self._cursor().executemany(to_pyformat_once(statement), values)

    def later(self, statement: str, **values: Any) -> Callable[[], list[Row]]:
        """Ask now and read the rows when they are needed."""
        cursor = self._send(to_pyformat_once(statement) if values else statement, values or None)

        def read() -> list[Row]:
            with self._errors(statement):
                return list(cursor.fetchall())

        return read

    def rows(self, statement: str, **values: Any) -> list[Row]:
        """Return all rows of a query."""
        return self.later(statement, **values)()

    def spell(self, statement: str) -> str:
        """Return a statement as Postgres wants it."""
        return _spelt(statement)

    def listed(self, values: Iterable[Any]) -> Any:
        """Return texts or numbers as the one value of a `:values`."""
        return array(list(values))

    def _add(self, table: str, columns: Sequence[str], rows: Sequence[Row]) -> None:
        if len(rows) > COPY_FROM:
            self._copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN", rows)
        else:
            statement = _insert(table, tuple(columns), self._column_types(table, columns))
            arrays = [array(column) for column in zip(*rows, strict=True)]
            with self._errors(statement):  # psycopg would look for its own placeholders in a long statement each time
                psycopg.RawCursor(self._cursor().connection).execute(statement, arrays)

    def _column_types(self, table: str, columns: Sequence[str]) -> tuple[str, ...]:
        known = self._types.get(table, {})
        if any(column not in known for column in columns):  # not asked yet, or the table was changed since
            self._types.clear()
            for name, column, type_ in self.rows(_TYPES):
                self._types.setdefault(name, {})[column] = type_
            known = self._types[table]
        return tuple(known[column] for column in columns)

    def _copy(self, statement: str, rows: Sequence[Row]) -> None:
        self._leave()
        with self._errors(statement), self._driver.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)

    def _send(self, statement: str, values: Any = None) -> Any:
        with self._errors(statement):
            return self._cursor().execute(statement, values)

    def _cursor(self) -> Any:
        if self._pipeline is None:
            self._pipeline = self._driver.pipeline()
            self._pipeline.__enter__()
        return self._driver.cursor()

    def _leave(self) -> None:
        """Wait for all that was sent; raise the first error among it."""
        pipeline, self._pipeline = self._pipeline, None
        if pipeline is not None:
            with self._errors("pipeline"):
                pipeline.__exit__(None, None, None)

    @contextmanager
    def _errors(self, statement: str) -> Iterator[None]:
        """Raise the driver's errors as SQLAlchemy's, which does not see what the driver does by itself."""
        try:
            yield
        except psycopg.Error as error:
            gone = self._driver.closed or postgres.is_parting(error)
            raise DBAPIError(statement, None, error, connection_invalidated=gone) from error


@lru_cache(maxsize=500)
def to_pyformat_once(statement: str) -> str:
    """Return a statement with psycopg's placeholders."""
    return to_pyformat(statement)


@lru_cache(maxsize=100)
def _spelt(statement: str) -> str:
    each = "unnest(CAST(:values AS bigint[])) AS each (listed)"
    return statement.replace("{within}", "= ANY(:values)").replace("{each}", each).replace("{false}", "FALSE")


@lru_cache(maxsize=200)
def _insert(table: str, columns: tuple[str, ...], types: tuple[str, ...]) -> str:
    arrays = ", ".join(f"${number}::{type_}[]" for number, type_ in enumerate(types, 1))
    return f"INSERT INTO {table} ({', '.join(columns)}) SELECT * FROM unnest({arrays})"


def array(values: Sequence[Any]) -> str:
    """Return texts, numbers or truth values, None among them, as a Postgres array literal."""
    if None not in values:
        return _filled(values)
    given = [value for value in values if value is not None]
    if not given:
        return "{" + ",".join(["NULL"] * len(values)) + "}"
    if isinstance(given[0], str):
        return "{" + ",".join(["NULL" if value is None else f'"{_escaped(value)}"' for value in values]) + "}"
    return "{" + ",".join(["NULL" if value is None else repr(value) for value in values]) + "}"


def _filled(values: Sequence[Any]) -> str:
    """Return the literal of an array without NULLs: mostly in C, for it is made of every row that is written."""
    if not values or not isinstance(values[0], str):
        return "{" + ",".join(map(repr, values)) + "}"
    joined = '","'.join(values)
    if "\\" in joined or joined.count('"') > 2 * (len(values) - 1):
        joined = '","'.join(map(_escaped, values))
    return f'{{"{joined}"}}'


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"') if "\\" in text or '"' in text else text

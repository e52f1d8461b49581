"""The single writer: one connection, one lock, transactions that are retried when the server goes away."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from threading import RLock
from typing import Any, TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Connection, CursorResult, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from warehouse.engines import postgres, sqlite
from warehouse.engines.statements import to_pyformat
from warehouse.errors import WarehouseError
from warehouse.location import Location

LOCK_SECONDS = 600.0  # how long to wait for another writer
_RECONNECT_SECONDS = 30.0
_PASSING = ("closed the connection", "starting up", "shutting down", "went away")
Result = TypeVar("Result")
NUMBERED = (
    "run", "document", "reading", "location", "block", "grid", "entity", "metric", "claim", "ledger", "issue",
    "extraction", "review",
)  # fmt: skip


class Session:
    """One open transaction. Statements have `:name` placeholders on both engines."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.postgres = connection.dialect.name == "postgresql"
        self._free: dict[str, int] = {}

    def run(self, statement: str, **values: Any) -> None:
        """Execute a statement."""
        self._execute(statement, values)

    def many(self, statement: str, values: Sequence[dict[str, Any]]) -> None:
        """Execute a statement once for each set of values."""
        if values:
            self.connection.exec_driver_sql(_in_dialect(statement, self.postgres), list(values))

    def rows(self, statement: str, **values: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query."""
        return [tuple(row) for row in self._execute(statement, values)]

    def rows_within(self, statement: str, values: Sequence[Any], **more: Any) -> list[tuple[Any, ...]]:
        """Return all rows of a query in which `{within}` stands for "is one of `values`"."""
        if self.postgres:
            return self.rows(statement.replace("{within}", "= ANY(:values)"), values=list(values), **more)
        listed = json.dumps(list(values), ensure_ascii=False)
        return self.rows(
            statement.replace("{within}", "IN (SELECT value FROM json_each(:values))"), values=listed, **more
        )

    def row(self, statement: str, **values: Any) -> tuple[Any, ...] | None:
        """Return the first row of a query, or None."""
        found = self._execute(statement, values).first()
        return None if found is None else tuple(found)

    def _execute(self, statement: str, values: dict[str, Any]) -> CursorResult[Any]:
        return self.connection.exec_driver_sql(_in_dialect(statement, self.postgres), values)

    def next_id(self, table: str) -> int:
        """Return the first free number of a table; right under the writer's lock. `insert` counts on from it."""
        if not self._free:
            maxima = ", ".join(f"(SELECT COALESCE(MAX(id), 0) + 1 FROM {name})" for name in NUMBERED)
            self._free = dict(zip(NUMBERED, self.row(f"SELECT {maxima}") or (), strict=True))
        return self._free[table]

    def take_id(self, table: str) -> int:
        """Return the first free number of a table and count on from it."""
        taken = self.next_id(table)
        self._free[table] = taken + 1
        return taken

    def insert(self, table: str, columns: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
        """Add rows at the engine's own speed: COPY on Postgres, one prepared statement on SQLite."""
        if not rows:
            return
        if columns[0] == "id" and table in self._free:
            self._free[table] = max(self._free[table], rows[-1][0] + 1)
        names = ", ".join(columns)
        if self.postgres and len(rows) > 2:
            self._copy(f"COPY {table} ({names}) FROM STDIN", rows)
        else:
            marks = ", ".join(("%s" if self.postgres else "?",) * len(columns))
            self.connection.exec_driver_sql(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))

    def _copy(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        import psycopg

        driver: Any = self.connection.connection.driver_connection
        try:
            with driver.cursor() as cursor, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        except psycopg.Error as error:  # SQLAlchemy does not see what the driver does by itself
            gone = driver.closed or isinstance(error, psycopg.OperationalError)
            raise DBAPIError(statement, None, error, connection_invalidated=gone) from error


@lru_cache(maxsize=500)
def _in_dialect(statement: str, postgres: bool) -> str:
    return to_pyformat(statement) if postgres else statement


class Writer:
    """Opens the warehouse for writing on first use; safe for threads, and for processes by the lock."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self._threads = RLock()
        self._depth = 0
        self._engine: Engine | None = None
        self._connection: Connection | None = None
        self._file_lock = FileLock(location.lock_path, thread_local=False) if location.lock_path else None

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Be the only writer among all processes; may be nested. Waits up to ten minutes for another one."""
        with self._threads:
            if self._file_lock is None:
                with self._advisory_lock():
                    yield
                return
            try:
                self._file_lock.acquire(timeout=LOCK_SECONDS)
            except Timeout:
                raise WarehouseError(f"{self.location}: another process has been writing for ten minutes") from None
            except OSError as error:
                raise WarehouseError(f"{self.location}: cannot be locked for writing: {error.strerror}") from None
            try:
                yield
            finally:
                self._file_lock.release()

    @contextmanager
    def _advisory_lock(self) -> Iterator[None]:
        connection = self.connect()
        if self._depth == 0:
            self._advise("SELECT pg_advisory_lock(:key)", connection)
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1
            if self._depth == 0 and self._connection is not None:
                self._advise("SELECT pg_advisory_unlock(:key)", self._connection)

    def _advise(self, sql: str, connection: Connection) -> None:
        try:
            connection.execute(text(sql), {"key": postgres.LOCK_KEY})
            connection.commit()
        except DBAPIError as error:
            self.close()
            if "unlock" not in sql:  # a lost connection has lost its lock already
                raise explain(error, self.location) from None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Open a transaction under the lock; commits at the end, rolls back on any error."""
        with self.lock() if self._file_lock is not None else self._threads:
            connection = self.connect()
            try:
                with connection.begin():
                    if self._file_lock is None and self._depth == 0:
                        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({postgres.LOCK_KEY})")
                    yield Session(connection)
            except DBAPIError as error:
                if error.connection_invalidated or connection.closed:
                    self.close()
                raise explain(error, self.location) from error

    def analyze(self) -> None:
        """Let the engine count its rows, so that it plans queries well; cheap on SQLite, a sample on Postgres."""
        with self.transaction() as session:
            if session.postgres:
                session.run("ANALYZE document, claim, evidence_part, entity, metric, agreement_group, block, ledger")
            else:
                session.run("PRAGMA analysis_limit = 1000")
                session.run("ANALYZE")

    def retrying(self, work: Callable[[], Result], *, opening: bool = False) -> Result:
        """Return what `work` returns; do it again when the server went away, for up to half a minute.

        When `opening`, a server that is not there is an error at once; only one that comes or goes is waited for.
        """
        deadline = time.monotonic() + _RECONNECT_SECONDS
        while True:
            try:
                return work()
            except ServerGoneError as error:
                self.close()
                passing = not opening or any(sign in str(error) for sign in _PASSING)
                if not passing or time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def connect(self) -> Connection:
        """Return the open connection, opening it first where there is none."""
        if self._connection is None or self._connection.closed or self._connection.invalidated:
            self._connection = self._make_engine().connect()
        return self._connection

    def _make_engine(self) -> Engine:
        if self._engine is None:
            path, dsn = self.location.path, self.location.dsn
            if path is not None:
                self._engine = create_engine(
                    "sqlite+pysqlite://", creator=lambda: sqlite.connect_writer(path), poolclass=NullPool
                )
                event.listen(self._engine, "begin", lambda c: c.exec_driver_sql("BEGIN IMMEDIATE"))
            else:
                self._engine = create_engine(
                    "postgresql+psycopg://", creator=lambda: _postgres(dsn), poolclass=NullPool
                )
        return self._engine

    def close(self) -> None:
        """Close the connection; the next use opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError):
                connection.invalidate() if self.location.path is None else connection.close()


class ServerGoneError(WarehouseError):
    """The server closed the connection or does not answer."""


def _postgres(dsn: str) -> Any:
    try:
        connection = postgres.connect(dsn, read_only=False)
    except WarehouseError as error:
        raise ServerGoneError(str(error)) from None
    connection.autocommit = False
    return connection


def explain(error: DBAPIError, location: Location) -> WarehouseError:
    """Return a database error as one line a user can act on."""
    line = postgres.first_line(error.orig or error)
    if error.connection_invalidated:
        return ServerGoneError(f"{location}: the server went away: {line}")
    hints = {
        "database is locked": "another program holds it; nothing was written",
        "readonly database": "the file or its folder is read-only; nothing was written",
        "disk is full": "the disk is full; nothing of this document was written",
        "disk I/O error": "the disk is failing or full; nothing of this document was written",
        "No space left": "the server's disk is full; nothing of this document was written",
        "malformed": "the file is damaged; restore it from a copy, or ingest raw/ into a new one",
        "not a database": "this is no SQLite file",
    }
    for sign, hint in hints.items():
        if sign in line:
            return WarehouseError(f"{location}: {hint}")
    return WarehouseError(f"{location}: {line}")

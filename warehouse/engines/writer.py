"""The single writer: one connection, one lock, transactions that are retried when the server goes away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import RLock
from typing import TypeVar

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from warehouse.engines import postgres, sqlite
from warehouse.engines.session import Session
from warehouse.errors import ServerGoneError, WarehouseError
from warehouse.location import Location

LOCK_SECONDS = 600.0  # how long to wait for another writer
_RECONNECT_SECONDS = 30.0
PLAN_FROM = 2000  # claims in an empty warehouse before Postgres first counts its rows
_ANALYZE = "ANALYZE document, claim, evidence_part, entity, metric, agreement_group, block, ledger"
_DISK_FULL = "53100"  # Postgres: class "insufficient resources"
Result = TypeVar("Result")


class Writer:
    """Opens the warehouse for writing on first use; safe for threads, and for processes by the lock."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self._threads = RLock()
        self._depth = 0
        self._engine: Engine | None = None
        self._connection: Connection | None = None
        self._types: dict[str, dict[str, str]] = {}
        self._planned_for = 0  # claims when Postgres last counted its rows
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
                    session = self._session(connection)
                    try:
                        yield session
                        session.finish()
                    except BaseException:
                        session.abandon()
                        raise
                if session.postgres:
                    self._plan(connection, session.numbered.get("claim", 0))
            except DBAPIError as error:
                if error.connection_invalidated or connection.closed:
                    self.close()
                raise explain(error, self.location) from error

    def _plan(self, connection: Connection, claims: int) -> None:
        """Have Postgres count the rows of what loads look things up in, each time there are four times as many.

        It would plan for the empty tables of the beginning until its autovacuum comes by, and read whole indexes.
        """
        if claims <= 4 * self._planned_for + PLAN_FROM:
            return
        self._planned_for = claims
        with suppress(DBAPIError):  # the load is committed: what follows must not make it look failed
            connection.exec_driver_sql(_ANALYZE)
            connection.commit()

    def _session(self, connection: Connection) -> Session:
        if self._file_lock is not None:
            return Session(connection)
        from warehouse.engines.pipelined import PipelinedSession

        session = PipelinedSession(connection, self._types)
        session.run("BEGIN")
        if self._depth == 0:
            session.run(f"SELECT pg_advisory_xact_lock({postgres.LOCK_KEY})")
        return session

    def analyze(self) -> None:
        """Let the engine count its rows, so that it plans queries well; cheap on SQLite, a sample on Postgres."""
        with self.transaction() as session:
            self.analyze_in(session)

    @staticmethod
    def analyze_in(session: Session) -> None:
        """Do so within a transaction."""
        if session.postgres:
            session.run(_ANALYZE)
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
                passing = not opening or error.is_passing
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
                # In autocommit mode: sessions send BEGIN and COMMIT along with their statements.
                self._engine = create_engine(
                    "postgresql+psycopg://", creator=lambda: postgres.connect(dsn, read_only=False), poolclass=NullPool
                )
        return self._engine

    def close(self) -> None:
        """Close the connection; the next use opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(DBAPIError):
                connection.invalidate() if self.location.path is None else connection.close()


def explain(error: DBAPIError, location: Location) -> WarehouseError:
    """Return a database error as one line a user can act on."""
    line = postgres.first_line(error.orig or error)
    if error.connection_invalidated:
        return ServerGoneError(f"{location}: the server went away: {line}")
    if getattr(error.orig, "sqlstate", None) == _DISK_FULL:
        return WarehouseError(f"{location}: the server's disk is full; nothing of this document was written")
    hints = {
        "database is locked": "another program holds it; nothing was written",
        "readonly database": "the file or its folder is read-only; nothing was written",
        "disk is full": "the disk is full; nothing of this document was written",
        "disk I/O error": "the disk is failing or full; nothing of this document was written",
        "malformed": "the file is damaged; restore it from a copy, or ingest raw/ into a new one",
        "not a database": "this is no SQLite file",
    }
    for sign, hint in hints.items():
        if sign in line:
            return WarehouseError(f"{location}: {hint}")
    return WarehouseError(f"{location}: {line}")

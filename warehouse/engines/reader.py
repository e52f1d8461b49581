"""The read-only side: queries on either engine, the same text and the same answers."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from threading import RLock
from typing import Any, TypeVar

from warehouse.engines import sqlite
from warehouse.engines.statements import check_reading, to_pyformat
from warehouse.errors import QueryError, ServerGoneError
from warehouse.location import Location
from warehouse.search.tokens import fts5_query

Params = Sequence[Any] | Mapping[str, Any]
Ask = Callable[[str, Params], Iterable[tuple[Any, ...]]]
Answer = TypeVar("Answer")
_BATCH = 2000
RECONNECT_SECONDS = 30.0


_own = lru_cache(maxsize=100)(to_pyformat)


class Reader:
    """A connection that cannot write. Placeholders are `?` or `:name` on both engines."""

    def __init__(self, location: Location) -> None:
        self.location = location
        self._lock = RLock()
        self._sqlite: sqlite3.Connection | None = None
        self._postgres: Any = None
        self._has_answered = False

    def expect_answers(self) -> None:
        """Wait for a server that is away from now on: it has been reached, so that it will be back."""
        self._has_answered = True

    def query(
        self, sql: str, params: Params = (), *, limit: int | None = None
    ) -> tuple[list[str], list[tuple[Any, ...]]]:
        """Return columns and rows, at most `limit` + 1 of them. Raises `QueryError`."""
        check_reading(sql)
        with self._lock:
            if self.location.path is not None:
                return self._query_sqlite(sql, params, limit)
            return self._query_postgres(sql, params, limit)

    def ask(self, sql: str, params: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query of our own, which needs no guard; on Postgres one round trip, not five."""
        with self._lock:
            if self.location.path is not None:
                return self._query_sqlite(sql, params, None)[1]
            return self._patiently(lambda: self._ask_own(sql, params))

    @contextmanager
    def snapshot(self) -> Iterator[Ask]:
        """Give a function that streams the rows of queries of ours, all of them from one moment, in bounded memory."""
        if self.location.path is None:
            with self._postgres_snapshot() as ask:
                yield ask
            return
        connection = sqlite.connect_reader(self.location.path)
        try:
            connection.execute("BEGIN")
            yield connection.execute
        finally:
            connection.close()

    @contextmanager
    def _postgres_snapshot(self) -> Iterator[Ask]:
        from warehouse.engines import postgres

        connection = self._patiently(lambda: postgres.connect(self.location.dsn, read_only=True))
        numbers = count()

        def ask(sql: str, params: Params) -> Iterable[tuple[Any, ...]]:
            cursor = connection.cursor(name=f"tenkyo_{next(numbers)}")
            cursor.itersize = _BATCH
            return cursor.execute(to_pyformat(sql) if params else sql, params or None)

        try:
            connection.execute("BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield ask
        finally:
            connection.close()

    def _query_sqlite(self, sql: str, params: Params, limit: int | None) -> tuple[list[str], list[tuple[Any, ...]]]:
        try:
            cursor = self._sqlite_connection().execute(sql, params)
            rows = cursor.fetchall() if limit is None else cursor.fetchmany(limit + 1)
            columns = [c[0] for c in cursor.description or ()]
            cursor.close()
        except (sqlite3.Error, sqlite3.Warning, OverflowError) as error:
            raise sqlite.explain(error) from None
        return columns, rows

    def _sqlite_connection(self) -> sqlite3.Connection:
        if self._sqlite is None:
            assert self.location.path is not None
            self._sqlite = sqlite.connect_reader(self.location.path)
            self._sqlite.create_function("bigrams", 1, fts5_query, deterministic=True)
        return self._sqlite

    def _query_postgres(self, sql: str, params: Params, limit: int | None) -> tuple[list[str], list[tuple[Any, ...]]]:
        return self._patiently(lambda: self._ask_postgres(sql, params, limit))

    def _ask_own(self, sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
        rows: list[tuple[Any, ...]] = self._postgres_connection().execute(_own(sql), params).fetchall()
        return rows

    def _patiently(self, question: Callable[[], Answer]) -> Answer:
        """Ask Postgres; when a server that has been reached goes away, or one is just starting, ask for half a minute.

        One that is not there is an error at once.
        """
        import psycopg

        from warehouse.engines import postgres

        deadline = time.monotonic() + RECONNECT_SECONDS
        while True:
            try:
                answer = question()
                self._has_answered = True
                return answer
            except ServerGoneError as error:
                if not (self._has_answered or error.is_passing) or time.monotonic() > deadline:
                    raise
            except psycopg.OperationalError as error:
                lost = self._postgres is None or self._postgres.broken
                if not lost or time.monotonic() > deadline:
                    raise QueryError(postgres.first_line(error)) from None
            except psycopg.Error as error:
                raise QueryError(postgres.first_line(error)) from None
            self._postgres = None
            time.sleep(0.3)

    def _ask_postgres(self, sql: str, params: Params, limit: int | None) -> tuple[list[str], list[tuple[Any, ...]]]:
        from warehouse.engines import postgres

        connection = self._postgres_connection()
        try:
            postgres.begin_reading(connection, sql)
            with connection.cursor() as cursor:
                # A prepared statement: the server then refuses several statements in one text.
                cursor.execute(to_pyformat(sql) if params else sql, params or None, prepare=True)
                rows = [] if cursor.description is None else cursor.fetchmany(limit + 1) if limit else cursor.fetchall()
                columns = [c.name for c in cursor.description or ()]
        finally:
            if not connection.closed and connection.info.transaction_status:
                connection.execute("ROLLBACK")
        return columns, [tuple(int(v) if isinstance(v, bool) else v for v in row) for row in rows]

    def _postgres_connection(self) -> Any:
        from warehouse.engines import postgres

        if self._postgres is None or self._postgres.closed:
            self._postgres = postgres.connect(self.location.dsn, read_only=True)
        return self._postgres

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            for connection in (self._sqlite, self._postgres):
                if connection is not None:
                    connection.close()
            self._sqlite = self._postgres = None

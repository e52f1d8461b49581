"""Postgres: connections, and what may be asked through the read-only one."""

from __future__ import annotations

from typing import Any

import psycopg

from warehouse.engines.statements import forbidden_function
from warehouse.errors import QueryError, ServerGoneError

LOCK_KEY = 0x54656E6B796F  # "Tenkyo": the advisory lock of the single writer
READER_ROLE = "tenkyo_reader"
# Discs that seek as quickly as they read, and questions too short to be worth compiling: else joins read whole tables.
_PLANNING = "-c random_page_cost=1.1 -c jit=off"


def connect(dsn: str, *, read_only: bool) -> psycopg.Connection[Any]:
    """Return a connection in autocommit mode. Raises `ServerGoneError` when the server cannot be reached."""
    options = f"-c search_path=public {_PLANNING}" + (" -c default_transaction_read_only=on" if read_only else "")
    try:
        return psycopg.connect(dsn, autocommit=True, connect_timeout=10, options=options, application_name="tenkyo")
    except psycopg.Error as error:
        raise ServerGoneError(f"Postgres cannot be reached: {first_line(error)}") from None


def begin_reading(connection: psycopg.Connection[Any], sql: str) -> None:
    """Open a read-only transaction for one query, as the reader role where the database has one.

    Raises `QueryError` for functions that reach past the tables (files, large objects, settings, other servers).
    """
    if name := forbidden_function(sql):
        raise QueryError(f"only reading is allowed here: {name} is not available")
    connection.execute("BEGIN TRANSACTION READ ONLY")
    row = connection.execute(
        "SELECT pg_has_role(oid, 'MEMBER') AND has_table_privilege(oid, to_regclass('claims'), 'SELECT') "
        "FROM pg_roles WHERE rolname = %s",
        (READER_ROLE,),
    ).fetchone()
    if row and row[0]:
        connection.execute(f"SET LOCAL ROLE {READER_ROLE}")


def is_parting(error: psycopg.Error) -> bool:
    """Say whether an error means that the server or the way to it is gone, not that it refused a statement."""
    if not isinstance(error, psycopg.OperationalError):
        return False
    return error.sqlstate is None or error.sqlstate.startswith(("08", "57P"))


def first_line(error: BaseException) -> str:
    """Return the first line of an error's text."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]

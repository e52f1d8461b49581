"""SQLite: the writer's connection and the read-only one."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from warehouse.errors import QueryError, WarehouseError

BUSY_SECONDS = 60.0  # how long another program may hold the file before we give up
PRAGMAS = (  # a checkpoint every 32 MiB: pages that many documents touch are copied back once
    "journal_mode=WAL", "foreign_keys=ON", "synchronous=NORMAL", "temp_store=MEMORY", "cache_size=-65536",
    "wal_autocheckpoint=8000",
)  # fmt: skip
_READABLE_PRAGMAS = frozenset(
    (
        *("table_info", "table_xinfo", "table_list", "index_list", "index_info", "index_xinfo", "foreign_key_list"),
        *("database_list", "compile_options", "function_list", "collation_list", "page_count", "page_size"),
        *("freelist_count", "data_version"),
    )
)
_ALLOWED_ACTIONS = frozenset(
    [sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE, sqlite3.SQLITE_TRANSACTION]
)


def connect_writer(path: Path) -> sqlite3.Connection:
    """Return a connection that may write, in autocommit mode; makes the file and its folder.

    Raises `WarehouseError` when the file cannot be opened or is no SQLite file.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except (sqlite3.Error, OSError) as error:
        raise WarehouseError(f"{path}: cannot be opened for writing: {error}") from None
    return connection


def connect_reader(path: Path) -> sqlite3.Connection:
    """Return a connection that can only read this one file: no writes, no ATTACH, no extensions, no settings."""
    if not path.exists():
        raise WarehouseError(f"{path}: no warehouse there yet; run `tenkyo ingest` first")
    # In a folder that cannot be written, WAL readers cannot make their shared-memory file; nobody writes there.
    mode = "mode=ro" if os.access(path.parent, os.W_OK) else "mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(
            f"{path.as_uri()}?{mode}", uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA query_only=ON")
        connection.execute("PRAGMA cache_size=-65536")
        connection.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    except sqlite3.Error as error:
        raise WarehouseError(f"{path}: cannot be read: {error}") from None
    connection.set_authorizer(_authorize)
    return connection


def _authorize(action: int, first: str | None, second: str | None, _db: str | None, _trigger: str | None) -> int:
    """Let queries through and nothing else."""
    if action in _ALLOWED_ACTIONS:
        return sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_DENY if second == "load_extension" else sqlite3.SQLITE_OK
    if action == sqlite3.SQLITE_PRAGMA and first in _READABLE_PRAGMAS:
        return sqlite3.SQLITE_OK
    # How SQLite declares the columns of an FTS5 table to itself; the file is open read-only all the same.
    if action == sqlite3.SQLITE_UPDATE and first == "sqlite_master":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_DENY


def explain(error: Exception) -> QueryError:
    """Return what went wrong with a query, in one line."""
    text = str(error)
    if "not authorized" in text or "prohibited" in text or "readonly" in text:
        return QueryError("only reading is allowed here: no writes, ATTACH, extensions or settings")
    return QueryError(text)

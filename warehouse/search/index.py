"""Writing the search index: an FTS5 table on SQLite, a tsvector with a GIN index on Postgres.

Both have a `rowid` (the claim version's or the block's number) and a column of the table's own name (FTS5 adds it,
hidden), so that `match(bigrams('売上'), claim_text)` asks the same on both.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from sqlalchemy import Connection

from warehouse.engines.session import Session
from warehouse.search.tokens import tsvector

INDEXES = ("claim_text", "block_text")


def create(connection: Connection) -> None:
    """Make the index tables, and on Postgres the functions."""
    for name in INDEXES:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {name} USING fts5(tokens, content='', detail=none, columnsize=0, "
                "tokenize='unicode61 remove_diacritics 0')"
            )
        else:
            connection.exec_driver_sql(f"CREATE TABLE {name} (rowid BIGINT PRIMARY KEY, {name} tsvector NOT NULL)")
            connection.exec_driver_sql(f"CREATE INDEX {name}_tokens ON {name} USING gin ({name})")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql((resources.files("warehouse") / "search" / "postgres.sql").read_text("utf-8"))


def drop(connection: Connection) -> None:
    """Drop the index tables and functions."""
    for name in INDEXES:
        connection.exec_driver_sql(f"DROP TABLE IF EXISTS {name}")
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS match(tsquery, tsvector)")
        connection.exec_driver_sql("DROP FUNCTION IF EXISTS bigrams(text)")


def add(session: Session, index: str, texts: Iterable[tuple[int, str]]) -> None:
    """Index texts (see `index_text`) under their numbers; entries are never removed, views join what is current."""
    rows = [(number, tsvector(found)) for number, found in texts] if session.postgres else list(texts)
    session.insert(index, ("rowid", index if session.postgres else "tokens"), rows)

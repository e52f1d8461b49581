"""Column types that mean the same on SQLite and Postgres.

Dates and times are ISO 8601 text (UTC, fixed width), JSON is text, and all text sorts by code point, so one SQL text
gives one answer on both engines. Numbers are double precision for SQL beside exact decimal text (see `tables.claims`).
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Double, Integer, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import Field


class Utf8(TypeDecorator[str]):
    """Text that sorts by code point, whatever the locale of the database."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use the C collation where the engine has collations by locale."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Text(collation="C"))
        return dialect.type_descriptor(Text())


class Key(TypeDecorator[int]):
    """A 64-bit key; on SQLite the rowid, which is 64 bits wide under the name INTEGER."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Use the name under which the engine stores 64 bits."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


def key_column(**options: Any) -> Any:
    """Return the integer primary key of a table; the loader gives the numbers, under the writer's lock."""
    return Field(sa_type=Key, primary_key=True, sa_column_kwargs={"autoincrement": False}, **options)


def reference(target: str, **options: Any) -> Any:
    """Return a foreign key to `target` ("table.column")."""
    return Field(sa_type=Key, foreign_key=target, **options)


def text_column(**options: Any) -> Any:
    """Return a text column."""
    return Field(sa_type=Utf8, **options)


def real_column(**options: Any) -> Any:
    """Return a double-precision column."""
    return Field(sa_type=Double, **options)


def integer_column(**options: Any) -> Any:
    """Return a 64-bit integer column."""
    return Field(sa_type=Key, **options)


def boolean_column(**options: Any) -> Any:
    """Return a true-or-false column."""
    return Field(sa_type=Boolean, **options)

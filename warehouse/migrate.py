"""Bringing a database to the newest schema, in one transaction under the writer's lock."""

from __future__ import annotations

from importlib import resources
from typing import Any

from sqlalchemy import Connection, inspect, text

from warehouse import derived
from warehouse.engines.writer import Writer
from warehouse.errors import WarehouseError
from warehouse.schema_version import newest_revision, revisions
from warehouse.viewfiles import HASH_SETTING, create_statements, drop_statements, views_hash


def current_revision(connection: Connection) -> str | None:
    """Return the revision a database is at; None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def ensure_current(writer: Writer) -> None:
    """Upgrade to the newest revision and renew the views where either is behind.

    Raises `WarehouseError` when the database is newer than this program.
    """
    with writer.transaction() as session:
        connection = session.connection
        revision = current_revision(connection)
        if revision is not None and revision not in revisions():
            raise WarehouseError(f"{writer.location}: made by a newer tenkyo (schema {revision}); update this one")
        if revision != newest_revision():
            migrate(connection, newest_revision())
            refresh_views(connection)
            if revision is not None:  # without counts of its rows a new index is taken for the best one
                writer.analyze_in(session)
        elif _views_stale(connection):
            refresh_views(connection)
        if derived.is_stale(session):
            derived.rebuild(session)


def migrate(connection: Connection, revision: str) -> None:
    """Upgrade or downgrade to `revision` ("base" for none) inside the caller's transaction; views are dropped."""
    from alembic import command
    from alembic.config import Config

    for statement in drop_statements():
        connection.exec_driver_sql(statement)
    config = Config()
    config.set_main_option("script_location", str(resources.files("warehouse") / "migrations"))
    config.attributes["connection"] = connection
    have = current_revision(connection)
    downward = have is not None and (revision == "base" or revision < have)
    (command.downgrade if downward else command.upgrade)(config, revision)


def refresh_views(connection: Connection) -> None:
    """Drop all views and make them again from their files."""
    for statement in drop_statements():
        connection.exec_driver_sql(statement)
    for statement in create_statements(connection.dialect.name):
        connection.exec_driver_sql(_escaped(statement, connection))
    connection.execute(text("DELETE FROM setting WHERE name = :name"), {"name": HASH_SETTING})
    values = {"name": HASH_SETTING, "value": views_hash()}
    connection.execute(text("INSERT INTO setting (name, value) VALUES (:name, :value)"), values)


def _escaped(statement: str, connection: Connection) -> str:
    return statement.replace("%", "%%") if connection.dialect.name == "postgresql" else statement


def _views_stale(connection: Connection) -> bool:
    found: Any = connection.execute(
        text("SELECT value FROM setting WHERE name = :name"), {"name": HASH_SETTING}
    ).scalar()
    return bool(found != views_hash())

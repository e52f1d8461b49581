"""Alembic's entry: works on the connection that `warehouse.migrate` hands over, in its transaction."""

from alembic import context

from warehouse.search.index import INDEXES
from warehouse.tables import metadata


def include_name(name: str | None, kind: str, parents: object) -> bool:
    """Leave the search index out: it is derived, see `warehouse.derived`."""
    return kind != "table" or not (name or "").startswith(INDEXES)


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    transactional_ddl=True,
    include_name=include_name,
)
context.run_migrations()

"""Alembic migrations, run from within the program; see `warehouse.migrate`."""

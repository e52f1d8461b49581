"""The warehouse: claims and what bears them out, in SQLite or Postgres.

`open_warehouse(url)` loads and answers, `connect(url)` gives data frames; anything heavy is imported when first used.
"""

from __future__ import annotations

from warehouse.errors import NotFoundError, QueryError, UngroundedError, WarehouseError
from warehouse.frames import connect
from warehouse.warehouse import Warehouse, open_warehouse

__all__ = ["NotFoundError", "QueryError", "UngroundedError", "Warehouse", "WarehouseError", "connect", "open_warehouse"]

"""Views as data frames: `from warehouse import connect`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from warehouse.engines.reader import Params
from warehouse.errors import QueryError, WarehouseError
from warehouse.viewfiles import view_sources
from warehouse.warehouse import Warehouse, open_warehouse


def connect(url: str | Path | None = None) -> Frames:
    """Open a warehouse for reading into data frames.

    `connect().pandas("claims")` is the whole view; `connect().polars("SELECT …", (…))` the answer to a query.
    """
    return Frames(open_warehouse(url, read_only=True))


class Frames:
    """Data frames of views and queries. Use as a context manager, or call `close`."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.warehouse = warehouse

    def __enter__(self) -> Frames:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self.warehouse.close()

    @property
    def views(self) -> list[str]:
        """The names of the views."""
        return sorted(view_sources())

    def pandas(self, view_or_query: str, params: Params = ()) -> Any:
        """Return a pandas DataFrame of a view, by its name, or of a query."""
        try:
            import pandas
        except ImportError:
            raise WarehouseError("pandas is not installed; `pip install pandas`") from None
        found = self.warehouse.query(self._query(view_or_query), params)
        return pandas.DataFrame(found.rows, columns=found.columns)

    def polars(self, view_or_query: str, params: Params = ()) -> Any:
        """Return a polars DataFrame of a view, by its name, or of a query."""
        try:
            import polars
        except ImportError:
            raise WarehouseError("polars is not installed; `pip install polars`") from None
        found = self.warehouse.query(self._query(view_or_query), params)
        return polars.DataFrame(found.rows, schema=found.columns, orient="row", infer_schema_length=None)

    def _query(self, view_or_query: str) -> str:
        if not re.fullmatch(r"\w+", view_or_query):
            return view_or_query
        if view_or_query not in view_sources():
            raise QueryError(f"no view {view_or_query!r}; there are {', '.join(self.views)}")
        return f"SELECT * FROM {view_or_query}"

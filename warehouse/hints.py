"""What a query that names something unknown may have meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches

from warehouse.viewfiles import view_sources

_TABLE = re.compile(r'no such table: (?:\w+\.)?(\S+)|relation "([^"]+)" does not exist')
_COLUMN = re.compile(r'no such column: (?:\w+\.)?(\S+)|column (?:\w+\.)?"?(\w+)"? does not exist')


def hint(error: str, sql: str, columns_of: Callable[[str], Iterable[str]]) -> str:
    """Return what to say after a query's error: the names that are there and like the unknown one, or nothing."""
    if found := _TABLE.match(error):
        views = sorted(view_sources())
        near = get_close_matches((found[1] or found[2]).lower(), views, 1)
        return f"; did you mean {near[0]}?" if near else f"; there are {', '.join(views)}"
    if found := _COLUMN.match(error):
        views = [name for name in view_sources() if re.search(rf"\b{name}\b", sql)]
        known = dict.fromkeys(column for view in views for column in columns_of(view))
        near = get_close_matches((found[1] or found[2]).lower(), known, 3)
        return f"; did you mean {' or '.join(near)}?" if near else f"; there are {', '.join(known)}" if known else ""
    return ""

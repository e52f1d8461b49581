"""What follows from the stored rows and is kept beside them for speed: search index, series, agreement, hashes.

Bump `VERSION` whenever one of the rules behind them changes (rounding, series, search tokens, what is hashed); every
warehouse then makes them again when it is next opened for writing.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from warehouse import agreement
from warehouse.engines.session import Session
from warehouse.loading.claim_rows import SEARCHED_COLUMNS
from warehouse.loading.rounding import DERIVED_COLUMNS, Figure, derive
from warehouse.rehash import rehash
from warehouse.search import index
from warehouse.search.tokens import index_text

VERSION = "2"
SETTING = "derived_version"
_BATCH = 5000
_FIGURE_COLUMNS = (
    "c.value_type", "c.value_exact", "c.low_exact", "c.high_exact", "c.bound", "c.approximate", "c.vague", "c.unit",
    "c.value_as_written", "e.key", "m.name", "c.of_metric", "c.period_start", "c.period_end", "c.fiscal",
)  # fmt: skip
_JOINS = "claim c JOIN entity e ON e.id = c.entity_id JOIN metric m ON m.id = c.metric_id"
_UPDATE = f"UPDATE claim SET {', '.join(f'{c} = :{c}' for c in DERIVED_COLUMNS)} WHERE id = :id"


def is_stale(session: Session) -> bool:
    """Say whether the rules have changed since the derived rows were made."""
    row = session.row("SELECT value FROM setting WHERE name = :name", name=SETTING)
    return row is None or row[0] != VERSION


def rebuild(session: Session) -> None:
    """Make everything that is derived again, in batches, inside the caller's transaction."""
    _rebuild_series(session)
    _rebuild_search(session)
    rehash(session)
    agreement.rebuild(session)
    session.run("DELETE FROM setting WHERE name = :name", name=SETTING)
    session.run("INSERT INTO setting (name, value) VALUES (:name, :value)", name=SETTING, value=VERSION)


def _batches(session: Session, columns: str, source: str, key: str) -> Iterator[list[tuple[Any, ...]]]:
    """Yield rows in order of their key, which is the first column."""
    last = 0
    statement = f"SELECT {key}, {columns} FROM {source} WHERE {key} > :last ORDER BY {key} LIMIT {_BATCH}"
    while rows := session.rows(statement, last=last):
        yield rows
        last = rows[-1][0]


def _rebuild_series(session: Session) -> None:
    for rows in _batches(session, ", ".join(_FIGURE_COLUMNS), _JOINS, "c.id"):
        values = [{"id": id_, **dict(zip(DERIVED_COLUMNS, derive(_figure(rest)), strict=True))} for id_, *rest in rows]
        session.many(_UPDATE, values)


def _figure(row: list[Any]) -> Figure:
    kind, value, low, high, bound, approximate, vague, *rest = row
    numbers = [None if n is None else Decimal(n) for n in (value, low, high)]
    return Figure(kind, numbers[0], numbers[1], numbers[2], bound, bool(approximate), bool(vague), *rest)


def _rebuild_search(session: Session) -> None:
    index.drop(session.connection)
    index.create(session.connection)
    columns = ", ".join(("e.name", "m.name", *(f"c.{name}" for name in SEARCHED_COLUMNS)))
    for rows in _batches(session, columns, _JOINS, "c.id"):
        index.add(session, "claim_text", ((row[0], index_text(*row[1:])) for row in rows))
    for rows in _batches(session, "text", "block", "id"):
        index.add(session, "block_text", ((row[0], index_text(row[1])) for row in rows))

"""Entities and metrics as numbers: looked up once, added where new, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import bindparam, text

from warehouse.engines.writer import Session
from warehouse.loading.claim_rows import EntityName, MetricName

_ENTITIES = text("SELECT key, name, type, id FROM entity WHERE name IN :names").bindparams(
    bindparam("names", expanding=True)
)
_METRICS = text("SELECT name, ontology_id, id FROM metric WHERE name IN :names").bindparams(
    bindparam("names", expanding=True)
)
_COUNT_ENTITY = text("UPDATE entity SET claims = claims + :change WHERE id = :id")
_COUNT_METRIC = text("UPDATE metric SET claims = claims + :change WHERE id = :id")


class Names:
    """Numbers of entities and metrics. Rows are never deleted, so a number once committed stays right."""

    def __init__(self) -> None:
        self._entities: dict[tuple[str, str, str], int] = {}
        self._metrics: dict[MetricName, int] = {}

    def forget(self) -> None:
        """Drop everything; called when a transaction was rolled back."""
        self._entities.clear()
        self._metrics.clear()

    def entities(self, session: Session, wanted: Iterable[EntityName]) -> dict[EntityName, int]:
        """Return the number of each entity, adding those that are new."""
        names = dict.fromkeys(wanted)
        missing = [n for n in names if (n[0], n[1], n[3]) not in self._entities]
        if missing:
            for key, name, type_, id_ in session.rows(_ENTITIES, names=[n[1] for n in missing]):
                self._entities[key, name, type_] = id_
            new = [n for n in missing if (n[0], n[1], n[3]) not in self._entities]
            first = next_id(session, "entity") if new else 0
            rows = [(first + i, *n, 0) for i, n in enumerate(new)]
            session.insert("entity", ("id", "key", "name", "ontology_id", "type", "claims"), rows)
            self._entities.update({(row[1], row[2], row[4]): row[0] for row in rows})
        return {n: self._entities[n[0], n[1], n[3]] for n in names}

    def metrics(self, session: Session, wanted: Iterable[MetricName]) -> dict[MetricName, int]:
        """Return the number of each metric, adding those that are new."""
        names = dict.fromkeys(wanted)
        missing = [n for n in names if n not in self._metrics]
        if missing:
            for name, ontology_id, id_ in session.rows(_METRICS, names=[n[0] for n in missing]):
                self._metrics[name, ontology_id] = id_
            new = [n for n in missing if n not in self._metrics]
            first = next_id(session, "metric") if new else 0
            rows = [(first + i, *n, 0) for i, n in enumerate(new)]
            session.insert("metric", ("id", "name", "ontology_id", "claims"), rows)
            self._metrics.update({(row[1], row[2]): row[0] for row in rows})
        return {n: self._metrics[n] for n in names}


def next_id(session: Session, table: str) -> int:
    """Return the first free number of a table; right under the writer's lock."""
    row = session.row(text(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}"))
    return int(row[0]) if row else 1


def count(session: Session, entities: Counter[int], metrics: Counter[int]) -> None:
    """Change the counts of current claims by the given differences."""
    session.many(_COUNT_ENTITY, [{"id": i, "change": n} for i, n in sorted(entities.items()) if n])
    session.many(_COUNT_METRIC, [{"id": i, "change": n} for i, n in sorted(metrics.items()) if n])

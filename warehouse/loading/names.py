"""Entities and metrics as numbers: looked up once, added where new, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from warehouse.engines.session import Row, Session
from warehouse.loading.claim_rows import EntityName, MetricName

_ENTITIES = "SELECT key, name, type, id FROM entity WHERE name {within}"
_METRICS = "SELECT name, ontology_id, id FROM metric WHERE name {within}"
_COUNT = "UPDATE {table} SET claims = claims + :by WHERE id = :id"
_COUNT_ALL = (
    "UPDATE {table} t SET claims = t.claims + d.change FROM unnest(:ids::bigint[], :by::bigint[]) AS d (id, change) "
    "WHERE t.id = d.id"
)


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
            for key, name, type_, id_ in self._look_up(session, _ENTITIES, [n[1] for n in missing]):
                self._entities[key, name, type_] = id_
            new = [n for n in missing if (n[0], n[1], n[3]) not in self._entities]
            first = session.next_id("entity") if new else 0
            rows = [(first + i, *n, 0) for i, n in enumerate(new)]
            session.insert("entity", ("id", "key", "name", "ontology_id", "type", "claims"), rows)
            self._entities.update({(row[1], row[2], row[4]): row[0] for row in rows})
        return {n: self._entities[n[0], n[1], n[3]] for n in names}

    @staticmethod
    def _look_up(session: Session, question: str, names: list[str]) -> list[Row]:
        return session.rows(session.spell(question), values=session.listed(names))

    def metrics(self, session: Session, wanted: Iterable[MetricName]) -> dict[MetricName, int]:
        """Return the number of each metric, adding those that are new."""
        names = dict.fromkeys(wanted)
        missing = [n for n in names if n not in self._metrics]
        if missing:
            for name, ontology_id, id_ in self._look_up(session, _METRICS, [n[0] for n in missing]):
                self._metrics[name, ontology_id] = id_
            new = [n for n in missing if n not in self._metrics]
            first = session.next_id("metric") if new else 0
            rows = [(first + i, *n, 0) for i, n in enumerate(new)]
            session.insert("metric", ("id", "name", "ontology_id", "claims"), rows)
            self._metrics.update({(row[1], row[2]): row[0] for row in rows})
        return {n: self._metrics[n] for n in names}


def count(session: Session, entities: Counter[int], metrics: Counter[int]) -> None:
    """Change the counts of current claims by the given differences."""
    for table, changes in (("entity", entities), ("metric", metrics)):
        changed = sorted((id_, change) for id_, change in changes.items() if change)
        if not changed:
            continue
        if session.postgres:
            ids, by = zip(*changed, strict=True)
            session.run(_COUNT_ALL.format(table=table), ids=session.listed(ids), by=session.listed(by))
        else:
            session.many(_COUNT.format(table=table), [{"id": id_, "by": change} for id_, change in changed])

"""The ontology: metrics, entities, families of names and word lists, read from TOML data.

The data of the project lie under `schemas/data`; a user's directory adds to them or changes them by `id`.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

from schemas import OntologyError
from schemas.ontology import (
    EntityEntry,
    FamilyEntry,
    LexiconEntry,
    MetricEntry,
    check_unique,
    parse_entry,
    parse_tables,
)
from schemas.spans import Frozen

FOLDERS = ("metrics", "entities", "families", "lexicons")
_TYPES: dict[str, type[Frozen]] = {
    "metric": MetricEntry,
    "entity": EntityEntry,
    "family": FamilyEntry,
    "lexicon": LexiconEntry,
}
_E = TypeVar("_E", bound=Frozen)


@dataclass(frozen=True, eq=False)
class Ontology:
    """What the recognisers know: entries by id, and `hash`, a digest of all files they came from.

    `metrics`, `entities`, `families` and `lexicons` are read-only dictionaries in the order of the files.
    """

    metrics: Mapping[str, MetricEntry]
    entities: Mapping[str, EntityEntry]
    families: Mapping[str, FamilyEntry]
    lexicons: Mapping[str, LexiconEntry]
    hash: str
    cache: dict[str, Any] = field(default_factory=dict, repr=False)  # what recognisers built from it

    def words(self, lexicon: str) -> tuple[str, ...]:
        """Return the words of a lexicon. Raises `OntologyError` when there is none of that id."""
        try:
            return self.lexicons[lexicon].words
        except KeyError:
            raise OntologyError(f"lexicon {lexicon}: not in any ontology file") from None


@dataclass(slots=True)
class _Table:
    """An entry as its file has it."""

    file: str
    position: int
    values: dict[str, Any]


def load_ontology(extra: Path | None = None) -> Ontology:
    """Return the project's ontology with a user's files laid over it, cached.

    `extra` is a directory of `*.toml` files (at any depth); without it the environment's TENKYO_ONTOLOGY names one,
    if set. An entry there with an id that exists changes the fields it gives; its lists are added to the old ones.
    Raises `OntologyError` naming file, entry and reason, also when two entries share an alias.
    """
    if extra is None and os.environ.get("TENKYO_ONTOLOGY"):
        extra = Path(os.environ["TENKYO_ONTOLOGY"])
    if extra is None:
        return _load(None, 0)
    if not extra.is_dir():
        raise OntologyError(f"{extra}: no such directory of ontology files")
    stamp = max((path.stat().st_mtime_ns for path in extra.rglob("*.toml")), default=0)
    return _load(extra.resolve(), stamp)


@lru_cache(maxsize=8)
def _load(extra: Path | None, _stamp: int) -> Ontology:
    digest = hashlib.sha256()
    tables: dict[str, dict[str, _Table]] = {key: {} for key in _TYPES}
    for file, text in _own_files():
        digest.update(f"{file}\0{text}\0".encode())
        _add(tables, text, file, overlay=False)
    for file, text in _user_files(extra):
        digest.update(f"{file}\0{text}\0".encode())
        _add(tables, text, file, overlay=True)
    metrics = _entries(tables, "metric", MetricEntry)
    entities = _entries(tables, "entity", EntityEntry)
    ontology = Ontology(
        metrics=metrics,
        entities=entities,
        families=_entries(tables, "family", FamilyEntry),
        lexicons=_entries(tables, "lexicon", LexiconEntry),
        hash=digest.hexdigest(),
    )
    check_labels(((id_, (*m.ja, *m.en, *m.headers)) for id_, m in metrics.items()), tables["metric"], "metric")
    check_labels(((id_, (e.name, *e.aliases)) for id_, e in entities.items()), tables["entity"], "entity")
    _check_references(ontology, tables)
    return ontology


def _own_files() -> Iterator[tuple[str, str]]:
    root = resources.files("schemas") / "data"
    for folder in FOLDERS:
        for path in sorted((root / folder).iterdir(), key=lambda p: p.name):
            if path.name.endswith(".toml"):
                yield f"{folder}/{path.name}", path.read_text(encoding="utf-8")


def _user_files(extra: Path | None) -> Iterator[tuple[str, str]]:
    for path in sorted(extra.rglob("*.toml")) if extra else ():
        try:
            yield str(path), path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise OntologyError(f"{path}: cannot be read: {error}") from None


def _add(tables: dict[str, dict[str, _Table]], text: str, file: str, *, overlay: bool) -> None:
    """Put a file's entries into `tables`; `overlay` lets them change entries of earlier files."""
    for key, rows in parse_tables(text, file=file).items():
        if key not in _TYPES or not isinstance(rows, list):
            raise OntologyError(f"{file}: unknown table {key!r}; known: {', '.join(f'[[{k}]]' for k in _TYPES)}")
        check_unique((str(row.get("id", n)) for n, row in enumerate(rows)), file=file, key=key)
        for position, row in enumerate(rows, 1):
            id_ = str(row.get("id", f"{file} {position}"))
            old = tables[key].get(id_)
            if old and not overlay:
                raise OntologyError(f"{file}: {key} {id_}: id is used in {old.file} too")
            tables[key][id_] = _Table(file, position, _merge(old.values, row) if old else row)


def _merge(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """Return `old` changed by `new`: lists are joined, everything else is replaced."""
    lists = {k: [*old[k], *(w for w in v if w not in old[k])] for k, v in new.items() if isinstance(old.get(k), list)}
    return old | new | lists


def _entries(tables: dict[str, dict[str, _Table]], key: str, entry_type: type[_E]) -> dict[str, _E]:
    return {
        id_: parse_entry(t.values, key, entry_type, file=t.file, position=t.position) for id_, t in tables[key].items()
    }


def check_labels(labels: Iterable[tuple[str, tuple[str, ...]]], tables: Mapping[str, _Table], key: str) -> None:
    """Raise `OntologyError` if a label (width and case folded) belongs to two entries."""
    from extractors.recognizers.names.spelling import fold

    owner: dict[str, str] = {}
    for id_, words in labels:
        for word in words:
            first = owner.setdefault(fold(word), id_)
            if first != id_:
                raise OntologyError(f"{tables[id_].file}: {key} {id_}: {word!r} is also a label of {first}")


def _check_references(ontology: Ontology, tables: dict[str, dict[str, _Table]]) -> None:
    """Raise `OntologyError` if an entry names another that is not in the ontology."""
    for id_, metric in ontology.metrics.items():
        for other in metric.also:
            if other not in ontology.metrics:
                raise OntologyError(f"{tables['metric'][id_].file}: metric {id_}: also {other!r} is no metric")
    for key, entries in (("entity", ontology.entities), ("family", ontology.families)):
        for id_, entry in entries.items():
            owner = getattr(entry, "owner", None)
            if owner is not None and owner not in ontology.entities:
                raise OntologyError(f"{tables[key][id_].file}: {key} {id_}: owner {owner!r} is no entity")

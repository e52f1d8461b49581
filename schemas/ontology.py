"""Ontology entries: metrics and entities as data. Parsing only; `extractors.ontology` reads the files.

A file holds `[[metric]]` or `[[entity]]` tables. Errors name file, entry and reason.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import TypeVar

from pydantic import Field, ValidationError, field_validator

from schemas.issues import OntologyError
from schemas.spans import Frozen

DIMENSIONS = frozenset(
    ["money", "count", "percent", "percent_point", "ratio", "rank", "measure", "duration", "date", "text", "number"]
)


class MetricEntry(Frozen):
    """What a figure can be a figure of.

    `id` is the snake_case name of the export. `ja` and `en` are labels as they stand in reports, most usual first.
    `dimensions` are what its values may be: "money", "percent", "ratio", "rank", "duration", "date", "text",
    "number", "measure", "measure:byte" (one unit), "count" (anything counted), "count:person" (one counted thing).
    `change` marks metrics whose sign tells the direction (growth_rate, price_change). `level` metrics take
    a direction word as a change of theirs. Each example is a phrase in which a label must be found; each
    counter-example one in which none may be.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    definition: str
    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = Field(min_length=1)
    change: bool = False
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = ()

    @field_validator("dimensions")
    @classmethod
    def _known(cls, dimensions: tuple[str, ...]) -> tuple[str, ...]:
        for dimension in dimensions:
            if dimension.split(":")[0] not in DIMENSIONS:
                raise ValueError(f"unknown dimension {dimension!r}; known: {', '.join(sorted(DIMENSIONS))}")
        return dimensions


class EntityEntry(Frozen):
    """A named thing that claims are about.

    `type` is one of company, organization, government, model, product, chip, market, country, region, person,
    industry, segment, index. `owner` is the id of the entity it belongs to (a model's developer). `aliases` are
    matched as they stand (width and case folded); an alias of one entity must not be one of another.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    owner: str | None = None

    @field_validator("type")
    @classmethod
    def _known(cls, value: str) -> str:
        known = "company organization government model product chip market country region person industry segment index"
        if value not in known.split():
            raise ValueError(f"unknown entity type {value!r}; known: {known.replace(' ', ', ')}")
        return value


Entry = TypeVar("Entry", bound=Frozen)


def parse_entries(toml: str, key: str, entry_type: type[Entry], *, file: str) -> tuple[Entry, ...]:
    """Return the `[[key]]` entries of an ontology file's text.

    Raises `OntologyError` naming `file`, the entry and the reason.
    """
    try:
        tables = tomllib.loads(toml).get(key, [])
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{file}: not valid TOML: {error}") from None
    entries = []
    for position, table in enumerate(tables, 1):
        name = table.get("id", f"number {position}")
        try:
            entries.append(entry_type.model_validate(table))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            raise OntologyError(f"{file}: {key} {name}: {where}: {first['msg']}") from None
    check_unique((getattr(entry, "id", "") for entry in entries), file=file, key=key)
    return tuple(entries)


def check_unique(ids: Iterable[str], *, file: str, key: str) -> None:
    """Raise `OntologyError` if an id stands twice."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise OntologyError(f"{file}: {key} {id_}: id is used twice")
        seen.add(id_)


def slug(text: str) -> str:
    """Return a metric name for words the ontology does not know: letters and digits kept, the rest one `_`."""
    return re.sub(r"[\W_]+", "_", text.casefold()).strip("_")

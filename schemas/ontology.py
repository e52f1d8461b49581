"""Ontology entries: metrics and entities as data. Parsing only; `extractors.ontology` reads the files.

A file holds `[[metric]]` or `[[entity]]` tables. Errors name file, entry and reason.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from typing import Any, TypeVar

from pydantic import Field, ValidationError, field_validator

from schemas.issues import OntologyError
from schemas.spans import Frozen

DIMENSIONS = frozenset(
    ["money", "count", "percent", "percent_point", "ratio", "rank", "measure", "duration", "date", "text", "number"]
)


class MetricEntry(Frozen):
    """What a figure can be a figure of.

    `id` is the snake_case name of the export. `ja` and `en` are labels as they stand in reports, most usual first;
    `headers` are labels only as the header of a table's column or row, being everyday words elsewhere (size).
    `verbs` imply the metric (raised, 調達); Japanese ones are stems, English ones take regular endings by themselves.
    `counted` are the nouns whose number it is, where a sentence only counts them (40の言語, 120カ国, 35 industries).
    `blockers` are longer words that hold a label by chance (個人口座 for 人口).
    `dimensions` are what its values may be: "money", "percent", "percent_point", "ratio", "rank", "duration", "date",
    "text", "number", "measure", "measure:byte" (one unit), "count" (anything counted), "count:person" (one thing).
    `also` names the metrics that the same words mean when the value is of another dimension: 調達 is funding_raised
    with money, funding_date with a date. `change` marks metrics whose sign tells the direction (growth_rate).
    Each example is a phrase or a header in which the metric must be found; each counter-example a phrase in which it
    may not be.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    definition: str
    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = Field(min_length=1)
    verbs: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    blockers: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
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
    industry, segment, index, benchmark. `owner` is the id of the entity it belongs to (a model's developer).
    `aliases` are matched as they stand (width and case folded); an alias of one entity must not be one of another.
    `fiscal_shift` says where the fiscal years of a company lie that does not keep the calendar year (abroad) or April
    (Japan): months from January of a year to the first day of the fiscal year of that number (FY2026 of Apple began
    in October 2025: -3).
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    name: str
    type: str
    aliases: tuple[str, ...] = ()
    owner: str | None = None
    fiscal_shift: int | None = Field(default=None, ge=-11, le=11)

    @field_validator("type")
    @classmethod
    def _known(cls, value: str) -> str:
        known = (
            "company organization government model product chip market country region person industry segment index "
            "benchmark"
        )
        if value not in known.split():
            raise ValueError(f"unknown entity type {value!r}; known: {known.replace(' ', ', ')}")
        return value


class FamilyEntry(Frozen):
    """A family of names with numbers: GPT (GPT-4o, GPT-4.1 mini), RTX (RTX 5090), iPhone (iPhone 17 Pro).

    `names` are its spellings. `digits` is the most digits a bare number may have to be a version. `alone` says
    whether the family's name is an entity without any number (Gemini) or not (RTX). `variants` are words of this
    family only (Opus, 大規模), beside those that every family may take.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_.-]*$")
    names: tuple[str, ...] = Field(min_length=1)
    type: str = "model"
    owner: str | None = None
    digits: int = 2
    alone: bool = True
    variants: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter_examples: tuple[str, ...] = ()


class LexiconEntry(Frozen):
    """A list of words that a recogniser knows by `id` (suffixes of organisations, co-reference words)."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    definition: str
    words: tuple[str, ...]


Entry = TypeVar("Entry", bound=Frozen)


def parse_tables(toml: str, *, file: str) -> dict[str, Any]:
    """Return the tables of an ontology file's text. Raises `OntologyError` naming `file` if it is not TOML."""
    try:
        return tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{file}: not valid TOML: {error}") from None


def parse_entry(table: dict[str, Any], key: str, entry_type: type[Entry], *, file: str, position: int = 1) -> Entry:
    """Return one entry. Raises `OntologyError` naming `file`, the entry and the reason."""
    name = table.get("id", f"number {position}")
    try:
        return entry_type.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise OntologyError(f"{file}: {key} {name}: {where}: {first['msg']}") from None


def parse_entries(toml: str, key: str, entry_type: type[Entry], *, file: str) -> tuple[Entry, ...]:
    """Return the `[[key]]` entries of an ontology file's text.

    Raises `OntologyError` naming `file`, the entry and the reason.
    """
    tables = parse_tables(toml, file=file).get(key, [])
    entries = tuple(parse_entry(t, key, entry_type, file=file, position=n) for n, t in enumerate(tables, 1))
    check_unique((getattr(entry, "id", "") for entry in entries), file=file, key=key)
    return entries


def check_unique(ids: Iterable[str], *, file: str, key: str) -> None:
    """Raise `OntologyError` if an id stands twice."""
    seen: set[str] = set()
    for id_ in ids:
        if id_ in seen:
            raise OntologyError(f"{file}: {key} {id_}: id is used twice")
        seen.add(id_)


def slug(text: str) -> str:
    """Return a metric name for words the ontology does not know: letters and digits kept, the rest one `_`.

    The article or possessive before an English noun is no part of its name (a total future liability).
    """
    name = re.sub(r"[\W_]+", "_", text.casefold()).strip("_")
    return _DETERMINER.sub("", name)


_DETERMINER = re.compile(r"\A(?:an?|the|its|their|our|his|her)_(?=[a-z]{3})")

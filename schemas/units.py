"""Units as data: what a number may be followed (or preceded) by, and what that makes of it.

A file holds `[[unit]]` tables; `extractors.recognizers.units` reads them. A new unit is one table:

    [[unit]]
    id = "store"
    ja = ["店舗", "店"]
    en = ["store", "outlet"]
    examples = ["12店舗", "340 stores"]
    counter_examples = ["店舗網"]
"""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field, model_validator

from schemas.ontology import parse_entries
from schemas.quantities import QuantityKind
from schemas.spans import Frozen

DURATION = "duration"
SI_PREFIXES = frozenset("EPTGMkKhdcmμunpZY")


class UnitEntry(Frozen):
    """One unit or counter in all its writings.

    `unit` is the canonical unit (default: `id`), of which one of these is `factor`. `kind` is a `QuantityKind` or
    "duration". `ja` stand after a number as they are; `en` are singular English words, the regular plural is
    understood, case does not matter; `symbols` stand after a number and case matters; `before` stand before it
    (currency signs). `si` lists the decimal prefixes (k, M, G, …; `bare` false: only with one) with which
    `symbols[0]`, the Japanese names in `ja_base` and the English in `en_base` make units of their own. `kanji` says
    that kanji numerals may count it (三社). `not_before` lists beginnings of words that make another word of a
    counter (社 + 会). `letters` says that K, M, B, T before it multiply (70B parameters). `denominator` says that a
    price per it is a price of its own (USD_per_token). `symbol` is how the unit is written when it must be short.
    Each example is a text in which the unit must be found, each counter-example one in which it must not.
    """

    id: str = Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")
    unit: str = ""
    kind: str = QuantityKind.COUNT.value
    factor: Decimal = Decimal(1)
    ja: tuple[str, ...] = ()
    en: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    ja_base: tuple[str, ...] = ()
    en_base: tuple[str, ...] = ()
    si: tuple[str, ...] = ()
    bare: bool = True
    kanji: bool = True
    letters: bool = True
    denominator: bool = False
    not_before: tuple[str, ...] = ()
    symbol: str = ""
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _sound(self) -> UnitEntry:
        if self.kind != DURATION and self.kind not in set(QuantityKind):
            raise ValueError(f"unknown kind {self.kind!r}; known: duration, {', '.join(QuantityKind)}")
        if not (self.ja or self.en or self.symbols or self.before):
            raise ValueError("a unit needs a writing: ja, en, symbols or before")
        if unknown := set(self.si) - SI_PREFIXES:
            raise ValueError(f"unknown prefix {', '.join(sorted(unknown))}")
        if self.factor <= 0:
            raise ValueError("factor must be above 0")
        return self

    @property
    def canonical(self) -> str:
        """The canonical unit."""
        return self.unit or self.id


def parse_units(toml: str, *, file: str) -> tuple[UnitEntry, ...]:
    """Return the units of a file's text; raises `OntologyError` naming file, entry and reason."""
    return parse_entries(toml, "unit", UnitEntry, file=file)

"""What has a price by being what it is: an index has a level, a currency a rate, an amount for a unit is a price.

日経平均は52,000.50で引けた               index_level
ユーロドルは1.16ドル台へ反発              exchange_rate
月8万円, $20/月, $0.10/action, ¥121 a month   price
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.claims.cues import cue_lists
from extractors.claims.entity_candidates import Candidate, from_words
from extractors.claims.scene import Scene
from schemas import Quantity, QuantityKind

_REACH = 60  # characters of a sentence within which what is quoted stands before its price


@dataclass(slots=True, frozen=True)
class _Quoted:
    metric: str
    words: re.Pattern[str]
    kinds: frozenset[str]
    units: frozenset[str]
    entities: frozenset[str]


@cache
def _quoted() -> tuple[_Quoted, ...]:
    return tuple(
        _Quoted(
            entry["metric"],
            re.compile("|".join(entry["words"])),
            frozenset(entry["kinds"]),
            frozenset(entry.get("units", ())),
            frozenset(entry.get("entities", ())),
        )
        for entry in cue_lists("quoted.toml")["quoted"]
    )


def quoted(scene: Scene, start: int, end: int, quantity: Quantity) -> list[Candidate]:
    """Return the prices that a figure at `[start, end)` may be by what is quoted before it, and by what it is for."""
    found = [
        from_words(scene, "quoted", sort.metric, *place, sort.metric)
        for sort in _quoted()
        if quantity.kind.value in sort.kinds and (not sort.units or quantity.unit in sort.units)
        if (place := max(_places(scene, sort, start), default=None)) is not None
    ]
    if quantity.kind == QuantityKind.MONEY and (place := _per(scene, start, end)) is not None:
        found.append(from_words(scene, "per", "price", *place, "price"))
    return found


@cache
def quoted_as(entity: str | None, type_: str | None) -> str | None:
    """Return the metric that the price of a known entity is (ドル円: exchange_rate), None where it is a share's."""
    sort = next((sort for sort in _quoted() if entity in sort.entities), None)
    return sort.metric if sort is not None else "index_level" if type_ == "index" else None


@cache
def quoted_metrics() -> frozenset[str]:
    """Return the metrics of prices of what is quoted."""
    return frozenset(sort.metric for sort in _quoted())


def _places(scene: Scene, sort: _Quoted, start: int) -> Iterator[tuple[int, int]]:
    """Yield where what is quoted stands before the figure at `start`."""
    floor = max(scene.start, start - _REACH)
    for mention in scene.entities:
        if mention.id in sort.entities and floor <= mention.span.start and mention.span.end <= start:
            yield mention.span.start, mention.span.end
    yield from (m.span() for m in sort.words.finditer(scene.view.text, floor, start))


_COUNTED = "枚個本回人件社台席室坪kgℓ"
_PER_BEFORE = re.compile(
    rf"(?:(?<![0-9０-９一-龥])(?:毎月|月々|月|年間|年|週|日)|[1１一][{_COUNTED}]|"
    r"(?:[0-9０-９A-Za-zァ-ヺー一-龥]{1,8}(?:あたり|当たり|当り|につき|ごとに)))(?:約|最大|実質|わずか)?\s?$"
)
_PER_HEAD = re.compile(r"[1１一]?(?:世帯|家計|人|社|店舗?)(?:あたり|当たり|当り)")  # 消費支出は1世帯当たり29万円
_PER_INSIDE = re.compile(r"[/／]\s?[A-Za-zァ-ヺ一-龥]")
_PER_BEHIND = re.compile(
    r"(?:[\s-](?:per|an?|each)[\s-](?!few|lot|[a-z]+ (?:earlier|ago|before|later)\b)[a-z]+|"
    r"\s?[/／]\s?[A-Za-zァ-ヺ一-龥]+|\s(?:monthly|apiece|each)\b)"
)


def _per(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """Return where the unit stands that an amount is for: 月8万円, 1枚300円, $20/月, $99 a year."""
    text = scene.view.text
    if found := _PER_BEFORE.search(text, max(scene.start, start - 16), start):
        spent = any(m.type != "verb" and m.span.end <= found.start() for m in scene.metrics)
        return None if spent and _PER_HEAD.match(found.group()) else (found.start(), start)
    if found := _PER_INSIDE.search(text, start, end):
        return found.start() + 1, end
    found = _PER_BEHIND.match(text, end, scene.end)
    if found is None:
        return None
    return end + len(found.group()) - len(found.group().lstrip(" -/／")), found.end()

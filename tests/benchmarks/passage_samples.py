"""The passages that the encoder learns from: figures of marked documents with the candidates it meets."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from extractors.claims.encoder.groups import MOST, best, distance, told
from extractors.claims.encoder.heads import PARTS
from extractors.claims.encoder.passages import LONGEST, Passage, Range, cores, passage
from extractors.claims.encoder.pieces import Pieces, pieces
from tests.benchmarks.encoder_samples import Choices, Item


@dataclass(frozen=True, slots=True)
class Member:
    """A candidate of a figure: where it stands in the passage, or the pieces of its words when elsewhere."""

    part: str
    index: int  # among all the candidates of the part
    source: str
    known: str
    place: Range | None
    alone: tuple[int, ...]
    distance: int
    linear: float
    told: tuple[float, float, float]  # as the linear models tell it: score, distance to the best, rank


@dataclass(frozen=True, slots=True)
class Group:
    """A figure in its passage, with the candidates that are read."""

    item: Item
    place: Range
    members: list[Member]


@dataclass(slots=True)
class Page:
    """A passage with the figures of its core."""

    document: str
    passage: Passage
    groups: list[Group] = field(default_factory=list)

    @property
    def cost(self) -> float:
        """About how much work it is to learn from, in pieces that go through one layer."""
        return len(self.passage.ids) * 12 + len(self.groups) * 180 + 300


def pages(texts: dict[str, str], items: Iterable[Item]) -> list[Page]:
    """Return the passages that hold these figures, in the order of documents and places."""
    of: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        of[item.document].append(item)
    return [page for name in sorted(of) for page in _pages(name, texts[name], of[name])]


def _pages(name: str, text: str, items: list[Item]) -> Iterator[Page]:
    held = pieces(text)
    if not held.ids:
        return
    starts = cores(text, held)
    of: dict[int, list[tuple[Range, Item]]] = defaultdict(list)
    for item in items:
        place = held.between(*item.place)
        of[bisect_right(starts, place[0]) - 1].append((place, item))
    for number, found in sorted(of.items()):
        found.sort(key=lambda one: one[0])
        above = [held.between(*place) for place in found[0][1].above]
        page = Page(name, passage(held, starts, number, above))
        page.groups = [_group(page.passage, held, place, item) for place, item in found]
        yield page


def _group(read: Passage, held: Pieces, place: Range, item: Item) -> Group:
    at = read.place(place) or (0, 1)
    members = [
        member
        for part in PARTS
        if (choices := item.parts.get(part)) is not None
        for member in _members(read, held, at[0], part, choices)
    ]
    return Group(item, at, members)


def _members(read: Passage, held: Pieces, start: int, part: str, choices: Choices) -> Iterator[Member]:
    chosen = best(choices.linear, MOST[part])
    for index, ranked in zip(chosen, told(choices.linear, chosen), strict=True):
        place = choices.places[index]
        range_ = held.between(*place) if place[0] < place[1] else None
        near = None if range_ is None else read.place(range_)
        elsewhere = range_ is not None and near is None
        yield Member(
            part,
            index,
            choices.sources[index],
            choices.known[index] if part != "period" else "",
            near,
            tuple(held.ids[range_[0] : range_[1]][:LONGEST]) if range_ is not None and elsewhere else (),
            distance(near, start),
            choices.linear[index],
            ranked,
        )

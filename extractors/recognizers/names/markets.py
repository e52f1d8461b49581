"""Markets, industries and segments as entities: 国内AI市場, 日本の自動車産業, スイーツ事業, global chip market."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.ontology import Ontology
from extractors.recognizers.names.compounds import nominal, skip_modifiers, start_of
from extractors.recognizers.names.morphology import Word

_TYPES = {"市場": "market", "業界": "industry", "産業": "industry", "マーケット": "market"}
_ENGLISH = re.compile(r"\b((?:[A-Za-z][\w&/'-]{0,40}[ ]){1,6})((?:market|industry|sector)s?)\b", re.IGNORECASE)
_OPEN, _CLOSE = "（(", "）)"


@dataclass(slots=True, frozen=True)
class Field:
    """A market, industry or segment `text[start:end]`."""

    start: int
    end: int
    type: str


class Fields:
    """Finds markets, industries and segments with the word lists of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._segments = frozenset(ontology.words("segment_suffix"))
        self._types = _TYPES | dict.fromkeys(self._segments, "segment")
        self._suffixes = tuple(sorted(self._types, key=len, reverse=True))
        self._last = frozenset(suffix[-1] for suffix in self._suffixes)
        self._areas = frozenset(ontology.words("market_area"))
        self._drop = frozenset(ontology.words("modifier"))
        self._followers = frozenset(ontology.words("market_follower"))
        self._not_before = frozenset(ontology.words("not_before_market"))
        self._stop = frozenset(ontology.words("english_market_stop"))

    def find(self, text: str, words: Sequence[Word]) -> Iterator[Field]:
        """Yield the fields in a Japanese text with its words; they may overlap."""
        for at, word in enumerate(words):
            if word.surface[-1:] not in self._last:
                continue
            type_ = next((self._types[s] for s in self._suffixes if text.endswith(s, 0, word.end)), None)
            if type_ is None or not self._ends(words, at):
                continue
            first = self._start(words, at, linked=type_ != "segment")
            name = text[words[first].start : word.end]
            if not (name in _TYPES or name in self._segments or name in self._not_before or name[0].isdigit()):
                yield Field(words[first].start, word.end, type_)

    def _ends(self, words: Sequence[Word], at: int) -> bool:
        """Say whether the compound ends with `words[at]`, or goes on with a word about the market (規模, シェア)."""
        if at + 1 >= len(words) or words[at + 1].start != words[at].end or not nominal(words[at + 1]):
            return True
        return words[at + 1].surface in self._followers

    def _start(self, words: Sequence[Word], head: int, *, linked: bool) -> int:
        """Return the first word of the field: its compound, a bracket or の after a place included."""
        first = start_of(words, head)
        if linked and (goods := self._goods(words, first, head)) is not None:
            return goods
        first = skip_modifiers(words, first, head, self._drop)
        while linked and first > 1:
            before = words[first - 1]
            if before.surface == "の" and self._area(words[first - 2]):
                return skip_modifiers(words, start_of(words, first - 2), first - 2, frozenset())
            if before.surface in ("向けの", "向け") and nominal(words[first - 2]):
                first = start_of(words, first - 2)
            elif before.surface and before.surface in _CLOSE and first > 2:
                opened = _opening(words, first - 1)
                if opened is None:
                    return first
                if opened == 0 or not (nominal(words[opened - 1]) or words[opened - 1].surface == "の"):
                    return first
                first = start_of(words, opened - 1) if nominal(words[opened - 1]) else opened
            else:
                return first
        return first

    def _goods(self, words: Sequence[Word], first: int, head: int) -> int | None:
        """Return where the name begins of what a market is of that only says where it is: 二次電池の世界市場."""
        if first < 2 or words[first - 1].surface != "の" or self._area(words[first - 2]):
            return None
        place = next((words[head].surface.removesuffix(t) for t in _TYPES if words[head].surface.endswith(t)), "")
        where = [w.surface for w in words[first:head] if not self._area(w)] + [place] * (place not in self._areas)
        if any(where) or (first == head and not place) or words[first].surface.startswith(_ABROAD):
            return None
        return _thing(words, first - 2)

    def _area(self, word: Word) -> bool:
        return word.surface in self._areas or word.detail[1] == "地名"

    def find_english(self, text: str) -> Iterator[Field]:
        """Yield the fields in an English text: "global AI chip market", "the" left out."""
        for match in _ENGLISH.finditer(text):
            start = match.start(2)
            kept = 0
            for word in reversed(list(re.finditer(r"\S+", match.group(1)))):
                if word.group().casefold() in self._stop:
                    break
                start, kept = match.start(1) + word.start(), kept + 1
            if kept:
                yield Field(start, match.end(), "market" if match.group(2)[0] in "mM" else "industry")


def _opening(words: Sequence[Word], close: int) -> int | None:
    """Return the index of the bracket that `words[close]` closes, at most 8 words before."""
    for at in range(close - 1, max(close - 9, -1), -1):
        if words[at].surface in _OPEN:
            return at
    return None


def _thing(words: Sequence[Word], last: int) -> int | None:
    """Return the first word of the compound that `words[last]` ends, a bracket behind it included, where a market may
    be of it (二次電池, 電気自動車(EV)): None where it tells when or which one (前年, 同社)."""
    opened = _opening(words, last) if words[last].surface and words[last].surface in _CLOSE else None
    if opened is not None:
        last = opened - 1
    if last < 0 or not nominal(words[last]):
        return None
    first, kind = start_of(words, last), words[last].detail
    timed = kind[0] == "数詞" or kind[1] in ("副詞可能", "助数詞", "助数詞可能", "地名", "人名")
    pointing = words[first].surface[:1] in _POINTING and len(words[first].surface) < _LEAST_THING
    return None if timed or pointing else first


_ABROAD = ("海外", "国外", "域内")  # a company's market, not a thing's
_LEAST_THING = 3  # characters of a word that may begin as those that point to another: 同社, 各国
_POINTING = frozenset(["同", "各", "全", "両", "他", "自", "当", "本", "弊"])

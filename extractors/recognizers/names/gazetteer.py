"""Entities known by name: the ontology's aliases found in text, with boundaries that fit each script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.ontology import Ontology
from extractors.recognizers.names.spelling import fold, widen
from extractors.recognizers.names.trie import WordSet, free_left, free_right, script
from schemas.ontology import EntityEntry

_ORGANISED = frozenset(["company", "organization", "government"])
_PLACES = frozenset(["country", "region"])


_RUN = re.compile(r"[一-鿿々ァ-ヺー]{1,24}")  # no word is longer: long runs stay linear
_PART = re.compile(r"(?:[局庁部課室院令券法会]|研究所|機構|センター|支店|事務所|学校|大学校?)$")
_OUTPUT = re.compile(r"[日月年]産\s?約?[0-9０-９]")  # 日産4万株: so many a day


@dataclass(slots=True, frozen=True)
class Known:
    """An entity's alias at `text[start:end]`."""

    start: int
    end: int
    entity: EntityEntry


@dataclass(slots=True, frozen=True)
class _Alias:
    entity: EntityEntry | None  # None for a longer word that only looks like one
    written: str
    exact: bool


class Gazetteer:
    """The automaton over an ontology's entities."""

    def __init__(self, ontology: Ontology) -> None:
        common = frozenset(word.casefold() for word in ontology.words("common_word"))
        self._followers = ontology.words("organization_follower")
        self._suffixes = (*ontology.words("company_suffix"), *ontology.words("weak_company_suffix"), "総研", "大学")
        aliases = [
            (fold(word), _Alias(entity, widen(word), _exact(widen(word), common)))
            for entity in ontology.entities.values()
            for word in dict.fromkeys((entity.name, *entity.aliases))
        ]
        known = {word for word, _ in aliases}
        blockers = [
            (fold(word), _Alias(None, word, False))
            for word in ontology.words("entity_blocker")
            if fold(word) not in known
        ]
        self._words = WordSet([*aliases, *blockers])

    def find(self, text: str, folded: str) -> Iterator[tuple[int, int, EntityEntry | None]]:
        """Yield `(start, end, entity)` in `text` (width made plain); they may overlap.

        `entity` is None where a longer word hides what would be an entity (日本 in 日本語).
        """
        for start, end, found in self._words.matches(folded):
            if not free_left(text, start) or not free_right(text, end):
                continue
            for alias in found:
                if alias.entity is None or self._fits(text, start, end, alias.entity, alias):
                    yield start, end, alias.entity

    def _fits(self, text: str, start: int, end: int, entity: EntityEntry, alias: _Alias) -> bool:
        written = text[start:end]
        if alias.exact and written != alias.written:
            return False
        if alias.written[0].isupper() and not written[0].isupper() and not written.isdigit() and len(written) < 8:
            return False
        if entity.type in _ORGANISED:
            if _OUTPUT.match(text, start):
                return False
            body = entity.type == "government" and not written.endswith("政府")  # 政府支出 is no body's
            return self._whole(text, start, end) or (body and _leads_words(text, end))
        return not (entity.type in _PLACES and start and script(written[0]) == "kanji" and len(written) == 1)

    def _whole(self, text: str, start: int, end: int) -> bool:
        """Say whether an organisation's name in kanji or katakana is not the front of a longer one."""
        last = script(text[end - 1])
        if end >= len(text) or last not in ("kanji", "katakana") or script(text[end]) not in ("kanji", "katakana"):
            return True
        if last == "katakana" and script(text[end]) == "kanji":
            return not text.startswith(self._suffixes, end) or text.startswith(self._followers, end)
        return text.startswith(self._followers, end)


def _leads_words(text: str, end: int) -> bool:
    """Say whether what follows a body of the state is what it does (日銀|金融政策), no part of it (財務省主計局)."""
    behind = _RUN.match(text, end)
    return behind is not None and len(behind.group()) > 1 and _PART.search(behind.group()) is None


def _exact(written: str, common: frozenset[str]) -> bool:
    """Say whether an alias counts only in its own case: short acronyms and names that are common words."""
    if not written.isascii():
        return False
    return written.casefold() in common or len(written) <= 4

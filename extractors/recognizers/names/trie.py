"""Finding many words at once: an Aho-Corasick automaton with word boundaries by script."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import ahocorasick

_LATIN = re.compile(r"[A-Za-z0-9À-ɏ]")
_KATAKANA = re.compile(r"[ァ-ヺー]")
_KANJI = re.compile(r"[一-鿿々]")


def script(character: str) -> str:
    """Return "latin" (digits too), "katakana", "kanji" or "" for a character."""
    if character.isascii():
        return "latin" if character.isalnum() else ""
    if _KATAKANA.match(character):
        return "katakana"
    if _KANJI.match(character):
        return "kanji"
    return "latin" if _LATIN.match(character) else ""


def free_left(text: str, start: int) -> bool:
    """Say whether no Latin or katakana word is cut in two at `start` (kanji compounds may be)."""
    if start == 0:
        return True
    before, first = script(text[start - 1]), script(text[start])
    return before != first or first in ("", "kanji")


def free_right(text: str, end: int) -> bool:
    """Say whether no Latin or katakana word is cut in two at `end` (kanji compounds may be, and a count: ACME|1社)."""
    return end >= len(text) or free_left(text, end) or (text[end].isdigit() and _COUNTS.match(text, end) is not None)


_COUNTS = re.compile(r"[0-9]{1,3}(?:社|人|名|件|[かカヵ]国)")


class WordSet:
    """Words, already folded, each with a value of any kind; built once, then only read.

    Scanning time is linear in the text whatever the number of words (Aho & Corasick 1975).
    """

    def __init__(self, words: Iterable[tuple[str, Any]]) -> None:
        values: dict[str, list[Any]] = {}
        for word, value in words:
            if word:
                values.setdefault(word, []).append(value)
        self._automaton = ahocorasick.Automaton()
        for word, found in values.items():
            self._automaton.add_word(word, (len(word), tuple(found)))
        self._automaton.make_automaton()
        self._empty = not values

    def matches(self, folded: str) -> Iterator[tuple[int, int, tuple[Any, ...]]]:
        """Yield `(start, end, values)` of every word in `folded`, overlapping ones too, by end."""
        if self._empty:
            return
        for last, (length, values) in self._automaton.iter(folded):
            yield last + 1 - length, last + 1, values


def longest(candidates: Iterable[tuple[int, int, Any]]) -> list[tuple[int, int, Any]]:
    """Return candidates that do not overlap, longer ones first (then earlier ones), sorted by place."""
    chosen: list[tuple[int, int, Any]] = []
    taken: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (c[0] - c[1], c[0])):
        places = range(candidate[0], candidate[1])
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(candidate)
    return sorted(chosen, key=lambda c: c[0])

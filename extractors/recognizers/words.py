"""Sets of words matched at a place, longest first, by their first or last letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Tag = TypeVar("Tag")


def _is_letter(char: str) -> bool:
    return char.isascii() and char.isalnum()


class Words(Generic[Tag]):
    """Words with a tag each. English words match whole words only; text is folded and lower-cased."""

    def __init__(self, tagged: Mapping[str, Tag]) -> None:
        self._first: dict[str, tuple[re.Pattern[str], dict[str, Tag]]] = {}
        self._last: dict[str, list[tuple[str, Tag]]] = {}  # by the last two characters, or the only one
        for word in sorted(tagged, key=len, reverse=True):
            self._last.setdefault(word[-2:], []).append((word, tagged[word]))
        for first in {word[0] for word in tagged}:
            words = sorted((word for word in tagged if word[0] == first), key=len, reverse=True)
            pattern = "|".join(re.escape(w) + ("(?![a-z0-9])" if _is_letter(w[-1]) else "") for w in words)
            self._first[first] = re.compile(pattern), {word: tagged[word] for word in words}

    def at(self, text: str, position: int) -> tuple[int, Tag] | None:
        """Return the end and tag of the longest word that starts at `position`."""
        if position >= len(text) or (words := self._first.get(text[position])) is None:
            return None
        match = words[0].match(text, position)
        return None if match is None else (match.end(), words[1][match[0]])

    def before(self, text: str, position: int, floor: int = 0) -> tuple[int, Tag] | None:
        """Return the start and tag of the longest word that ends at `position` and starts at `floor` or later."""
        if position <= floor:
            return None
        for ending in (text[max(0, position - 2) : position], text[position - 1]):
            for word, tag in self._last.get(ending, ()):
                start = position - len(word)
                if start >= floor and text.startswith(word, start):
                    if start > 0 and _is_letter(word[0]) and _is_letter(text[start - 1]):
                        continue
                    return start, tag
        return None


def tagged(lists: Mapping[str, Iterable[str]], keys: Iterable[str]) -> dict[str, str]:
    """Return each word of the lists under `keys` with its key."""
    return {word: key for key in keys for word in lists.get(key, ())}

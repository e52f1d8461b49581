"""Idioms and names with a kanji numeral (一方, 三菱, 八幡), and which counters a single kanji numeral may count."""

from __future__ import annotations

from functools import lru_cache

from extractors.recognizers.folding import fold
from extractors.recognizers.lexicon import lexicon
from extractors.recognizers.words import Words


@lru_cache(maxsize=1)
def _idioms() -> Words[str]:
    lists = lexicon("idioms")
    return Words({fold(word).text: "idiom" for word in [*lists["words"], *lists["dai"]]})


@lru_cache(maxsize=1)
def _single() -> frozenset[str]:
    return frozenset(fold(word).text for word in lexicon("idioms")["single"])


def idiom_at(text: str, position: int) -> int | None:
    """Return the end of the idiom that begins at `position` of the folded text."""
    found = _idioms().at(text, position)
    return None if found is None else found[0]


def single_kanji_unit(surface: str) -> bool:
    """Say whether a single kanji numeral before this unit is sure to count."""
    return surface in _single()

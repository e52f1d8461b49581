"""Ordinary English words: those that the tagger's lexicon knows in small letters; a capital alone is no name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from extractors.ontology import load_ontology

_PROPER = frozenset(["NNP", "NNPS"])
_ENDINGS = re.compile(r"(?:['’]s|['’])$")


@cache
def _lexicon() -> Mapping[str, str]:
    from textblob.en import parser  # heavy: half a second, and only English words need it

    found: Mapping[str, str] = parser.lexicon
    return found


@cache
def is_ordinary(word: str) -> bool:
    """Say whether a word, its capitals aside, is in the dictionary: Results, OPERATING, Third-Quarter; not Zukon.

    Joined words are ordinary where each part is; plurals and the like where what they come from is.
    """
    parts = [part for part in re.split(r"[-/&.]", _ENDINGS.sub("", word.casefold())) if part]
    return bool(parts) and all(any(_listed(form) for form in _forms(part)) for part in parts)


def _listed(word: str) -> bool:
    return _lexicon().get(word, "NNP") not in _PROPER or word in _modern()


@cache
def _modern() -> frozenset[str]:
    return frozenset(load_ontology().words("modern_word"))


def _forms(word: str) -> tuple[str, ...]:
    """Return a word and what it may be a form of."""
    ends = [end for end in ("s", "es", "ed", "d", "ing", "ly") if word.endswith(end) and len(word) > len(end) + 2]
    stems = [word[: -len(end)] for end in ends]
    return (word, *stems)

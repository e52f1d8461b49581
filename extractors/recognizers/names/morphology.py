"""Japanese words: SudachiPy's tokens with offsets on the text given, loaded at first use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_PIECE = re.compile(r"[^\n。！？]*[\n。！？]?")  # Sudachi takes 49,149 bytes at once; sentences are far shorter
_LIMIT = 8000


@dataclass(slots=True, frozen=True)
class Word:
    """A token `text[start:end]` with its part of speech: `pos` is the first level (名詞), `detail` the next three.

    `form` is how a verb or an adjective is inflected (終止形-一般).
    """

    start: int
    end: int
    surface: str
    pos: str
    detail: tuple[str, str, str]
    unknown: bool = False  # not in the dictionary
    form: str = "*"

    @property
    def proper(self) -> bool:
        """Whether it is a proper noun."""
        return self.detail[0] == "固有名詞"


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    from sudachipy import Dictionary, SplitMode

    dictionary: Any = Dictionary(dict="core")
    return dictionary.tokenizer(SplitMode.C) if hasattr(dictionary, "tokenizer") else dictionary.create(SplitMode.C)


@lru_cache(maxsize=64)
def words(text: str) -> tuple[Word, ...]:
    """Return the words of `text`, longest units (Sudachi's mode C), in order."""
    found = []
    for start, piece in _pieces(text):
        for token in _tokenizer().tokenize(piece):
            pos = token.part_of_speech()
            detail = (pos[1], pos[2], pos[3])
            place = start + token.begin(), start + token.end()
            found.append(Word(*place, token.surface(), pos[0], detail, token.is_oov(), pos[5]))
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    for match in _PIECE.finditer(text):
        for start in range(match.start(), match.end(), _LIMIT):
            yield start, text[start : min(start + _LIMIT, match.end())]


@lru_cache(maxsize=4096)
def simple(text: str) -> bool:
    """Say whether `text` is one short unit; compounds (ジェットエンジン) fall apart in mode A of Sudachi."""
    from sudachipy import SplitMode

    return len(_tokenizer().tokenize(text, SplitMode.A)) == 1

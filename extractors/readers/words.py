"""The readers' vocabulary, from `words.toml`."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    source = resources.files("extractors.readers").joinpath("words.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def words(section: str, name: str) -> tuple[str, ...]:
    """Return the words of `[section] name`, longest first."""
    return tuple(sorted(_tables()[section][name], key=len, reverse=True))


def ordered(section: str, name: str) -> tuple[str, ...]:
    """Return the words of `[section] name` in the order of the file, which is their rank."""
    return tuple(_tables()[section][name])


def fold(text: str) -> str:
    """Return `text` as words are compared: NFKC, lower case, outer blanks off."""
    return unicodedata.normalize("NFKC", text).lower().strip()

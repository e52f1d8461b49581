"""Radical and compatibility glyphs put back to the ideographs they stand for, one code point for one.

Many Japanese PDF producers write ⾦ (U+2FA6) where the author typed 金. The Kangxi radicals and the compatibility
ideographs have their mapping in Unicode's normalisation; the CJK radical supplement has none there, so its
Equivalent_Unified_Ideograph values stand in `radicals.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path

_SUSPECT = re.compile("[\u2e80-\u2fdf\uf900-\ufaff]")


def repair(text: str) -> str:
    """Return `text` with radical and compatibility ideographs replaced; the length stays the same."""
    return _SUSPECT.sub(lambda m: _unified(m.group()), text)


@cache
def _unified(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and len(plain) == 1:
        return plain
    return _supplement().get(char, char)


@cache
def _supplement() -> dict[str, str]:
    with (Path(__file__).parent / "radicals.toml").open("rb") as file:
        return dict(tomllib.load(file)["supplement"])

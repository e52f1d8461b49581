"""Letters folded one for one: as long as the source, so an offset in one is an offset in the other.

The wide blank stays, for in Japanese it parts words where a narrow one may stand inside a name.

Names are matched on this; numbers need the fuller folding of `extractors.recognizers.folding`, which moves offsets.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Radicals, compatibility ideographs, full-width forms and half-width kana: no other block has width variants.
_BLOCKS = ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))
_SOUND_MARKS = (0xFF9E, 0xFF9F)
_DASHES = "‐‑‒–−﹣"


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    table = {}
    for first, last in _BLOCKS:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and plain != chr(code) and code not in _SOUND_MARKS:
                table[code] = plain
    return table | {ord(dash): "-" for dash in _DASHES} | {0xA0: " ", 0x2019: "'"}


def widen(text: str) -> str:
    """Return `text` with width variants in their usual form; length unchanged."""
    return text if text.isascii() else text.translate(_table())


def fold(text: str) -> str:
    """Return `text` in usual width and lower case; letters whose lower case is longer stay as they are."""
    plain = widen(text)
    lower = plain.lower()
    if len(lower) == len(plain):
        return lower
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in plain)

"""Numbers that belong to a name: Llama 3.1, iPhone 15, RTX 5090, Llama 3.3 70B."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.recognizers.lexicon import lexicon
from extractors.recognizers.noise import token_end
from schemas import MentionKind, NoiseReason

if TYPE_CHECKING:
    from extractors.recognizers.quantities import Reading
    from extractors.recognizers.scanner import Scan

_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z0-9&.+'-]*)[ -]$")
_TAIL = re.compile(r"(?:[ -](?:\d+(?:\.\d+)?[BbMKT]\b|\d+[Kk]\b))+")


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return frozenset(word.casefold() for word in lexicon("names")["not_names"])


def name_before(scan: Scan, position: int, reading: Reading) -> int | None:
    """Take a bare number after a capitalised Latin word as part of its name; return where to go on, else None."""
    cased = scan.folded.cased
    if reading.start < position or scan.cell or "," in cased[position : reading.end]:
        return None
    last = scan.mentions[-1] if scan.mentions else None
    if (
        last is not None
        and last.kind == MentionKind.NOISE
        and last.reason == NoiseReason.NAME
        and last.text.casefold() not in _not_names()
        and scan.floor == position - 1
        and cased[position - 1] == " "
    ):
        return scan.add_noise(position, max(reading.end, token_end(scan.text, position)), NoiseReason.NAME, "name")
    if not position or cased[position - 1] not in " -\n":
        return None
    match = _WORD_BEFORE.search(cased[max(0, position - 40) : position])
    if match is None:
        return None
    word = match[1].rstrip(".")
    if not word or not any(c.isupper() for c in word) or word.casefold() in _not_names() or word.endswith("'s"):
        return None
    if scan.scale_at(position) is not None and "." not in cased[position : reading.end]:
        return None
    digits = cased[position : reading.end]
    if len(digits.split(".")[0]) > 5:
        return None
    end = max(reading.end, token_end(scan.text, position))
    return scan.add_noise(position, end, NoiseReason.NAME, "name")


_ABBREVIATION = re.compile(r"(?:^|[^A-Za-z])[A-Z]{2,5}[+]?$")
_MEMBERS = frozenset(["社", "人", "名", "件", "種", "種類", "カ国", "か国", "ヶ国", "拠点"])
_MOST_MEMBERS = 3  # digits: ISO9001件 is a standard


def counts_members(before: str, surface: str, digits: int) -> bool:
    """Say whether a number glued to an abbreviation counts what it stands for: CRO52社; not PS5台, ISO9001件."""
    return surface in _MEMBERS and digits <= _MOST_MEMBERS and _ABBREVIATION.search(before) is not None

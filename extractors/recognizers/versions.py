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

_WORD_BEFORE = re.compile(r"([A-Za-z][A-Za-z0-9&.+'/-]*)[ -]$")
_MAGNITUDE = re.compile(r"[十百千万億兆]")
_SCORED = re.compile(r"(?:bench|score|index|exam|eval|mmlu|qa|comp|world|vista|arena)[a-z]*$", re.I)
_SCORE = re.compile(r"[1-9][0-9]{1,3}\.[0-9]{1,2}")
_ROUNDED = re.compile(r"[0-9]+\.[0-9]k|(?!(?:4|8|16|32|64|128|256|512)k)[0-9]{1,3}k", re.I)  # 189k, but 32K is a length
_ARROW = re.compile(r"\s?(?:→|⇒|-+>)\s?[*_]{0,2}\s?[0-9]")
_AGAINST = re.compile(r" (?:vs\.?|versus|against|from) [+-]?[0-9]")  # Employment 55.3 vs. 58.8
_TAIL = re.compile(r"(?:[ -](?:\d+(?:\.\d+)?[BbMKT]\b|\d+[Kk]\b))+")


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return frozenset(word.casefold() for word in lexicon("names")["not_names"])


def name_before(scan: Scan, position: int, reading: Reading) -> int | None:
    """Take a bare number after a capitalised Latin word as part of its name; return where to go on, else None."""
    cased = scan.folded.cased
    written = cased[position : reading.end]
    if reading.start < position or scan.cell or "," in written or _is_value(scan, written, reading.end):
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
        if _has_number(last.text) and _tells_value(cased, written, reading.end):
            return None
        return scan.add_noise(position, max(reading.end, token_end(scan.text, position)), NoiseReason.NAME, "name")
    if not position or cased[position - 1] not in " -\n":
        return None
    match = _WORD_BEFORE.search(cased[max(0, position - 40) : position])
    if match is None:
        return None
    word = match[1].rstrip(".")
    if not word or not any(c.isupper() for c in word) or word.casefold() in _not_names() or word.endswith("'s"):
        return None
    if _SCORE.fullmatch(written) and (
        _SCORED.search(word) or _is_scored(cased[max(0, position - 40) : position], written)
    ):
        return None
    if scan.scale_at(position) is not None and "." not in cased[position : reading.end]:
        return None
    digits = written.split(" ")[0]  # RTX 4090 程度
    if len(digits.split(".")[0]) > 5:
        return None
    end = max(reading.end, token_end(scan.text, position))
    return scan.add_noise(position, end, NoiseReason.NAME, "name")


def _is_scored(before: str, written: str) -> bool:
    """Say whether a score stands behind a name that has its version before its last words: Gemini 1.5 Pro 84.1."""
    return float(written) >= _LARGE and _NUMBERED.search(before) is not None


_NUMBERED = re.compile(r"\s[0-9](?:\.[0-9])?(?:[ -][A-Z][A-Za-z]+){1,3} $")


def _has_number(name: str) -> bool:
    return any(c.isdigit() for c in name)


def _tells_value(cased: str, written: str, end: int) -> bool:
    """Say whether a number behind a name that has its own is none of it: MATH-500 97.3, V4-Flash 284B / 13B active."""
    scored = _SCORE.fullmatch(written) is not None and float(written) >= _LARGE
    return scored or (written[-1:] in "BT" and _OF_THEM.match(cased, end) is not None)


_OF_THEM = re.compile(  # how many of the parameters are active
    r"\s?(?:MoE\s?)?[/(,、・]\s?(?:アクティブ|活性|active )?[0-9.]+B(?:\s?(?:active|activated|アクティブ|活性)|\))",
    re.I,
)


def _is_value(scan: Scan, written: str, end: int) -> bool:
    """Say whether no name holds such a number: WAU 400万, stars of 7.3k, CPI 110.9→123.7 (but Llama 3 → 3.1)."""
    if _MAGNITUDE.search(written) or _ROUNDED.fullmatch(written):
        return True
    large = written.isdigit() or _SCORE.fullmatch(written) is not None
    return (
        large
        and float(written) >= _LARGE
        and (_ARROW.match(scan.text, end) or _AGAINST.match(scan.text, end)) is not None
    )


_LARGE = 20  # versions of products are smaller


_ABBREVIATION = re.compile(r"(?:^|[^A-Za-z])[A-Z]{2,5}[+]?$")
_MEMBERS = frozenset(["社", "人", "名", "件", "種", "種類", "カ国", "か国", "ヶ国", "拠点"])
_MOST_MEMBERS = 3  # digits: ISO9001件 is a standard


def counts_members(before: str, surface: str, digits: int) -> bool:
    """Say whether a number glued to an abbreviation counts what it stands for: CRO52社; not PS5台, ISO9001件."""
    return surface in _MEMBERS and digits <= _MOST_MEMBERS and _ABBREVIATION.search(before) is not None

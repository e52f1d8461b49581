"""Unit notes of tables: (単位:百万円), 千人, $ in millions, Rs. in lac, %, as a unit with its factor."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from extractors.recognizers.folding import fold
from extractors.recognizers.numerals import MAGNITUDES, japanese_value
from extractors.recognizers.units import Form, sign_before, unit_at, unit_index
from schemas.units import UnitEntry

_UNITLESS = UnitEntry(id="unitless", kind="number", ja=("数",), examples=("1",), counter_examples=("数",))
_SCALE_JA = re.compile(r"(?:[0-9]{1,3}(?:,000)*)?[十百千万億兆]*")
_SCALE_EN = re.compile(
    r"(?<![a-z])(thousand|million|billion|trillion|lakh|lac|crore|mn|bn|mm|mln|bln)s?(?![a-z])|(?:['’]?000s?)|(?<=[$€£¥])(m|bn|k|mn|mm|b)(?![a-z])"
)
_BIG = {"万": 10**4, "億": 10**8, "兆": 10**12, "": 1, "百万": 10**6, "十億": 10**9}
INLINE = re.compile(
    r"\(?\s?単位\s?(?:[:は]\s?|(?![^\s)、。,;]{0,13}[をがにで増減]))(?P<ja>[^\s)、。,;]{1,14})\)?"
    r"|\((?P<en>[^()\n]{0,40}?(?:(?:in|of) (?:thousand|million|billion|lakh|lac|crore)s?|(?:usd|us\$|\$|€|£|¥|yen|jpy|eur|rs\.?)\s?(?:in )?(?:thousand|million|billion|lakh|lac|crore|mn|bn)s?|(?:thousand|million|billion)s of [a-z ]{2,20})[^()\n]{0,40})\)"
)


def _scaled(entry: UnitEntry, factor: Decimal, text: str) -> Form:
    return Form(text, entry, factor, entry.symbol or entry.canonical)


@lru_cache(maxsize=1024)
def parse_note(note: str) -> Form | None:
    """Return the unit a note gives, its factor included; None where it gives none."""
    folded = fold(note)
    text = re.sub(r"^[\s(\[【]*(?:単位\s?[:は]?)?\s?|[\s)\]】]+$", "", folded.text)
    return _japanese(text) or _english(text, note)


def _japanese(text: str) -> Form | None:
    match = _SCALE_JA.match(text)
    words = match[0] if match else ""
    folded = fold(text)
    position = len(words)
    while position < len(text) and text[position] == " ":
        position += 1
    found = unit_at(folded, position)
    if found is None and position == 0:
        return None
    scale = _BIG.get(words)
    if scale is None:
        value = japanese_value(words) if words else None
        if value is None:
            return None
        factor = value.low
    else:
        factor = Decimal(scale)
    if found is None:
        return _scaled(_UNITLESS, factor, text) if words and position == len(text) else None
    rest = text[found[0] :]
    if _SCALE_EN.search(text) or (text[position].isascii() and re.search(r"[a-z]{3}", rest)):
        return None
    return _scaled(found[1].entry, factor * found[1].factor, text)


def _english(text: str, note: str) -> Form | None:
    folded = fold(re.sub(r"^[\s(\[【]*(?:単位\s?[:は]?)?\s?|[\s)\]】]+$", "", note))
    match = _SCALE_EN.search(text)
    factor = Decimal(1)
    if match:
        word = match[1] or match[2]
        factor = Decimal(MAGNITUDES[word]) if word else Decimal(1000)
    entry = _unit_in(folded.text, match)
    if entry is not None:
        return _scaled(entry[0], factor * entry[1], text)
    return _scaled(_UNITLESS, factor, text) if match else None


def _unit_in(text: str, match: re.Match[str] | None) -> tuple[UnitEntry, Decimal] | None:
    """Return the first unit or currency named in a note, magnitude words apart."""
    folded = fold(text)
    signs = [form for forms in unit_index().before.values() for form in forms]
    for form in sorted(signs, key=lambda f: -len(f.surface)):
        at = text.find(form.surface)
        while at >= 0:
            before, after = text[at - 1 : at], text[at + len(form.surface) :][:1]
            letters = form.surface[0].isalpha()
            if not (letters and (before.isalpha() or (after.isalpha() and not match))):
                return form.entry, Decimal(1)
            at = text.find(form.surface, at + 1)
    for word in re.finditer(r"[a-z%][a-z/%-]*|[^\x00-\x7f]+", text):
        if (match and match.start() <= word.start() < match.end()) or word[0] in (
            "in",
            "of",
            "except",
            "per",
            "and",
            "a",
        ):
            continue
        found = unit_at(folded, word.start())
        if (found is not None and found[1].exact is None) or (found is not None and found[0] - word.start() > 1):
            return found[1].entry, found[1].factor
    return None


__all__ = ["INLINE", "parse_note", "sign_before"]

"""Numerals: digits, kanji and mixed, English number words, each as an exact Decimal.

A vague numeral (数十万, 十数, hundreds) has two ends: 数X is 2X to 9X, 十数 is 11 to 19.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal
from functools import lru_cache
from typing import NamedTuple

DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_KANJI_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "壱": 1, "弐": 2, "参": 3}
_SMALL = {"十": 10, "拾": 10, "百": 100, "千": 1000, "阡": 1000}
_BIG = {"万": 10**4, "萬": 10**4, "億": 10**8, "憶": 10**8, "兆": 10**12, "京": 10**16, "垓": 10**20}
ONES = "〇零一二三四五六七八九"
_MAGNITUDES = "十百千万億兆京垓拾阡萬憶"  # 憶 is a common slip for 億
_RUN = f"[{ONES}壱弐参{_MAGNITUDES}数]+"
JAPANESE = re.compile(
    rf"(?:{DIGITS}(?: ?{_RUN})?|{_RUN})(?:(?<=[{_MAGNITUDES}]){DIGITS}(?: ?{_RUN})?"
    rf"|(?<=[{_MAGNITUDES}]) {DIGITS} ?[{_MAGNITUDES}]+)*"
)
_TOKENS = re.compile(rf"{DIGITS}|[{ONES}壱弐参]+|.")
LONGEST = 60  # characters; a longer run of digits is no number anyone states
_EXACT = Context(prec=120)


class Numeral(NamedTuple):  # far quicker to make than a frozen dataclass
    """A number as written: `low` is its value, or with `high` the ends of a vague one.

    `scale` is the last magnitude word (億, million) that a range may share, `plain` says digits only.
    """

    low: Decimal
    high: Decimal | None = None
    scale: Decimal = Decimal(1)
    plain: bool = False
    kanji: bool = False
    text: str = ""


@lru_cache(maxsize=65536)
def digits_value(text: str) -> Decimal:
    """Return the value of digits with separators."""
    return Decimal(text.replace(",", ""))


def _positional(text: str) -> Decimal:
    return Decimal("".join(str(_KANJI_DIGITS[c]) for c in text))


def _times(low: Decimal, high: Decimal, unit: int) -> tuple[Decimal, Decimal]:
    return _EXACT.multiply(low, Decimal(unit)), _EXACT.multiply(high, Decimal(unit))


COMMON_SCALES = {
    small + big: Decimal(a * b)
    for small, a in {"": 1, "十": 10, "百": 100, "千": 1000}.items()
    for big, b in {"": 1, "万": 10**4, "億": 10**8, "兆": 10**12}.items()
    if small or big
}
_COMMON = re.compile(rf"(?=.{{2,24}}$)({DIGITS})({'|'.join(sorted(COMMON_SCALES, key=len, reverse=True))})")


@lru_cache(maxsize=65536)
def japanese_value(text: str) -> Numeral | None:
    """Return the numeral that `text` writes, or None where it is not well formed (五六七百, 万千)."""
    if text.isascii():
        return Numeral(digits_value(text), plain=True, text=text)
    if common := _COMMON.fullmatch(text):  # 1,200億: most of what reports write
        value, factor = digits_value(common[1]), COMMON_SCALES[common[2]]
        if value or len(common[2]) == 1:  # 0百万 is not well formed
            return Numeral(value * factor, scale=factor, text=text)
    if len(text) > LONGEST:
        return None
    total = [Decimal(0), Decimal(0)]
    section = [Decimal(0), Decimal(0)]
    pending: tuple[Decimal, Decimal] | None = None
    last_small, last_big, scale = 10**9, 10**24, 1
    for token in _TOKENS.findall(text.replace(" ", "")):
        if token[0] in "0123456789" or token[0] in _KANJI_DIGITS:
            if pending is not None:
                return None
            value = digits_value(token) if token[0] in "0123456789" else _positional(token)
            pending = value, value
        elif token == "数":
            if pending is not None and (pending[0] % 10 or not pending[0]):
                return None
            base = pending[0] if pending else Decimal(0)  # 10数社 is 十数社
            pending = (base + 1, base + 9) if section[0] or base else (Decimal(2), Decimal(9))
        elif token in _SMALL:
            unit = _SMALL[token]
            if unit >= last_small:
                return None
            last_small = unit
            low, high = _times(*(pending or (Decimal(1), Decimal(1))), unit)
            section = [section[0] + low, section[1] + high]
            pending, scale = None, unit
        else:
            unit = _BIG[token]
            if unit >= last_big or (pending is None and not section[0]):
                return None
            last_big, last_small = unit, 10**9
            low, high = pending or (Decimal(0), Decimal(0))
            low, high = _times(section[0] + low, section[1] + high, unit)
            total = [total[0] + low, total[1] + high]
            section, pending, scale = [Decimal(0), Decimal(0)], None, unit
    low, high = pending or (Decimal(0), Decimal(0))
    if pending and last_big < 10**24 and low >= last_big:
        return None
    low, high = total[0] + section[0] + low, total[1] + section[1] + high
    full = Decimal(scale) if pending is None else Decimal(1)
    if scale in _SMALL.values() and last_big < 10**24 and pending is None:
        full = Decimal(scale)
    elif pending is None and last_big < 10**24 and _trailing_scale(text) is not None:
        full = _trailing_scale(text) or full
    return Numeral(
        low, high if high != low else None, full, False, not any(c.isdigit() and c.isascii() for c in text), text
    )


_TRAILING = re.compile(r"[十百千万億憶兆京]+$")


def _trailing_scale(text: str) -> Decimal | None:
    """Return the magnitude that closes a numeral: 5千万 shares 千万 with the other end of a range."""
    match = _TRAILING.search(text)
    if match is None:
        return None
    scale = 1
    for char in match[0]:
        scale *= _SMALL.get(char) or _BIG[char]
    return Decimal(scale)


_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
WORDS = {word: Decimal(i) for i, word in enumerate(_UNITS.split())}
TENS = {
    w: Decimal(i * 10)
    for i, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
TENS["fourty"] = Decimal(40)
MAGNITUDES = {
    "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "quadrillion": 10**15, "lakh": 10**5, "lac": 10**5, "crore": 10**7, "dozen": 12, "mln": 10**6, "mn": 10**6,
    "mio": 10**6, "bln": 10**9, "bn": 10**9, "tn": 10**12, "trn": 10**12, "mm": 10**6, "k": 10**3, "m": 10**6,
    "b": 10**9, "t": 10**12, "gross": 144, "score": 20, "mil": 10**6, "bil": 10**9,
}  # fmt: skip

_small = "|".join(sorted([*WORDS, *TENS], key=len, reverse=True))
_mags = "hundred|thousand|million|billion|trillion|quadrillion|lakhs?|lacs?|crores?|dozen"
ENGLISH = re.compile(
    rf"(?:(?:half an? |half |an? )?(?:{_mags})|(?:{_small}))(?![a-z])(?:(?: and | ?- ?| )(?:{_small}|{_mags})(?![a-z])){{0,12}}"
    rf"(?: and (?:a half|a quarter|one half|one quarter)(?: (?:{_mags}))?(?![a-z]))?"
)


@lru_cache(maxsize=8192)
def english_value(text: str) -> Numeral | None:
    """Return the numeral that English words write ("two and a half million"), or None."""
    total = section = Decimal(0)
    scale, seen, last = 1, False, ""
    half = Decimal(1)
    body, _, fraction = text.partition(" and a ") if " and a " in text else text.partition(" and one ")
    tail = fraction.split()
    for word in re.findall(r"[a-z]+", body):
        singular = word[:-1] if word.endswith("s") and word[:-1] in MAGNITUDES else word
        if word in ("a", "an", "and"):
            continue
        if word == "half":
            half = Decimal("0.5")
        elif word in WORDS or word in TENS:
            value = WORDS.get(word, TENS.get(word, Decimal(0)))
            if last in WORDS or (last in TENS and (word in TENS or not 0 < value < 10)):
                return None
            section, seen = section + value, True
        elif singular in MAGNITUDES:
            unit = MAGNITUDES[singular]
            section = (section if seen else Decimal(1)) * unit
            if unit >= 1000:
                total, section, scale = total + section, Decimal(0), unit
                if last in MAGNITUDES and seen and total and unit >= 1000 and last != "hundred":
                    return None
            seen = True
        last = word
    value = (total + section) * half
    if tail:
        part = {"half": Decimal("0.5"), "quarter": Decimal("0.25")}.get(tail[0])
        if part is None:
            return None
        value += part
        if len(tail) > 1:
            value, scale = value * MAGNITUDES[tail[1].rstrip("s")], MAGNITUDES[tail[1].rstrip("s")]
        elif scale > 1:
            value += part * (scale - 1)
    return Numeral(value, None, Decimal(scale), False, False, text)


_GLUED = re.compile(r"[KMBT](?=[A-Z][a-z]{2})")


def glued_magnitude(cased: str, end: int) -> tuple[int, int, str]:
    """Return the end, factor and letter of a magnitude at `end` to which the next word is glued: $51.2BData."""
    match = _GLUED.match(cased, end)
    return (match.end(), MAGNITUDES[match[0].lower()], match[0].lower()) if match else (end, 1, "")

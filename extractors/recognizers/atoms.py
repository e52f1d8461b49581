"""Atoms: one number with its sign, magnitude, currency sign and unit, before ranges and bounds are looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractors.recognizers.folding import Folded, fold
from extractors.recognizers.idioms import single_kanji_unit
from extractors.recognizers.lexicon import lexicon
from extractors.recognizers.numerals import (
    DIGITS,
    ENGLISH,
    JAPANESE,
    MAGNITUDES,
    Numeral,
    digits_value,
    english_value,
    glued_magnitude,
    japanese_value,
)
from extractors.recognizers.units import Form, sign_before, unit_at, unit_index
from schemas.units import UnitEntry

_ONE = Decimal(1)
_DIGITS = re.compile(DIGITS)
SCALE = re.compile(
    r"(?:(?: ?-?| - )(?:(hundred|thousand|million|billion|trillion|quadrillion|lakh|lac|crore|dozen|mln|mn|mio|bln|bn|tn|trn|mil|bil)s?"
    r"(?: (thousand|million|billion|trillion|crore)s?)?)|( ?mm| ?[kmbt]))(?![a-z0-9])"  # $10 - billion
)
_SCALE_FIRST = frozenset(" -htmbqlcdk")
_LETTER_UNITS = re.compile(
    r"[ -]?(?:[a-z]+ )?(?:parameter|param|token|user|download|people|model|class|view|call|visit|customer|subscriber|member|share|パラメ|トークン|モデル|クラス|級|規模|版|ユーザ|ダウンロード|件|人|回|会員)"
)
_APART = re.compile(
    r" ?-?(?:tokens?|param(?:eter)?s?|users?|downloads?)(?![a-z])|(?: |の)?(?:トークン|パラメータ)"
)  # 1 M tokens
_VULGAR = frozenset("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_FRACTION = re.compile(r"[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞]")
_PLUS = re.compile(r"\+(?= ?[a-z一-龯ァ-ヴ%])(?! ?[a-z] )")
_NEXT_PRICE = re.compile(r" [$€£¥][0-9]")
_PLUS_SCALE = re.compile(r"\+ (?:thousand|million|billion|trillion)(?![a-z])")
_ADJECTIVE_GAP = re.compile(r" (?:[a-z-]+ ){1,3}")
_KANJI_RANGE = re.compile(r"(?:[~\-–—―、]|から)[一二三四五六七八九十百千]")
_VAGUE_RANGE = re.compile(r"(?:[~\-–—―]|から)数[十百千]*(?P<large>[万億兆]?)")
_BU = re.compile(r"(?P<bu>[0-9一二三四五六七八九])分(?:(?P<rin>[0-9一二三四五六七八九])厘)?(?![野類析の])")
_CROSS = frozenset("x×")
_SIZES = re.compile(rf"(?: ?[x×] ?{DIGITS})+")
MINUS = frozenset("▲△▼-")


@dataclass(slots=True)
class Atom:
    """A number with what is written on it. `start`..`end` is its span, sign, currency and unit included."""

    start: int
    end: int
    low: Decimal
    high: Decimal | None
    scale: Decimal
    coefficient: Decimal
    plain: bool
    kanji: bool
    english: bool
    form: Form | None
    prefixed: bool = False
    negative: bool = False
    positive: bool = False
    number_end: int = 0
    number_start: int = 0
    letters: str = ""
    plus: bool = False


def _numeral_at(folded: Folded, position: int) -> tuple[int, Numeral] | None:
    """Return the end and value of the digits or kanji at `position`."""
    match = JAPANESE.match(folded.text, position)
    if match is None:
        return None
    end = match.end()
    while folded.text[end - 1] == " ":
        end -= 1
    numeral = japanese_value(folded.text[position:end])
    if numeral is None:
        match = _DIGITS.match(folded.text, position)
        if match is None:
            return None
        end = match.end()
        numeral = Numeral(digits_value(match[0]), plain=True, text=match[0])
    return end, numeral


def _letter_allowed(folded: Folded, match: re.Match[str], money: bool) -> bool:
    """Say whether K, M, B or T after digits is a magnitude rather than a unit or part of a name."""
    letter = folded.cased[match.start(3) : match.end(3)]
    if letter.strip() == "MM":  # millions in American reports (17.9 MM units); 35MM is a film
        return money or letter != "MM"
    if letter.startswith(" "):
        apart = letter.strip() in ("M", "B", "K", "T", "k") and _APART.match(folded.text, match.end()) is not None
        return apart or (money and letter.strip() in ("M", "B", "K", "T", "m", "b"))
    if letter == "b" and folded.text.startswith("/s", match.end()):
        return False
    if money or letter in ("K", "B", "M", "k", "b", "T"):  # "a 7b model": bits are written out, or with a prefix
        return True
    return letter == "m" and _LETTER_UNITS.match(folded.text, match.end()) is not None


def _english_scale(folded: Folded, end: int, money: bool) -> tuple[int, int, str]:
    """Return the end and factor of a magnitude word or letter after digits (the end as given and 1 if none)."""
    if folded.text[end : end + 1] not in _SCALE_FIRST:
        return end, 1, ""
    match = SCALE.match(folded.text, end)
    if match is None:
        return glued_magnitude(folded.cased, end) if money else (end, 1, "")
    if match[3]:
        letter = match[3].strip()
        return (match.end(), MAGNITUDES[letter], letter) if _letter_allowed(folded, match, money) else (end, 1, "")
    return match.end(), MAGNITUDES[match[1]] * (MAGNITUDES[match[2]] if match[2] else 1), ""


def unit_after(folded: Folded, end: int, value: Decimal, english: bool = False) -> tuple[int, Form] | None:
    """Return the unit after a number: directly, after one blank or a hyphen (5-year), or a line end (words only).

    A sign of currency behind a blank and before a figure is that figure's (version 4.8 $1.80).
    """
    text = folded.text
    if end >= len(text):
        return None
    char = text[end]
    if char == " " and _NEXT_PRICE.match(text, end):
        return None
    if char == " " or char == "\n" or char == "\u2009" or char == "\u202f":
        found = unit_at(folded, end + 1, one=value == _ONE)
        if found is None or (char == "\n" and found[0] - end < 4):
            return None
        return found
    if char == "-":
        if found := unit_at(folded, end, one=value == _ONE):
            return found
        found = unit_at(folded, end + 1, one=value == _ONE, glued=True)
        return found if found is not None and (found[1].number or found[1].kind == "percent") else None
    return unit_at(folded, end, one=value == _ONE)


def atom_at(folded: Folded, position: int, floor: int) -> Atom | None:
    """Return the number that begins at `position` with digits, kanji or an English word; None if it is none."""
    text = folded.text
    char = text[position]
    english = char.isascii() and not char.isdigit()
    found = _english_at(text, position) if english else _numeral_at(folded, position)
    if found is None:
        return None
    end, numeral = found
    start = position
    sign = sign_before(folded, position, floor) if not english else None
    factor, letters = 1, ""
    plus = numeral.plain and _PLUS_SCALE.match(text, end) is not None  # $13+ billion
    if numeral.plain:
        end, factor, letters = _english_scale(folded, end + plus, sign is not None)
    low, high, scale = numeral.low, numeral.high, numeral.scale
    coefficient = low / scale if scale != _ONE else low
    if factor != 1:
        scale = Decimal(factor)
        coefficient, low = low, low * scale
    if numeral.plain and text[end : end + 1] in _VULGAR and (match := _FRACTION.match(text, end)):
        low += vulgar(match[0])
        coefficient, end = low, match.end()
    number_end = end
    form = None
    if end < len(text) and text[end] == "+" and _PLUS.match(text, end):
        plus, end = True, end + 1
    if sign is not None:
        start, form = sign
        after = unit_after(folded, end, low)  # $5 million dollars, ￥500円
        if after is not None and after[1].kind == "money":
            end, form = after[0], after[1] if after[1].unit != "USD" else form
    elif (after := unit_after(folded, end, low, english)) is not None:
        end, form = after
    if form is not None and form.entry.id == "wari" and high is None and (match := _BU.match(text, end)):
        low += sum(
            (
                value.low / tenth
                for group, tenth in (("bu", 10), ("rin", 100))
                if (value := japanese_value(match[group] or "〇"))
            ),
            Decimal(0),
        )
        end = match.end()
    if form is not None and form.surface.startswith("times "):
        end = text.index("times", number_end) + 5
    elif form is None and sign is None and text[end : end + 1] == " " and numeric_word(numeral):
        if (after := adjective_unit(folded, end)) is not None:
            end, form = after
    if form is None and not letters and end < len(text) and text[end] > "\u3000":
        end, form = unknown_counter(folded, end)
    if form is None and sign is None and text[end : end + 1] in _CROSS and (sizes := _SIZES.match(text, end)):
        after = unit_after(folded, sizes.end(), low)  # 4.25×1.79m: the unit is that of both
        form = after[1] if after is not None and after[1].kind == "measure" else None
    priced = sign is not None or _PRICED.search(text, max(0, position - 16), position) is not None
    if letters and not priced and (implied := _implied(folded, number_end, letters)) is not None:
        end, form = number_end, implied
    if numeral.kanji and not _kanji_stands(text, position, number_end, form, numeral):
        return None
    return Atom(
        start, end, low, high, scale, coefficient, numeral.plain, numeral.kanji, english, form, sign is not None,
        number_end=number_end, number_start=position, letters=letters, plus=plus,
    )  # fmt: skip


_PRICED = re.compile(r"[$€£¥]\d[\d.,]*\s?[~–-]\s?$")  # the sign stands before the first end: $50〜60B規模
_IMPLIED = {
    "parameter": re.compile(r" ?-?(?:(?:の)?(?:スパース|疎な|密な|デンス|dense|sparse)|moe|モデル|級|クラス|規模|版|llm|slm|(?:dense |sparse |moe |mixture[- ]of[- ]experts |base |chat |reasoning |open[- ][a-z]+ |language |instruct |class )*(?:model|class|llm|variant|checkpoint))"),
    "token": re.compile(r" ?-?(?:コンテキスト|文脈|(?:の)?(?:長文|ロングコンテキスト)|(?:token )?context|window|output(?![a-z]))"),
}  # fmt: skip


def _implied(folded: Folded, end: int, letters: str) -> Form | None:
    """Return the unit that goes without saying: 70Bモデル has parameters, a 128K context tokens."""
    unit = "parameter" if letters in "bmt" and letters != "m" else "token"
    if _IMPLIED[unit].match(folded.text, end) is None:
        return None
    return unit_index().after[fold("パラメータ" if unit == "parameter" else "トークン").text][0]


_UNKNOWN = re.compile(
    r"[ァ-ヴー]{2,12}(?![ァ-ヴー一-龯])|[一-龯]{1,3}(?=[のをがはでにもとや、。）)]|$)(?<![増減超以前後])"
)
_SIZE_BEHIND = re.compile(r"(?:規模|程度|相当|以上|以下|未満|前後)$")
_NO_COUNTER = frozenset(
    "増減超以前後約程台毎同未満中内外間時期比高安強弱余近分等年月日号度他各件計合対位第上下引削縮拡伸改悪切達到推概当現本既新旧全総最再"
)


_NO_COUNTERS = frozenset([
    "規模", "水準", "相当", "ペース", "ベース", "レベル", "クラス", "オーバー", "アップ", "ダウン", "プラス", "マイナス",
    "アクティブ", "調達", "投資", "出資", "買収", "突破", "獲得", "解雇", "目標", "コンテキスト",
])  # fmt: skip


def unknown_counter(folded: Folded, end: int) -> tuple[int, Form | None]:
    """Return a counter the data do not know (200トランシェ) with its surface as its unit."""
    match = _UNKNOWN.match(folded.text, end)
    if match is not None and (size := _SIZE_BEHIND.search(match[0])) is not None:  # 1,000万体規模
        match = _UNKNOWN.match(folded.text[: match.start() + size.start()], end)
    if (
        match is None
        or match[0] in _NO_COUNTERS
        or match[0][0] in _NO_COUNTER
        or match[0][0] in "ーッ"
        or match[0][-1] in "増減時"
    ):
        return end, None
    return match.end(), surface_form(match[0])


@lru_cache(maxsize=4096)
def surface_form(word: str) -> Form:
    """Return a form for a counter that is not in the data."""
    entry = UnitEntry(id="unknown", unit=word, ja=(word,), examples=(word,), counter_examples=(word,))
    return Form(word, entry, _ONE, word)


@lru_cache(maxsize=1)
def _adjectives() -> frozenset[str]:
    return frozenset(lexicon("frames")["adjectives"]["en"])


def numeric_word(numeral: Numeral) -> bool:
    """Say whether an English noun may follow: digits alone or English words, no kanji."""
    return numeral.text.isascii()


def adjective_unit(folded: Folded, end: int) -> tuple[int, Form] | None:
    """Return the counted thing behind adjectives (1.2 million active users)."""
    match = _ADJECTIVE_GAP.match(folded.text, end)
    if match is None:
        return None
    position = end + 1
    for word in match[0].split():
        if word not in _adjectives():
            return None
        position += len(word) + 1
        found = unit_at(folded, position)
        if found is not None and found[1].kind in ("count", "measure") and found[1].number == "many":
            return found
    return None


def _kanji_stands(text: str, start: int, end: int, form: Form | None, numeral: Numeral) -> bool:
    """Say whether kanji numerals are used as a number: they need a unit, a single one a unit sure to count."""
    if form is None:  # 二～三割: the unit may stand behind the other end
        vague = _VAGUE_RANGE.match(text, end)  # 数千万～数億円; 数百～数千億円 leaves open what the hundreds are of
        if vague is not None:
            return not vague["large"] or text[end - 1] in "万億兆"
        return _KANJI_RANGE.match(text, end) is not None
    if end - start == 1 and text[start] not in "数":
        return single_kanji_unit(form.surface) and not (
            start > 0 and text[start - 1] in "唯統単同均画随逐専界万千百十第誰"
        )
    return not (end - start == 1 and form.surface in ("ドン", "度", "本", "的"))


def _english_at(text: str, position: int) -> tuple[int, Numeral] | None:
    match = ENGLISH.match(text, position)
    if match is None:
        return None
    numeral = english_value(match[0])
    end = match.end()
    while numeral is None and " " in text[position:end]:  # "two and three": the longest part that is a number
        end = max(text.rfind(" ", position, end), text.rfind("-", position, end))
        if text.endswith(" and", position, end):
            end -= 4
        numeral = english_value(text[position:end])
    return None if numeral is None else (end, numeral)


def vulgar(char: str) -> Decimal:
    """Return the value of ½, ¾ and their like."""
    import unicodedata

    value = unicodedata.numeric(char)
    top, bottom = value.as_integer_ratio()
    if bottom > 8:
        for bottom in (3, 5, 6, 7, 9, 10):
            if abs(value * bottom - round(value * bottom)) < 1e-9:
                top = round(value * bottom)
                break
    return Decimal(top) / Decimal(bottom)

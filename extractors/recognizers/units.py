"""Units at a place in a text: longest writing first, in time that does not depend on how many units there are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from extractors.recognizers.folding import Folded, fold
from extractors.recognizers.lexicon import data_files
from schemas import OntologyError
from schemas.units import UnitEntry, parse_units

_PREFIXES = {
    "k": (3, "キロ", "kilo"), "K": (3, "", ""), "M": (6, "メガ", "mega"), "G": (9, "ギガ", "giga"),
    "T": (12, "テラ", "tera"), "P": (15, "ペタ", "peta"), "E": (18, "エクサ", "exa"), "Z": (21, "ゼタ", "zetta"),
    "Y": (24, "ヨタ", "yotta"), "h": (2, "ヘクト", "hecto"), "d": (-1, "デシ", "deci"), "c": (-2, "センチ", "centi"),
    "m": (-3, "ミリ", "milli"), "μ": (-6, "マイクロ", "micro"), "u": (-6, "", ""), "n": (-9, "ナノ", "nano"),
    "p": (-12, "ピコ", "pico"),
}  # fmt: skip
_LOWER_CASE = frozenset(["gb", "tb", "mb", "kb", "pb", "kw", "hz", "kg", "km", "cm", "mm", "nm", "db", "ev"])
_IRREGULAR = {
    "foot": "feet",
    "person": "people",
    "inch": "inches",
    "aircraft": "aircraft",
    "staff": "staff",
    "head": "head",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A writing of a unit: `factor` canonical units each; `exact` is the spelling where case matters."""

    surface: str
    entry: UnitEntry
    factor: Decimal
    symbol: str
    exact: str | None = None
    number: str = ""  # "one" or "many" for English words that inflect
    stops: tuple[str, ...] = ()  # what may not follow it

    @property
    def unit(self) -> str:
        """The canonical unit."""
        return self.entry.canonical

    @property
    def kind(self) -> str:
        """A `QuantityKind` value or "duration"."""
        return self.entry.kind


@dataclass(frozen=True, slots=True)
class UnitIndex:
    """All forms by their lower-case writing; `lengths` are the writing lengths, longest first, by their first two characters.

    The lengths of one character stand under that character and under every pair that begins with it.
    """

    entries: tuple[UnitEntry, ...]
    after: dict[str, tuple[Form, ...]]
    lengths: dict[str, tuple[int, ...]]
    before: dict[str, tuple[Form, ...]]  # by last letter, longest first


def plural(word: str) -> str:
    """Return the regular plural of an English noun phrase."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith(("s", "x", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2] not in "aeiou":
        return word[:-1] + "ies"
    return word + "s"


def _english(entry: UnitEntry, word: str, factor: Decimal, symbol: str) -> list[Form]:
    word = fold(word).text
    if word.startswith(("times", "degrees", "-", "%")) or word in ("percent", "per cent", "pct", "fold", "people"):
        return [Form(word, entry, factor, symbol)]
    return [Form(word, entry, factor, symbol, number="one"), Form(plural(word), entry, factor, symbol, number="many")]


def _prefixed(entry: UnitEntry) -> list[Form]:
    forms = []
    for letter in entry.si:
        power, ja, en = _PREFIXES[letter]
        factor = entry.factor * (Decimal(10) ** power)
        symbol = letter + entry.symbols[0]
        mixed = (letter + base for base in entry.symbols[1:] if not base.isascii())  # kW時
        forms += [Form(fold(s).text, entry, factor, symbol, exact=fold(s).cased) for s in (symbol, *mixed)]
        if ja:
            names = [ja + name for name in entry.ja_base]
            names += [f"{ja}・{name}" for name in entry.ja_base if not name.isascii()]  # キロ・ワット
            forms += [Form(fold(name).text, entry, factor, symbol) for name in names]
        if en:
            for name in entry.en_base:
                forms += _english(entry, en + name, factor, symbol)
    return forms


def forms_of(entry: UnitEntry) -> list[Form]:
    """Return every writing of a unit that stands after a number."""
    symbol = entry.symbol or (entry.symbols[0] if entry.symbols else entry.canonical)
    forms = [Form(fold(word).text, entry, entry.factor, symbol) for word in entry.ja]
    for word in entry.en:
        forms += _english(entry, word, entry.factor, symbol)
    forms += [
        Form(fold(s).text, entry, entry.factor, symbol, exact=fold(s).cased) for s in entry.symbols[not entry.bare :]
    ]
    return forms + _prefixed(entry)


def load_units() -> tuple[UnitEntry, ...]:
    """Return all units; a later file's entry replaces an earlier one of the same id. Raises `OntologyError`."""
    entries: dict[str, UnitEntry] = {}
    for path in data_files("units"):
        for entry in parse_units(_read(path), file=str(path)):
            entries[entry.id] = entry
    return tuple(entries.values())


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise OntologyError(f"{path}: cannot be read: {error}") from None


@lru_cache(maxsize=1)
def unit_index() -> UnitIndex:
    """Return the index over all units, built once."""
    entries = load_units()
    after: dict[str, list[Form]] = {}
    before: dict[str, list[Form]] = {}
    for entry in entries:
        for form in forms_of(entry):
            if entry.not_before:
                form = replace(form, stops=_stops(entry, form.surface))
            after.setdefault(form.surface, []).append(form)
        for sign in entry.before:
            folded = fold(sign)
            form = Form(folded.text, entry, entry.factor, entry.symbol or sign, exact=folded.cased)
            before.setdefault(folded.text[-1], []).append(form)
    lengths: dict[str, set[int]] = {surface: {1} for surface in after if len(surface) == 1}
    for surface in after:
        if len(surface) > 1:
            lengths.setdefault(surface[:2], {1} if surface[0] in after else set()).add(len(surface))
    return UnitIndex(
        entries,
        {surface: tuple(forms) for surface, forms in after.items()},
        {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()},
        {last: tuple(sorted(forms, key=lambda f: -len(f.surface))) for last, forms in before.items()},
    )


_ATTRIBUTIVE = frozenset(["measure", "duration", "money", "percent_point"])  # a 244 basis point increase
_CROSSES = frozenset("x×")


def _is_word(char: str) -> bool:
    return char.isascii() and char.isalnum()


def _is_kana(char: str) -> bool:
    return "ァ" <= char <= "ー" and char != "・"


_MOVES = ("アップ", "ダウン", "プラス", "マイナス", "シェア")


def _stands_glued(text: str, position: int, surface: str, form: Form) -> bool:
    """Say whether a unit in katakana stands for itself before more katakana (21億ユーロスペインリーグ, 2億トークンモデル).

    Behind 万, 億 or 兆 any unit of two letters does, and any before a word of change (2ポイントアップ); else only
    currencies and tokens, whose names begin no other word.
    """
    if len(surface) < 2 or form.unit == "unknown":
        return False
    if text.startswith(_MOVES, position + len(surface)):
        return True
    if position and (text[position - 1] in "万億兆" or (form.kind == "money" and text[position - 1] in "mbk")):
        return True  # 3億ドルシリーズB, 60Mドルシード
    return len(surface) > 2 and (form.kind == "money" or form.unit in ("token", "parameter"))


def _choose(forms: tuple[Form, ...], cased: str, glued: bool, one: bool) -> Form | None:
    """Return the form whose case and number fit what is written."""
    for form in forms:
        if form.exact is None:
            if not form.number or (form.number == "many" and not one) or (form.number == "one" and (one or glued)):
                return form
        elif form.exact == cased:
            return form
    same = len({(form.unit, form.factor) for form in forms}) == 1 and (cased.islower() or cased.isupper())
    for form in forms:
        if form.number == "many" or (form.number == "one" and form.kind in _ATTRIBUTIVE):
            return form
        if form.exact is not None and not form.number and (cased in _LOWER_CASE or (same and len(cased) > 2)):
            return form
    return None


def unit_at(folded: Folded, position: int, *, one: bool = False, glued: bool = False) -> tuple[int, Form] | None:
    """Return the end and form of the longest unit that starts at `position` of the folded text.

    `one` says that the number is 1 (English singular), `glued` that a hyphen joins them (5-year).
    """
    index = unit_index()
    text = folded.text
    if position >= len(text):
        return None
    sizes = index.lengths.get(text[position : position + 2]) or index.lengths.get(text[position])
    for size in sizes or ():
        end = position + size
        surface = text[position:end]
        forms = index.after.get(surface)
        if forms is None or end > len(text):
            continue
        if end < len(text) and (
            (_is_word(surface[-1]) and _is_word(text[end]))
            or (_is_kana(surface[-1]) and _is_kana(text[end]) and not _stands_glued(text, position, surface, forms[0]))
        ):
            continue  # a longer word: 3 mills, 5トンネル
        form = _choose(forms, folded.cased[position:end], glued, one)
        if surface in _CROSSES and text[end : end + 1].isdigit():
            continue  # 4.25×1.79m
        if form is not None and not (form.stops and text.startswith(form.stops, end)):
            return end, form
    return None


def _stops(entry: UnitEntry, surface: str) -> tuple[str, ...]:
    """Return what may not follow `surface`: whole words that begin with it lose it, other entries stand as they are."""
    stops = []
    for word in entry.not_before:
        word = fold(word).text
        if word.startswith(surface) and len(word) > len(surface):
            stops.append(word[len(surface) :])
        elif not any(word.startswith(fold(other).text) for other in entry.ja):
            stops.append(word)
    return tuple(stops)


def sign_before(folded: Folded, position: int, floor: int) -> tuple[int, Form] | None:
    """Return the start and form of a currency sign that ends at `position` (one blank between is fine)."""
    if position <= floor:
        return None
    if folded.text[position - 1] == " ":
        position -= 1
        if position <= floor:
            return None
    for form in unit_index().before.get(folded.text[position - 1], ()):
        start = position - len(form.surface)
        if start < floor or folded.cased[start:position] != form.exact:
            continue
        if start > 0 and _is_word(form.surface[0]) and _is_word(folded.text[start - 1]):
            continue
        return start, form
    return None

"""Folding: one writing for what is written in several, with every character's place in the source kept.

Folded: full-width ASCII and half-width kana, decimal digits of every script, CJK radicals (Unicode
Equivalent_Unified_Ideograph), minus signs, wave dashes, blanks, squared units (㎡, ㌔), era signs (㋿) and kana
followed by a combining sound mark. Not folded: circled and raised digits (a footnote ¹ is not part of a number)
and the long-vowel mark ー. Whole-text NFKC does all of these wrong.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import schemas

RADICALS = Path(schemas.__file__).parent / "data" / "unicode" / "radicals.txt"
_MINUS = "\u2212\u2010\u2011\ufe63\ufe58\uff0d"
_TILDES = "\u301c\uff5e\u223c\u02dc"
_BLANKS = "\u3000\u00a0\u2002\u2003\u2004\u2005\u2007"
_SOUND_MARKS = "\u3099\u309a\uff9e\uff9f"
_OVERRIDES = {
    "戶": "戸",
    "亿": "億",  # simplified, as machines slip it into Japanese
    "约": "約",
    "⾧": "長",
    "靑": "青",
    "內": "内",
    "⼾": "戸",
    "⻑": "長",
    "⻘": "青",
    "⻩": "黄",
    "⻄": "西",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text: `cased` keeps letter case, `text` is lower-cased; both have the same length.

    `starts[i]` is the source offset of folded character `i` (one more entry for the end); None where nothing moved.
    """

    cased: str
    text: str
    starts: tuple[int, ...] | None = None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of folded characters `[start, end)`; it covers whole source characters."""
        if self.starts is None:
            return start, end
        first = self.starts[start]
        if end <= start:
            return first, first
        last = end
        while last < len(self.starts) - 1 and self.starts[last] == self.starts[end - 1]:
            last += 1
        return first, self.starts[last]

    def position(self, offset: int) -> int:
        """Return the folded position that holds the source character at `offset`."""
        return offset if self.starts is None else max(0, bisect_right(self.starts, offset) - 1)


@lru_cache(maxsize=1)
def radicals() -> dict[str, str]:
    """Return the unified ideograph for each CJK radical and stroke."""
    pairs = (line.split() for line in RADICALS.read_text("utf-8").splitlines() if line and line[0] != "#")
    return {chr(int(old, 16)): chr(int(new, 16)) for old, new in pairs}


@lru_cache(maxsize=1)
def _single() -> tuple[dict[str, str], frozenset[str]]:
    """Return the one-to-one map and its keys."""
    table = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table.update(radicals())
    for code in (*range(0x80, 0x10000), *range(0x1D7CE, 0x1D800)):  # mathematical digits lie outside the BMP
        if (digit := unicodedata.decimal(chr(code), None)) is not None:
            table[chr(code)] = str(digit)
    for code in range(0xFF61, 0xFFA0):
        table[chr(code)] = unicodedata.normalize("NFKC", chr(code))
    table.update(dict.fromkeys(_MINUS, "-"), **dict.fromkeys(_TILDES, "~"), **dict.fromkeys(_BLANKS, " "))
    table.update({"\uffe5": "¥", "\uffe0": "¢", "\uffe1": "£", "\u2044": "/", "\u2215": "/", "％": "%", "﹪": "%"})
    table.update(_OVERRIDES)
    table = {old: new for old, new in table.items() if len(new) == 1 and old not in _SOUND_MARKS}
    return table, frozenset(table)


def _expandable(char: str) -> bool:
    """Say whether a squared word or unit unfolds into several characters, none of them a digit of a day or hour."""
    code = ord(char)
    square = 0x3300 <= code <= 0x3357 or 0x3371 <= code <= 0x33DF or code == 0x32FF
    return square and not unicodedata.normalize("NFKC", char)[:1].isdigit()


_SQUARED = "".join(c for c in map(chr, [0x32FF, *range(0x3300, 0x3400)]) if _expandable(c))
_LONG = re.compile(f"[{_SQUARED}]|[\u3041-\u30ff\uff66-\uff9d][{_SOUND_MARKS}]")


def _unfold(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0].replace("\uff9e", "\u3099").replace("\uff9f", "\u309a"))


def _moved(text: str) -> tuple[str, tuple[int, ...]]:
    """Return `text` with its length-changing characters unfolded, and the source offset of each character."""
    pieces: list[str] = []
    starts: list[int] = []
    cursor = 0
    for match in _LONG.finditer(text):
        pieces.append(text[cursor : match.start()])
        starts.extend(range(cursor, match.start()))
        unfolded = _unfold(match)
        pieces.append(unfolded)
        starts.extend([match.start()] * len(unfolded))
        cursor = match.end()
    pieces.append(text[cursor:])
    starts.extend(range(cursor, len(text) + 1))
    return "".join(pieces), tuple(starts)


def _lower(cased: str) -> str:
    lower = cased.lower()
    return lower if len(lower) == len(cased) else "".join(c.lower() if len(c.lower()) == 1 else c for c in cased)


@lru_cache(maxsize=1)
def _changing() -> re.Pattern[str]:
    """Return the pattern of one character that folding may change: most texts have none."""
    return re.compile(f"[{_SQUARED}{_SOUND_MARKS}{re.escape(''.join(sorted(_single()[1])))}]")


# ７・７％, ２・９倍: newspapers write the decimal point as a middle dot (but ３・４月 are two months).
_MIDDLE_DOT = re.compile(
    r"(?<=[0-9０-９])・(?=[0-9０-９]{1,3}(?:[〜～~][0-9０-９]{1,3}・[0-9０-９]{1,3}[%％倍]|[%％倍]|[万億兆](?!人)|ポイント|パーセント|ドル|円|ユーロ|キロ|トン|センチ|メートル|ヘクタール))|"
    r"(?<=(?<![0-9０-９・])[1１][0-9０-９]{2})・(?=[0-9０-９]"  # 指数は112・5と、
    r"(?:と[、な]|だっ?[たっ]|で[、あし]|に(?:な|上|下)|[、。）)]))"
)
_BARE_DOT = re.compile(  # 指数は106・3で, 48・7だった (but 101・102号室, 11・12日, 第100・5条, 2024・25シーズン)
    r"(?<![0-9０-９・.,第])(?:[0-9０-９]{3,5}・(?=[0-9０-９]{1,2}(?![0-9０-９・年月日号条項番巻回期人]|シーズン|の?両))"
    r"|[0-9０-９]{2}・(?=[0-9０-９](?:だった|とな[っり]|で、|[、と](?:前|[0-9]カ月)|に(?:上昇|低下|改善|悪化|上が|下が))))"
)
_SIGNED_DOT = re.compile(  # マイナス38・1となり, ▲2・4だった
    r"((?:マイナス|プラス|[▲△])\s?[0-9０-９]{1,3})・(?=[0-9０-９]{1,2}(?![0-9０-９月日年・]))"
)

# 4─6月期, 5━6%: rules drawn for a dash.
_DRAWN = re.compile(r"(?<=[0-9０-９年月日%％])[─━](?=[0-9０-９])")

# 338 000 km2, 6 500 islands: a blank before three digits parts thousands where a word or unit follows and no name or
# number stands before (Llama 3 405B, May 5 200 people).
_THOUSANDS = re.compile(r"(?<![\w.,%$€£¥+/:-])[1-9][0-9]{0,2}(?: [0-9]{3})+(?= ?[A-Za-z%€²])(?! ?[0-9])")
_HARD_THOUSANDS = re.compile(r"(?<![0-9.,])[1-9][0-9]{0,2}(?:[\u00a0\u202f\u2009][0-9]{3})+(?![0-9])")
_PARTS = re.compile(r"[ \u00a0\u202f\u2009]")
_NAMED = re.compile(
    r"\S*[0-9A-Z]\S*\s*\Z|\b(?:page|section|chapter|table|figure|step|version|part|type|class|level|top|day)s? \Z"
)


def _with_commas(match: re.Match[str]) -> str:
    before = match.string[max(0, match.start() - 30) : match.start()]
    return match[0] if _NAMED.search(before) else _PARTS.sub(",", match[0])


def fold(text: str) -> Folded:
    """Return `text` folded."""
    if _HARD_THOUSANDS.search(text):
        text = _HARD_THOUSANDS.sub(lambda match: _PARTS.sub(",", match[0]), text)
    if _THOUSANDS.search(text):
        text = _THOUSANDS.sub(_with_commas, text)
    if "─" in text or "━" in text:
        text = _DRAWN.sub("–", text)
    if "・" in text:
        text = _SIGNED_DOT.sub(r"\1.", _MIDDLE_DOT.sub(".", text))
        text = _BARE_DOT.sub(lambda match: f"{match[0][:-1]}.", text)
    if text.isascii() or _changing().search(text) is None:
        return Folded(text, _lower(text))
    starts = None
    if _LONG.search(text):
        text, starts = _moved(text)
    table, keys = _single()
    for char in keys.intersection(text):  # few distinct characters: faster than a pass that looks at each
        text = text.replace(char, table[char])
    return Folded(text, _lower(text), starts)

"""Noun phrases by script: the nominal compounds of a sentence and the particle behind each.

Reports write their names and metrics in runs of kanji, katakana and Latin letters, and their grammar in hiragana;
for finding candidates that is as good as a parse and a hundred times faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_KANJI = "一-鿿々〆ヶヵ"
_KANA = "ァ-ヺー"
_LATIN = "A-Za-zＡ-Ｚａ-ｚ0-9０-９&＆.．'’+＋/／_\\-ー－Δα-ω"
_RUN = rf"(?:[{_KANJI}{_KANA}A-Za-zＡ-Ｚａ-ｚ][{_KANJI}{_KANA}{_LATIN}・]*(?:\s(?=[A-Za-z0-9])[{_LATIN}]+)*)"
_BRACKET = r"(?:[（(][^（()）\n]{1,24}[）)])"
_NAME = rf"(?:「[^「」\n]{{1,40}}」|『[^『』\n]{{1,40}}』|{_RUN})"
_JAPANESE = re.compile(
    rf"{_NAME}(?:{_BRACKET}?(?:の|における|に対する|に関する|向けの|による|での|への|からの){_NAME})*"
)
_PARTICLE = re.compile(
    r"\s*(?:[（(][^（()）\n]{1,40}[）)])?\s*"
    r"(について(?:は|も)|における|において(?:は|も)?|に対し(?:て(?:は)?)?|によ(?:ると|れば)|に比べ|に関し|と比べ|では|でも|には|にも|とは|からは|としては|"
    r"は|が|も|の|を|に|で|と|から|より|まで|へ|や|・|、|，|:|：|（|\(|比)"
)
_ENGLISH = re.compile(
    r"(?:(?:the|a|an|its|their|our|total|average|annual|global|net|gross|new)\s+)?"
    r"[A-Za-z][A-Za-z&.'’\-]*(?:\s+(?!(?:is|was|were|are|has|have|had|will|would|rose|fell|grew|reached|hit|totaled|to|by|of|in|at|for|on|from|with|and|or|as|that|which|than|about|over|under|nearly|roughly)\b)[A-Za-z0-9][A-Za-z0-9&.'’\-]*){0,5}"
)
_DROP = re.compile(r"^(?:その|この|同|各|また|なお|うち|主な|約|前年|前期|今期|当期|今後|現在|直近|足下|足元)$")


@dataclass(slots=True, frozen=True)
class Phrase:
    """A noun phrase `text[start:end]` and the particle (or sign) that follows it."""

    start: int
    end: int
    text: str
    particle: str


def phrases(text: str, japanese: bool) -> list[Phrase]:
    """Return the noun phrases of a sentence in order; `japanese` chooses the grammar."""
    if not japanese:
        return [Phrase(m.start(), m.end(), m.group(), "") for m in _ENGLISH.finditer(text)]
    found = []
    for match in _JAPANESE.finditer(text):
        start, end = match.span()
        words = match.group()
        if words[0] in "「『" and words[-1] in "」』" and "の" not in words[1:-1][:0]:
            pass
        if _DROP.match(words):
            continue
        behind = _PARTICLE.match(text, end)
        found.append(Phrase(start, end, words, behind.group(1) if behind else ""))
    return found


def head(phrase: str) -> str:
    """Return the last member of an AのB phrase: the noun that names what the phrase is."""
    return re.split(r"の|における|に対する|に関する|向けの|による|での|への|からの", phrase)[-1] or phrase

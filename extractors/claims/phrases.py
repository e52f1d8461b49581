"""Noun phrases: the nominal compounds of a sentence and the particle behind each; English ones by their tags.

Japanese reports write their names and metrics in runs of kanji, katakana and Latin letters, and their grammar in
hiragana; for finding candidates that is as good as a parse and a hundred times faster.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.claims.english import noun_phrases

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
_DROP = re.compile(
    r"^(?:その|この|同|各|また|なお|うち|主な|約|前年|前期|今期|当期|今後|現在|直近|足下|足元|他方|一方|"
    r"反面|同時|結果|以下|上記|次|従来|当初|最大|最小|合計|累計|総額|前回|今回|前週|今週|来年|今年|昨年|背景|理由)$"
)


VERB = "verb"  # what stands for the particle behind an English phrase that a verb follows


@dataclass(slots=True, frozen=True)
class Phrase:
    """A noun phrase `text[start:end]` and the particle (or sign) that follows it."""

    start: int
    end: int
    text: str
    particle: str


def phrases(text: str, japanese: bool) -> list[Phrase]:
    """Return the noun phrases of a sentence in order; `japanese` chooses the grammar."""
    found: list[Phrase] = []
    if not japanese:
        return [Phrase(a, b, text[a:b], VERB if verb else "") for a, b, verb in noun_phrases(text)]
    for match in _JAPANESE.finditer(text):
        start, end = match.span()
        words = match.group()
        if _DROP.match(words):
            continue
        behind = _PARTICLE.match(text, end)
        found.append(Phrase(start, end, words, behind.group(1) if behind else ""))
    return found


def head(phrase: str) -> str:
    """Return the last member of an AのB phrase: the noun that names what the phrase is."""
    return re.split(r"の|における|に対する|に関する|向けの|による|での|への|からの", phrase)[-1] or phrase

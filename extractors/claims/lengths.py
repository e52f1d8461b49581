"""Lengths of time that a construction of the language states as a fact: 負債の期間は5〜20年, 7年・380億ドルの契約.

Most lengths only say over what time a figure is told (過去5年で2倍, 3年ぶり); those are left to the gate. Here are the
ones that leave no other reading: behind the name of a term, before what is measured by it, running on, or taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.claims.cues import cue_lists
from extractors.claims.scene import Scene
from schemas import Mention

_LETTER = "[一-龥ァ-ヴーA-Za-z]"  # of a compound: what is measured ends where the compound ends
_REACH = 28  # characters between the name of a term and its length


@dataclass(slots=True, frozen=True)
class _Patterns:
    """The patterns made of the words that are data."""

    term: re.Pattern[str]  # before the length: 耐用年数は会計上
    measured: re.Pattern[str]  # behind it: の契約, のデータ蓄積
    taken: re.Pattern[str]  # behind it: かかる, にわたり閉鎖
    window: re.Pattern[str]  # before it: 過去, last
    window_behind: re.Pattern[str]  # behind it: ぶり, 前
    term_en: re.Pattern[str]
    measured_en: re.Pattern[str]
    taken_en: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = cue_lists("lengths.toml")["lengths"]
    joined = {name: "|".join(group) for name, group in words.items()}
    return _Patterns(
        term=re.compile(
            rf"(?:{joined['terms_ja']})(?:（[^（）]{{1,12}}）)?\s?(?:\*\*)?(?:は|が|も|を|:|：|、|で)?"
            r"(?:(?:会計上|法定|通常|平均|最短でも?|最長でも?|最大でも?|一般に|およそ|ほぼ|わずか|現在|従来)(?:で|は|の)?)*、?\s?$"
        ),
        measured=re.compile(
            rf"(?:間|分)?(?:以上|超|近く|程度|余り)?(?:(?:・[^、。]{{1,12}}?)?(?:にわたる|に及ぶ|もの|越しの|の)"
            rf"{_LETTER}{{0,12}}?(?:{joined['measured_ja']}|{joined['measured_of_ja']})|"
            rf"・{_LETTER}{{0,12}}?(?:{joined['measured_ja']})|(?:{joined['measured_ja']}))"
            rf"(?:締結|付き?)?(?!{_LETTER})"
        ),
        taken=re.compile(rf"(?:間|分)?(?:以上|超|近く|程度|ほど|余り)?(?:も)?(?:{joined['taken_ja']})"),
        window=re.compile(rf"(?:{joined['window_ja']})[の、]?約?$|\b(?:{joined['window_en']}) (?:the )?$", re.I),
        window_behind=re.compile(rf"(?:間|以上|超)?(?:{joined['behind_ja']})|\s(?:{joined['behind_en']})\b", re.I),
        term_en=re.compile(
            rf"\b(?:{joined['terms_en']})(?: (?:of|is|was|:|at|to|averag\w+|about|around|up|from))+ $", re.I
        ),
        measured_en=re.compile(
            rf"[ -](?:[a-z$0-9.-]+ ){{0,3}}?(?:{joined['measured_en']})\b(?=\W*$|[^\w\s-]|\s\W|"
            rf"\s(?:{joined['no_noun_en']})\b)",
            re.I,
        ),
        taken_en=re.compile(
            rf"\b(?:{joined['taken_en']}) (?:about |around |up to |at least |between |over |just )?$", re.I
        ),
    )


_SUPPOSED = re.compile(r"\b(?:if|when)\b[^.;,]*\b(?:takes?|lasts?)\b[^.;,]*\Z", re.I)  # up to the length
_STREAK = re.compile(r"連続|consecutive|straight|running", re.I)
_STREAK_BEHIND = re.compile(r"\s?(?:連続|続けて|in a row|straight|running\b)", re.I)
_NO_STREAK = re.compile(r"(?:連続)?(?:稼働|運転|勤務|使用|再生|待受|して使|録画|実行|処理|学習)")


def is_told(scene: Scene, mention: Mention) -> bool:
    """Say whether words state a length of time as the term, streak, history or effort of something, or a rank."""
    if mention.quantity is not None and mention.quantity.unit == "rank":
        return _is_rank(scene, mention)
    if mention.period is None or mention.quantity is None:
        return False
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    patterns = _patterns()
    before = text[max(scene.start, start - _REACH) : start]
    if patterns.window.search(before) or patterns.window_behind.match(text, end, scene.end):
        return False
    if _SUPPOSED.search(text, scene.start, start):
        return False
    if _STREAK.search(mention.text) or _STREAK_BEHIND.match(text, end, scene.end):
        return _NO_STREAK.match(text, end, scene.end) is None
    if scene.japanese:
        told = patterns.measured.match(text, end, scene.end) or patterns.taken.match(text, end, scene.end)
        return patterns.term.search(before) is not None or told is not None
    told = patterns.term_en.search(before) or patterns.taken_en.search(before)
    return told is not None or patterns.measured_en.match(text, end, scene.end) is not None


def _is_rank(scene: Scene, mention: Mention) -> bool:
    """世界3位, 史上2番目に大きい: a rank; not 上位10位, 3位以内, 47位中, 1位を目指す, or 2番目の節."""
    text, start, end = scene.view.text, mention.span.start, mention.span.end
    if _GROUP.search(text[max(scene.start, start - 3) : start]) or _WITHIN.match(text, end, scene.end):
        return False
    return mention.text.endswith("位") or _MOST.match(text, end, scene.end) is not None


_GROUP = re.compile(r"上位|下位|トップ|[〜~-]\Z")
_WITHIN = re.compile(
    r"\s?(?:以内|以下|以上|まで|から|〜|~|決定戦|争い|中(?![国堅])|圏|"
    r"(?:の座)?(?:に|へ|を|と|か)[^、。0-9]{0,10}?(?:可能性|目指|めざ|目標|狙|争|かもしれ))"
)
_MOST = re.compile(r"\s?に(?:大き|多|高|長|広|速|早|低|小さ|少な)")

"""Direction (增, 引き下げ, rose, decline) and basis (前年同期比, year over year, CAGR) of a change."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.recognizers.folding import fold
from extractors.recognizers.lexicon import alternation, lexicon
from extractors.recognizers.words import Words

_PARTICLE = re.compile(
    r"\s?(?:ほど|程度|近く|超|以上)?(?P<goal>に|へ|まで|と)?(?:で(?=成長|増|減|伸|拡大|縮小|上昇|低下|下落))?(?:ずつ)?(?:も)?(?:の)?(?:[大小]幅(?:な|に|の)?|急激に|急速に|それぞれ|さらに|各|純|分)?"
)
_PARTICLE_FIRST = frozenset("ほ程近超以にへまとでもの大小急それさ純分ず各")
_LEVELS = frozenset("高低少小大多安速")
_INFLECTED = ("い", "く", "な", "さ")
_STOP = re.compile(r"[0-9.;:。、,\n!?]")
_LAST_STOP = re.compile(rf"(?s:.*){_STOP.pattern}")
_FILL = frozenset(
    ["by", "an", "a", "of", "about", "roughly", "another", "further", "nearly", "some", "approximately", "almost", "the",
     "additional", "around", "over", "under", "more", "than", "at", "least", "up", "just", "only", "estimated", "even",
     "as", "much", "almost", "well", "more",
     "stunning", "whopping", "staggering", "massive", "hefty", "sharp", "steep", "modest", "slight", "solid", "robust", "mere", "combined"]
)  # fmt: skip
_LEVEL_FILL = frozenset(["to", "at", "from", "reached", "hit", "with"])
_WORD = re.compile(r"[a-z'-]+")
_SPECIFIC = re.compile(
    r"((?:fy)?(?:[0-9]{4}|[0-9]{2})(?:年度?|年)?(?:[0-9]{1,2}月期?)?(?:末)?)(?:比|対比|に比べ(?:て)?|と比べ(?:て)?|と比較して)[でのはに、約およそ+\s▲△(（]{0,6}$"
)
_NUMBER_NEXT = re.compile(r"[はでの、:： 約+プラスマイナス▲△-]{0,5}[0-9]")
_GAP = re.compile(r"[はでのがも、,:：+約およそプラス▲△\-\s(（%にて]{0,8}$")


@lru_cache(maxsize=1)
def _after_ja() -> Words[str]:
    lists = lexicon("frames")["direction"]
    words = dict.fromkeys(lists["increase_ja"], "increase") | dict.fromkeys(lists["decrease_ja"], "decrease")
    return Words({fold(w).text: tag for w, tag in (words | dict.fromkeys(lists["not_direction"], "")).items()})


@lru_cache(maxsize=1)
def _english(side: str) -> dict[str, str]:
    lists = lexicon("frames")["direction"]
    words = dict.fromkeys(lists[f"increase_en_{side}"], "increase")
    return words | dict.fromkeys(lists[f"decrease_en_{side}"], "decrease")


@lru_cache(maxsize=1)
def _before_en() -> dict[str, str]:
    return {word: tag for word, tag in _sides("before").items() if " " not in word}


@lru_cache(maxsize=1)
def _after_en() -> dict[str, str]:
    return {word: tag for word, tag in _sides("after").items() if " " not in word}


def _sides(side: str) -> dict[str, str]:
    lists = lexicon("frames")["direction"]
    words = dict.fromkeys(lists[f"increase_en_{side}"], "increase")
    return words | dict.fromkeys(lists[f"decrease_en_{side}"], "decrease")


def direction_after(text: str, position: int, ratio: bool) -> str | None:
    """Return the direction that Japanese words after a number give; に/へ name a level unless it is a ratio (2倍に)."""
    if text.startswith("、それぞれ", position):
        position += 1
    first = text[position : position + 1]
    if first > " " and first not in _PARTICLE_FIRST and not first.isspace():
        found = _after_ja().at(text, position)  # the usual case: no particle, perhaps the word itself
        return found[1] or None if found else None
    match = _PARTICLE.match(text, position)
    if match is None:
        return None
    goal = match["goal"]
    if goal in ("へ", "まで") or (goal in ("に", "と") and not ratio):
        return None
    found = _after_ja().at(text, match.end()) or (_after_ja().at(text, position) if goal else None)
    if (
        found
        and match[0].endswith("の")
        and text[match.end()] in _LEVELS
        and text.startswith(_INFLECTED, match.end() + 1)
    ):
        return None  # 3.5％程度の低い成長率: how high it is, not where it goes
    return found[1] or None if found else None


def english_direction(text: str, start: int, end: int, floor: int, proportional: bool) -> str | None:
    """Return the direction that English words round a number give."""
    return _english_before(text, start, floor, proportional) or (_english_after(text, end) if proportional else None)


def _english_before(text: str, start: int, floor: int, proportional: bool) -> str | None:
    left = text[max(floor, start - 60) : start]
    if not left.strip():
        return None
    if stop := _LAST_STOP.match(left):
        left = left[stop.end() :]
    words = _WORD.findall(left)[-8:]
    by = False
    for steps, word in enumerate(reversed(words)):
        if word in _LEVEL_FILL:
            return None
        if (tag := _before_en().get(word)) is not None and not (
            word in ("up", "more") and steps and words[-steps] == "to"
        ):
            return tag if proportional or by or (word in ("up", "down") and steps == 0) else None
        if word == "by":
            by = True
        if word not in _FILL and not by:
            return None
    return None


_ASIDE = re.compile(  # 2.9% (5,410 persons) lower than
    r"\s\([^()\n]{1,30}\)\*?(?=\s(?:above|below|lower|higher|less|more|fewer|down|up|decrease|increase|decline|rise|drop)\b)"
)


def _english_after(text: str, end: int) -> str | None:
    aside = _ASIDE.match(text, end)
    end = aside.end() if aside is not None else end
    right = text[end : end + 48]
    if stop := _STOP.search(right):
        right = right[: stop.start()]
    for steps, word in enumerate(_WORD.findall(right)[:5]):
        if (tag := _after_en().get(word)) is not None:
            return tag
        if steps > 3 or word in (
            "of",
            "in",
            "for",
            "on",
            "and",
            "or",
            "to",
            "from",
            "with",
            "stake",
            "margin",
            "share",
            "by",
            "was",
            "is",
        ):
            return None
    return None


_NOTHING_AFTER = frozenset(["", *"0123456789;。"])
_LATIN = re.compile(r"[a-z]")
_BASIS_HINT = re.compile(
    r"[比率均前初対年]|cagr|year|quarter|annu|[ymqwd][o/-]|ytd|sequen|p\.a|compound|month|week|day"
)


@lru_cache(maxsize=1)
def _basis() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    """Return the pattern of all words, that of the words without Latin letters (much faster), and each word's key."""
    lists = lexicon("frames")["basis"]
    words = {fold(word).text: key for key, group in lists.items() for word in group}
    ascii_words = [w for w in words if w.isascii()]
    others = [w for w in words if not w.isascii()]
    plain = [w for w in others if not _LATIN.match(w)]
    tail = "(?:で|較で)?"
    pattern = f"(?:{alternation(others)}){tail}|(?<![a-z])(?:{alternation(ascii_words)})(?![a-z])"
    return re.compile(pattern), re.compile(f"(?:{alternation(plain)}){tail}"), words


def _basis_in(text: str) -> re.Pattern[str]:
    """Return the pattern that suffices for `text`."""
    return _basis()[0] if _LATIN.search(text) else _basis()[1]


def _key(match: re.Match[str]) -> str:
    words = _basis()[2]
    text = re.sub(r"\s+", " ", match[0])
    return words.get(text) or words.get(text.removesuffix("較で").removesuffix("で"), "")


def basis_of(text: str, start: int, end: int, floor: int, directed: bool) -> str | None:
    """Return the basis said before the number in its clause, or right after it."""
    left_start = max(0, start - 40)
    left = text[left_start:start]
    if cut := max(left.rfind("。"), left.rfind("\n"), left.rfind("; ")) + 1:
        left = left[cut:]
    last = None
    if left and _BASIS_HINT.search(left):
        if "比" in left and (match := _SPECIFIC.search(left)):
            return match[1].upper()
        for match in _basis_in(left).finditer(left):
            last = match
    if last is not None:
        gap = left[last.end() :]
        if (
            _GAP.match(gap)
            or (directed and len(gap) <= 24)
            or gap.strip() in ("growth of", "growth", "growth rate of", "of", "increase of", "decline of", "basis")
        ):
            return _key(last) or None
    right = text[end : end + 56]
    if right[:1] in _NOTHING_AFTER:
        return None
    match = _basis_in(right).search(right) if _BASIS_HINT.search(right) else None
    if match is not None and not re.search(r"[0-9;。]|\. ", right[: match.start()]):
        between = right[: match.start()]
        if len(between) <= 3 or directed or between.strip(" (（,、") in ("growth", "increase", "decline"):
            if not _NUMBER_NEXT.match(text, end + match.end()):  # （前年同期比1.3ポイント改善）speaks of the 1.3
                return _key(match) or None
    return None

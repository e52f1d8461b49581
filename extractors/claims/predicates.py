"""The verbs of a figure: what it does, or what is done with it, where no noun names its metric.

約4,000 BTCを引き出した, 2.8万件減った, 14人が使用しています      behind it, in Japanese
生き延びた約30万社, 公開された報告が286件                     before it
purchasing an additional 3,000 shares, trained on 2T tokens    before it, in English
22% correct, 14 new plants were approved                       behind it
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from extractors.claims.cues import cue_lists
from extractors.claims.english import Tagged, tagged
from extractors.claims.scene import Scene
from extractors.recognizers.names.morphology import Word

_CLOSED = re.compile(r"[」』”\"]?(?:[)）]|[（(][^（）()\n]{0,24}[)）])?")  # 30億円（+0.9%）上回った
_REACH = 30  # characters between a figure and its verb
_INFLECTED = ("動詞", "形容詞")
_STOPS = frozenset("。、「」（）()；;")
_TAIL = frozenset(["助動詞", "動詞"])


def predicates(scene: Scene, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the verbs stand that tell of a figure at `[start, end)` of a scene's view."""
    figures = [(m.span.start, m.span.end) for m in (*scene.quantities, *scene.periods)]
    floor = max((b for a, b in figures if b <= start), default=scene.start)
    closed = _CLOSED.match(scene.view.text, end, max(end, scene.end))
    end = closed.end() if closed else end
    stop = min((a for a, b in figures if a >= end), default=scene.end)
    find = _japanese if scene.japanese else _english
    yield from find(scene, (max(floor, start - _REACH), start), (end, min(stop, end + _REACH)))


def _japanese(scene: Scene, before: tuple[int, int], behind: tuple[int, int]) -> Iterator[tuple[int, int]]:
    words = scene.morphemes
    at = bisect_left(words, behind[0], key=lambda w: w.start)
    text = scene.view.text
    linking, comparing = _no_metrics()
    found = _first(words, at, behind[1])
    if found is not None and linking.match(text, found[0]) is None:
        yield found
    at = bisect_left(words, before[0], key=lambda w: w.start)
    last = bisect_left(words, before[1], key=lambda w: w.end)
    attributive = [w for w in words[at : last + 1] if w.end <= before[1] and w.form.startswith("連体形")]
    if attributive:
        number = words.index(attributive[-1])
        first = _opening(words, number, at)
        if first is not None and comparing.match(text, words[first].start) is None:
            yield words[first].start, words[number].end


@cache
def _no_metrics() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return how the verbs begin that name no metric behind a figure, and before it."""
    words = cue_lists("predicates.toml")
    linking = "|".join(words["linking"])
    return re.compile(linking), re.compile("|".join([linking, *words["comparing"]]))


@cache
def _comparing_en() -> frozenset[str]:
    return frozenset(cue_lists("predicates.toml")["comparing_en"])


def _first(words: tuple[Word, ...], at: int, stop: int) -> tuple[int, int] | None:
    """Return the first verb or adjective of `words[at:]` that begins before `stop`, with all its endings."""
    for number in range(at, len(words)):
        word = words[number]
        if word.start >= stop or word.surface in _STOPS:
            return None
        if not _opens(words, number):
            continue
        last = number
        while last + 1 < len(words) and _goes_on(words[last], words[last + 1]):
            last += 1
        return word.start, words[last].end
    return None


def _opens(words: tuple[Word, ...], number: int) -> bool:
    word = words[number]
    if word.pos in _INFLECTED:
        return word.detail[0] == "一般"
    if word.surface in _APART:
        return True
    follows = words[number + 1] if number + 1 < len(words) else None
    return word.pos == "名詞" and word.detail[1] == "サ変可能" and follows is not None and follows.surface in _DO


_APART = frozenset(["差", "開き", "隔たり"])  # 4.4倍の差: what two are apart is told by a noun as by a verb
_DO = frozenset(["し", "する", "さ", "すれ", "でき", "できる", "せ"])


def _goes_on(word: Word, follows: Word) -> bool:
    if follows.pos in _TAIL:
        return True
    if word.pos == "形容詞" and follows.pos in _INFLECTED:
        return True
    return follows.pos == "助詞" and follows.detail[0] == "接続助詞" and follows.surface in ("て", "で")


def _opening(words: tuple[Word, ...], last: int, floor: int) -> int | None:
    """Return the number of the word that opens the verb ending with `words[last]`."""
    number = last
    while number > floor and _is_ending(words, number):
        number -= 1
    if number > floor and words[number].surface in _DO and words[number - 1].detail[1] == "サ変可能":
        number -= 1
    return number if words[number].pos in (*_INFLECTED, "名詞") else None


def _is_ending(words: tuple[Word, ...], number: int) -> bool:
    word = words[number]
    if word.pos in ("助動詞", "助詞"):
        return True
    return word.detail[0] == "非自立可能" and words[number - 1].surface in ("て", "で")


_VERBS = ("VBD", "VBZ", "VBP", "VBN", "VBG", "VB")
_PARTICLES = frozenset(
    ["up", "down", "out", "off", "on", "to", "by", "at", "in", "with", "for", "from", "past", "over"]
)
_AUXILIARY = frozenset(
    ["is", "are", "was", "were", "be", "been", "being", "has", "have", "had", "having", "do", "does", "did", "will"]
)


def _english(scene: Scene, before: tuple[int, int], behind: tuple[int, int]) -> Iterator[tuple[int, int]]:
    words = tagged(scene.text)
    shift = scene.start
    found = [i for i, w in enumerate(words) if before[0] <= w[0] + shift and w[1] + shift <= before[1]]
    for i in reversed(found):
        if _is_verb(words[i]):
            last = i
            while last + 1 <= found[-1] and last < i + 2 and words[last + 1][2].lower() in _PARTICLES:
                last += 1
            yield words[i][0] + shift, words[last][1] + shift
            break
    for word in words:
        if word[0] + shift >= behind[0] and word[1] + shift <= behind[1] and _is_verb(word):
            yield word[0] + shift, word[1] + shift
            break


def _is_verb(word: Tagged) -> bool:
    if word[2].lower() == "worth":
        return True
    name = word[2].lower()
    return word[3] in _VERBS and name not in _AUXILIARY and len(name) > 2 and name not in _comparing_en()

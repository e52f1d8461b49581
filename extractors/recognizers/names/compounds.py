"""Nominal compounds: how far a Japanese noun reaches to its left and right, by its words' parts of speech."""

from __future__ import annotations

from collections.abc import Container, Sequence

from extractors.recognizers.names.morphology import Word

_NOMINAL = frozenset(["名詞", "接頭辞", "接尾辞", "形状詞"])
_JOINTS = frozenset("・&/-‐＆／–.+＋")
_MOST = 40  # words: no name is longer, and a run of nouns is not walked to its end from each of them


def nominal(word: Word) -> bool:
    """Say whether a word may be part of a compound noun."""
    if word.pos == "接尾辞":
        return word.detail[0] != "動詞的"
    return word.pos in _NOMINAL or (word.pos == "記号" and word.detail[0] == "文字") or word.surface == "向け"


def start_of(words: Sequence[Word], head: int) -> int:
    """Return the index of the first word of the compound that `words[head]` ends."""
    first = head
    while first > 0 and head - first < _MOST:
        left = words[first - 1]
        if left.end != words[first].start:
            break
        if nominal(left):
            first -= 1
        elif _joint(words, first - 1):
            first -= 2
        else:
            break
    return first


def end_of(words: Sequence[Word], first: int) -> int:
    """Return the index of the last word of the compound that begins with `words[first]`."""
    last = first
    while last + 1 < len(words) and last - first < _MOST:
        right = words[last + 1]
        if nominal(right):
            last += 1
        elif last + 2 < len(words) and _joint(words, last + 1):
            last += 2
        else:
            break
    return last


def _joint(words: Sequence[Word], at: int) -> bool:
    """Say whether `words[at]` joins two nouns: a middle dot, a hyphen, a blank between Latin words."""
    if at < 1 or at + 1 >= len(words) or not (nominal(words[at - 1]) and nominal(words[at + 1])):
        return False
    surface = words[at].surface
    if surface in _JOINTS:
        return True
    if surface != " ":
        return False
    before, after = words[at - 1].surface[-1], words[at + 1].surface[0]
    return not before.isdigit() and ((before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha()))


def skip_modifiers(words: Sequence[Word], first: int, head: int, drop: Container[str]) -> int:
    """Return the index of the first word from `first` to `head` that is no number, time or listed modifier."""
    while first < head:
        word = words[first]
        counted = first + 1 < head and word.detail[0] == "数詞"
        timed = word.detail[1] in ("副詞可能", "助数詞可能") and word.detail[0] == "普通名詞"
        counter = word.pos == "接尾辞" and word.detail[1] in ("助数詞", "一般", "副詞可能")
        if not (counted or timed or counter or word.surface in drop or word.surface in _JOINTS or word.pos == "空白"):
            break
        first += 1
    return first

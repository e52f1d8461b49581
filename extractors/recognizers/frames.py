"""Frames round a number: bounds and approximation before and after it, and verbs that bound it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.recognizers.folding import fold
from extractors.recognizers.lexicon import alternation, lexicon
from extractors.recognizers.words import Words, tagged

_KEYS = ("approx", "ge", "gt", "le", "lt")


@dataclass(slots=True)
class Frame:
    """The bound of a number: one of eq, ge, gt, le, lt, and whether it is approximate."""

    start: int
    end: int
    bound: str = "eq"
    approximate: bool = False
    level: bool = False  # 70%台
    part: str = ""  # 70%台半ば

    def add(self, tag: str, weak: bool = False) -> None:
        """Take in one more word."""
        if tag == "approx":
            self.approximate = True
        elif self.bound == "eq":
            self.bound = tag
        self.approximate = self.approximate or weak


@lru_cache(maxsize=1)
def _before() -> Words[str]:
    lists = lexicon("frames")["before"]
    words = {fold(w).text: tag for w, tag in tagged(lists, _KEYS).items()}
    words.update({fold(w).text: "" for w in lists["not_before"]})  # a record high is no bound, nor is an arrow
    return Words(words)


@lru_cache(maxsize=1)
def _after() -> Words[str]:
    lists = lexicon("frames")["after"]
    words = {fold(w).text: tag for w, tag in tagged(lists, _KEYS).items()}
    words.update({fold(w).text: "" for w in lists["not_after"]})
    return Words(words)


@lru_cache(maxsize=1)
def _weak() -> frozenset[str]:
    return frozenset(lexicon("frames")["after"]["approx_weak"])


@lru_cache(maxsize=1)
def _far() -> re.Pattern[str]:
    lists = lexicon("frames")["far"]
    return re.compile(
        r"\s?(?:" + "|".join(f"(?P<{k}>{'|'.join(lists[k])})" for k in ("le", "ge", "gt", "lt", "approx")) + ")"
    )


@lru_cache(maxsize=1)
def _verbs() -> Words[str]:
    return Words(dict.fromkeys(lexicon("frames")["verbs"]["gt"], "gt"))


@lru_cache(maxsize=1)
def _negation() -> re.Pattern[str]:
    return re.compile(r"(?:" + alternation(lexicon("frames")["verbs"]["negation"]) + r")\s+(?:\w+\s+)?$")


def _verb_after(text: str, position: int) -> str | None:
    """Return the bound that a verb phrase at `position` gives (を上回る), or None."""
    if text[position : position + 1] not in _FAR_FIRST or (match := _far().match(text, position)) is None:
        return None
    return match.lastgroup or "gt"


_TERM = re.compile(r" ?[0-9$€£¥₩₹約「『“]|[a-z一-龯ァ-ヴ]")
_PART = re.compile(r"(?:の)?(?:前半|半ば|なかば|中盤|中ごろ|後半)")
_PART_OF_YEN = re.compile(r"円(?P<part>前半|半ば|後半)(?=[でにへまからの、。）)\s]|$)")
_FAR_FIRST = frozenset("をもがによ超上下突凌割 大")


def read_before(text: str, frame: Frame, floor: int) -> None:
    """Take in the words directly before the number; several may stand (最大で約)."""
    for _ in range(3):
        position = frame.start
        if position > floor and text[position - 1] in " \n":
            position -= 1
        found = _before().before(text, position, floor)
        if found is None or not found[1]:
            break
        start, tag = found
        if text[start].isascii() and text[start].isalpha() and position == frame.start:
            break
        if tag == "approx" and text[start] == "~" and start > 0 and text[start - 1].isalnum():
            break
        frame.start = start
        frame.add(tag)
    _read_verb(text, frame, floor)


def _read_verb(text: str, frame: Frame, floor: int) -> None:
    position = frame.start
    if frame.bound != "eq" or position - floor < 4 or text[position - 1] not in " \n":
        return
    found = _verbs().before(text, position - 1, floor)
    if found is not None:
        negated = _negation().search(text, max(floor, found[0] - 16), found[0])
        frame.add("le" if negated else found[1])


_AND_ALSO = re.compile(r"s plus [a-z]")


def read_after(text: str, frame: Frame) -> None:
    """Take in the words that touch the number or its unit, and a verb phrase after it."""
    for _ in range(2):
        position = frame.end
        if position < len(text) and text[position] == " " and text[position + 1 : position + 2] > "\u3000":
            position += 1
        if (found := _after().at(text, position)) is None or not found[1]:
            break
        word = text[position : found[0]]
        if word == "まで" and frame.bound != "eq":
            break
        if word == "+" and _TERM.match(text, found[0]):  # a plus sign between two figures, or terms of a sum
            break
        if word == "plus" and _AND_ALSO.match(text, position - 2):  # 2 million GPUs plus new processors
            break
        frame.add(found[1], weak=word in _weak() and found[1] != "approx")
        frame.end = found[0]
    if part := _PART_OF_YEN.match(text, frame.end - 1):  # 140円半ば, 142円前半: of what 140円台 is
        frame.level, frame.part, frame.end = True, part["part"], part.end()
        return
    spaced = text.startswith("% 台", frame.end - 1)  # 2.6% 台: a blank between Latin and Japanese
    if text.startswith("台", frame.end + spaced) and not text.startswith(
        ("台湾", "台風", "台頭", "台数", "台帳", "台本"), frame.end + spaced
    ):
        frame.end += spaced
        frame.level = True
        frame.end += 1
        if part := _PART.match(text, frame.end):
            frame.part, frame.end = part[0], part.end()
        if (found := _after().at(text, frame.end)) is not None and found[1]:
            frame.add(found[1])
            frame.end = found[0]
    if frame.bound == "eq" and (bound := _verb_after(text, frame.end)) is not None:
        frame.add(bound)

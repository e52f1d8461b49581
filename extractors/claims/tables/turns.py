"""Words of direction beside a figure inside a cell: what moved (revenue grew 12%), and that they name no metric."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.recognizers.lexicon import lexicon
from schemas import Direction, Quantity

_TAIL = re.compile(
    r"(?:[\s:：+＋±\-−–▲△約~〜≈]|[はがをにでもの]|最大|最低|およそ|合計|平均|累計|毎[月年日]|月間|年間|[月年]|"
    r"\b(?:up to|at|to|from|of|by|than|over|is|was|are|about|around|nearly|approx\.?|"
    r"(?:(?:on )?an? )?(?:average|avg\.?)))$",
    re.I,
)
_LEVEL = frozenset(["to", "at", "from"])
_LAST = re.compile(r"(?<![^\W_])[A-Za-z]+$")
_INCREASE_IN = re.compile(r"(?P<word>[A-Za-z]+) in (?P<what>\S.*)")
_NOUNS = frozenset(["contract", "discount", "shed", "narrow", "added", "lost"])  # name things or deeds as well
_FUNDING = frozenset(["raise", "raised", "raising"])  # $40M raised is no change of something

_PRICES = frozenset(["割引", "安価", "高速"])


@dataclass(frozen=True, slots=True)
class Before:
    """The words before a figure without those of direction, where they say it went, and whether it is the way gone."""

    words: str
    direction: Direction | None = None
    moved: bool = False  # grew 12%; not grew to $12.4B


def before_figure(text: str, *, rated: bool, level: bool = False) -> Before:
    """Read the words before a figure from their end: particles, words of direction, then what they are of.

    `rated`: the figure is a percent or ratio; `level`: it is what was reached, the second of from 5% to 2%.
    """
    known = _english(rated)
    direction, by, of = None, False, False
    while True:
        if text and (tail := _TAIL.search(text)) is not None:
            if direction is None:
                level = level or tail.group().lower() in _LEVEL
                of = of or (not rated and tail.group().lower() == "of")  # a gain of $12M is an amount of its own
                by = by or tail.group().lower() == "by"
            text = text[: tail.start()].rstrip()
        elif not of and (last := _LAST.search(text)) is not None and last.group().lower() in known:
            direction = direction or known[last.group().lower()]
            text = text[: last.start()].rstrip()
        else:
            break
    rise = _INCREASE_IN.fullmatch(text)
    if direction is None and rise is not None and rise.group("word").lower() in known:
        direction, text = known[rise.group("word").lower()], rise.group("what")
    verb, _, rest = text.partition(" ")
    if direction is None and by and rest and verb.lower() in known:  # reduced costs by 20%
        direction, text = known[verb.lower()], rest
    if direction is None and text in _japanese():
        direction, text = _japanese()[text], ""
    if direction is None and rated and (noun := _closing().search(text)) is not None:  # コスト削減30%
        direction, text = _japanese()[noun.group()], text[: noun.start()]
    return Before(text, direction, direction is not None and not level)


def directed(quantity: Quantity, before: Before) -> Quantity:
    """Return a figure with the direction that the words before it give it, if it has none of its own."""
    return quantity.changed(direction=before.direction) if before.moved and quantity.direction is None else quantity


def without_direction(after: str) -> str:
    """Return the words behind a figure, nothing where they begin with one of direction (改善, up, 削減に成功)."""
    if _opening().match(after):
        return ""
    lists = lexicon("frames")["direction"]
    first = after.split(" ", 1)[0].lower()
    return "" if first in lists["increase_en_after"] or first in lists["decrease_en_after"] else after


@lru_cache(maxsize=2)
def _english(rated: bool) -> dict[str, Direction]:
    lists = lexicon("frames")["direction"]
    words = dict.fromkeys(lists["increase_en_before"], Direction.INCREASE)
    words |= dict.fromkeys(lists["decrease_en_before"], Direction.DECREASE)
    left_out = _NOUNS if rated else _NOUNS | _FUNDING
    return {word: direction for word, direction in words.items() if word not in left_out}


@lru_cache(maxsize=1)
def _japanese() -> dict[str, Direction]:
    lists = lexicon("frames")["direction"]
    words = dict.fromkeys(lists["increase_ja"], Direction.INCREASE)
    return words | dict.fromkeys(lists["decrease_ja"], Direction.DECREASE)


@lru_cache(maxsize=1)
def _opening() -> re.Pattern[str]:
    words = sorted(_japanese(), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, words))})(?=$|[ぁ-ん\s])")


@lru_cache(maxsize=1)
def _closing() -> re.Pattern[str]:
    """Nouns of direction at the end of words (コスト削減, 売上減), without those that name levels and prices."""
    words = [w for w in _japanese() if re.fullmatch(r"[増減]|[一-鿿]{2}|アップ|ダウン", w) and w not in _PRICES]
    return re.compile(rf"(?:{'|'.join(sorted(words, key=len, reverse=True))})$")

"""The words that say a figure is a change: 高 in 1.2%高, slipped in "slipped 0.5%", 急騰, higher, down."""

from __future__ import annotations

import re
from functools import cache

from extractors.recognizers.lexicon import alternation, lexicon

_REACH = 48  # characters of a clause in which English says what a figure does


@cache
def _behind_ja() -> re.Pattern[str]:
    """Japanese words right behind a figure, perhaps after a particle: 5%超下落, 20%の急騰, 3%も上昇, 0.5%高."""
    lists = lexicon("frames")["direction"]
    words = alternation([w for w in (*lists["increase_ja"], *lists["decrease_ja"]) if w[-1] not in "とのでに、。）)"])
    never = alternation(lists["not_direction"])
    particle = r"(?:の大台)?(?:超|以上|程度|近く|ほど|前後|弱|強|余り)?(?:[のもを]|と)?(?:大幅な?に?|さらに|それぞれ)?"
    return re.compile(rf"\s?{particle}(?!{never})(?P<word>{words})")


@cache
def _before_en() -> re.Pattern[str]:
    lists = lexicon("frames")["direction"]
    words = alternation([*lists["increase_en_before"], *lists["decrease_en_before"]])
    fill = (
        r"(?:\s+(?:by|about|around|almost|nearly|roughly|some|over|an?|another|as much as|more than|less than|"
        r"approximately|estimated|the|additional|modestly|slightly|sharply|further|only|just|up|down)){0,4}"
    )
    return re.compile(rf"\b(?P<word>{words}){fill}\s+[+$€£¥~-]?$", re.I)


@cache
def _behind_en() -> re.Pattern[str]:
    lists = lexicon("frames")["direction"]
    words = alternation([*lists["increase_en_after"], *lists["decrease_en_after"]])
    between = r"(?:\s+(?:[a-z]+-on-[a-z]+|[a-z]+-over-[a-z]+|annual|yearly|monthly|weekly|point|sharp|big)){0,2}"
    return re.compile(rf"{between}[\s-]+(?P<word>{words})\b", re.I)


def moved(text: str, start: int, end: int, floor: int, stop: int) -> tuple[int, int] | None:
    """Return where `text[floor:stop]` says that the figure at `[start, end)` is a change, or None where it does not.

    Behind the figure in Japanese; before it (rose 5%) or else behind it (5% higher) in English.
    """
    window = max(floor, start - _REACH)
    found = _before_en().search(text[window:start])
    if found is not None:
        return window + found.start("word"), window + found.end("word")
    behind = _behind_ja().match(text, end, stop) or _behind_en().match(text, end, stop)
    return behind.span("word") if behind is not None else None

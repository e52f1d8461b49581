"""Sentences and clauses: where one statement ends, with brackets and quotes kept whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OPEN = "（(「『【［[〈《"
_CLOSE = "）)」』】］]〉》"
_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "dr",
        "prof",
        "inc",
        "corp",
        "co",
        "ltd",
        "no",
        "vs",
        "etc",
        "approx",
        "est",
        "fig",
        "vol",
        "ver",
        "v",
        "p",
        "sec",
        "ch",
        "art",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "st",
        "u.s",
        "u.k",
        "e.g",
        "i.e",
        "a.m",
        "p.m",
        "bn",
        "mn",
        "rs",
        "al",
        "cf",
        "pp",
    ]
)
_NUMBER = re.compile(r"(?:^|\n)[ \t]*\d{1,2}(?:\.\d{1,2})*\Z")
_SCALE = re.compile(r"[0-9](?:bn|mn|[A-Za-z])\Z", re.I)
_STOP = re.compile(r"[。！？\n]|[.!?](?=[\s\"'”’)\]]|$)")
_LONGEST_BRACKET = 400  # an unclosed bracket must not swallow the rest of the block


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of each sentence of `text`, blanks around it left out."""
    start = 0
    for end in _ends(text):
        first, last = _trim(text, start, end)
        if first < last:
            yield first, last
        start = end
    first, last = _trim(text, start, len(text))
    if first < last:
        yield first, last


def _ends(text: str) -> Iterator[int]:
    depths = depth_of(text)
    for found in _STOP.finditer(text):
        character = found.group()
        if character == "\n":
            yield found.end()
        elif character in "。！？":
            if depths[found.start()] == 0:
                yield found.end()
        elif depths[found.start()] == 0 and _is_full_stop(text, found.start()):
            end = found.end()
            while end < len(text) and text[end] in "\"'”’)]":
                end += 1
            yield end


def _is_full_stop(text: str, position: int) -> bool:
    if text[position] != ".":
        return True
    before = re.search(r"[A-Za-z.]+$", text[max(0, position - 12) : position])
    word = before.group().lower().strip(".") if before else ""
    if _NUMBER.search(text, max(0, position - 12), position):
        return False  # the number of an item or a section: "2. Intel"
    if not _is_scale(text, position) and (word in _ABBREVIATIONS or (len(word) == 1 and word.isalpha())):
        return False
    following = text[position + 1 : position + 4].lstrip("\"'”’)] ")
    return not following or not (following[0].islower() or following[0] in ",;")


def _is_scale(text: str, position: int) -> bool:
    """Say whether the letters before a full stop at `position` are the scale or unit of a number: $320M. It grew."""
    return _SCALE.search(text, max(0, position - 5), position) is not None


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def depth_of(text: str) -> list[int]:
    """Return for each character how many closed brackets and quotes it stands in (the brackets themselves count)."""
    depths = [0] * len(text)
    stack: list[int] = []
    for index, character in enumerate(text):
        if character in _OPEN:
            stack.append(index)
        elif character in _CLOSE and stack:
            opened = stack.pop()
            if index - opened <= _LONGEST_BRACKET:
                for position in range(opened, index + 1):
                    depths[position] += 1
    return depths

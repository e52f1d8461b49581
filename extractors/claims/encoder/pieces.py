"""The encoder's word pieces: SentencePiece over lines, with the places they stand at."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

START, PADDING, END, UNKNOWN = 0, 1, 2, 3  # ids that stand for no piece


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text: ids, and where on the text each starts and ends."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the pieces that touch `text[start:end]`, at least one where the text has any."""
        first = min(bisect_right(self.ends, start), max(0, len(self.ids) - 1))
        return first, max(bisect_left(self.starts, end, lo=first), first + 1)


def pieces(text: str) -> Pieces:
    """Cut a text into pieces; the end of a line is a blank to the model."""
    found = Pieces([], [], [])
    at = 0
    for line in text.splitlines(keepends=True):
        _add(found, line, at)
        at += len(line)
    return found


def _add(found: Pieces, line: str, at: int) -> None:
    folded, places = _folded(line)
    read = _model().encode(folded, return_type="offset_mapping")
    for number, (start, end) in zip(read["ids"], read["offsets"], strict=True):
        if start < end and not folded[start:end].isspace():
            found.ids.append(number)
            found.starts.append(at + places[start])
            found.ends.append(at + places[end - 1] + 1)


@cache
def _fold(character: str) -> str:
    """Return a character as the model knows it: in NFKC, controls away, invisible ones as blanks."""
    category = unicodedata.category(character)
    if category == "Cc" and character != "\t":
        return ""
    if character == "▁" or category in ("Cf", "Zs", "Zl", "Zp") or character == "\t":
        return " "
    return unicodedata.normalize("NFKC", character)


def _folded(line: str) -> tuple[str, list[int]]:
    """Return a line as the model knows it, one blank for several, and the place of each of its characters."""
    text = [" "]  # a line opens as a word does
    places = [0]
    for place, character in enumerate(line):
        for one in _fold(character):
            if one == " " and text[-1] == " ":
                continue
            text.append(one)
            places.append(place)
    return "".join(text), places


@cache
def _model() -> Any:
    import sentencepiece

    data = resources.files("extractors.claims.encoder").joinpath("pieces.model").read_bytes()
    return sentencepiece.SentencePieceProcessor(model_proto=data)

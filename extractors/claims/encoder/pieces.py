"""The encoder's word pieces: SentencePiece over lines, with the places they stand at."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

START, PADDING, BREAK, UNKNOWN = 0, 1, 2, 3  # ids that stand for no piece; BREAK ends a line and a window


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of a text: ids, and where on the text each starts and ends."""

    ids: list[int]
    starts: list[int]
    ends: list[int]

    def between(self, start: int, end: int) -> tuple[int, int]:
        """Return the range of the pieces that touch `text[start:end]`, at least one where the text has any."""
        from bisect import bisect_left, bisect_right

        first = min(bisect_right(self.ends, start), max(0, len(self.ids) - 1))
        return first, max(bisect_left(self.starts, end, lo=first), first + 1)


def pieces(text: str) -> Pieces:
    """Cut a text into pieces, line by line, with a BREAK for each end of a line (several in a row are one)."""
    found = Pieces([], [], [])
    at = 0
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029")
        _add(found, bare, at)
        if len(bare) < len(line) and found.ids and found.ids[-1] != BREAK:
            found.ids.append(BREAK)
            found.starts.append(at + len(bare))
            found.ends.append(at + len(line))
        at += len(line)
    return found


def _add(found: Pieces, line: str, at: int) -> None:
    folded, places = _folded(line)
    if not folded:
        return
    places.append(len(line))
    read = _model().encode(folded, return_type="offset_mapping")
    for number, (start, end) in zip(read["ids"], read["offsets"], strict=True):
        if start < end:
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
    text: list[str] = []
    places: list[int] = []
    for place, character in enumerate(line):
        for one in _fold(character):
            if one == " " and (not text or text[-1] == " "):
                continue
            text.append(one)
            places.append(place)
    return "".join(text), places


@cache
def _model() -> Any:
    import sentencepiece

    data = resources.files("extractors.claims.encoder").joinpath("pieces.model").read_bytes()
    return sentencepiece.SentencePieceProcessor(model_proto=data)

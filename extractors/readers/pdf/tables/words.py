"""Words of segments: the units that are given to cells, so that no number is ever torn by a cell's edge."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.readers.pdf.builder import Piece
from extractors.readers.pdf.glyphs import Segment

WORD = re.compile(r"\S+")
NUMBER = re.compile(
    r"^[△▲▼\-–−+±(（$¥￥€£]*\s?[0-9０-９][0-9０-９,，.．]*\s?[)）%％]*(?:[円株人件年月日社台個点倍pt]{1,2}|百万円|千円|億円)?[)）]?$"
)
NUMBERLIKE = re.compile(r"^[^\w]*[0-9０-９][0-9０-９,，.．]*\D{0,3}$|^[-–—―－ー‐−]{1,3}$|^[*＊]+$")


@dataclass(slots=True, eq=False)
class Word:
    """A stretch of a segment without blanks."""

    piece: Piece
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def text(self) -> str:
        """Its characters."""
        return self.piece.text

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2


def words_of(segments: list[Segment]) -> list[Word]:
    """Return the words of segments, in their order."""
    words = []
    for segment in segments:
        for match in WORD.finditer(segment.text):
            piece = Piece(segment, match.start(), match.end())
            words.append(Word(piece, piece.x0, segment.top, piece.x1, segment.bottom))
    return words

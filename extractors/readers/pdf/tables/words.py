"""Words of segments: the units that are given to cells, so that no number is ever torn by a cell's edge."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.readers.pdf.builder import Piece
from extractors.readers.pdf.segments import Segment
from extractors.readers.tableheads import is_period

WORD = re.compile(r"\S+")
_NUMBER = re.compile(
    r"(?:[※＊][0-9０-９]{1,2}(?:[,、，・]\s?[※＊]?[0-9０-９]{1,2}){0,3}\s)?"  # ※１ 44,870
    r"[(（\[]?[△▲▼+\-–−±$¥￥€£*]*\s?[0-9０-９](?:[0-9０-９,，.．']*[0-9０-９])?\s?(?:[%％倍円株人件年月日社台名個点回位万億兆千百]|百万円|千円|億円|pt|pp|x)?"
    r"[)）\]]?[*†‡]*"
)
_DASH = re.compile(r"[-–—―－‐−ー…:.]{1,3}|\(?[Xx]\)|n/?a|N/?A|[*＊]+|nil|Nil")


def is_number(text: str) -> bool:
    """Say whether a word or cell is a single figure, with its sign, brackets or unit."""
    return bool(_NUMBER.fullmatch(text))


_YEAR = re.compile(r"(?:19|20)[0-9]{2}[*†]{0,2}(?:[-–/](?:(?:19|20)?[0-9]{2}))?[*†A-Ea-e]{0,2}")


def is_time(text: str) -> bool:
    """Say whether a cell names a year or another period; a decimal such as 18.2 does not."""
    return bool(_YEAR.fullmatch(text)) or (is_period(text) and not re.fullmatch(r"[0-9０-９.．]+", text))


def is_filler(text: str) -> bool:
    """Say whether a cell says that there is no figure: a dash, n/a, (X)."""
    return bool(_DASH.fullmatch(text))


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

"""The texts around a chart as labels: figures set side by side parted, each with its box and what number it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.readers.pdf.builder import Piece
from extractors.readers.pdf.charts.figures import Figure, figure_of, is_year
from extractors.readers.pdf.charts.shapes import Shape
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.tables.grid import Rect

LONG = 60  # characters of a label at most
MOST_CHARACTERS = 300
TOKEN = re.compile(r"\S+")
TAIL = re.compile(
    r"(?P<name>.*?[^\d\s.,△▲\-−+(（:：、])[\s:：、,]*[(（]?(?P<figure>[△▲\-−+]?\d[\d,]*(?:\.\d+)?\s?[%％])[)）]?"
)


@dataclass(frozen=True, slots=True, eq=False)
class Label:
    """A short text; `lines` are its pieces line by line."""

    lines: tuple[tuple[Piece, ...], ...]
    box: Rect
    text: str
    figure: Figure | None

    @property
    def size(self) -> float:
        """Type size in points."""
        return self.lines[0][0].segment.size

    @property
    def color(self) -> int:
        """Colour of its characters (0xRRGGBB)."""
        return self.lines[0][0].segment.color

    @property
    def x(self) -> float:
        """Horizontal middle."""
        return (self.box[0] + self.box[2]) / 2

    @property
    def y(self) -> float:
        """Vertical middle."""
        return (self.box[1] + self.box[3]) / 2

    @property
    def names(self) -> bool:
        """Whether it may name a category or a series: it has a letter or is a year."""
        return (any(c.isalpha() for c in self.text) and self.figure is None) or is_year(self.text)

    @property
    def pieces(self) -> list[Piece]:
        """All its pieces."""
        return [p for line in self.lines for p in line]


def labels_of(segments: Iterable[Segment], shapes: Sequence[Shape]) -> list[Label]:
    """Return the labels of a page's segments; texts that run on are left out.

    A row of figures or years is parted at its blanks, and any text where a small drawn shape (the key of a legend)
    stands in a blank.
    """
    small = [s for s in shapes if s.fill is not None and s.width < 40 and s.height < 20]
    found = []
    for segment in segments:
        if not (segment.tilt or segment.quarter or segment.hidden or len(segment.text) > MOST_CHARACTERS):
            found += [label_of(Piece(segment, a, b)) for a, b in _parts(segment, small) if b - a <= LONG]
    return found


def label_of(piece: Piece) -> Label:
    """Return a piece as a label."""
    box = (piece.x0, piece.segment.top, piece.x1, piece.segment.bottom)
    return Label(((piece,),), box, piece.text.strip(), figure_of(piece.text))


def joined(labels: Sequence[Label]) -> Label:
    """Return labels under each other as one of several lines."""
    if len(labels) == 1:
        return labels[0]
    boxes = [label.box for label in labels]
    lines = tuple(line for label in labels for line in label.lines)
    return Label(lines, around(boxes), " ".join(label.text for label in labels), None)


def parted(label: Label) -> tuple[Label, Label] | None:
    """Part a label such as 国内 45% or "Retail: 34%" into name and figure; None for any other."""
    if len(label.pieces) != 1:
        return None
    piece = label.pieces[0]
    found = TAIL.fullmatch(piece.text.strip())
    if found is None:
        return None
    shift = piece.start + len(piece.text) - len(piece.text.lstrip())
    name, figure = found.span("name"), found.span("figure")
    first = label_of(Piece(piece.segment, shift + name[0], shift + name[1]))
    second = label_of(Piece(piece.segment, shift + figure[0], shift + figure[1]))
    return (first, second) if second.figure is not None and first.text.strip() else None


def around(boxes: Sequence[Rect]) -> Rect:
    """Return the smallest box around others."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def rows_of(labels: Iterable[Label]) -> list[list[Label]]:
    """Return labels that stand on one line together, from top to bottom, each row from left to right."""
    rows: list[list[Label]] = []
    for label in sorted(labels, key=lambda n: n.y):
        if rows and label.y - rows[-1][-1].y < 0.35 * label.size:
            rows[-1].append(label)
        else:
            rows.append([label])
    return [sorted(row, key=lambda n: n.x) for row in rows]


def _parts(segment: Segment, small: Sequence[Shape]) -> list[tuple[int, int]]:
    text = segment.text
    tokens = [m.span() for m in TOKEN.finditer(text)]
    if len(tokens) < 2:
        return tokens
    words = [text[a:b] for a, b in tokens]
    if all(figure_of(w) is not None or is_year(w) for w in words):
        return tokens
    keys = [
        s for s in small if segment.x0 < s.box[0] < segment.x1 and s.box[1] < segment.bottom and s.box[3] > segment.top
    ]
    if not keys:
        return [(tokens[0][0], tokens[-1][1])]
    edges = segment.edges
    parts = [list(tokens[0])]
    for a, b in tokens[1:]:
        left, right = edges[parts[-1][1]], edges[a]
        if any(left - 1 <= (s.box[0] + s.box[2]) / 2 <= right + 1 for s in keys):
            parts.append([a, b])
        else:
            parts[-1][1] = b
    return [(a, b) for a, b in parts]

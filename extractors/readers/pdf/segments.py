"""Segments: stretches of characters on one line, with an edge between any two, in the frame their text runs in.

A `Segment` is what MuPDF calls a line: it ends where the gap is wider than about 0.8 em. Coordinates are PDF points
of the displayed page, origin top left. Text that does not run from left to right is kept in its own *frame*: the page
turned so that the text does; `Frame` turns boxes back.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field, replace

PALE = 0.93  # luminance from which text is taken for white


def luminance(color: int) -> float:
    """Return how bright an sRGB colour (0xRRGGBB) is, 0 to 1."""
    red, green, blue = color >> 16 & 255, color >> 8 & 255, color & 255
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def is_wide(char: str) -> bool:
    """Say whether a character is set without spaces around it (Japanese, Chinese, full-width)."""
    return char > "\u2e7f" and unicodedata.east_asian_width(char) in "WF"


@dataclass(frozen=True, slots=True)
class Frame:
    """A page turned by `quarter` quarter turns so that its text runs from left to right.

    `quarter` 0: as displayed; 1: the text runs downwards; 2: upside down; 3: the text runs upwards. `width` and
    `height` are those of the displayed page. A skewed scan was turned back by `turn` radians about its middle.
    """

    page: int
    width: float
    height: float
    quarter: int = 0
    turn: float = 0.0

    def inward(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the displayed page in the frame."""
        x, y = self._turned(x, y, -self.turn)
        if self.quarter == 0:
            return x, y
        if self.quarter == 1:
            return y, self.width - x
        if self.quarter == 2:
            return self.width - x, self.height - y
        return self.height - y, x

    def outward(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the frame on the displayed page."""
        if self.quarter == 1:
            x, y = self.width - y, x
        elif self.quarter == 2:
            x, y = self.width - x, self.height - y
        elif self.quarter == 3:
            x, y = y, self.height - x
        return self._turned(x, y, self.turn)

    def _turned(self, x: float, y: float, angle: float) -> tuple[float, float]:
        if not angle:
            return x, y
        dx, dy = x - self.width / 2, y - self.height / 2
        sine, cosine = math.sin(angle), math.cos(angle)
        return self.width / 2 + dx * cosine - dy * sine, self.height / 2 + dx * sine + dy * cosine

    def box_out(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Return a rectangle (x0, top, x1, bottom) of the frame on the displayed page; skew moves it, upright."""
        if self.turn:
            x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
            flat = replace(self, turn=0.0)
            ox, oy = flat.outward(x, y)
            nx, ny = self.outward(x, y)
            x0, top, x1, bottom = flat.box_out(box)
            return x0 + nx - ox, top + ny - oy, x1 + nx - ox, bottom + ny - oy
        if self.quarter == 0:
            return box
        ax, ay = self.outward(box[0], box[1])
        bx, by = self.outward(box[2], box[3])
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    def box_in(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Return a rectangle of the displayed page in the frame."""
        if self.quarter == 0:
            return box
        ax, ay = self.inward(box[0], box[1])
        bx, by = self.inward(box[2], box[3])
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the turned page."""
        return (self.height, self.width) if self.quarter % 2 else (self.width, self.height)


@dataclass(slots=True, eq=False)
class Segment:
    """Characters on one line, in the coordinates of their frame.

    `edges` has one coordinate more than `text` has characters; `given` holds them, or is empty until `load` (which
    fills it for a whole page) is called at the first question. `marks` are the ranges of raised small characters
    (footnote marks, exponents). `tilt` is true for text that runs askew (watermarks, stamps).
    """

    text: str
    given: list[float]
    top: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    color: int = 0
    font: str = ""
    quarter: int = 0
    tilt: bool = False
    hidden: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)
    confidence: float = 1.0
    x0: float = 0.0
    x1: float = 0.0
    load: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        if self.given:
            self.x0, self.x1 = self.given[0], self.given[-1]

    @property
    def edges(self) -> list[float]:
        """The coordinates between which the characters lie, along the line."""
        if not self.given:
            if self.load is not None:
                self.load()
            if len(self.given) != len(self.text) + 1:  # the page reads otherwise the second time: share out evenly
                step = (self.x1 - self.x0) / max(1, len(self.text))
                self.given = [self.x0 + i * step for i in range(len(self.text))] + [self.x1]
            self.x0, self.x1 = self.given[0], self.given[-1]
        return self.given

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom)."""
        return self.x0, self.top, self.x1, self.bottom

    def part(self, start: int, end: int) -> Segment:
        """Return characters `[start, end)` as a segment of their own."""
        marks = [(max(a, start) - start, min(b, end) - start) for a, b in self.marks if a < end and b > start]
        return replace(self, text=self.text[start:end], given=self.edges[start : end + 1], marks=marks, load=None)

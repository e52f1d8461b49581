"""The glyphs of a page as segments: stretches of characters on one line, with an edge between any two.

A `Segment` is what MuPDF calls a line: it ends where the gap is wider than about 0.8 em. Coordinates are PDF points
of the displayed page, origin top left. Text that does not run from left to right is kept in its own *frame*: the page
turned so that the text does; `Frame` turns boxes back.
"""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from typing import Any

from extractors.readers.pdf.radicals import repair

SUPERSCRIPT_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MIN_SIZE = 1.0  # points; smaller text cannot be read by a person


@dataclass(frozen=True, slots=True)
class Frame:
    """A page turned by `quarter` quarter turns so that its text runs from left to right.

    `quarter` 0: as displayed; 1: the text runs downwards; 2: upside down; 3: the text runs upwards. `width` and
    `height` are those of the displayed page.
    """

    page: int
    width: float
    height: float
    quarter: int = 0

    def inward(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the displayed page in the frame."""
        if self.quarter == 0:
            return x, y
        if self.quarter == 1:
            return y, self.width - x
        if self.quarter == 2:
            return self.width - x, self.height - y
        return self.height - y, x

    def outward(self, x: float, y: float) -> tuple[float, float]:
        """Return a point of the frame on the displayed page."""
        if self.quarter == 0:
            return x, y
        if self.quarter == 1:
            return self.width - y, x
        if self.quarter == 2:
            return self.width - x, self.height - y
        return y, self.height - x

    def box_out(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """Return a rectangle (x0, top, x1, bottom) of the frame on the displayed page."""
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

    `edges` has one coordinate more than `text` has characters. `marks` are the ranges of raised small characters
    (footnote marks, exponents). `tilt` is true for text that runs askew (watermarks, stamps).
    """

    text: str
    edges: list[float]
    top: float
    bottom: float
    baseline: float
    size: float
    bold: bool = False
    color: int = 0
    font: str = ""
    block: int = 0
    quarter: int = 0
    tilt: bool = False
    hidden: str = ""
    marks: list[tuple[int, int]] = field(default_factory=list)
    confidence: float = 1.0
    shift: float = 0.0  # what to add to top and bottom to come to the page (skew that was taken out)

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.edges[0]

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.edges[-1]

    @property
    def middle(self) -> float:
        """Vertical middle."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> tuple[float, float, float, float]:
        """(x0, top, x1, bottom)."""
        return self.edges[0], self.top, self.edges[-1], self.bottom

    def part(self, start: int, end: int) -> Segment:
        """Return characters `[start, end)` as a segment of their own."""
        marks = [(max(a, start) - start, min(b, end) - start) for a, b in self.marks if a < end and b > start]
        return Segment(
            self.text[start:end],
            self.edges[start : end + 1],
            self.top,
            self.bottom,
            self.baseline,
            self.size,
            self.bold,
            self.color,
            self.font,
            self.block,
            self.quarter,
            self.tilt,
            self.hidden,
            marks,
            self.confidence,
        )


def read_segments(page: Any, number: int) -> list[Segment]:
    """Return the segments of a PyMuPDF page in the order of the content stream, hidden ones included and flagged."""
    import pymupdf

    frame = Frame(number, page.rect.width, page.rect.height)
    segments = []
    for block in page.get_text("rawdict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
        for line in block.get("lines", ()):
            for spans in _alike([s for s in line["spans"] if s["chars"]], frame):
                segment = _segment(line, spans, frame, block["number"])
                if segment is not None:
                    segments.append(segment)
    return segments


def _alike(spans: list[dict[str, Any]], frame: Frame) -> list[list[dict[str, Any]]]:
    """Part the spans of a line where text that can be seen meets text that may not be."""
    if len(spans) < 2:
        return [spans] if spans else []
    groups: list[list[dict[str, Any]]] = []
    kinds: list[tuple[str, bool]] = []
    for span in spans:
        kind = (_hidden(span, span["bbox"], frame), span["color"] & 0xF0F0F0 == 0xF0F0F0)
        if groups and kinds[-1] == kind:
            groups[-1].append(span)
        else:
            groups.append([span])
            kinds.append(kind)
    return groups


def is_wide(char: str) -> bool:
    """Say whether a character is set without spaces around it (Japanese, Chinese, full-width)."""
    return char > "\u2e7f" and unicodedata.east_asian_width(char) in "WF"


def _segment(line: dict[str, Any], spans: list[dict[str, Any]], frame: Frame, block: int) -> Segment | None:
    main = max(spans, key=lambda s: len(s["chars"]) * s["size"])
    quarter, tilt = _quarter(line["dir"])
    turned = Frame(frame.page, frame.width, frame.height, quarter)
    text, edges, marks = _characters(spans, main, turned)
    if not text or text.isspace():
        return None
    top, bottom, baseline = _extent(line, main, turned)
    segment = Segment(
        text,
        edges,
        top,
        bottom,
        baseline,
        main["size"],
        bool(main["flags"] & 16) or "Bold" in main["font"],
        main["color"],
        main["font"],
        block,
        quarter,
        tilt,
        "",
        marks,
    )
    segment.hidden = _hidden(main, line["bbox"], frame)
    return segment


def _quarter(direction: tuple[float, float]) -> tuple[int, bool]:
    cosine, sine = direction
    if cosine > 0.999:
        return 0, False
    angle = math.degrees(math.atan2(sine, cosine))
    quarter = round(angle / 90) % 4
    return quarter, abs(angle - round(angle / 90) * 90) > 3


def _characters(
    spans: list[dict[str, Any]], main: dict[str, Any], frame: Frame
) -> tuple[str, list[float], list[tuple[int, int]]]:
    """Return text, edges and raised ranges of a line, without the spaces MuPDF adds beside wide characters."""
    texts: list[str] = []
    edges: list[float] = []
    marks: list[tuple[int, int]] = []
    last = 0.0
    for span in spans:
        chars = span["chars"]
        text = "".join([c["c"] for c in chars])
        if frame.quarter == 0:
            starts = [c["bbox"][0] for c in chars]
            last = chars[-1]["bbox"][2]
        else:
            ends = [frame.box_in(c["bbox"]) for c in chars]
            starts, last = [e[0] for e in ends], ends[-1][2]
        if span is not main and _raised(span, main, frame):
            start = sum(map(len, texts))
            text = text.translate(SUPERSCRIPT_DIGITS)
            marks.append((start, start + len(text)))
        texts.append(text)
        edges.extend(starts)
    joined = "".join(texts)
    if len(joined) != len(edges):  # a glyph that stands for several characters
        joined, edges = _expand(spans, frame)
        marks = []
    edges.append(last)
    if " " in joined or max(joined) > "\u2e80":
        return _clean(joined, edges, marks, spans)
    return joined, edges, marks


def _expand(spans: list[dict[str, Any]], frame: Frame) -> tuple[str, list[float]]:
    text = ""
    edges: list[float] = []
    for span in spans:
        for char in span["chars"]:
            box = frame.box_in(char["bbox"])
            step = (box[2] - box[0]) / max(1, len(char["c"]))
            edges.extend(box[0] + i * step for i in range(len(char["c"])))
            text += char["c"]
    return text, edges


def _clean(
    text: str, edges: list[float], marks: list[tuple[int, int]], spans: list[dict[str, Any]]
) -> tuple[str, list[float], list[tuple[int, int]]]:
    """Repair radical glyphs one for one; drop blanks at the ends and made-up blanks beside wide characters."""
    text = repair(text)
    drop = set()
    for i, char in enumerate(text):
        if char != " ":
            continue
        before, after = text[i - 1 : i], text[i + 1 : i + 2]
        if not before or not after or before == " " or is_wide(before) or is_wide(after):
            drop.add(i)
    if not drop:
        return text, edges, marks
    made_up = _synthetic(spans)
    last = len(text.rstrip(" ")) - 1
    first = len(text) - len(text.lstrip(" "))
    drop = {i for i in drop if i > last or i < first or (i in made_up)}
    if not drop:
        return text, edges, marks
    kept = [i for i in range(len(text)) if i not in drop]
    if not kept:
        return "", edges, []
    place = {old: new for new, old in enumerate(kept)}
    moved = []
    for a, b in marks:
        inside = [place[i] for i in range(a, b) if i in place]
        if inside:
            moved.append((inside[0], inside[-1] + 1))
    end = edges[kept[-1] + 1]
    return "".join([text[i] for i in kept]), [edges[i] for i in kept] + [end], moved


def _synthetic(spans: list[dict[str, Any]]) -> set[int]:
    found, place = set(), 0
    for span in spans:
        for char in span["chars"]:
            if char.get("synthetic"):
                found.add(place)
            place += 1
    return found


def _raised(span: dict[str, Any], main: dict[str, Any], frame: Frame) -> bool:
    if span["size"] > 0.85 * main["size"]:
        return False
    lift = frame.inward(*main["origin"])[1] - frame.inward(*span["origin"])[1]
    return bool(lift > 0.12 * main["size"])


def _extent(line: dict[str, Any], main: dict[str, Any], frame: Frame) -> tuple[float, float, float]:
    """Return top, bottom and baseline in the frame; a font with absurd ascenders gets its em box instead."""
    _, top, _, bottom = frame.box_in(line["bbox"])
    if line["wmode"]:
        return top, bottom, bottom
    baseline = frame.inward(*main["origin"])[1]
    size = main["size"]
    if not 0.5 * size <= bottom - top <= 1.6 * size:
        top, bottom = baseline - 0.85 * size, baseline + 0.2 * size
    return top, bottom, baseline


def _hidden(span: dict[str, Any], box: tuple[float, float, float, float], frame: Frame) -> str:
    """Return why a person cannot see the text, or an empty string; white on white is judged by `safety`."""
    if span["size"] < MIN_SIZE:
        return "zero-size"
    if span.get("alpha", 255) == 0 or not span.get("char_flags", 16) & 0b110000:
        return "invisible"
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if not (-1 <= x <= frame.width + 1 and -1 <= y <= frame.height + 1):
        return "off-page"
    return ""

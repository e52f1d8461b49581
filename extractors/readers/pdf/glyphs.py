"""The glyphs of a page as segments, by one pass of MuPDF over the page.

Most pages are read without an object for each character: the edges between characters are fetched, for a whole page at
once, when somebody asks for them. Blanks that MuPDF adds beside wide characters can only be told by their characters,
so a page that has any is read with them at once.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

from extractors.readers.pdf.radicals import repair
from extractors.readers.pdf.segments import Frame, Segment, is_wide

SUPERSCRIPT_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MIN_SIZE = 1.0  # points; smaller text cannot be read by a person
BLANK = 0.25  # ems; the usual width of a blank, until the characters are known
BESIDE_WIDE = re.compile("[\u2e80-\U0003ffff] +[^ \n]|[^ \n] +[\u2e80-\U0003ffff]")
Span = dict[str, Any]
Outline = tuple[tuple[float, float, float, float], bool]  # box around a drawn path, and whether it is only stroked


class Glyphs:
    """The text of a page as MuPDF reads it; `load` returns the upright page again after `forget`."""

    def __init__(self, page: Any, number: int, load: Callable[[], Any]) -> None:
        import pymupdf

        self._flags = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_COLLECT_VECTORS
        self._load = load
        self._text: Any = page.get_textpage(flags=self._flags)
        self._waiting: list[Segment] = []
        self.outlines: list[Outline] = []
        self.frame = Frame(number, page.rect.width, page.rect.height)

    def forget(self) -> None:
        """Let go of the page; it is read again should edges be asked for."""
        self._text = None

    def segments(self) -> list[Segment]:
        """Return the segments in the order of the content stream, hidden ones included and flagged."""
        if BESIDE_WIDE.search(self._text.extractText()):
            return self._with_edges()
        self._waiting = self._segments(self._text.extractDICT()["blocks"])
        for segment in self._waiting:
            segment.load = self._fill
        return self._waiting

    def _lines(self, blocks: list[Span]) -> list[Span]:
        """Return the lines of text; those that a drawn line (an underline) parted are whole again."""
        lines: list[Span] = []
        for block in blocks:
            for line in block["lines"] if block["type"] == 0 else ():
                if self.outlines and lines and _goes_on(lines[-1], line):
                    a, b = lines[-1], line
                    x0, top, x1, bottom = a["bbox"]
                    box = (x0, min(top, b["bbox"][1]), max(x1, b["bbox"][2]), max(bottom, b["bbox"][3]))
                    lines[-1] = a | {"spans": [*a["spans"], *b["spans"]], "bbox": box}
                else:
                    lines.append(line)
        return lines

    def _segments(self, blocks: list[Span]) -> list[Segment]:
        self.outlines = [(b["bbox"], b["stroked"]) for b in blocks if b["type"] == 3]
        found = []
        for line in self._lines(blocks):
            for spans in _alike([s for s in line["spans"] if s["text"]], self.frame):
                segment = _segment(line, spans, self.frame)
                if segment is not None:
                    found.append(segment)
        return found

    def _with_edges(self) -> list[Segment]:
        blocks = self._text.extractRAWDICT()["blocks"]
        for span in (s for b in blocks if b["type"] == 0 for line in b["lines"] for s in line["spans"]):
            span["text"] = "".join([c["c"] for c in span["chars"]])
        return self._segments(blocks)

    def _fill(self) -> None:
        """Give the segments that wait for their edges these edges."""
        waiting, self._waiting = self._waiting, []
        if self._text is None:
            self._text = self._load().get_textpage(flags=self._flags)
        for segment, known in zip(waiting, self._with_edges(), strict=False):
            if segment.text == known.text:
                segment.given = known.given
        self.forget()


def _goes_on(line: Span, other: Span) -> bool:
    """Say whether a line of MuPDF's goes on in another: on one baseline from left to right, no gap between them."""
    a, b = line["spans"][-1], other["spans"][0]
    if line["dir"] != other["dir"] or line["dir"][0] < 0.999 or line["wmode"]:
        return False
    near = -0.2 * a["size"] < b["bbox"][0] - a["bbox"][2] < 0.2 * a["size"]
    return near and bool(abs(a["origin"][1] - b["origin"][1]) < 0.1 * a["size"])


def _alike(spans: list[Span], frame: Frame) -> list[list[Span]]:
    """Part the spans of a line where text that can be seen meets text that may not be."""
    if len(spans) < 2:
        return [spans] if spans else []
    groups: list[list[Span]] = []
    kinds: list[tuple[str, bool]] = []
    for span in spans:
        kind = (_hidden(span, span["bbox"], frame), span["color"] & 0xF0F0F0 == 0xF0F0F0)
        if groups and kinds[-1] == kind:
            groups[-1].append(span)
        else:
            groups.append([span])
            kinds.append(kind)
    return groups


def _segment(line: Span, spans: list[Span], frame: Frame) -> Segment | None:
    main = max(spans, key=lambda s: len(s["text"]) * s["size"]) if len(spans) > 1 else spans[0]
    quarter, tilt = _quarter(line["dir"])
    turned = Frame(frame.page, frame.width, frame.height, quarter) if quarter else frame
    text, marks = _text_of(spans, main, turned)
    if not text or text.isspace():
        return None
    if "chars" in main:
        text, edges, marks = _clean(text, _edges_of(spans, turned), marks, spans)
        x0, x1 = (edges[0], edges[-1]) if text else (0.0, 0.0)
    else:
        x0, x1 = _ends(spans, turned)
        edges = []
        text, marks = _trim(text, marks)
    if not text:
        return None
    top, bottom, baseline = _extent(line, main, turned)
    bold = bool(main["flags"] & 16) or "Bold" in main["font"]
    hidden = _hidden(main, line["bbox"], frame)
    return Segment(
        text, edges, top, bottom, baseline, main["size"], bold, main["color"], main["font"],
        quarter, tilt, hidden, marks, x0=x0, x1=x1,
    )  # fmt: skip


def _quarter(direction: tuple[float, float]) -> tuple[int, bool]:
    cosine, sine = direction
    if cosine > 0.999:
        return 0, False
    angle = math.degrees(math.atan2(sine, cosine))
    quarter = round(angle / 90) % 4
    return quarter, abs(angle - round(angle / 90) * 90) > 3


def _text_of(spans: list[Span], main: Span, frame: Frame) -> tuple[str, list[tuple[int, int]]]:
    """Return the text of a line with raised figures as such, and their ranges."""
    if len(spans) == 1:
        return main["text"], []
    texts: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    for span in spans:
        text = span["text"]
        if span is not main and _raised(span, main, frame):
            text = text.translate(SUPERSCRIPT_DIGITS)
            marks.append((length, length + len(text)))
        texts.append(text)
        length += len(text)
    return "".join(texts), marks


def _edges_of(spans: list[Span], frame: Frame) -> list[float]:
    edges: list[float] = []
    last = 0.0
    for span in spans:
        for char in span["chars"]:
            x0, _, x1, _ = char["bbox"] if frame.quarter == 0 else frame.box_in(char["bbox"])
            edges.append(x0)
            if len(char["c"]) > 1:  # a glyph that stands for several characters
                step = (x1 - x0) / len(char["c"])
                edges.extend(x0 + i * step for i in range(1, len(char["c"])))
            last = x1
    return [*edges, last]


def _ends(spans: list[Span], frame: Frame) -> tuple[float, float]:
    """Return left and right of a line, the blanks at its ends left off by their usual width."""
    shown = [s for s in spans if s["text"].strip(" ")]
    first, last = shown[0], shown[-1]
    x0, x1 = frame.box_in(first["bbox"])[0], frame.box_in(last["bbox"])[2]
    before = len(first["text"]) - len(first["text"].lstrip(" "))
    after = len(last["text"]) - len(last["text"].rstrip(" "))
    if before or after:
        x0, x1 = x0 + before * BLANK * first["size"], x1 - after * BLANK * last["size"]
    return x0, max(x0, x1)


def _trim(text: str, marks: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """Repair radical glyphs one for one; drop blanks at the ends."""
    kept = repair(text).strip(" ")
    if marks:
        gone = len(text) - len(text.lstrip(" "))
        moved = [(max(0, a - gone), min(len(kept), b - gone)) for a, b in marks]
        marks = [(a, b) for a, b in moved if a < b]
    return kept, marks


def _clean(
    text: str, edges: list[float], marks: list[tuple[int, int]], spans: list[Span]
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


def _synthetic(spans: list[Span]) -> set[int]:
    chars = [c for span in spans for c in span["chars"]]
    return {i for i, char in enumerate(chars) if char["c"] == " " and char.get("synthetic")}


def _raised(span: Span, main: Span, frame: Frame) -> bool:
    if span["size"] > 0.85 * main["size"]:
        return False
    lift = frame.inward(*main["origin"])[1] - frame.inward(*span["origin"])[1]
    return bool(lift > 0.12 * main["size"])


def _extent(line: Span, main: Span, frame: Frame) -> tuple[float, float, float]:
    """Return top, bottom and baseline in the frame; a font with absurd ascenders gets its em box instead."""
    _, top, _, bottom = frame.box_in(line["bbox"])
    if line["wmode"]:
        return top, bottom, bottom
    baseline = frame.inward(*main["origin"])[1]
    size = main["size"]
    if not 0.5 * size <= bottom - top <= 1.6 * size:
        top, bottom = baseline - 0.85 * size, baseline + 0.2 * size
    return top, bottom, baseline


def _hidden(span: Span, box: tuple[float, float, float, float], frame: Frame) -> str:
    """Return why a person cannot see the text, or an empty string; white on white is judged by `hidden`."""
    if span["size"] < MIN_SIZE:
        return "zero-size"
    if span.get("alpha", 255) == 0 or not span.get("char_flags", 16) & 0b110000:
        return "invisible"
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if not (-1 <= x <= frame.width + 1 and -1 <= y <= frame.height + 1):
        return "off-page"
    return ""

"""The canonical text while it grows: pieces of segments, each with its layout run, and the separators between them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.readers.pdf.segments import Frame, Segment
from schemas import Box, Layout, LayoutRun, Span

THIN = "\u2009"  # parts a footnote mark from the number it is glued to


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `[start, end)` of a segment."""

    segment: Segment
    start: int
    end: int

    @property
    def text(self) -> str:
        """The characters."""
        return self.segment.text[self.start : self.end]

    @property
    def x0(self) -> float:
        """Left edge."""
        return self.segment.edges[self.start] if self.start else self.segment.x0

    @property
    def x1(self) -> float:
        """Right edge."""
        return self.segment.edges[self.end] if self.end < len(self.segment.text) else self.segment.x1


def whole(segment: Segment) -> Piece:
    """Return a segment as one piece."""
    return Piece(segment, 0, len(segment.text))


Run = tuple[int, Segment, int, int, Frame]  # where it starts in the text, characters of a segment, its page


@dataclass
class TextBuilder:
    """Collects the canonical text and its layout.

    `marks` are the spans of raised characters; one that touches a digit is parted from it by a thin space, so that
    nobody reads "6,000¹" as 60001. `low_confidence` collects spans that OCR was not sure of.
    """

    parts: list[str] = field(default_factory=list)
    length: int = 0
    runs: list[Run] = field(default_factory=list)
    marks: list[Span] = field(default_factory=list)
    frame: Frame = field(default_factory=lambda: Frame(1, 0, 0))

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)

    @property
    def tail(self) -> str:
        """The last part, to judge what may follow."""
        return self.parts[-1] if self.parts else ""

    def separate(self, blank: str) -> None:
        """Add characters that stand on no page."""
        if blank:
            self.parts.append(blank)
            self.length += len(blank)

    def add(self, piece: Piece) -> Span:
        """Add a piece and return its span."""
        segment, start = piece.segment, self.length
        if not segment.marks:
            self._run(segment, piece.start, piece.end)
            return make_span(start, self.length)
        place = piece.start
        for a, b in segment.marks:
            a, b = max(a, piece.start), min(b, piece.end)
            if a >= b:
                continue
            self._run(segment, place, a)
            if self.length > start and _glued(self.tail[-1]):
                self.separate(THIN)
            self.marks.append(make_span(self.length, self.length + b - a))
            self._run(segment, a, b)
            place = b
            if b < piece.end and _glued(segment.text[b]):
                self.separate(THIN)
        self._run(segment, place, piece.end)
        return make_span(start, self.length)

    def _run(self, segment: Segment, a: int, b: int) -> None:
        if a >= b:
            return
        self.parts.append(segment.text[a:b])
        self.runs.append((self.length, segment, a, b, self.frame))
        self.length += b - a

    def layout(self) -> Layout:
        """Return where the text stands; its runs are made when they are asked for."""
        runs = self.runs
        return Layout([run[0] for run in runs], lambda index: _made(runs[index]))


def make_span(start: int, end: int) -> Span:
    """Return a span."""
    return Span(start=start, end=end)


def make_box(page: int, box: tuple[float, float, float, float]) -> Box:
    """Return a box, rounded to hundredths of a point."""
    x0, top, x1, bottom = box
    return Box(page=page, x0=round(x0, 2), top=round(top, 2), x1=round(x1, 2), bottom=round(bottom, 2))


def _made(run: Run) -> LayoutRun:
    start, segment, a, b, page = run
    frame = replace(page, quarter=segment.quarter)
    edges = segment.edges[a : b + 1]
    box = frame.box_out((min(edges), segment.top, max(edges), segment.bottom))
    if frame.turn and not segment.quarter:
        edges = [e + box[0] - min(edges) for e in edges]
    elif segment.quarter:
        axis = segment.quarter % 2
        edges = [frame.outward(e, segment.middle)[axis] for e in edges]
    return LayoutRun(
        span=make_span(start, start + b - a),
        box=make_box(page.page, box),
        edges=tuple([round(e, 2) for e in edges]),
        vertical=bool(segment.quarter % 2),
    )


def _glued(char: str) -> bool:
    return char.isdigit() or char in "%％,."

"""The text of one page by the first engine that can read it: MuPDF, pdfium, OCR."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from extractors.readers.pdf.fallback import WORST, garbled, read_by_pdfium
from extractors.readers.pdf.glyphs import Glyphs, Outline
from extractors.readers.pdf.hidden import visible
from extractors.readers.pdf.ocr import OcrMissing, OcrPage, needs_ocr, read_by_ocr
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.standin import outlines_of
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.pdf.vertical import join_vertical
from schemas import Issue, Severity

OCR_SECONDS = 200.0  # for one document; pages after that stay unread, rather than losing all to a worker's limit
SURE = 0.8  # mean confidence of OCR below which the page is reported


@dataclass(frozen=True, slots=True)
class PageReading:
    """Visible segments of a page, the engine that read them, and boxes around what is drawn.

    For a scan also its lines, and the radians by which it was turned back.
    """

    segments: list[Segment]
    method: str = "text"
    outlines: list[Outline] = field(default_factory=list)
    rules: Rules | None = None
    turn: float = 0.0


def read_page(
    page: Any, load: Callable[[], Any], data: bytes, index: int, issues: list[Issue], deadline: float
) -> PageReading:
    """Return what can be seen on an upright PyMuPDF page, which `load` returns again.

    What is wrong with it goes to `issues`. After `deadline` (of `time.monotonic`) no further page is given to OCR.
    """
    number = index + 1
    glyphs = Glyphs(page, number, load)
    segments = join_vertical(visible(page, glyphs.segments(), number, issues), glyphs.frame)
    glyphs.forget()
    bad = garbled(segments)
    if bad > WORST:
        other = read_by_pdfium(data, index)
        if other and garbled(other) < 0.5 * bad:
            return PageReading(other, "pdfium", glyphs.outlines)
    elif not needs_ocr(page, segments, glyphs.outlines):
        return PageReading(segments, "text", glyphs.outlines)
    if time.monotonic() > deadline:
        message = f"page {number} needs OCR, but the {OCR_SECONDS:.0f} s for this document are spent; left unread"
        issues.append(Issue(code="ocr-out-of-time", message=message, severity=Severity.ERROR, page=number))
        return PageReading(segments, "text", glyphs.outlines)
    found = _by_ocr(page, bad, number, issues)
    if not found.segments:
        return PageReading(segments, "text", glyphs.outlines)
    return PageReading(found.segments, "ocr", outlines_of(found.rules), found.rules, found.turn)


def _by_ocr(page: Any, bad: float, number: int, issues: list[Issue]) -> OcrPage:
    """Return what OCR reads on a page; nothing where it is not installed."""
    try:
        found = read_by_ocr(page)
    except OcrMissing as error:
        what = "unreadable characters" if bad > WORST else "no text layer"
        issues.append(Issue(code="ocr-not-installed", message=f"page {number} has {what}; {error}", page=number))
        return OcrPage()
    sure = sum(s.confidence * len(s.text) for s in found.segments) / max(1, sum(len(s.text) for s in found.segments))
    if found.segments and sure < SURE:
        message = f"page {number} was read by OCR with a mean confidence of {sure:.2f} only"
        issues.append(Issue(code="ocr-uncertain", message=message, page=number))
    return found

"""From bytes to a Document: pages one at a time, then what only the whole document shows."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from extractors.readers.pdf.continued import join_pages
from extractors.readers.pdf.drawings import Drawings, drawings_of
from extractors.readers.pdf.emit import Emission
from extractors.readers.pdf.engines import OCR_SECONDS, read_page
from extractors.readers.pdf.footnotes import is_exponent
from extractors.readers.pdf.metadata import metadata_of
from extractors.readers.pdf.opening import carried, open_pdf
from extractors.readers.pdf.pages import Flow, PageFlow, lay_out, mark_method
from extractors.readers.pdf.running import PageText, running_segments
from extractors.readers.pdf.segments import Frame, Segment
from extractors.readers.pdf.sheet import Sheet
from extractors.readers.pdf.standin import stand_in
from extractors.readers.pdf.structure import FlowBlock, body_size, set_levels, set_list_depths
from extractors.readers.pdf.turning import upright
from schemas import Document, Format, Issue, ReadError, Severity, Span


def build(data: bytes, name: str, sha256: str, reader: str) -> Document:
    """Read a PDF; see `read_pdf`."""
    source = open_pdf(data, name)  # stays open as long as the layout may ask for edges between characters
    try:
        issues = carried(source, data)
        pages = _texts(source, data, issues)
        if not pages:
            raise ReadError("damaged-pdf", f"{name}: no page could be read")
        flows = _flows(source, pages, issues)
        emission = _emit(flows)
        return Document(
            sha256=sha256,
            name=name,
            format=Format.PDF,
            text=emission.builder.text,
            pages=tuple(emission.pages),
            blocks=tuple(emission.blocks),
            tables=tuple(emission.tables),
            layout=emission.builder.layout(),
            marks=_marks(emission),
            issues=tuple(issues),
            reader=reader,
            metadata=metadata_of(source, emission.builder.text, emission.blocks),
        )
    except BaseException:
        source.close()
        raise


def _texts(source: Any, data: bytes, issues: list[Issue]) -> list[PageText]:
    pages = []
    deadline = time.monotonic() + OCR_SECONDS
    for index in range(source.page_count):
        number = index + 1
        try:
            loaded = source[index]
            page = upright(loaded)
            reading = read_page(page, partial(_upright, source, index), data, index, issues, deadline)
            width, height = page.rect.width, page.rect.height
            found = (reading.segments, reading.method, reading.outlines)
            pages.append(PageText(number, width, height, *found, loaded.rotation, reading.rules, reading.turn))
        except Exception as error:
            issues.append(_page_issue("damaged-page", number, "could not be read", error))
    return pages


def _upright(source: Any, index: int) -> Any:
    return upright(source[index])


def _page_issue(code: str, number: int, what: str, error: Exception) -> Issue:
    reason = " ".join(str(error).split())[:120] or type(error).__name__
    return Issue(code=code, message=f"page {number}: {what}: {reason}", severity=Severity.ERROR, page=number)


def _flows(source: Any, pages: list[PageText], issues: list[Issue]) -> list[PageFlow]:
    running = running_segments(pages)
    body = body_size(_plain_text(pages, running))
    flows = []
    for page in pages:
        frame = Frame(page.number, page.width, page.height, turn=page.turn)
        usual = max(body, body_size([s for s in page.segments if id(s) not in running[page.number]]))
        try:
            flow = lay_out(_sheet(source, page, issues), frame, page.segments, running[page.number], usual)
        except Exception as error:
            issues.append(_page_issue("tables-not-read", page.number, "its tables could not be looked for", error))
            flow = lay_out(None, frame, page.segments, running[page.number], usual)
        flow.rotation, flow.method = page.rotation, page.method
        if page.method != "text":
            mark_method(flow, page.method)
        flows.append(flow)
    join_pages(flows)
    blocks = [b for f in flows for b in f.flow if isinstance(b, FlowBlock)]
    set_levels(blocks, body)
    set_list_depths(blocks)
    return flows


def _sheet(source: Any, page: PageText, issues: list[Issue]) -> Sheet:
    def load() -> Any:
        loaded = source[page.number - 1]
        return stand_in(loaded, page.segments, page.rules) if page.rules else upright(loaded)

    def draw() -> Drawings:
        return Drawings(page.rules) if page.rules else drawings_of(_upright(source, page.number - 1))

    return Sheet(page.width, page.height, load, draw, page.outlines, page.number, issues)


def _plain_text(pages: list[PageText], running: dict[int, set[int]]) -> list[Segment]:
    return [s for p in pages for s in p.segments if id(s) not in running[p.number] and len(s.text) > 12] or [
        s for p in pages for s in p.segments
    ]


def _emit(flows: list[PageFlow]) -> Emission:
    emission = Emission()
    for index, flow in enumerate(flows):
        emission.page(flow, index == len(flows) - 1)
    everything: list[Flow] = [b for f in flows for b in f.flow]
    emission.bind(everything)
    return emission


def _marks(emission: Emission) -> tuple[Span, ...]:
    text = emission.builder.text
    return tuple(m for m in emission.builder.marks if not is_exponent(text[max(0, m.start - 4) : m.start]))

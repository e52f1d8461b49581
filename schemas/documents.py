"""A document as text plus layers: pages, blocks, tables, and where each character came from.

`Document.text` is canonical and immutable; every other layer is spans on it. A reader builds a document
once; nothing afterwards changes it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from functools import cached_property
from operator import eq
from typing import overload

from pydantic import Field, GetCoreSchemaHandler, model_validator
from pydantic_core import CoreSchema, core_schema

from schemas.issues import Issue
from schemas.spans import Box, Frozen, Span


class Format(StrEnum):
    """The formats that have a reader."""

    PDF = "pdf"
    HTML = "html"
    MARKDOWN = "markdown"
    TEXT = "text"


class BlockKind(StrEnum):
    """What a stretch of text is on the page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"  # 図表 N, Figure N, the line above or below a table
    NOTE = "note"  # (注), (出所), (資料), Source: lines
    FOOTNOTE = "footnote"
    HEADER = "header"  # running head: on the page, out of the flow
    FOOTER = "footer"  # running foot, page number
    FIGURE = "figure"
    AXIS = "axis"  # figures of a chart that are no data: its scales; on the page, out of the flow
    CODE = "code"
    METADATA = "metadata"  # front matter

    @property
    def in_flow(self) -> bool:
        """Whether claims may be read from it."""
        return self not in (BlockKind.HEADER, BlockKind.FOOTER, BlockKind.CODE, BlockKind.AXIS)


class Block(Frozen):
    """A stretch of canonical text with one role.

    `level` is 1.. for headings, nesting depth (0..) for list items. `heading_path` holds the indices in
    `Document.blocks` of the headings above it, outermost first. `parent` is the index of the list item this
    item is nested under. `marker` is the span of a list or footnote mark at its start ("- ", "1. ", "¹"),
    which is part of the block's span but says nothing. `table` is the index in `Document.tables`.
    """

    kind: BlockKind
    span: Span
    level: int = 0
    page: int | None = None
    boxes: tuple[Box, ...] = ()
    heading_path: tuple[int, ...] = ()
    parent: int | None = None
    marker: Span | None = None
    table: int | None = None


class CellRole(StrEnum):
    """What a cell does in its table."""

    VALUE = "value"
    COLUMN_HEADER = "column_header"
    ROW_HEADER = "row_header"
    CORNER = "corner"


class Cell(Frozen):
    """A cell; rows and columns count from 0, `last_*` are inclusive. Its text is `spans` joined by a blank.

    `spans` are pieces of the canonical text in reading order (a wrapped cell of a PDF may have several),
    empty for an empty cell. `text` is the cell's text with markup stripped and wrapped lines joined.
    """

    row: int = Field(ge=0)
    column: int = Field(ge=0)
    last_row: int = Field(ge=0)
    last_column: int = Field(ge=0)
    text: str
    spans: tuple[Span, ...] = ()
    role: CellRole = CellRole.VALUE
    boxes: tuple[Box, ...] = ()

    @model_validator(mode="after")
    def _extent(self) -> Cell:
        if self.last_row < self.row or self.last_column < self.column:
            raise ValueError(f"cell at {self.row},{self.column} ends before it starts")
        return self

    @property
    def span(self) -> Span | None:
        """The stretch from the first to the last piece; None for an empty cell."""
        if not self.spans:
            return None
        return Span(start=min(s.start for s in self.spans), end=max(s.end for s in self.spans))


class TableKind(StrEnum):
    """How much a table's grid may be trusted."""

    DATA = "data"
    LAYOUT = "layout"  # boxes of a diagram or a page grid: no claims
    CHART = "chart"  # label × number pairs read from a drawn chart
    FLATTENED = "flattened"  # a table that lost its grid: one row a line


class Table(Frozen):
    """A table: cells, what stands around it, how it was found and what is suspicious about it.

    `caption`, `unit_note` ("(単位:億円)") and `source` are spans on the canonical text. `score` in 0..1 says how
    sure the method is of the grid. `alarms` are machine-readable reasons why its claims are quarantined.
    """

    span: Span
    cells: tuple[Cell, ...]
    rows: int = Field(ge=0)
    columns: int = Field(ge=0)
    header_rows: int = 0
    header_columns: int = 0
    kind: TableKind = TableKind.DATA
    caption: Span | None = None
    unit_note: Span | None = None
    source: Span | None = None
    page: int | None = None
    box: Box | None = None
    xpath: str | None = None
    method: str = ""
    score: float = Field(default=1.0, ge=0, le=1)
    alarms: tuple[str, ...] = ()

    @cached_property
    def _grid(self) -> dict[tuple[int, int], Cell]:
        grid: dict[tuple[int, int], Cell] = {}
        for cell in self.cells:
            for row in range(cell.row, cell.last_row + 1):
                for column in range(cell.column, cell.last_column + 1):
                    grid.setdefault((row, column), cell)
        return grid

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers a place of the grid, or None."""
        return self._grid.get((row, column))


class Page(Frozen):
    """A page of a paged document: size in points, the span of its text (running heads included)."""

    number: int = Field(ge=1)
    width: float
    height: float
    span: Span
    rotation: int = 0
    method: str = "text"  # "text", "pdfium", "ocr", …: the engine that read the characters


class LayoutRun(Frozen):
    """A run of characters on one line of a page, with an edge between any two of them.

    `edges` has `len(span) + 1` coordinates along the writing direction (x, or y when `vertical`), in points:
    character `i` lies between `edges[i]` and `edges[i + 1]`.
    """

    span: Span
    box: Box
    edges: tuple[float, ...]
    vertical: bool = False

    @model_validator(mode="after")
    def _edges(self) -> LayoutRun:
        if len(self.edges) != self.span.end - self.span.start + 1:
            raise ValueError("a layout run needs one edge more than it has characters")
        return self

    def box_of(self, span: Span) -> Box:
        """Return the box of the part of `span` inside this run; they must overlap."""
        first = max(span.start, self.span.start) - self.span.start
        last = min(span.end, self.span.end) - self.span.start
        low, high = sorted((self.edges[first], self.edges[last]))
        if self.vertical:
            return self.box.model_copy(update={"top": low, "bottom": high})
        return self.box.model_copy(update={"x0": low, "x1": high})


class Layout(Sequence[LayoutRun]):
    """The layout runs of a document, sorted by span, without overlap; each is made when it is first asked for.

    `starts` are the offsets at which they start, `make` returns the run of an index. Pickled and dumped as a tuple.
    """

    def __init__(self, starts: Sequence[int] = (), make: Callable[[int], LayoutRun] | None = None) -> None:
        self.starts = starts
        self._make = make
        self._made: dict[int, LayoutRun] = {}

    @classmethod
    def of(cls, runs: Iterable[LayoutRun]) -> Layout:
        """Return a layout of runs that are there already."""
        kept = tuple(runs)
        return cls([run.span.start for run in kept], kept.__getitem__)

    def __len__(self) -> int:
        return len(self.starts)

    @overload
    def __getitem__(self, index: int) -> LayoutRun: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[LayoutRun, ...]: ...

    def __getitem__(self, index: int | slice) -> LayoutRun | tuple[LayoutRun, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        place = range(len(self))[index]
        if place not in self._made and self._make is not None:
            self._made[place] = self._make(place)
        return self._made[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(eq, self, other))

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Callable[[tuple[LayoutRun, ...]], Layout], tuple[tuple[LayoutRun, ...]]]:
        return Layout.of, (tuple(self),)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        runs = core_schema.no_info_after_validator_function(cls.of, handler(tuple[LayoutRun, ...]))
        return core_schema.union_schema(
            [core_schema.is_instance_schema(cls), runs],
            serialization=core_schema.plain_serializer_function_ser_schema(
                lambda layout: [run.model_dump() for run in layout]
            ),
        )


class ElementRun(Frozen):
    """A run of characters that came from one element of an HTML source, named by its XPath."""

    span: Span
    xpath: str


class Metadata(Frozen):
    """What the document says about itself; each value with the evidence it was read from.

    `published_evidence` names where the date stands ("json-ld", "meta:article:published_time", "time", "visible",
    "url", "front-matter", "pdf-info", …); `published_strong` is false for guesses. Spans point into the canonical
    text where the words stand there.
    """

    title: str | None = None
    title_span: Span | None = None
    author: str | None = None
    publisher: str | None = None
    published: date | None = None
    published_text: str | None = None  # a partial date stays partial: "2025-05"
    published_evidence: str | None = None
    published_strong: bool = True
    published_span: Span | None = None
    updated: date | None = None
    language: str | None = None
    url: str | None = None


class Document(Frozen):
    """One version of one source text, identified by the SHA-256 of its bytes.

    `marks` are stretches of `text` that are markup or reference marks and say nothing (`**`, link targets, `[^1]`,
    `<sup>1</sup>` of a footnote): a recogniser reads the text as if they were not there. `breaks` are markup that
    stands for a line break (`<br>`, `</p>`): read as one. Both are sorted and do not overlap.
    """

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    name: str
    format: Format
    text: str
    metadata: Metadata = Metadata()
    pages: tuple[Page, ...] = ()
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    layout: Layout = Layout()
    elements: tuple[ElementRun, ...] = ()  # sorted by span, no overlap
    marks: tuple[Span, ...] = ()
    breaks: tuple[Span, ...] = ()
    issues: tuple[Issue, ...] = ()
    reader: str = ""  # name and version of the reader: "pdf/1"

    @cached_property
    def _element_starts(self) -> list[int]:
        return [run.span.start for run in self.elements]

    def quote(self, span: Span) -> str:
        """Return the canonical text that `span` covers."""
        return self.text[span.start : span.end]

    def boxes(self, span: Span) -> tuple[Box, ...]:
        """Return the boxes of `span`, one a line, in reading order; empty where there is no layout."""
        first = max(0, bisect_right(self.layout.starts, span.start) - 1)
        last = bisect_left(self.layout.starts, span.end)
        found = []
        for run in self.layout[first:last]:
            if run.span.overlaps(span):
                found.append(run.box_of(span))
        return tuple(found)

    def page_of(self, span: Span) -> int | None:
        """Return the page (from 1) on which `span` starts; None where there are no pages."""
        boxes = self.boxes(span)
        if boxes:
            return boxes[0].page
        return next((p.number for p in self.pages if p.span.start <= span.start < p.span.end), None)

    def xpath_of(self, span: Span) -> str | None:
        """Return the XPath of the element in which `span` starts; None where there are no elements."""
        index = bisect_right(self._element_starts, span.start) - 1
        if index < 0 or self.elements[index].span.end <= span.start:
            return None
        return self.elements[index].xpath

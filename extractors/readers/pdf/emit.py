"""Writing the document: page flows become the canonical text, blocks, tables and layout runs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractors.readers.pdf.builder import Piece, TextBuilder, make_box, make_span, whole
from extractors.readers.pdf.captions import whole_caption
from extractors.readers.pdf.joining import beside, joiner
from extractors.readers.pdf.order import Line
from extractors.readers.pdf.pages import Flow, FlowTable, PageFlow
from extractors.readers.pdf.segments import Frame
from extractors.readers.pdf.structure import FlowBlock
from extractors.readers.pdf.tables.dated import starts_dated
from extractors.readers.pdf.tables.grid import GridCell
from extractors.readers.pdf.tables.headers import cell_roles
from extractors.readers.tableheads import find_unit_note
from schemas import Block, BlockKind, Box, Cell, CellRole, Page, Span, Table

LEADER = re.compile(r"[\s.．…‥・·_]{4,}$")


@dataclass
class Emission:
    """What has been written so far."""

    builder: TextBuilder = field(default_factory=TextBuilder)
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    path: list[tuple[int, int]] = field(default_factory=list)  # (level, block index) of the open headings
    items: list[tuple[int, int]] = field(default_factory=list)  # (depth, block index) of the open list items
    spans: dict[int, Span] = field(default_factory=dict)  # id of a flow block → its span

    def page(self, flow: PageFlow, last: bool) -> None:
        """Write one page: running heads, then the flow."""
        start = self.builder.length
        for index, block in enumerate([*flow.heads, *flow.flow]):
            if index:
                self.builder.separate("\n")
            if isinstance(block, FlowTable):
                self._table(block)
            else:
                self._block(block, flow.frame)
        end = self.builder.length
        if not last:
            self.builder.separate("\n\n")
        self.pages.append(
            Page(
                number=flow.frame.page,
                width=flow.frame.width,
                height=flow.frame.height,
                span=make_span(start, end),
                rotation=flow.rotation,
                method=flow.method,
            )
        )

    def _block(self, block: FlowBlock, frame: Frame) -> None:
        start = self.builder.length
        boxes = []
        last = block.lines[0]
        for line in block.lines:
            self.builder.frame = frame_of(frame, line)
            if self.builder.length > start:
                self.builder.separate(" " if _beside(last, line) else joiner(self.builder.tail, line.segments[0].text))
            self._line([whole(s) for s in line.segments])
            boxes.append(line_box(line, frame))
            last = line
        span = make_span(start, self.builder.length)
        self.spans[id(block)] = span
        marker = make_span(start, min(span.end, start + block.marker)) if block.marker else None
        index = len(self.blocks)
        path, parent = self._place(block, index)
        self.blocks.append(
            Block(
                kind=block.kind,
                span=span,
                level=block.level,
                page=block.page,
                boxes=tuple(boxes),
                heading_path=path,
                parent=parent,
                marker=marker,
            )
        )

    def _place(self, block: FlowBlock, index: int) -> tuple[tuple[int, ...], int | None]:
        """Return heading path and parent of a block, and note it when others will stand under it."""
        if block.kind in (BlockKind.HEADER, BlockKind.FOOTER):
            return (), None
        if block.kind in (BlockKind.TITLE, BlockKind.HEADING):
            self.path = [(level, i) for level, i in self.path if level < block.level]
            path = tuple(i for _, i in self.path)
            self.path.append((block.level, index))
            self.items = []
            return path, None
        path = tuple(i for _, i in self.path)
        if block.kind is not BlockKind.LIST_ITEM:
            if block.kind is not BlockKind.PARAGRAPH:
                self.items = []
            return path, None
        self.items = [(depth, i) for depth, i in self.items if depth < block.level]
        parent = self.items[-1][1] if self.items else None
        self.items.append((block.level, index))
        return path, parent

    def _line(self, pieces: list[Piece]) -> list[Span]:
        spans: list[Span] = []
        last: Piece | None = None
        for piece in pieces:
            if last is not None:
                self.builder.separate(beside(self.builder.tail, piece.text, piece.x0 - last.x1, piece.segment.size))
            spans.append(self.builder.add(piece))
            last = piece
        return spans

    def _cell(self, cell: GridCell) -> tuple[Span, str]:
        start, first = self.builder.length, len(self.builder.parts)
        dated = len(cell.lines) > 1 and starts_dated(cell.lines[0])
        for line in cell.lines:
            if self.builder.length > start:
                apart = dated and starts_dated(line)
                self.builder.separate("\n" if apart else joiner(self.builder.tail, line[0].text))
            self._line(line)
        return make_span(start, self.builder.length), "".join(self.builder.parts[first:])

    def _table(self, table: FlowTable) -> None:
        start = self.builder.length
        roles = cell_roles(table.grid)
        cells: list[Cell] = []
        row = -1
        pages = {id(c): frame for frame, grid in table.parts[1:] for c in grid.cells}
        for cell in sorted(table.grid.cells, key=lambda c: (c.row, c.column)):
            written = None
            if cell.row in table.dropped:
                self._repeated(table.dropped.pop(cell.row), pages)
            if cell.lines:
                if row >= 0:
                    self.builder.separate("\t" if cell.row == row else "\n")
                row = cell.row
                self.builder.frame = pages.get(id(cell), table.frame)
                written = self._cell(cell)
            cells.append(_as_cell(cell, written, pages.get(id(cell), table.frame), roles[id(cell)]))
        span = make_span(start, self.builder.length)
        box = make_box(table.page, table.frame.box_out(table.grid.box))
        self.blocks.append(
            Block(
                kind=BlockKind.TABLE,
                span=span,
                page=table.page,
                boxes=(box,),
                table=len(self.tables),
                heading_path=tuple(i for _, i in self.path),
            )
        )
        self.tables.append(self._as_table(table, span, cells, box))

    def _repeated(self, head: list[GridCell], pages: dict[int, Frame]) -> None:
        """Write a header that a page repeats: text of the table that belongs to no cell."""
        row = -1
        for cell in head:
            self.builder.separate("\t" if cell.row == row else "\n")
            row = cell.row
            self.builder.frame = pages.get(id(cell), self.builder.frame)
            self._cell(cell)

    def _as_table(self, table: FlowTable, span: Span, cells: list[Cell], box: Box) -> Table:
        grid = table.grid
        return Table(
            span=span,
            cells=tuple(cells),
            rows=grid.rows,
            columns=grid.columns,
            header_rows=grid.header_rows,
            header_columns=grid.header_columns,
            kind=table.kind,
            page=table.page,
            box=box,
            method=grid.method,
            score=round(max(0.0, min(1.0, grid.score)), 3),
            alarms=tuple(grid.alarms),
        )

    def bind(self, flows: list[Flow]) -> None:
        """Give tables the spans of the caption, unit note and source bound to them, once all text is written."""
        text = self.builder.text
        tables = [f for f in flows if isinstance(f, FlowTable)]
        for index, table in enumerate(tables):
            unit = self.spans.get(id(table.unit)) if table.unit else None
            if unit is not None:
                place = find_unit_note(text[unit.start : unit.end])
                unit = make_span(unit.start + place[0], unit.start + place[1]) if place else unit
            caption = self.spans.get(id(table.caption)) if table.caption else None
            self.tables[index] = self.tables[index].model_copy(
                update={
                    "caption": whole_caption(text, self.blocks, caption, index) if caption else None,
                    "unit_note": unit,
                    "source": self.spans.get(id(table.source)) if table.source else None,
                }
            )


def _beside(left: Line, right: Line) -> bool:
    """Say whether a line stands on the row of the one before, apart from it: a label and its figure."""
    size = right.main.size
    return abs(left.main.baseline - right.main.baseline) < 0.3 * size and right.box[0] - left.box[2] > 0.8 * size


def frame_of(frame: Frame, line: Line) -> Frame:
    """Return the frame of a line, which may stand on another page than its block."""
    return line.frame if line.frame is not None else frame


def line_box(line: Line, frame: Frame) -> Box:
    """Return a line's box on the displayed page."""
    own = frame_of(frame, line)
    turned = replace(own, quarter=line.segments[0].quarter)
    return make_box(own.page, turned.box_out(line.box))


def _as_cell(cell: GridCell, written: tuple[Span, str] | None, frame: Frame, role: CellRole) -> Cell:
    if written is not None:
        written = _without_leader(*written)
    return Cell(
        row=cell.row,
        column=cell.column,
        last_row=cell.last_row,
        last_column=cell.last_column,
        text=written[1] if written else "",
        spans=(written[0],) if written else (),
        role=role,
        boxes=(make_box(frame.page, frame.box_out(cell.box)),),
    )


def _without_leader(span: Span, text: str) -> tuple[Span, str]:
    """Return a cell's span and text without the dots that lead from a label to its figures."""
    kept = LEADER.sub("", text)
    return (make_span(span.start, span.start + len(kept)), kept) if kept else (span, text)

"""One page after the other: visible text, tables, blocks in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.readers.pdf.charts import PROVEN, find_charts, segments_of
from extractors.readers.pdf.charts.around import chart_neighbours
from extractors.readers.pdf.footnotes import name_footnotes
from extractors.readers.pdf.order import Item, Line, make_lines, read_order
from extractors.readers.pdf.panels import panels_of, read_panels, set_grounds, titled_panels
from extractors.readers.pdf.segments import Frame, Segment
from extractors.readers.pdf.sheet import Sheet
from extractors.readers.pdf.structure import FlowBlock, make_blocks
from extractors.readers.pdf.tables.around import neighbours
from extractors.readers.pdf.tables.find import find_grids
from extractors.readers.pdf.tables.grid import Grid, GridCell
from extractors.readers.pdf.tables.headers import table_kind
from extractors.readers.pdf.vertical import take_ruby
from schemas import BlockKind, TableKind


@dataclass(slots=True, eq=False)
class FlowTable:
    """A table in the flow, with the blocks bound to it; `pages` says where each part of it stands."""

    grid: Grid
    page: int
    frame: Frame
    kind: TableKind = TableKind.DATA
    caption: FlowBlock | None = None
    unit: FlowBlock | None = None
    source: FlowBlock | None = None
    parts: list[tuple[Frame, Grid]] = field(default_factory=list)
    dropped: dict[int, list[GridCell]] = field(default_factory=dict)  # row before which a repeated header stands


Flow = FlowBlock | FlowTable


@dataclass(slots=True, eq=False)
class PageFlow:
    """A page's blocks: running heads, the flow in reading order (footnotes last)."""

    frame: Frame
    heads: list[FlowBlock]
    flow: list[Flow]
    rotation: int = 0
    method: str = "text"


def lay_out(sheet: Sheet | None, frame: Frame, segments: list[Segment], running: set[int], body: float) -> PageFlow:
    """Return the flow of a page from its visible segments; `running` holds the ids of its running heads.

    Without a `sheet` no tables, charts and panels are looked for.
    """
    heads = [s for s in segments if id(s) in running]
    rest = [s for s in segments if id(s) not in running]
    flow: list[Flow] = []
    for quarter in sorted({s.quarter for s in rest}):
        turned = replace(frame, quarter=quarter)
        own = [s for s in rest if s.quarter == quarter]
        flow.extend(_flow_of(sheet, turned, own, body))
    notes = [b for b in flow if isinstance(b, FlowBlock) and b.kind is BlockKind.FOOTNOTE]
    ordered = [b for b in flow if b not in notes] + notes
    return PageFlow(frame, _head_blocks(heads, frame), ordered)


def _flow_of(sheet: Sheet | None, frame: Frame, segments: list[Segment], body: float) -> list[Flow]:
    segments, ruby = take_ruby(segments)
    grids, scales = find_all(sheet, frame.quarter, segments) if sheet is not None else ([], [])
    partly: dict[int, list[tuple[int, int]]] = {}
    for grid in grids:
        for cell in grid.cells:
            for line in cell.lines:
                for piece in line:
                    partly.setdefault(id(piece.segment), []).append((piece.start, piece.end))
    drawn = {id(s) for g in grids for s in g.rest} | {id(s) for s in scales}
    free: list[Segment] = []
    for segment in segments:
        if id(segment) in drawn:
            continue
        if id(segment) not in partly:
            free.append(segment)
        else:
            free.extend(_left_over(segment, sorted(partly[id(segment)])))
    items: list[Item[Line | Grid]] = [Item(g.box, 10.0, g, solid=True) for g in grids]
    lines = make_lines(free)
    if sheet is not None and not frame.quarter:
        set_grounds(lines, sheet)
    items += [Item(line.box, line.main.size, line, line.main.bold) for line in lines]
    width, height = frame.size
    panels = panels_of(sheet) if sheet is not None and width > height and not frame.quarter else []
    if len(panels) < 2:
        panels = titled_panels(lines, height)
    flow = _blocks(read_panels(items, panels) if len(panels) > 1 else read_order(items), frame, body)
    flow.extend(FlowBlock(BlockKind.AXIS, [line], page=frame.page) for line in make_lines(scales))
    flow.extend(FlowBlock(BlockKind.NOTE, [Line([s])], page=frame.page) for s in ruby)
    return flow


def find_all(sheet: Sheet, quarter: int, segments: list[Segment]) -> tuple[list[Grid], list[Segment]]:
    """Return tables and charts among the segments of one frame of a page, and the figures of scales without a chart.

    What a proven chart or a scale holds is in no table.
    """
    charts, scales = find_charts(sheet, segments) if not quarter else ([], [])
    sure = [c for c in charts if c.score >= PROVEN]
    held = {id(s) for c in sure for s in segments_of(c)} | {id(s) for s in scales}
    grids = find_grids(sheet, quarter, [s for s in segments if id(s) not in held] if held else segments)
    taken = {id(p.segment) for g in grids for c in g.cells for line in c.lines for p in line}
    more = [c for c in charts if c.score < PROVEN and not any(id(s) in taken for s in segments_of(c))]
    return [*grids, *sure, *more], scales


def _left_over(segment: Segment, taken: list[tuple[int, int]]) -> list[Segment]:
    out, place = [], 0
    for start, end in [*taken, (len(segment.text), len(segment.text))]:
        if segment.text[place:start].strip():
            out.append(segment.part(place, start))
        place = max(place, end)
    return out


def _blocks(ordered: list[tuple[Line | Grid, float, float, int]], frame: Frame, body: float) -> list[Flow]:
    flow: list[Flow] = []
    lines: list[Line] = []
    for load, left, right, region in ordered:
        if isinstance(load, Line):
            load.left, load.right, load.region = left, right, region
            lines.append(load)
            continue
        flow.extend(make_blocks(lines, frame.page, body))
        lines = []
        flow.append(FlowTable(load, frame.page, frame, table_kind(load), parts=[(frame, load)]))
        flow.extend(FlowBlock(BlockKind.AXIS, [line], page=frame.page) for line in make_lines(load.rest))
    flow.extend(make_blocks(lines, frame.page, body))
    name_footnotes([b for b in flow if isinstance(b, FlowBlock)], body, frame.size[1])
    blocks = [b for b in flow if isinstance(b, FlowBlock)]
    tables = [t for t in flow if isinstance(t, FlowTable)]
    for table in tables:
        if table.kind is TableKind.CHART:
            others = [t.grid.box for t in tables if t is not table]
            table.caption, table.unit, table.source = chart_neighbours(blocks, table.grid.box, others)
        else:
            table.caption, table.unit, table.source = neighbours(blocks, table.grid.box)
    return flow


def _head_blocks(segments: list[Segment], frame: Frame) -> list[FlowBlock]:
    lines = [
        line
        for q in sorted({s.quarter for s in segments})
        for line in make_lines([s for s in segments if s.quarter == q])
    ]
    height = frame.size[1]
    out = []
    for line in lines:
        kind = BlockKind.HEADER if line.box[1] < height / 2 else BlockKind.FOOTER
        out.append(FlowBlock(kind, [line], page=frame.page))
    return out


def mark_method(flow: PageFlow, method: str) -> None:
    """Say in each table of a page which engine read its characters; OCR is trusted less."""
    for block in flow.flow:
        if isinstance(block, FlowTable):
            block.grid.method += f"+{method}"
            block.grid.score *= 0.9 if method == "ocr" else 1.0

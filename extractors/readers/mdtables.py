"""Tables of a text source: pipe tables, HTML tables inside Markdown, flattened tables; cells point into the file."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import NamedTuple

from extractors.readers.flattened import DELIMITER, find_flattened
from extractors.readers.flattenedbars import bar_cells, is_closed, packed
from extractors.readers.flattenedrows import Flat
from extractors.readers.grid import Placed, place, span_of, written_out
from extractors.readers.mdinline import read_inline
from extractors.readers.source import Lines
from extractors.readers.tableheads import Heads, find_heads, is_period, is_value, role
from schemas import Cell, Issue, Span, Table, TableKind

Place = tuple[int, int]


class Layers(NamedTuple):
    """Markup found while tables were read."""

    marks: list[Place]
    breaks: list[Place]


def _cell(text: str, where: Placed, inner: Place, layers: Layers) -> Cell:
    source = text[inner[0] : inner[1]]
    inline = read_inline(source)
    layers.marks.extend((inner[0] + a, inner[0] + b) for a, b in inline.marks)
    layers.breaks.extend((inner[0] + a, inner[0] + b) for a, b in inline.breaks)
    spans = (Span(start=inner[0], end=inner[1]),) if inline.text else ()
    return Cell(
        row=where.row, column=where.column, last_row=where.last_row, last_column=where.last_column,
        text=inline.text, spans=spans,
    )  # fmt: skip


def with_roles(cells: list[Cell], heads: Heads, columns: int) -> tuple[Cell, ...]:
    """Return the cells with their roles set."""
    out = []
    for cell in cells:
        whole = columns > 1 and cell.column == 0 and cell.last_column == columns - 1
        out.append(cell.model_copy(update={"role": role(cell.row, cell.column, heads, whole_row=whole)}))
    return tuple(out)


def _texts(cells: list[Cell]) -> list[list[str]]:
    return written_out((Placed(c.row, c.column, c.last_row, c.last_column), c.text) for c in cells)


def grid_table(
    text: str,
    rows: list[list[Place]],
    span: Place,
    layers: Layers,
    *,
    method: str,
    kind: TableKind = TableKind.DATA,
    marked_rows: int = 0,
    columns: int | None = None,
    score: float = 1.0,
    alarms: tuple[str, ...] = (),
    tall: int = 1,
) -> Table:
    """Return a table of rows of cell places; short rows are filled up, a place repeated is one merged cell.

    The first `tall` rows hold the pieces of one row.
    """
    width = columns or max(map(len, rows))
    cells: list[Cell] = []
    for r, row in enumerate(rows):
        padded = [*row[:width], *[(row[-1][1], row[-1][1])] * (width - len(row))] if row else []
        for c, inner in enumerate(padded):
            if c and inner == padded[c - 1] and inner[0] < inner[1]:
                cells[-1] = cells[-1].model_copy(update={"last_column": c})
            else:
                cells.append(_cell(text, Placed(r, c, r, c), inner, layers))
    if tall > 1:
        cells = _stitched(cells, tall)
    if marked_rows and not any(c.text for c in cells if c.row < marked_rows):
        marked_rows = 0  # a pipe table must have a head line; an empty one says that there is no head
    heads = find_heads(_texts(cells), marked_rows=marked_rows)
    return Table(
        span=Span(start=span[0], end=span[1]), cells=with_roles(cells, heads, width), rows=len(rows) - tall + 1,
        columns=width, header_rows=heads.rows, header_columns=heads.columns, kind=kind, method=method, score=score,
        alarms=alarms,
    )  # fmt: skip


def _stitched(cells: list[Cell], tall: int) -> list[Cell]:
    """Join the cells of the first `tall` rows that stand in one column."""
    heads: dict[int, Cell] = {}
    covered: set[int] = set()
    for cell in (c for c in cells if c.row < tall):
        over = heads.get(cell.column)
        if over is None and cell.column not in covered:
            heads[cell.column] = cell.model_copy(update={"row": 0, "last_row": 0})
            covered.update(range(cell.column, cell.last_column + 1))
        elif over is not None and cell.spans:
            joint = "" if not over.text or not (over.text[-1] + cell.text[0]).isascii() else " "
            heads[cell.column] = over.model_copy(
                update={"text": f"{over.text}{joint}{cell.text}", "spans": over.spans + cell.spans}
            )
    up = tall - 1
    rest = [c.model_copy(update={"row": c.row - up, "last_row": c.last_row - up}) for c in cells if c.row >= tall]
    return [*heads.values(), *rest]


def flat_table(text: str, flat: Flat, starts: list[int], span: Place, layers: Layers) -> Table:
    """Return a flattened table; `starts` are the offsets of the lines it was found in."""
    places = flat.cell_lines or [[line] * len(cells) for line, cells in flat.rows]
    rows = [
        [(starts[line] + a, starts[line] + b) for line, (a, b) in zip(at, cells, strict=True)]
        for at, (_, cells) in zip(places, flat.rows, strict=True)
    ]
    kind = TableKind.DATA if flat.method == "bars" else TableKind.FLATTENED
    return grid_table(
        text, rows, span, layers, method=flat.method, kind=kind, columns=flat.columns, score=flat.score,
        alarms=flat.alarms, tall=flat.tall,
    )  # fmt: skip


def around_tables(
    lines: Lines, places: list[Place], layers: Layers, *, inner: bool, number: int
) -> tuple[list[tuple[list[Place], Table | None]], list[Issue]]:
    """Split a paragraph's lines at the flattened tables in it, the first of which is the document's `number`-th.

    `inner`: the lines are inside an item, whose marks and blanks are none of theirs.
    """
    text, numbers = lines.text, [lines.line_at(start) for start, _ in places]
    starts, ends = [lines.starts[n] for n in numbers], [lines.ends[n] for n in numbers]
    marked = any(text[a:b].strip() for a, (b, _) in zip(starts, places, strict=True))
    if marked or inner:
        starts, ends = [a for a, _ in places], [b for _, b in places]  # list or quote marks before the text
    out: list[tuple[list[Place], Table | None]] = []
    issues: list[Issue] = []
    at = 0
    flats = find_flattened([text[a:b] for a, b in zip(starts, ends, strict=True)], context=text)
    for table, flat in enumerate(flats, start=number):
        span = (places[flat.first][0], places[flat.last][1])
        issues += [_unsplit(places[flat.rows[row][0]], table) for row in sorted(flat.unsplit)]
        out.append((places[at : flat.first], None))
        out.append(([], flat_table(text, flat, starts, span, layers)))
        at = flat.last + 1
    return [*out, (places[at:], None)], issues


def begins_flattened(lines: list[str]) -> bool:
    """Say whether a flattened table begins with the first of the lines, as right below a numbered heading."""
    flat = next(iter(find_flattened(lines)), None) if len(lines) > 2 else None
    return flat is not None and flat.first == 0


def _unsplit(place: Place, table: int) -> Issue:
    """Return the issue of a flattened table's line whose columns are in question."""
    message = "a line of a flattened table could be split in more than one way; columns in question share a cell"
    return Issue(code="flattened-row-unsplit", message=message, span=Span(start=place[0], end=place[1]), table=table)


def rows_end(lines: Lines, first: int, last: int) -> int:
    """Return the line behind the rows of a pipe table: where a bar closes its head, a line without any is text."""
    if not lines.raw(first).rstrip().endswith("|"):
        return last
    return next((line for line in range(first + 2, last) if "|" not in lines.raw(line)), last)


def pipe_table(lines: Lines, prefixes: dict[int, int], layers: Layers) -> Table:
    """Return a pipe table; `prefixes` are its lines, each with how many characters of it are quote and list marks."""
    first, last = min(prefixes), max(prefixes)
    rows, closed = [], True
    for line in [first, *range(first + 2, last + 1)]:
        start = lines.starts[line] + prefixes[line]
        if line > first and DELIMITER.fullmatch(lines.raw(line)):
            layers.breaks.append(lines.trimmed(line))
            continue
        rows.append([(start + a, start + b) for a, b in bar_cells(lines.text[start : lines.ends[line]])])
        closed = closed and is_closed(lines.text[start : lines.ends[line]])
    if closed:
        rows = _mended(lines.text, rows)
    span = (lines.trimmed(first, prefixes[first])[0], lines.trimmed(last)[1])
    table = grid_table(lines.text, rows, span, layers, method="pipes", marked_rows=1, columns=len(rows[0]))
    layers.breaks.append(lines.trimmed(first + 1))
    return table


def _mended(text: str, rows: list[list[Place]]) -> list[list[Place]]:
    """Return rows that a tool saved with bars behind cells only: cells on lines of their own belong to one row, heads
    over the figures have lost the empty corner before them (2018 | 2019 | Growth | | over Goods | 5 | 6 | 8%)."""
    head, width = rows[0], len(rows[0])
    if any(len(row) == 1 for row in rows[1:]) and (whole := packed([(0, row) for row in rows[1:]], width)):
        rows = [head, *([place for _, place in row] for row in whole)]
    words = [text[a:b] for a, b in head]
    body = [[text[a:b] for a, b in row] for row in rows[1:] if len(row) == width]
    cornerless = is_period(words[0]) and not words[-1] and all(row[-1] and not is_value(row[0]) for row in body)
    return [[(head[0][0], head[0][0]), *head[:-1]], *rows[1:]] if body and cornerless else rows


class _HtmlCell(NamedTuple):
    inner: Place
    header: bool


class _TableParser(HTMLParser):
    """Collects the outermost table's caption, rows and cells with offsets into the source."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=False)
        self.rows: list[list[tuple[_HtmlCell, int, int]]] = []
        self.head_rows = 0
        self.caption: Place | None = None
        self._source = source
        self._starts = [0] + [m.end() for m in re.finditer("\n", source)]
        self._open: tuple[int, bool, int, int] | None = None
        self._caption_from: int | None = None
        self._depth = 0
        self._in_head = False
        self.feed(source)
        self.close()
        self._end_cell(len(source))

    def _at(self) -> int:
        line, column = self.getpos()
        return self._starts[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table" and not (self._depth == 1 and self._open is None):  # outside a cell it opens nothing new
            self._depth += 1
        if self._depth != 1:
            return
        after = self._at() + len(self.get_starttag_text() or "")
        if tag in ("tr", "td", "th", "thead", "tbody", "tfoot"):
            self._end_cell(self._at())
        if tag == "tr":
            self.rows.append([])
            self.head_rows += self._in_head
        elif tag in ("td", "th"):
            if not self.rows:
                self.rows.append([])
            values = dict(attrs)
            self._open = (after, tag == "th", span_of(values.get("rowspan")), span_of(values.get("colspan")))
        elif tag == "thead":
            self._in_head = True
        elif tag == "tbody":
            self._in_head = False
        elif tag == "caption":
            self._caption_from = after

    def handle_endtag(self, tag: str) -> None:
        if self._depth == 1:
            if tag in ("td", "th", "tr", "table", "thead", "tbody"):
                self._end_cell(self._at())
            if tag == "thead":
                self._in_head = False
            if tag == "caption" and self._caption_from is not None:
                self.caption = _trim(self._source, self._caption_from, self._at())
        if tag == "table":
            self._depth -= 1

    def _end_cell(self, end: int) -> None:
        if self._open is None:
            return
        start, header, down, across = self._open
        self.rows[-1].append((_HtmlCell(_trim(self._source, start, end), header), down, across))
        self._open = None


def _trim(source: str, start: int, end: int) -> Place:
    piece = source[start:end]
    left = start + len(piece) - len(piece.lstrip())
    return left, max(left, start + len(piece.rstrip()))


def html_table(text: str, start: int, end: int, layers: Layers) -> Table | None:
    """Return the table of `text[start:end]` ("<table …>…</table>"), None when it has no cells.

    Everything between the cells is markup; tags inside cells are marks or breaks.
    """
    parsed = _TableParser(text[start:end])
    rows = [row for row in parsed.rows if row]
    if not rows:
        return None
    placed = place(rows)
    cells = [_cell(text, where, (start + c.inner[0], start + c.inner[1]), layers) for where, c in placed]
    columns = max(c.last_column for c in cells) + 1
    th_rows = _th_rows(rows)
    th_columns = _th_columns(placed, th_rows, columns)
    heads = find_heads(_texts(cells), marked_rows=max(parsed.head_rows, th_rows), marked_columns=th_columns)
    _mark_between(text, start, end, placed, parsed.caption, layers)
    caption = parsed.caption
    return Table(
        span=Span(start=start, end=end), cells=with_roles(cells, heads, columns), columns=columns,
        rows=max(c.last_row for c in cells) + 1, header_rows=heads.rows, header_columns=heads.columns, method="html",
        caption=Span(start=start + caption[0], end=start + caption[1]) if caption else None,
    )  # fmt: skip


def _th_rows(rows: list[list[tuple[_HtmlCell, int, int]]]) -> int:
    """Count the leading rows of th only; a table of nothing but th has none."""
    count = 0
    while count < len(rows) and all(cell.header for cell, _, _ in rows[count]):
        count += 1
    return count if count < len(rows) else 0


def _th_columns(placed: list[tuple[Placed, _HtmlCell]], head: int, columns: int) -> int:
    body = [(where, cell) for where, cell in placed if where.row >= head]
    count = 0
    while count < columns - 1:
        here = [cell for where, cell in body if where.column <= count <= where.last_column]
        if not here or not all(cell.header for cell in here):
            break
        count += 1
    return count


def _mark_between(
    text: str, start: int, end: int, placed: list[tuple[Placed, _HtmlCell]], caption: Place | None, layers: Layers
) -> None:
    kept = sorted([c.inner for _, c in placed] + ([caption] if caption else []))
    at = start
    for a, b in [*kept, (end - start, end - start)]:
        if start + a > at:
            layers.breaks.append((at, start + a))
        at = start + b
    if caption:
        inline = read_inline(text[start + caption[0] : start + caption[1]])
        base = start + caption[0]
        layers.marks.extend((base + a, base + b) for a, b in inline.marks)
        layers.breaks.extend((base + a, base + b) for a, b in inline.breaks)

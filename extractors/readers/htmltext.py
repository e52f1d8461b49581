"""The canonical text of a page: kept lines, lists and tables written out, each run with the element it came from.

A block ends with a newline; a table is one row a line, its cells separated by tabs, a merged cell written once.
"""

from __future__ import annotations

from lxml import etree

from extractors.readers.blocks import MINOR_HEADING, Flow
from extractors.readers.htmlnodes import Element, Line, collect_lines, key_of, tag_of
from extractors.readers.htmltables import HtmlTable, read_table
from extractors.readers.mdinline import is_note_mark
from extractors.readers.mdtables import with_roles
from extractors.readers.roles import may_head, role_of
from schemas import BlockKind, Cell, ElementRun, Span, Table

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_ITEMS = ("li", "dt", "dd")


class PageText:
    """Writes a page's text piece by piece; `text`, `flow`, `tables`, `elements`, `marks` hold the result."""

    def __init__(self, tree: etree._ElementTree) -> None:
        self.flow = Flow()
        self.tables: list[Table] = []
        self.elements: list[ElementRun] = []
        self.marks: list[tuple[int, int]] = []
        self._tree = tree
        self._parts: list[str] = []
        self._length = 0
        self._paths: dict[Element, str] = {}
        self._seen_tables: dict[Element, HtmlTable | None] = {}
        self._items: dict[Element, int] = {}  # li → its block
        self._last: tuple[Element, int] | None = None  # block element and flow index of the paragraph that is open

    @property
    def text(self) -> str:
        """Return what has been written."""
        return "".join(self._parts)

    def title(self, pieces: list[tuple[str, Element]]) -> Span:
        """Write the title and return its span."""
        start = self._length
        for text, owner in pieces:
            self._put(text, owner)
        span = Span(start=start, end=self._length)
        self.flow.add(BlockKind.TITLE, start, self._length, level=0)
        self._newline()
        return span

    def lines(self, lines: list[Line], *, title: str | None) -> None:
        """Write the article's lines; the heading that repeats the title is left out."""
        skip = key_of(title or "")
        for line in lines:
            table = self._data_table(line.block)
            if table is not None:
                self._write_table(table)
            elif not (skip and tag_of(line.block) in _HEADINGS and line.key == skip):
                self._write_line(line)

    # -- characters ------------------------------------------------------------------------------------------

    def _put(self, text: str, owner: Element) -> None:
        if text:
            if owner not in self._paths:
                self._paths[owner] = self._tree.getpath(owner)
            span = Span(start=self._length, end=self._length + len(text))
            self.elements.append(ElementRun(span=span, xpath=self._paths[owner]))
            self._parts.append(text)
            self._length += len(text)

    def _raw(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _newline(self) -> None:
        self._raw("\n")

    def _pieces(self, line: Line) -> None:
        """Write a line's pieces; superscript footnote marks are noted as marks."""
        before = ""
        for text, owner in line.pieces:
            start = self._length
            self._put(text, owner)
            sup = _superscript(owner, line.block)
            if (sup is not None and is_note_mark(text, before)) or "footnote-ref" in (owner.get("class") or ""):
                self.marks.append((start, self._length))
            before += text

    # -- lines -----------------------------------------------------------------------------------------------

    def _write_line(self, line: Line) -> None:
        if self._last is not None and self._last[0] is line.block and 0 < line.breaks < 2:
            role = role_of(line.text)
            if role.kind is BlockKind.PARAGRAPH or line.preformatted:
                self._extend(line)
                return
        start = self._length
        self._pieces(line)
        end = self._length
        self._newline()
        self._add_block(line, start, end)

    def _extend(self, line: Line) -> None:
        assert self._last is not None
        self._pieces(line)
        index = self._last[1]
        block = self.flow.blocks[index]
        self.flow.blocks[index] = block.model_copy(update={"span": Span(start=block.span.start, end=self._length)})
        self._newline()

    def _add_block(self, line: Line, start: int, end: int) -> None:
        tag = tag_of(line.block)
        item = next((e for e in _up(line.block) if tag_of(e) in _ITEMS), None)
        role = role_of(line.text)
        marker = (start, start + role.marker) if role.marker else None
        kind, level, parent = role.kind, 0, None
        if line.preformatted:
            kind, marker = BlockKind.CODE, None
        elif tag in _HEADINGS:
            kind, level, marker = BlockKind.HEADING, _HEADINGS[tag], None
        elif tag in ("figcaption", "caption"):
            kind = BlockKind.CAPTION
        elif item is not None:
            kind, level, parent = self._item(item, role.kind)
        elif kind is BlockKind.PARAGRAPH and _all_bold(line) and may_head(line.text):
            kind, level = BlockKind.HEADING, MINOR_HEADING
        index = self.flow.add(kind, start, end, level=level, marker=marker, parent=parent)
        if item is not None:
            self._items.setdefault(item, index)
        self._last = (line.block, index)

    def _item(self, item: Element, kind: BlockKind) -> tuple[BlockKind, int, int | None]:
        """Return kind, depth and parent of a line inside a list item."""
        if item in self._items:
            inner = kind if kind is not BlockKind.FOOTER else BlockKind.PARAGRAPH
            return inner, 0, self._items[item]
        above = [e for e in _up(item.getparent()) if tag_of(e) in _ITEMS and e in self._items]
        depth = sum(tag_of(e) in _ITEMS for e in _up(item.getparent()))
        parent = self._items[above[0]] if above else None
        if tag_of(item) == "dd":
            term = next((e for e in item.itersiblings(preceding=True) if tag_of(e) == "dt"), None)
            if term is not None and term in self._items:
                return BlockKind.LIST_ITEM, depth + 1, self._items[term]
        return BlockKind.LIST_ITEM, depth, parent

    # -- tables ----------------------------------------------------------------------------------------------

    def _data_table(self, block: Element) -> HtmlTable | None:
        for element in _up(block):
            if tag_of(element) == "table":
                if element not in self._seen_tables:
                    self._seen_tables[element] = read_table(element)
                if self._seen_tables[element] is not None:
                    return self._seen_tables[element]
        return None

    def _write_table(self, table: HtmlTable) -> None:
        if any(t.xpath == self._tree.getpath(table.element) for t in self.tables[-3:]):
            return
        caption = self._caption(table)
        start = self._length
        cells = self._cells(table)
        heads = table.heads
        self.tables.append(
            Table(
                span=Span(start=start, end=self._length), cells=with_roles(cells, heads, table.columns),
                rows=table.rows, columns=table.columns, header_rows=heads.rows, header_columns=heads.columns,
                caption=caption, xpath=self._tree.getpath(table.element), method="html",
            )
        )  # fmt: skip
        self.flow.add(BlockKind.TABLE, start, self._length, table=len(self.tables) - 1)
        self._newline()
        self._last = None

    def _caption(self, table: HtmlTable) -> Span | None:
        lines = collect_lines(table.caption) if table.caption is not None else []
        if not lines:
            return None
        start = self._length
        self._joined(lines)
        span = Span(start=start, end=self._length)
        self.flow.add(BlockKind.CAPTION, start, self._length)
        self._newline()
        return span

    def _cells(self, table: HtmlTable) -> list[Cell]:
        cells: list[Cell] = []
        row = 0
        for where, source in table.cells:
            if where.row != row:
                self._raw("\n" * (1 if cells else 0))
                row = where.row
            elif cells:
                self._raw("\t")
            start = self._length
            self._joined(collect_lines(source.element))
            spans = (Span(start=start, end=self._length),) if self._length > start else ()
            text = self.text_from(start)
            cells.append(
                Cell(
                    row=where.row, column=where.column, last_row=where.last_row, last_column=where.last_column,
                    text=text, spans=spans,
                )
            )  # fmt: skip
        return cells

    def text_from(self, start: int) -> str:
        """Return what has been written since `start`, marks left out."""
        out, at, parts = [], self._length, []
        for part in reversed(self._parts):
            if at <= start:
                break
            at -= len(part)
            parts.append(part)
        text = "".join(reversed(parts))[start - at :] if at < start else "".join(reversed(parts))
        position = start
        for a, b in sorted(m for m in self.marks if m[0] >= start):
            out.append(text[position - start : a - start])
            position = b
        out.append(text[position - start :])
        return "".join(out).strip()

    def _joined(self, lines: list[Line]) -> None:
        for i, line in enumerate(lines):
            if i:
                self._raw(" ")
            self._pieces(line)


def _up(element: Element | None) -> list[Element]:
    chain = []
    while element is not None:
        chain.append(element)
        element = element.getparent()
    return chain


def _superscript(owner: Element, block: Element) -> Element | None:
    for element in _up(owner):
        if tag_of(element) == "sup":
            return element
        if element is block:
            return None
    return None


def _all_bold(line: Line) -> bool:
    """Say whether a whole line stands in bold: a heading without a heading's tag."""
    for text, owner in line.pieces:
        if text.strip() and not any(
            tag_of(e) in ("b", "strong") for e in _up(owner)[: len(_up(owner)) - len(_up(line.block))]
        ):
            return False
    return True

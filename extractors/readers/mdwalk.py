"""Walking Markdown's block tokens along the source, to blocks in the making with true offsets."""

from __future__ import annotations

import re

from markdown_it.token import Token

from extractors.readers.blocks import spans
from extractors.readers.drafts import Draft, OpenItem, promote_headings, split_lines, wrap_width
from extractors.readers.mdapart import find_apart
from extractors.readers.mdcode import is_prose_block, table_in_code
from extractors.readers.mdhtml import HtmlPiece, is_page, read_block, read_line
from extractors.readers.mdinline import Inline, closing, paragraph_lines, read_inline
from extractors.readers.mdparser import parser
from extractors.readers.mdtables import (
    Layers,
    around_tables,
    begins_flattened,
    flat_table,
    html_table,
    pipe_table,
    rows_end,
)
from extractors.readers.roles import role_of
from extractors.readers.source import HtmlRegion, Lines, html_tables, lost_lines, paragraphs
from schemas import BlockKind, Issue, Table

Place = tuple[int, int]
_HEADING_MARK = re.compile(r"[ \t>]*#{1,6}[ \t]*")
_QUOTE_MARK = re.compile(r"(?:[ \t]*>)+[ \t]?")
_REFERENCE = re.compile(r"\[(?!\^)[^\]\n]+\]:\s*\S+.*")
_IMAGE_ONLY = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)\s*)+")


class Walk:
    """Reads `text` from `after` on; `drafts`, `tables`, `marks` and `breaks` hold what was found."""

    def __init__(self, text: str, *, plain: bool, after: int = 0) -> None:
        self.text = text
        self.drafts: list[Draft] = []
        self.tables: list[Table] = []
        self.marks: list[Place] = []
        self.breaks: list[Place] = []
        self.issues: list[Issue] = []
        self._plain = plain
        self._lines = Lines(text)
        self._first = self._lines.line_at(after) if after else 0
        self._items: list[OpenItem] = []
        self._floor = 0  # items below this are left behind by a heading inside them
        self._cursor: dict[int, int] = {}  # line → offset up to which list marks on it are read
        self._regions = html_tables(self._lines, after)
        self._behind = 0  # the first line behind the last table written in HTML
        tokens = parser(plain).parse(text[self._lines.starts[self._first] :])
        self._wrap = wrap_width(paragraph_lines(tokens)) if plain else None
        self._walk(tokens)
        self._rescue()
        promote_headings(text, self.drafts, plain=plain)

    def _rescue(self) -> None:
        held = spans([*((d.start, d.end) for d in self.drafts), *self.marks, *self.breaks])
        self.drafts += [Draft(BlockKind.PARAGRAPH, *p) for p in lost_lines(self._lines, self._first, held)]
        self.drafts.sort(key=lambda d: d.start)

    # -- tables written in HTML ------------------------------------------------------------------------------

    def _around_regions(self, token: Token) -> bool:
        """Read a token that HTML tables stand in, with what is before, between and behind them; False without any."""
        if token.type not in ("html_block", "inline", "code_block") or not token.map:
            return False
        first, last = token.map[0] + self._first, token.map[1] + self._first
        regions = [r for r in self._regions if r.first < last and first <= r.last]
        if not regions and first >= self._behind:
            return False
        at = max(first, self._behind)
        for region in regions:
            self._outside(token, at, region.first)
            self._emit_region(region, self._parent())
            at = self._behind = region.last + 1
        self._outside(token, at, last)
        return True

    def _outside(self, token: Token, first: int, last: int) -> None:
        """Read the lines of a token round the tables in it, those without a tag as a paragraph (a pipe table too)."""
        if first < last:
            tagged = "<" in self.text[self._lines.starts[first] : self._lines.ends[last - 1]]
            (self._html if token.type != "inline" and tagged else self._paragraph)(first, last)

    def _behind_inside(self, tokens: list[Token], i: int) -> int | None:
        """Skip Markdown in a table written in HTML (a list in a <td>): return the last token of it, None where none is.

        What goes on below the table is read as other text is.
        """
        token = tokens[i]
        if token.map is None or token.map[0] + self._first >= self._behind:
            return None
        last = token.map[1] + self._first
        if last > self._behind and token.type not in ("heading_open", "table_open", "fence"):
            return None
        self._outside(token, self._behind, last)
        if token.nesting != 1:
            return i
        return closing(tokens, i)

    def _emit_region(self, region: HtmlRegion, parent: Draft | None) -> None:
        self._regions.remove(region)
        table = html_table(self.text, *region.place, Layers(self.marks, self.breaks))
        if table is None:
            return self._html(region.first, region.last + 1)
        self._emit(read_line(self.text, self._lines.trimmed(region.first)[0], region.place[0]))
        self._add_table(table, parent)
        self._emit(read_line(self.text, region.place[1], self._lines.trimmed(region.last)[1]))
        return None

    def _add_table(self, table: Table, parent: Draft | None) -> None:
        self.tables.append(table)
        index = len(self.tables) - 1
        self.drafts.append(Draft(BlockKind.TABLE, table.span.start, table.span.end, parent=parent, table=index))

    # -- tokens ----------------------------------------------------------------------------------------------

    def _walk(self, tokens: list[Token]) -> None:
        apart, i = find_apart(tokens, self._lines, self._first), 0
        while i < len(tokens):
            inside = self._behind_inside(tokens, i)
            if inside is not None:
                i = inside
            elif i in apart:
                flat, starts, place, i = apart[i]
                self._add_table(flat_table(self.text, flat, starts, place, Layers(self.marks, self.breaks)), None)
            elif not self._around_regions(tokens[i]):
                i = self._token(tokens, i)
            i += 1

    def _token(self, tokens: list[Token], i: int) -> int:
        token = tokens[i]
        if token.type == "list_item_open":
            self._open_item(token)
        elif token.type == "list_item_close":
            self._close_item(self._items.pop())
            self._floor = min(self._floor, len(self._items))
        elif token.type == "heading_open":
            self._heading(token)
            return i + 2
        elif token.type == "table_open":
            return self._pipe_table(tokens, i)
        elif token.type == "inline" and token.map:
            self._paragraph(token.map[0] + self._first, token.map[1] + self._first, token.content)
        elif token.type in ("fence", "code_block") and token.map:
            self._code(token.map[0] + self._first, token.map[1] + self._first, token)
        elif token.type == "html_block" and token.map:
            self._html(token.map[0] + self._first, token.map[1] + self._first)
        return i

    def _code(self, first: int, last: int, token: Token) -> None:
        """A block of code; one in no language that holds a set-out table is that table (```, columns, ```)."""
        if token.type == "code_block" and (is_page(token.content) or is_prose_block(token.content)):
            return self._html(first, last)
        fence = int(token.type == "fence")
        inner = range(first + fence, last - fence)
        flat = table_in_code([self._lines.raw(number) for number in inner], token.info, self.text)
        if flat is None:
            return self._block(BlockKind.CODE, first, last)
        end = inner[flat.last]
        self._block(BlockKind.CODE, first, inner[flat.first])
        starts = [self._lines.starts[n] for n in inner]
        where = (starts[flat.first], self._lines.ends[end])
        self._add_table(flat_table(self.text, flat, starts, where, Layers(self.marks, self.breaks)), self._parent())
        self._block(BlockKind.CODE, end + 1, last)

    def _parent(self) -> Draft | None:
        return next((item.draft for item in reversed(self._items[self._floor :]) if item.draft is not None), None)

    def _open_item(self, token: Token) -> None:
        line = (token.map or [0, 0])[0] + self._first
        start = max(self._lines.starts[line], self._cursor.get(line, 0))
        found = re.compile(rf"[ \t>]*({re.escape(token.info + token.markup)})[ \t　]*").match(
            self.text, start, self._lines.ends[line]
        )
        marker = (found.start(1), found.end()) if found else (start, start)
        if line < self._behind:  # its mark is inside a table written in HTML
            marker = (self._lines.ends[self._behind - 1],) * 2
        self._cursor[line] = marker[1]
        self._items.append(OpenItem(marker, len(self._items) - self._floor, before=len(self.drafts)))

    def _close_item(self, item: OpenItem) -> None:
        """An item without text: a block of its mark alone; where other blocks follow the mark it is markup."""
        start, end = item.marker
        end -= len(self.text[start:end]) - len(self.text[start:end].rstrip())
        if item.draft is None and start < end:
            if len(self.drafts) == item.before:
                self.drafts.append(Draft(BlockKind.LIST_ITEM, start, end, level=item.depth, marker=(start, end)))
            else:
                self.marks.append((start, end))

    def _block(self, kind: BlockKind, first: int, last: int) -> None:
        places = [p for i in range(first, last) if (p := self._lines.trimmed(i)) and p[0] < p[1]]
        if places:
            self.drafts.append(Draft(kind, places[0][0], places[-1][1], parent=self._parent()))

    def _heading(self, token: Token) -> None:
        first, last = ((n + self._first) for n in (token.map or [0, 1]))
        start, end = self._lines.trimmed(first, self._prefix(first))
        level = int(token.tag[1])
        marker = None
        if token.markup.startswith("#"):
            mark = _HEADING_MARK.match(self.text, start, end)
            marker = (start, mark.end()) if mark else None
            if closed := re.search(r"[ \t]+#+$", self.text[start:end]):
                self.marks.append((start + closed.start(), end))
                end = start + closed.start()
        else:  # underlined: the last line is the rule
            end = self._lines.trimmed(max(first, last - 2))[1]
        if end > (marker[1] if marker else start):
            self._inline(marker[1] if marker else start, end)
            self.drafts.append(Draft(BlockKind.HEADING, start, end, level=level, marker=marker))
            self._floor = len(self._items)

    def _prefix(self, line: int) -> int:
        """Return how many characters of a line are block quote and list marks."""
        start = max(self._lines.starts[line], self._cursor.get(line, 0))
        quote = _QUOTE_MARK.match(self.text, start, self._lines.ends[line])
        return (quote.end() if quote else start) - self._lines.starts[line]

    def _inline(self, start: int, end: int) -> Inline:
        inline = read_inline(self.text[start:end])
        self.marks += [(start + a, start + b) for a, b in inline.marks]
        self.breaks += [(start + a, start + b) for a, b in inline.breaks]
        return inline

    # -- paragraphs ------------------------------------------------------------------------------------------

    def _places(self, first: int, last: int, content: str | None) -> list[Place]:
        """Return the places of a paragraph's lines, without quote marks and list marks."""
        wanted = content.split("\n") if content is not None else [None] * (last - first)
        lines = list(range(first, last))
        while len(lines) > len(wanted) and not self._lines.raw(lines[0]).strip():
            lines.pop(0)  # a line of wide blanks, which the parser took for text and then cut off
        places = []
        for line, piece in zip(lines, wanted, strict=False):
            start, end = self._lines.trimmed(line, self._prefix(line) if piece is None else 0)
            text = piece.strip() if piece is not None else ""
            if text and self.text[start:end].endswith(text):
                start = end - len(text)
            if line > first and start > self._lines.starts[line]:
                quote = _QUOTE_MARK.fullmatch(self.text, self._lines.starts[line], start)
                if quote:
                    self.marks.append((self._lines.starts[line], start))
            if start < end:
                places.append((start, end))
        return places

    def _paragraph(self, first: int, last: int, content: str | None = None) -> None:
        places = self._places(first, last, content)
        if not places:
            return
        item = self._items[-1] if len(self._items) > self._floor else None
        if item is not None and item.draft is None:
            below = [self._lines.raw(self._lines.line_at(a)) for a, _ in places[1:]] if self._plain else []
            behind = 1 if begins_flattened(below) else None
            self._first_of_item(item, places[: behind or len(places)])
            if behind is None:
                return
            places = places[behind:]
        parent = None if self._lines.tabbed_at_margin(places) else self._parent()
        layers, inner = Layers(self.marks, self.breaks), parent is not None and not self._plain
        pieces, issues = around_tables(self._lines, places, layers, inner=inner, number=len(self.tables))
        self.issues += issues
        for chunk, table in pieces:
            if table is not None:
                self._add_table(table, parent)
            elif chunk:
                self._write(chunk, parent)

    def _first_of_item(self, item: OpenItem, places: list[Place]) -> None:
        parent = self._parent()
        pieces = split_lines(self.text, places, parent=None, plain=False, wrap=None)
        head = Draft(BlockKind.LIST_ITEM, item.marker[0], pieces[0].end, level=item.depth, marker=item.marker)
        head.parent = parent
        item.draft = head
        self.drafts.append(head)
        if role_of(self.text[head.start : head.end]).kind is BlockKind.FOOTER:
            head.kind, head.marker = BlockKind.FOOTER, None  # "- 3 -", a page number
        for piece in pieces[1:]:
            piece.parent = head
            piece.level = item.depth + 1 if piece.kind is BlockKind.LIST_ITEM else piece.level
            self.drafts.append(piece)
        self._inline(places[0][0], places[-1][1])

    def _write(self, places: list[Place], parent: Draft | None) -> None:
        self.marks += [(a, b) for a, b in places if _REFERENCE.fullmatch(self.text, a, b)]
        places = [(a, b) for a, b in places if not _REFERENCE.fullmatch(self.text, a, b)]
        if not places:
            return
        source = self.text[places[0][0] : places[-1][1]]
        self._inline(places[0][0], places[-1][1])
        drafts = split_lines(self.text, places, parent=parent, plain=self._plain, wrap=self._wrap)
        if len(drafts) == 1 and _IMAGE_ONLY.fullmatch(source):
            drafts[0].kind = BlockKind.FIGURE
        self.drafts += drafts

    def _html(self, first: int, last: int) -> None:
        """A block of HTML that is no table: its text, tags as markup."""
        if first >= last:
            return
        block = read_block(self._lines, first, last)
        self.marks += block.hidden
        for place in block.comments:
            self._comment(*place)
        self._emit(block.pieces)

    def _emit(self, pieces: list[HtmlPiece]) -> None:
        """Write pieces of HTML; one without text is markup."""
        for piece in pieces:
            start, end = piece.lines[0][0], piece.lines[-1][1]
            if piece.kind is BlockKind.PARAGRAPH and read_inline(self.text[start:end]).text:
                self._write(piece.lines, self._parent())
                continue
            self._inline(start, end)
            if piece.kind is BlockKind.HEADING:
                self.drafts.append(Draft(BlockKind.HEADING, *piece.inner, level=piece.level))
                self._floor = len(self._items)
            elif piece.kind is BlockKind.LIST_ITEM:
                mark = (start, piece.inner[0])
                self.drafts.append(
                    Draft(BlockKind.LIST_ITEM, start, piece.inner[1], marker=mark, parent=self._parent())
                )

    def _comment(self, start: int, end: int) -> None:
        """Prose in a comment (a speaker's notes to a slide, a passage set aside): paragraphs like others."""
        inner = (start + 4, end - 3 if self.text.endswith("-->", start, end) else end)
        self.marks += [(start, inner[0]), (inner[1], end)]
        for places in paragraphs(self.text, *inner):
            self._write(places, self._parent())

    def _pipe_table(self, tokens: list[Token], i: int) -> int:
        first, last = ((n + self._first) for n in (tokens[i].map or [0, 0]))
        end = rows_end(self._lines, first, last)
        prefixes = {line: self._prefix(line) for line in range(first, end)}
        self._add_table(pipe_table(self._lines, prefixes, Layers(self.marks, self.breaks)), self._parent())
        self._paragraph(end, last)
        return closing(tokens, i)

"""Write the tables of marked documents in another way: the same facts must be read from them.

    python -m tests.benchmarks.rewritten_tables OUT FOLDER [FOLDER ...] --as WAY [--least K]

WAY is one of

    transposed   Markdown tables with their rows as columns
    tabs         Markdown tables as lines of values with tabs between them
    gaps         the same with two blanks between them, in Japanese a wide one; an empty corner as wide as the names
    singles      the same with single blanks, as a page of PDF is copied
    stacked      Markdown tables with each cell on a line of its own, empty ones as a dash
    apart        the same with a blank line between all cells
    listed       Markdown tables of two columns as items "- key: value", below a line with what heads the values
    tabled       runs of items "- key: value" whose values hold figures as tables of two columns
    spaced       items "- key: value" as "・key　value", with a wide blank

FOLDER and OUT are as those of `invented_names`. With --plain OUT gets the same documents as they were, to compare.
Words of a cell need not be claims in a list: such gold is optional in what is `listed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from extractors.claims.tables.corners import whole
from tests.benchmarks.invented_names import Place, parser, write

Piece = str | Place  # words of the new text, or a place of the old one that is put there


class Edit(NamedTuple):
    """A stretch of the old text and what stands for it in the new one."""

    start: int
    end: int
    pieces: Sequence[Piece]


_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+(?:[ \t]*:?-+:?[ \t]*)?\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
_ITEM = re.compile(
    r"(?P<mark>[-*・•][ \t　]*)(?P<key>(?!\*\*[^*]*$)[^\n:：|。、]{1,40}?)(?P<colon>\*\*[:：]|[:：](?:\*\*)?)[ \t　]*"
    r"(?P<value>[^\n|。]{1,60}?)[ \t　]*"  # no sentences
)
_FEWEST = 2  # items that are a list


class TableRewriter:
    """One way of writing tables."""

    def __init__(self, way: str, *, plain: bool = False) -> None:
        self._edits, self._way, self._plain = WAYS[way], way, plain
        self._edited: list[Edit] = []

    def text(self, text: str) -> tuple[str, list[Place], int]:
        """Return a text with its tables rewritten, the place in it of each character, and how many were rewritten."""
        self._edited = list(self._edits(text))
        done = [] if self._plain else self._edited
        pieces: list[str] = []
        places: list[Place] = [(0, 0)] * len(text)
        at = length = 0
        for edit in [*done, Edit(len(text), len(text), [])]:
            put: list[Piece] = [(at, edit.start), *edit.pieces]
            for i in range(edit.start, edit.end):
                places[i] = (-1, -1)
            for piece in put:
                if isinstance(piece, str):
                    words = piece
                else:
                    start, end = piece
                    words = text[start:end]
                    for i in range(start, end):
                        places[i] = (length + i - start, length + i - start + 1)
                pieces.append(words)
                length += len(words)
            for i in range(edit.start, edit.end):  # bars and rules go where the cell before them ends
                if places[i] == (-1, -1):
                    places[i] = (places[i - 1][1] if i else 0,) * 2
            at = edit.end
        return "".join(pieces), places, len(self._edited)

    def words(self, words: str) -> str:
        """Return words of a record, which stay."""
        return words

    def changed(self, record: dict[str, Any], words: str) -> dict[str, Any]:
        """Return what a record says otherwise of a figure that stands in a table now, or of words that no longer do."""
        if self._plain or not any(x.start <= record.get("start", -1) < x.end for x in self._edited):
            return {}
        if self._way == "tabled":
            return {"in_table": True}
        return {"optional": True} if self._way == "listed" and record.get("value_type") == "text" else {}


def _lines(text: str) -> list[Place]:
    return [m.span() for m in re.finditer(r"[^\n\r]*(?:\r?\n|\r|$)", text) if m.group()]


def _tables(text: str) -> Iterator[tuple[Place, list[list[Place]]]]:
    """Yield the Markdown tables that have as many cells in each row: their lines and the places of their cells."""
    lines = _lines(text)
    at = 0
    while at + 2 < len(lines):
        if "|" not in text[slice(*lines[at])] or not _RULE.fullmatch(text[slice(*lines[at + 1])].rstrip("\r\n")):
            at += 1
            continue
        end = at + 2
        while end < len(lines) and "|" in text[slice(*lines[end])]:
            end += 1
        grid = [_cells(text, lines[i]) for i in (at, *range(at + 2, end))]
        last = lines[end - 1][0] + len(text[slice(*lines[end - 1])].rstrip("\r\n"))
        if len(grid) > 1 and len({len(row) for row in grid}) == 1 and len(grid[0]) > 1:
            yield (lines[at][0], last), grid
        at = end


def _cells(text: str, line: Place) -> list[Place]:
    """Return the places of a row's cells without the blanks round them."""
    start, words = line[0], text[slice(*line)].rstrip()
    cuts = [m.start() for m in _BAR.finditer(words)]
    first, last = bool(re.match(r"\s*\|", words)), bool(cuts) and cuts[-1] == len(words) - 1
    ends = [*([] if first else [-1]), *cuts, *([] if last else [len(words)])]
    cells = []
    for a, b in pairwise(ends):
        cell = words[a + 1 : b]
        left = a + 1 + len(cell) - len(cell.lstrip())
        cells.append((start + left, start + max(left, a + 1 + len(cell.rstrip()))))
    return cells


def _row(cells: Sequence[Piece]) -> list[Piece]:
    return ["|", *(x for cell in cells for x in (" ", cell, " |"))]


def _lined(rows: Sequence[Sequence[Piece]]) -> list[Piece]:
    """Join rows by line ends."""
    return [x for i, row in enumerate(rows) for x in (["\n"] * bool(i) + list(row))]


def _drawn(grid: Sequence[Sequence[Piece]]) -> list[Piece]:
    return _lined([_row(grid[0]), ["|" + "---|" * len(grid[0])], *map(_row, grid[1:])])


def transposed(text: str) -> Iterator[Edit]:
    """Yield tables with their rows as columns."""
    for (start, end), grid in _tables(text):
        yield Edit(start, end, _drawn(list(zip(*grid, strict=True))))


def tabs(text: str) -> Iterator[Edit]:
    """Yield tables as lines with tabs."""
    for (start, end), grid in _tables(text):
        yield Edit(start, end, _lined([[x for cell in row for x in (cell, "\t")][:-1] for row in grid]))


def gaps(text: str) -> Iterator[Edit]:
    """Yield tables as lines with gaps."""
    gap = "\u3000" if re.search(r"[ぁ-んァ-ヺ一-龥]{2}", text) else "  "
    for (start, end), grid in _tables(text):
        rows = [[x for cell in row for x in (*_filled(text, cell), gap)][:-1] for row in grid]
        if not text[slice(*grid[0][0])]:
            rows[0][0] = gap[0] * max(len(gap), *(b - a for a, b in next(zip(*grid, strict=True))))
        yield Edit(start, end, _lined(rows))


def singles(text: str) -> Iterator[Edit]:
    """Yield tables as lines with single blanks."""
    for (start, end), grid in _tables(text):
        rows = [[x for cell in row for x in (*_filled(text, cell), " ")][:-1] for row in grid]
        if not text[slice(*grid[0][0])]:
            rows[0] = rows[0][2:]
        yield Edit(start, end, _lined(rows))


def apart(text: str) -> Iterator[Edit]:
    """Yield tables with each cell a paragraph."""
    for edit in stacked(text):
        yield edit._replace(pieces=["\n\n" if piece == "\n" else piece for piece in edit.pieces])


def stacked(text: str) -> Iterator[Edit]:
    """Yield tables with each cell on a line of its own."""
    for (start, end), grid in _tables(text):
        cells = [_filled(text, cell) for row in grid for cell in row]
        yield Edit(start, end, _lined(cells[not text[slice(*grid[0][0])] :]))  # an empty corner leaves no line


def _filled(text: str, cell: Place) -> list[Piece]:
    return [cell] if text[slice(*cell)] else ["-"]


def listed(text: str) -> Iterator[Edit]:
    """Yield tables of two columns as items, below what heads their values where that tells more than 値."""
    for (start, end), grid in _tables(text):
        if len(grid[0]) == 2:
            head = grid[0][1]
            bare = not text[slice(*head)] or whole("values").match(text[slice(*head)])
            lead: list[list[Piece]] = [] if bare else [[head, ":"]]
            items: list[list[Piece]] = [["- ", key, ": ", value] for key, value in grid[1:]]
            yield Edit(start, end, _lined([*lead, *([[""]] if lead else []), *items]))


def _items(text: str) -> Iterator[tuple[Place, list[tuple[Place, Place]]]]:
    """Yield runs of items "- key: value", with the places of keys and values."""
    run: list[re.Match[str]] = []
    for line in [*_lines(text), (len(text), len(text))]:
        found = _ITEM.fullmatch(text, line[0], line[0] + len(text[slice(*line)].rstrip("\r\n")))
        if found is not None and not re.search(r"https?$", found["key"]):
            run.append(found)
            continue
        if len(run) >= _FEWEST:
            yield (run[0].start(), run[-1].end()), [(_unmarked(text, m.span("key")), m.span("value")) for m in run]
        run = []


def _unmarked(text: str, place: Place) -> Place:
    """Return the place of a key without the signs of bold type round it."""
    words = text[slice(*place)]
    left = len(words) - len(words.lstrip("* "))
    return place[0] + left, place[0] + max(left, len(words.rstrip("* ")))


def tabled(text: str) -> Iterator[Edit]:
    """Yield lists of keys and figures as tables of two columns."""
    heads = ("項目", "値") if re.search(r"[ぁ-んァ-ヺ一-龥]{2}", text) else ("Item", "Value")
    for (start, end), items in _items(text):
        if all(re.search(r"\d", text[slice(*value)]) for _, value in items):
            above = [] if text[:start].endswith("\n\n") or not start else ["\n"]  # else it goes on the line above
            below = [] if text[end:].startswith(("\n\n", "\r\n\r\n")) else ["\n"]
            yield Edit(start, end, [*above, *_drawn([heads, *items]), *below])


def spaced(text: str) -> Iterator[Edit]:
    """Yield lists of keys and values with wide blanks between them."""
    for (start, end), items in _items(text):
        yield Edit(start, end, _lined([["・", key, "　", value] for key, value in items]))


WAYS: dict[str, Callable[[str], Iterator[Edit]]] = {
    f.__name__: f for f in (transposed, tabs, gaps, singles, stacked, apart, listed, tabled, spaced)
}  # fmt: skip


if __name__ == "__main__":
    arguments = parser(__doc__)
    arguments.add_argument("--as", dest="way", choices=sorted(WAYS), required=True)
    arguments.add_argument("--plain", action="store_true")
    told = arguments.parse_args()
    write(TableRewriter(told.way, plain=told.plain), told)

"""A grid being worked on: column and row boundaries, and in each slot the words that stand there."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from extractors.readers.pdf.segments import is_wide
from extractors.readers.pdf.tables.fill import lines_of
from extractors.readers.pdf.tables.grid import Grid, GridCell, Rect, line_text
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.pdf.tables.words import Word, is_number

Slot = tuple[int, int]
DOTS = re.compile(r"[.…․‥・·_]+")
LEADER = re.compile(r"[.…․‥・_]{3,}$|^[.…]+$")


@dataclass(slots=True)
class Lattice:
    """Boundaries, words by (row, column), and merged areas by their top left slot.

    `spans` maps the slot where a merged cell starts to its last row and column; the slots it covers hold no words.
    """

    xs: list[float]
    ys: list[float]
    slots: dict[Slot, list[Word]] = field(default_factory=dict)
    spans: dict[Slot, Slot] = field(default_factory=dict)
    body: int = 0  # first row that is not a header

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    def row_words(self, row: int) -> list[Word]:
        """Return the words of a row from left to right."""
        return [w for c in range(self.columns) for w in self.slots.get((row, c), [])]

    def text(self, row: int, column: int) -> str:
        """Return the text of a slot."""
        return " ".join([line_text(line) for line in lines_of(self.slots.get((row, column), []))])

    def filled(self, row: int) -> list[int]:
        """Return the columns of a row that hold words."""
        return [c for c in range(self.columns) if self.slots.get((row, c))]

    def merge_rows(self, first: int, last: int) -> None:
        """Make rows `first` to `last` one row."""
        slots: dict[Slot, list[Word]] = {}
        gone = last - first
        for (r, c), words in self.slots.items():
            new = r if r <= first else first if r <= last else r - gone
            slots.setdefault((new, c), []).extend(words)
        self.slots = slots
        del self.ys[first + 1 : last + 1]
        if self.body > first:
            self.body = max(first + 1, self.body - gone) if self.body > last else first + 1

    def merge_columns(self, first: int, last: int) -> None:
        """Make columns `first` to `last` one column."""
        slots: dict[Slot, list[Word]] = {}
        gone = last - first
        for (r, c), words in self.slots.items():
            new = c if c <= first else first if c <= last else c - gone
            slots.setdefault((r, new), []).extend(words)
        self.slots = slots
        del self.xs[first + 1 : last + 1]

    def drop_row(self, row: int) -> None:
        """Take a row at the edge of the grid, or an empty one, out of it."""
        slots = {}
        for (r, c), words in self.slots.items():
            if r != row:
                slots[(r if r < row else r - 1, c)] = words
        self.slots = slots
        del self.ys[row if row == 0 else row + 1]
        if self.body > row:
            self.body -= 1

    def split_row(self, row: int, cuts: list[float]) -> None:
        """Part a row at the heights `cuts`."""
        slots: dict[Slot, list[Word]] = {}
        for (r, c), words in self.slots.items():
            for word in words:
                new = r if r < row else r + len(cuts) if r > row else row + bisect_right(cuts, word.middle[1])
                slots.setdefault((new, c), []).append(word)
        self.slots = slots
        self.ys[row + 1 : row + 1] = cuts
        if self.body > row:
            self.body += len(cuts)


def lattice_of(xs: list[float], ys: list[float], words: list[Word]) -> Lattice:
    """Return a lattice with the words whose centre lies inside its outer boundaries."""
    lattice = Lattice(list(xs), list(ys))
    last: Word | None = None
    home = 0
    for word in words:
        x, y = word.middle
        if last is not None and _leads(last, word):
            x = (xs[home] + xs[home + 1]) / 2
        if xs[0] - 2 <= x <= xs[-1] + 2 and ys[0] - 2 <= y <= ys[-1] + 2:
            c = min(max(bisect_right(xs, x) - 1, 0), len(xs) - 2)
            r = min(max(bisect_right(ys, y) - 1, 0), len(ys) - 2)
            lattice.slots.setdefault((r, c), []).append(word)
            last, home = word, c
    return lattice


def _leads(last: Word, word: Word) -> bool:
    """Say whether a word of dots goes on a label, whatever column the dots reach into."""
    if not DOTS.fullmatch(word.text) or last.piece.segment.baseline != word.piece.segment.baseline:
        return False
    return -1 < word.x0 - last.x1 < 1.5 * word.piece.segment.size


def phrases(words: list[Word], rules: Rules, figures: bool = True) -> list[list[Word]]:
    """Group the words of one row into phrases: on one baseline, no wider apart than a blank, no line between them.

    Two figures are never linked; without `figures` no figure is linked to anything.
    """
    out: list[list[Word]] = []
    for line in _lines(words):
        for i, word in enumerate(line):
            if i and _linked(line[i - 1], word, rules, figures):
                out[-1].append(word)
            else:
                out.append([word])
    return out


def _lines(words: list[Word]) -> list[list[Word]]:
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda w: w.piece.segment.baseline):
        if lines and word.piece.segment.baseline - lines[-1][0].piece.segment.baseline < 0.4 * word.piece.segment.size:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [sorted(line, key=lambda w: w.x0) for line in lines]


def _linked(a: Word, b: Word, rules: Rules, figures: bool) -> bool:
    size = a.piece.segment.size
    gap = b.x0 - a.x1
    wide = is_wide(a.text[-1]) or is_wide(b.text[0])
    if not -0.3 * size < gap < (0.3 if wide else 0.5) * size:
        return False
    numbers = is_number(a.text) + is_number(b.text)
    if numbers > (1 if figures else 0) or LEADER.search(a.text):
        return False
    return not rules.beside(a.x1 - 1, b.x0 + 1, a.middle[1])


def bounds(words: list[Word]) -> Rect:
    """Return the box around words."""
    return min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words)


def parted(lattice: Lattice, captions: list[int]) -> list[Lattice]:
    """Return the tables that a lattice holds: it is parted where its first row comes again further down.

    A row with one entry directly above the repeated header goes to the lower table, as its title. It is also parted at
    the rows `captions`, which go to neither table.
    """
    head = [lattice.text(0, c) for c in range(lattice.columns)]
    starts = [0]
    for r in range(2, lattice.rows - 1) if sum(map(bool, head)) >= 2 else ():
        if [lattice.text(r, c) for c in range(lattice.columns)] == head:
            starts.append(r - 1 if len(lattice.filled(r - 1)) == 1 and r - 1 > starts[-1] + 1 else r)
    starts = sorted({*starts, *captions})
    if len(starts) == 1:
        return [lattice]
    out = []
    for first, last in zip(starts, [*starts[1:], lattice.rows], strict=True):
        slots = {(r - first, c): words for (r, c), words in lattice.slots.items() if first <= r < last}
        part = Lattice(list(lattice.xs), lattice.ys[first : last + 1], slots)
        titled = first and len(part.filled(0)) == 1 and [part.text(1, c) for c in range(part.columns)] == head
        if part.rows > 1 and (titled or first in captions):
            part.drop_row(0)
        out.append(part)
    return out


def to_grid(lattice: Lattice, method: str) -> Grid:
    """Return the lattice as a filled grid."""
    covered = {
        (r, c)
        for (r0, c0), (r1, c1) in lattice.spans.items()
        for r in range(r0, r1 + 1)
        for c in range(c0, c1 + 1)
        if (r, c) != (r0, c0)
    }
    cells = []
    for r in range(lattice.rows):
        for c in range(lattice.columns):
            if (r, c) in covered:
                continue
            r1, c1 = lattice.spans.get((r, c), (r, c))
            box = (lattice.xs[c], lattice.ys[r], lattice.xs[c1 + 1], lattice.ys[r1 + 1])
            inside = [w for i in range(r, r1 + 1) for j in range(c, c1 + 1) for w in lattice.slots.get((i, j), [])]
            cells.append(GridCell(r, c, r1, c1, box, lines_of(inside)))
    return Grid((lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1]), cells, method)

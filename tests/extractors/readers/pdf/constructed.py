"""Pages with tables as reports set them, made at test time in our own words, each with what a reader must find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pymupdf

from tests.benchmarks.scanned import bare

Rows = list[list[str]]


@dataclass
class Expected:
    """A table as printed: every slot of its grid (a merged cell's text in each), and what is bound to it."""

    rows: Rows
    head: int = 1
    caption: str | None = None
    unit: str | None = None
    source: str | None = None


@dataclass
class Sheet:
    """A document being set; `y` is where the next line goes."""

    document: Any = field(default_factory=pymupdf.open)
    y: float = 60.0
    page: Any = None

    def new(self, width: float = 595, height: float = 842) -> None:
        """Start a page."""
        self.page, self.y = self.document.new_page(width=width, height=height), 60.0

    def put(self, x: float, y: float, text: str, size: float = 10, flush: str = "l", bold: bool = False) -> None:
        """Write one line; `flush` l, r or c says which point of it stands at `x`."""
        font = pymupdf.Font(("hebo" if bold else "helv") if text.isascii() else "japan")
        wide = font.text_length(text, size)
        writer = pymupdf.TextWriter(self.page.rect)
        writer.append((x - {"l": 0, "c": wide / 2, "r": wide}[flush], y), text, font=font, fontsize=size)
        writer.write_text(self.page)

    def line(self, text: str, x: float = 60, size: float = 10, flush: str = "l", step: float = 1.7) -> None:
        """Write a line of the text and go on below it."""
        self.put(x, self.y, text, size, flush)
        self.y += step * size

    def table(
        self,
        rows: Rows,
        xs: list[float],
        style: str = "ruled",
        size: float = 9,
        high: float = 18,
        merged: tuple[tuple[int, int, int, int], ...] = (),
        flush: str = "lr",
        head: int = 1,
    ) -> None:
        """Set a table with column edges `xs`; `merged` are areas (row, column, last row, last column)."""
        top = self.y
        heights = [max(len(t.split("\n")) for t in row) * 1.25 * size + high - 1.25 * size for row in rows]
        ys = [top + sum(heights[:i]) for i in range(len(rows) + 1)]
        covered = {(r, c) for a, b, d, e in merged for r in range(a, d + 1) for c in range(b, e + 1)}
        starts = {(a, b): (d, e) for a, b, d, e in merged}
        if style == "shaded":
            self.page.draw_rect(pymupdf.Rect(xs[0], ys[0], xs[-1], ys[head]), fill=(0.82, 0.88, 0.94), color=None)
            for r in range(head + 1, len(rows), 2):
                self.page.draw_rect(pymupdf.Rect(xs[0], ys[r], xs[-1], ys[r + 1]), fill=(0.95, 0.95, 0.95), color=None)
        for r, row in enumerate(rows):
            for c, text in enumerate(row):
                if (r, c) in covered and (r, c) not in starts:
                    continue
                last = starts.get((r, c), (r, c))
                box = pymupdf.Rect(xs[c], ys[r], xs[last[1] + 1], ys[last[0] + 1])
                if style == "ruled":
                    self.page.draw_rect(box, width=0.5)
                where = "c" if r < head and c else flush[min(c, len(flush) - 1)]
                lines = text.split("\n")
                for i, part in enumerate(lines):
                    x = {"l": box.x0 + 4, "r": box.x1 - 4, "c": (box.x0 + box.x1) / 2}[where]
                    y = (box.y0 + box.y1) / 2 + (i - (len(lines) - 1) / 2) * 1.25 * size + 0.36 * size
                    self.put(x, y, part, size, where, bold=r < head)
        if style == "half":
            for place in (ys[0], ys[head], ys[-1]):
                self.page.draw_line((xs[0], place), (xs[-1], place), width=0.7)
        self.y = ys[-1] + 1.6 * size


CASES: dict[str, Callable[[Sheet], list[Expected]]] = {}


def case(build: Callable[[Sheet], list[Expected]]) -> Callable[[Sheet], list[Expected]]:
    """Register a case under its function's name."""
    CASES[build.__name__] = build
    return build


def score(build: Callable[[Sheet], list[Expected]], read: Callable[[bytes], Any]) -> tuple[float, list[str]]:
    """Return the part of a case that a reader has right, and what it has wrong."""
    sheet = Sheet()
    sheet.new()
    expected = build(sheet)
    document = read(sheet.document.tobytes())
    tables = list(document.tables)
    points: list[float] = [float(len(tables) == len(expected))]
    wrong = [] if points[0] else [f"{len(tables)} tables for {len(expected)}"]
    for number, want in enumerate(expected):
        if number >= len(tables):
            points.append(0.0)
            continue
        table = tables[number]
        got = [[bare(c.text) if (c := table.at(r, k)) else "" for k in range(table.columns)] for r in range(table.rows)]
        slots = [(r, c) for r, row in enumerate(want.rows) for c in range(len(row))]
        bad = [
            (r, c) for r, c in slots
            if not (r < len(got) and c < len(got[r]) and got[r][c] == bare(want.rows[r][c]))
        ]  # fmt: skip
        points.append(1 - len(bad) / len(slots))
        if bad:
            wrong.append(f"table {number}: {len(bad)} of {len(slots)} cells, {table.method}: {got}")
        points.append(float(table.header_rows == want.head))
        if table.header_rows != want.head:
            wrong.append(f"table {number}: {table.header_rows} header rows")
        for name, text, span in (
            ("caption", want.caption, table.caption),
            ("unit", want.unit, table.unit_note),
            ("source", want.source, table.source),
        ):
            if text is not None:
                found = bare(document.quote(span)) if span else ""
                points.append(float(bare(text) in found if name != "unit" else bare(text).strip("()") in found))
                if not points[-1]:
                    wrong.append(f"table {number}: {name} {found!r} for {text!r}")
    return sum(points) / len(points), wrong

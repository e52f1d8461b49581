"""A second opinion by pdfplumber and camelot, asked only where the first engines leave figures or look unsure.

Rows of figures outside every table found go to pdfplumber's text strategy and, where that does not hold, to camelot's
network parser; their lines are filled from the page's own words and judged as any other grid. A doubtful ruled table
is compared with the cells of pdfplumber's lines. Both get a copy of the one page, cut down to the place in question.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.tables.fill import fill
from extractors.readers.pdf.tables.gate import number_blocks
from extractors.readers.pdf.tables.grid import Grid, Rect
from extractors.readers.pdf.tables.judge import defects, is_table, numbers_in, share
from extractors.readers.pdf.tables.lines import grid_of
from extractors.readers.pdf.tables.words import Word, is_number
from schemas import Issue

DOUBTFUL = 0.7  # score below which a ruled table is compared with pdfplumber's
TEXT_EDGES = {"vertical_strategy": "text", "horizontal_strategy": "text", "min_words_vertical": 2}
Finder = Callable[["PageCopy", Rect], list[list[Rect]]]


@dataclass
class PageCopy:
    """An upright PyMuPDF page as a PDF of its own, made at the first question; failures are noted in `issues`."""

    page: Any
    number: int
    issues: list[Issue]

    @property
    def width(self) -> float:
        """Width in points."""
        return float(self.page.rect.width)

    @property
    def height(self) -> float:
        """Height in points."""
        return float(self.page.rect.height)

    @cached_property
    def data(self) -> bytes:
        """The PDF; its origin is the page's top left corner for every engine."""
        import pymupdf

        page = self.page
        with pymupdf.open() as single:
            if page.mediabox == page.cropbox and page.mediabox.tl == (0, 0):
                single.insert_pdf(page.parent, from_page=page.number, to_page=page.number, annots=False, widgets=False)
            else:
                fresh = single.new_page(width=self.width, height=self.height)
                fresh.show_pdf_page(fresh.rect, page.parent, page.number)
            return bytes(single.tobytes())

    def ask(self, engine: str, finder: Finder, box: Rect) -> list[list[Rect]]:
        """Return the cell boxes of the tables an engine finds in `box`; none, and an issue, where it fails."""
        x0, top, x1, bottom = box
        box = (max(0.0, x0 - 2), max(0.0, top - 2), min(self.width, x1 + 2), min(self.height, bottom + 2))
        try:
            return finder(self, box)
        except Exception as error:
            reason = " ".join(str(error).split())[:120] or type(error).__name__
            message = f"page {self.number}: {engine} could not look for tables: {reason}"
            self.issues.append(Issue(code="second-opinion-failed", message=message, page=self.number))
            return []


def stray_grids(
    load: Callable[[], PageCopy],
    segments: list[Segment],
    words: list[Word],
    chosen: list[Grid],
    pictures: list[Rect],
    mend: Callable[[Grid], list[Grid]],
) -> list[Grid]:
    """Return tables for the rows of figures outside the `chosen` ones and outside `pictures`.

    `mend` makes filled tables of a grid of lines; `load` is called only where there are such rows.
    """
    found: list[Grid] = []
    blocks = [b for b in number_blocks(segments, chosen) if not any(share(b, p) > 0.5 for p in pictures)]
    copy = load() if blocks else None
    for block in blocks:
        taken = [*chosen, *found]
        for engine, finder in (("pdfplumber-text", plumber_text), ("camelot-network", camelot_network)):
            tables = copy.ask(engine, finder, block) if copy else []
            grids = [g for rects in tables if (g := grid_of(rects, engine))]
            good = [m for g in grids for m in mend(g) if holds(m, block, words)]
            good = [g for g in good if not any(share(g.box, t.box) > 0.1 or share(t.box, g.box) > 0.1 for t in taken)]
            if good:
                found.append(max(good, key=lambda g: (-defects(g, words), len(g.filled()))))
                break
    return found


def holds(grid: Grid, block: Rect, words: list[Word]) -> bool:
    """Say whether a grid found for a block of figures is a table: each figure of the block alone in a cell of it."""
    figures = [w for w in words if is_number(w.text) and _in(block, w)]
    alone = [c for c in grid.filled() if len(numbers_in(c)) == 1]
    kept = sum(any(w.text in numbers_in(c) and _in(c.box, w) for c in alone) for w in figures)
    texts = any(c.column == 0 and not is_number(c.text) for c in grid.filled())
    return is_table(grid) and texts and kept == len(figures) and defects(grid, words) <= 0.05 * len(grid.filled())


def _in(box: Rect, word: Word) -> bool:
    x, y = word.middle
    return box[0] - 1 <= x <= box[2] + 1 and box[1] - 1 <= y <= box[3] + 1


def lined_rivals(load: Callable[[], PageCopy], grid: Grid, words: list[Word]) -> list[Grid]:
    """Return pdfplumber's grids of drawn lines at the place of a doubtful ruled table, filled from the same words."""
    if grid.method != "mupdf-lines" or (grid.score >= DOUBTFUL and not grid.alarms):
        return []
    grids = [g for rects in load().ask("pdfplumber", plumber_lines, grid.box) if (g := grid_of(rects, "pdfplumber"))]
    for other in grids:
        fill(other, words)
    return [g for g in grids if len(g.filled()) >= 4]


def plumber_text(copy: PageCopy, box: Rect) -> list[list[Rect]]:
    """Return pdfplumber's tables in `box` by aligned text."""
    return _plumber(copy, box, TEXT_EDGES)


def plumber_lines(copy: PageCopy, box: Rect) -> list[list[Rect]]:
    """Return pdfplumber's tables in `box` by drawn lines."""
    return _plumber(copy, box, {})


def _plumber(copy: PageCopy, box: Rect, settings: dict[str, Any]) -> list[list[Rect]]:
    import pdfplumber

    with pdfplumber.open(io.BytesIO(copy.data)) as pdf:
        tables = pdf.pages[0].crop(box, strict=False).find_tables(table_settings=settings)
        return [[(float(a), float(b), float(c), float(d)) for a, b, c, d in table.cells] for table in tables]


def camelot_network(copy: PageCopy, box: Rect) -> list[list[Rect]]:
    """Return camelot's tables in `box` by the alignment of text; camelot counts heights from the page's foot."""
    from camelot.io import read_pdf

    x0, top, x1, bottom = box
    area = f"{x0},{copy.height - top},{x1},{copy.height - bottom}"
    logging.getLogger("camelot").setLevel(logging.ERROR)
    tables = read_pdf(copy.data, flavor="network", suppress_stdout=True, table_areas=[area])
    return [
        [
            (float(c.x1), copy.height - float(c.y2), float(c.x2), copy.height - float(c.y1))
            for row in t.cells
            for c in row
        ]
        for t in tables
    ]

"""Charts drawn with matplotlib and PyMuPDF for the tests, in our own words, and what the reader makes of them."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf

from extractors.readers.pdf import read_pdf
from schemas import Document, Table, TableKind
from tests.extractors.readers.pdf.paper import new_page, write

Pair = tuple[str, str, str]  # category, series ("" for one without a name), data label


@cache
def _plt() -> Any:
    import matplotlib
    from matplotlib import font_manager

    matplotlib.use("pdf")
    path = Path(tempfile.mkdtemp()) / "japan.ttf"
    path.write_bytes(_small_font())
    font_manager.fontManager.addfont(str(path))
    import matplotlib.pyplot as plt

    plt.rcParams["font.family"] = font_manager.FontProperties(fname=str(path)).get_name()
    plt.rcParams["axes.unicode_minus"] = False
    plt.rcParams["pdf.fonttype"] = 42
    return plt


def _small_font() -> bytes:
    """Return PyMuPDF's Japanese font with the characters of these tests only: matplotlib reads all of it each time."""
    from fontTools import subset  # type: ignore[import-untyped]
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    here = Path(__file__).parent
    users = [*here.glob("*.py"), *here.parents[2].rglob("test_charts.py")]
    characters = "".join(p.read_text(encoding="utf-8") for p in users)
    options = subset.Options(layout_features=[], hinting=False, glyph_names=False, notdef_outline=True)
    font = TTFont(io.BytesIO(pymupdf.Font("japan").buffer))
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def canvas(width: float = 7, height: float = 4.2) -> tuple[Any, Any]:
    """Return a matplotlib figure and its axes, in inches."""
    figure, axes = _plt().subplots(figsize=(width, height))
    return figure, axes


def printed(figure: Any) -> Document:
    """Return what is read from a matplotlib figure printed as PDF."""
    out = io.BytesIO()
    figure.savefig(out, format="pdf")
    _plt().close(figure)
    return read_pdf(out.getvalue(), name="chart.pdf")


def charts(document: Document) -> list[Table]:
    """Return the charts; there must be no other table."""
    assert all(t.kind is TableKind.CHART for t in document.tables)
    return list(document.tables)


def pairs(document: Document) -> list[Pair]:
    """Return all that the charts say, in order."""
    found = []
    for table in charts(document):
        for cell in table.cells:
            if cell.row >= table.header_rows and cell.column >= table.header_columns:
                head = table.at(0, cell.column) if table.header_rows else None
                name = table.at(cell.row, 0)
                assert name is not None
                found.append((name.text, head.text if head else "", cell.text))
    return found


def rows(categories: Sequence[str], series: Sequence[str], labels: Sequence[Sequence[object]]) -> list[Pair]:
    """Return the pairs of a full chart, row by row; None stands for no label."""
    return [
        (category, name, str(line[i]))
        for i, category in enumerate(categories)
        for name, line in zip(series, labels, strict=True)
        if line[i] is not None
    ]


def bars_by_hand(categories: Sequence[str], lengths: Sequence[float], labels: Sequence[str]) -> Document:
    """Return what is read from upright bars of given lengths (points) drawn with PyMuPDF, labels at their ends."""
    document = pymupdf.open()
    page = new_page(document, 120 + 80 * len(categories), 420)
    write(page, 60, 40, "拠点ごとの出荷量", 12)
    for i, (category, length, label) in enumerate(zip(categories, lengths, labels, strict=True)):
        x = 60 + 80 * i
        page.draw_rect(pymupdf.Rect(x, 360 - length, x + 40, 360), fill=(0.2, 0.4, 0.7), color=None)
        centered(page, x + 20, 376, category)
        centered(page, x + 20, 356 - length, label)
    return read_pdf(document.tobytes(), name="bars.pdf")


def centered(page: Any, x: float, y: float, text: str, size: float = 10) -> None:
    """Write a text around `x`."""
    write(page, x - pymupdf.get_text_length(text, "japan", size) / 2, y, text, size)

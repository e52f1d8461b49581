"""The second opinion: rows of figures that the first engines leave, doubtful ruled tables, failures of the engines."""

from functools import cache
from itertools import pairwise
from typing import Any

import pymupdf
import pytest
import typst

from extractors.readers.pdf import read_pdf
from extractors.readers.pdf.tables import find, second
from extractors.readers.pdf.tables.model import regions_of
from schemas import Table
from tests.extractors.readers.pdf.paper import new_page, read, ruled, write

ROWS = [
    ["Plant", "2028", "2029", "Change"],
    ["Aomori", "1,204.5", "1,310.2", "105.7"],
    ["Borgholm", "882.0", "790.4", "(91.6)"],
    ["Cardigan", "2,015.3", "2,118.9", "103.6"],
    ["Dunedin", "640.1", "655.0", "14.9"],
]
SOURCE = (
    """#set page(width: 420pt, height: 400pt, margin: 40pt)
#set text(size: 10pt)
Output of the four plants is set out below, in thousands of tonnes for each year to March.
#v(14pt)
#table(columns: (120pt, 70pt, 70pt, 70pt), stroke: none, align: (left, right, right, right),
"""
    + ",\n".join(f"[{text}]" for row in ROWS for text in row)
    + """)
#v(14pt)
The plants named here do not exist; they were made up for a test of this reader.
"""
)
FIGURES = {text for row in ROWS[1:] for text in row[1:]}


@cache
def _borderless() -> bytes:
    return bytes(typst.compile(SOURCE.encode()))


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the layout model see the page but no table on it, as happens on pages unlike those it learnt from."""
    monkeypatch.setattr(find, "regions_of", lambda page: [r for r in regions_of(page) if r.kind == "text"])


def _grid(table: Table) -> list[list[str]]:
    return [[(cell.text if (cell := table.at(r, c)) else "") for c in range(table.columns)] for r in range(table.rows)]


@pytest.mark.usefixtures("blind")
def test_pdfplumber_finds_what_the_model_leaves() -> None:
    found = read_pdf(_borderless(), name="plants.pdf")
    (table,) = found.tables
    assert table.method == "pdfplumber-text" and _grid(table) == ROWS
    assert found.issues == ()


@pytest.mark.usefixtures("blind")
def test_camelot_is_asked_where_pdfplumber_finds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second, "plumber_text", lambda copy, box: [])
    (table,) = read_pdf(_borderless(), name="plants.pdf").tables
    assert table.method == "camelot-network" and {c.text for c in table.cells} >= FIGURES


@pytest.mark.usefixtures("blind")
def test_an_engine_that_fails_is_an_issue_and_the_text_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(copy: second.PageCopy, box: Any) -> Any:
        raise ValueError("no such\nfont")

    monkeypatch.setattr(second, "plumber_text", broken)
    monkeypatch.setattr(second, "camelot_network", broken)
    found = read_pdf(_borderless(), name="plants.pdf")
    assert found.tables == () and all(figure in found.text for figure in FIGURES)
    assert [(i.code, i.page) for i in found.issues] == [("second-opinion-failed", 1)] * 2
    assert "\n" not in found.issues[0].message


@pytest.mark.usefixtures("blind")
def test_a_page_whose_origin_lies_elsewhere_is_read_at_the_same_places() -> None:
    source = pymupdf.open(stream=_borderless(), filetype="pdf")
    source[0].set_cropbox(pymupdf.Rect(20, 30, 420, 380))
    (table,) = read_pdf(source.tobytes(), name="cropped.pdf").tables
    assert _grid(table) == ROWS


def test_pages_of_text_and_tables_already_found_are_not_asked_about(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> Any:
        raise AssertionError("a copy of the page was made")

    monkeypatch.setattr(find, "PageCopy", never)
    document = pymupdf.open()
    page = new_page(document)
    ruled(page, 50, 92, [90, 90, 90], [["拠点", "2029年度", "2030年度"], ["東", "940", "900"], ["西", "137", "131"]])
    for i in range(4):
        write(page, 50, 200 + 16 * i, f"第{i}期には940台と900台、合わせて1,840台を出荷したと架空の会社は述べた。")
    found = read(document)
    assert len(found.tables) == 1 and found.issues == ()


@pytest.mark.usefixtures("blind")
def test_the_axes_of_a_chart_are_no_rows_of_figures() -> None:
    document = pymupdf.open()
    page = new_page(document)
    for i in range(6):
        write(page, 60, 100 + 30 * i, f"{20000 - 2000 * i:,}", 8)
        write(page, 330, 100 + 30 * i, f"{100 - 10 * i}", 8)
    assert read(document).tables == ()


@pytest.mark.usefixtures("blind")
@pytest.mark.parametrize("line", [None, 140])
def test_figures_that_only_pdfplumber_reads_are_an_alarm(monkeypatch: pytest.MonkeyPatch, line: int | None) -> None:
    """Two figures stand in a cell, so pdfplumber is asked: its cells are the same, or have a line between the two."""
    edges = sorted({108, 124, 156, 172} | ({line} if line else set()))
    cells = [(a, c, b, d) for a, b in pairwise((50, 140, 230, 320)) for c, d in pairwise([92, *edges])]
    monkeypatch.setattr(second, "plumber_lines", lambda copy, box: [cells])
    document = pymupdf.open()
    page = new_page(document)
    ruled(page, 50, 92, [90, 90, 90], [["部門", "前年度", "当年度"], ["電子", "1,200", "1,300"]])
    ruled(page, 50, 124, [90, 90, 90], [["機械", "800", "900"]], 32)
    for x, text in ((54, "化学"), (144, "150"), (234, "160")):
        write(page, x, 151.5, text)
    ruled(page, 50, 156, [90, 90, 90], [["建設", "310", "290"]])
    (table,) = read(document).tables
    assert "several-numbers-in-cell" in table.alarms
    assert ("engines-disagree" in table.alarms) is (line is not None)


def test_pdfplumber_confirms_a_ruled_table_with_a_wrong_total() -> None:
    document = pymupdf.open()
    rows = [["部門", "当年度"], ["電子", "1,300"], ["機械", "900"], ["化学", "160"], ["合計", "2,400"]]
    ruled(new_page(document), 50, 92, [90, 90], rows)
    (table,) = read(document).tables
    assert table.alarms == ("total-does-not-add-up",) and table.score == pytest.approx(0.95 - 0.1)

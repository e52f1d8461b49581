"""Scans: pages without a text layer, turned and noisy; their tables, boxes and figures."""

from functools import cache
from typing import Any

import pymupdf
import pytest

from extractors.readers.pdf import read_pdf
from extractors.readers.pdf.ocr import mend
from extractors.readers.pdf.scan import ink_of, skew_of
from extractors.readers.pdf.segments import Frame
from extractors.readers.pdf.tables.rules import Rules
from schemas import Document, Table
from tests.benchmarks.scanned import bare, scan

pytest.importorskip("rapidocr")

RULED = [
    ["科目", "2028年度", "2029年度", "2030年度"],
    ["売上高", "128,450", "131,902", "140,377"],
    ["営業利益", "△3,215", "7", "9,840"],
    ["研究開発費", "4,061", "－", "4,770"],
    ["従業員数", "1,208", "1,215", "(1,190)"],
]
OPEN = [
    ["Region", "FY2029", "FY2030"],
    ["Northern", "35,118", "36,940"],
    ["Southern", "8", "12.5%"],
    ["Overseas", "(2,406)", "1,775"],
    ["Total", "32,720", "38,715"],
]


def _put(page: Any, right: float, y: float, text: str, flush: bool) -> None:
    font = pymupdf.Font("helv" if text.isascii() else "japan")
    writer = pymupdf.TextWriter(page.rect)
    writer.append((right - font.text_length(text, 10) if flush else right, y), text, font=font, fontsize=10)
    writer.write_text(page)


def _page() -> bytes:
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    _put(page, 60, 70, "架空精機株式会社の業績は次の表のとおりである。", False)
    for r, row in enumerate(RULED):
        for c, text in enumerate(row):
            x0, x1 = (60 if c == 0 else 100 + 100 * c), 200 + 100 * c
            page.draw_rect(pymupdf.Rect(x0, 100 + 18 * r, x1, 118 + 18 * r), width=0.5)
            _put(page, x0 + 5 if c == 0 else x1 - 5, 112.5 + 18 * r, text, c > 0)
    for r, row in enumerate(OPEN):
        for c, text in enumerate(row):
            _put(page, 60 if c == 0 else 200 + 120 * c, 300 + 18 * r, text, c > 0)
    return bytes(document.tobytes())


@cache
def _read(turn: float) -> Document:
    return read_pdf(scan(_page(), turn), name="scan.pdf")


def _grid(table: Table) -> list[list[str]]:
    cells = [[table.at(r, c) for c in range(table.columns)] for r in range(table.rows)]
    return [[bare(cell.text) if cell else "" for cell in row] for row in cells]


def test_tables_of_a_turned_scan_are_those_of_the_page() -> None:
    found = _read(1.1)
    assert found.pages[0].method == "ocr"
    assert [_grid(t) for t in found.tables] == [[[bare(t) for t in row] for row in grid] for grid in (RULED, OPEN)]
    assert all(t.method.endswith("+ocr") and t.score < 0.9 for t in found.tables)


def test_boxes_of_a_turned_scan_lie_where_its_page_shows_the_words() -> None:
    """The scan was turned anticlockwise about its middle, so the boxes are turned as far."""
    found, printed = _read(1.1), read_pdf(_page(), name="page.pdf")
    frame = Frame(1, 595, 842, turn=-1.1 * 3.14159265 / 180)
    for text in ("131,902", "9,840", "36,940"):
        places = []
        for document in (found, printed):
            cell = next(c for t in document.tables for c in t.cells if c.text == text)
            assert cell.spans and document.quote(cell.spans[0]) == text
            (box,) = document.boxes(cell.spans[0])
            places.append(((box.x0 + box.x1) / 2, (box.top + box.bottom) / 2))
            assert cell.boxes[0].x0 < places[-1][0] < cell.boxes[0].x1
        x, y = frame.outward(*places[1])
        assert abs(places[0][0] - x) < 2.5 and abs(places[0][1] - y) < 2.5


@pytest.mark.parametrize("turn", [-2.3, -0.4, 0.0, 1.7])
def test_skew_is_measured(turn: float) -> None:
    import math

    import numpy

    with pymupdf.open(stream=scan(_page(), turn, dpi=100), filetype="pdf") as document:
        pixmap = document[0].get_pixmap(dpi=200, colorspace=pymupdf.csGRAY)
    grey = numpy.frombuffer(pixmap.samples, dtype=numpy.uint8).reshape(pixmap.height, pixmap.width)
    assert abs(math.degrees(skew_of(ink_of(grey))) + turn) < 0.15


def test_a_frame_turns_points_and_back() -> None:
    frame = Frame(1, 400, 600, quarter=1, turn=0.02)
    x, y = frame.inward(*frame.outward(120.0, 80.0))
    assert abs(x - 120) < 1e-9 and abs(y - 80) < 1e-9


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ("資產と经济", "資産と経済"),
        ("増加によリ、比ベて", "増加により、比べて"),
        ("リスクのリスト", "リスクのリスト"),
        ("エネルギ一ハブ", "エネルギーハブ"),
        ("データ一覧", "データ一覧"),
        ("GPT-40の公開", "GPT-4oの公開"),
    ],
)
def test_letters_that_look_alike_are_put_right(read: str, right: str) -> None:
    assert mend(read, japanese=True) == right and len(read) == len(right)


def test_lines_one_under_the_other_at_nearly_one_place_stay_apart() -> None:
    rules = Rules(down=[(363.4, 384.0, 466.0), (363.6, 156.0, 227.0), (363.5, 227.0, 300.0)])
    rules.join()
    assert sorted((top, bottom) for _, top, bottom in rules.down) == [(156.0, 300.0), (384.0, 466.0)]

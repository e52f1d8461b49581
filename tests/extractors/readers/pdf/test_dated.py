"""Careers inside a cell: dates in a column of their own without a rule, or at the head of each line."""

from __future__ import annotations

import pymupdf
import pytest

from schemas import Table
from tests.extractors.readers.pdf.paper import new_page, read, ruled, write

HEADS = ["役職名", "氏名", "略歴", "株数"]
WIDTHS = [50.0, 60.0, 210.0, 50.0]
CAREERS: list[tuple[str, str, list[tuple[str, list[str]]]]] = [
    (
        "監査役",
        "岩瀬　保",
        [("1981年４月", ["甲野信用金庫入庫"]), ("2015年６月", ["当社監査役に就任し", "現在に至る"])],
    ),
    ("取締役", "野上　恵", [("1999年10月", ["乙川法律事務所入所"]), ("2021年３月", ["当社取締役(現任)"])]),
]


def _page(inner: float | None) -> Table:
    """Return the table of a page of officers; `inner` is where a line parts dates and texts, None for no line."""
    document = pymupdf.open()
    page = new_page(document)
    ruled(page, 20, 40, WIDTHS, [HEADS])
    y = 56.0
    for post, name, career in CAREERS:
        left = 20.0
        for width in WIDTHS:
            page.draw_rect(pymupdf.Rect(left, y, left + width, y + 60), width=0.5)
            left += width
        if inner is not None:
            page.draw_line((inner, y), (inner, y + 60), width=0.5)
        write(page, 24, y + 12, post)
        write(page, 74, y + 12, name)
        write(page, 344, y + 12, "1,200")
        line = y + 12
        for date, words in career:
            write(page, 134, line, date, 8)
            for text in words:
                write(page, 208, line, text, 8)
                line += 13
        y += 60
    (table,) = read(document).tables
    return table


@pytest.mark.parametrize("inner", [None, 200.0])
def test_dates_and_their_texts_are_lines_of_one_cell(inner: float | None) -> None:
    texts = [cell.text for cell in _page(inner).cells]
    assert "1981年４月 甲野信用金庫入庫\n2015年６月 当社監査役に就任し現在に至る" in texts
    assert "1999年10月 乙川法律事務所入所\n2021年３月 当社取締役(現任)" in texts


def test_a_column_of_single_dates_stays_one() -> None:
    document = pymupdf.open()
    page = new_page(document)
    rows = [["決議日", "効力発生日"], ["2023年５月", "2023年６月"], ["2024年５月", "2024年６月"]]
    ruled(page, 20, 40, [120.0, 120.0], rows)
    (table,) = read(document).tables
    assert [table.at(1, 0).text, table.at(1, 1).text] == ["2023年５月", "2023年６月"]  # type: ignore[union-attr]

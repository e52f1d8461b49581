"""Careers in tables of officers on pages of filings: each entry with its date, of the person in the row."""

from __future__ import annotations

from itertools import pairwise

import pymupdf

from extractors import extract_claims, read
from schemas import Claim
from tests.extractors.readers.pdf.paper import new_page, write

LEFT, TOP, STEP = 20, 80, 14
WIDTHS = [80, 80, 70, 170, 60]
HEADS = ["役職名", "氏名", "略歴", "", "所有株式数"]


def claims(dates: list[str], words: list[str]) -> tuple[Claim, ...]:
    """Draw a ruled table of two officers, the first with these lines, and read it."""
    document = pymupdf.open()
    page = new_page(document, 520)
    write(page, LEFT, 40, "株式会社南濃バルブ(E99999) 有価証券報告書")
    height = STEP * max(len(dates), len(words)) + 8
    tops = [TOP, TOP + 20, TOP + 20 + height, TOP + 40 + height]
    for top, bottom in pairwise(tops):
        x = LEFT
        for column, width in enumerate(WIDTHS):
            wide = width + WIDTHS[3] if column == 2 and top == TOP else width
            if not (column == 3 and top == TOP):
                page.draw_rect(pymupdf.Rect(x, top, x + wide, bottom), width=0.5)
            x += width
    lines = [(0, ["代表取締役社長"]), (1, ["養老 太郎"]), (2, dates), (3, words), (4, ["41,000"])]
    for column, texts in [*((i, [h]) for i, h in enumerate(HEADS)), (0, []), *lines]:
        x = LEFT + 4 + sum(WIDTHS[:column])
        first = TOP if texts == [HEADS[column]] else TOP + 20
        for i, text in enumerate(texts):
            write(page, x, first + 13 + STEP * i, text, 9)
    for column, text in ((0, "取締役"), (1, "伊吹 花子"), (4, "3,000")):
        write(page, LEFT + 4 + sum(WIDTHS[:column]), tops[2] + 13, text, 9)
    return tuple(extract_claims(read(document.tobytes(), name="a.pdf")).claims)


def dated(found: tuple[Claim, ...]) -> set[tuple[str, str, str, str]]:
    return {(str(c.period_start), c.metric, c.metric_text, c.entity) for c in found if c.metric.endswith("_date")}


def test_dates_beside_wrapped_entries() -> None:
    dates = ["1989年4月", "2003年6月", "", "2015年6月"]
    words = ["当社入社", "当社設計部長兼", "品質管理部長", "当社代表取締役社長(現任)"]
    assert dated(claims(dates, words)) >= {
        ("1989-04-01", "joining_date", "当社入社", "養老 太郎"),
        ("2003-06-01", "appointment_date", "当社設計部長兼品質管理部長", "養老 太郎"),
        ("2015-06-01", "appointment_date", "当社代表取締役社長(現任)", "養老 太郎"),
    }


def test_one_date_is_no_list() -> None:
    found = dated(claims(["1989年4月"], ["当社入社"]))
    assert not any(metric == "appointment_date" for _, metric, _, _ in found)

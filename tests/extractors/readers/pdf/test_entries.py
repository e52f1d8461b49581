"""Cells of dated entries keep their lines; wrapped words and other cells do not."""

from __future__ import annotations

from extractors.readers.pdf.builder import Piece
from extractors.readers.pdf.entries import entry_starts
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.tables.grid import GridCell


def cell(column: int, lines: dict[float, str]) -> GridCell:
    pieces = []
    for baseline, text in lines.items():
        edges = [float(i) for i in range(len(text) + 1)]
        segment = Segment(text, edges, baseline - 8, baseline + 2, baseline, 9.0)
        pieces.append([Piece(segment, 0, len(text))])
    return GridCell(1, column, 1, column, (0, 0, 100, 100), pieces)


def test_dates_beside_their_entries() -> None:
    dates = cell(2, {10: "1989年4月", 20: "2003年６月", 40: "平成27年６月"})
    words = cell(3, {10: "当社入社", 20: "当社設計部長兼", 30: "品質管理部長", 40: "当社代表取締役社長"})
    assert entry_starts([dates, words]) == {id(dates): {1, 2}, id(words): {1, 3}}


def test_entries_that_start_with_their_dates() -> None:
    entries = cell(2, {10: "1989年4月 当社入社", 20: "2003年６月 当社設計部長兼", 30: "品質管理部長"})
    other = cell(3, {10: "4年", 20: "以内"})
    assert entry_starts([entries, other]) == {id(entries): {1}}


def test_words_with_one_date_are_no_list() -> None:
    assert entry_starts([cell(2, {10: "2003年６月に開業した", 20: "工場"})]) == {}

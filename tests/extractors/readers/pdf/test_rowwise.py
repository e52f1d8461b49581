"""Tables that rows of text show by themselves, unruled bodies under heads, rows that contradict the lines of text."""

from __future__ import annotations

import pymupdf

from extractors.readers.pdf.builder import whole
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.tables.alarms import alarms_of
from extractors.readers.pdf.tables.grid import Grid, GridCell
from extractors.readers.pdf.tables.headers import table_kind
from extractors.readers.pdf.tables.lines import part_open
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.pdf.tables.words import words_of
from schemas import Table, TableKind
from tests.extractors.readers.pdf.paper import new_page, read, write

EVENTS = [
    ("1951年４月", "北浜工場を設立し、計測器の製造を開始"),
    ("1964年10月", "本社を架空市に移転"),
    ("1988年２月", "海外に販売会社を設立"),
    ("2003年７月", "計測器の事業を分割し、新しい会社に引き継ぐとともに、"),
    ("2019年12月", "研究所を開設"),
]


def _rows(table: Table) -> list[list[str]]:
    return [[(cell.text if (cell := table.at(r, c)) else "") for c in range(table.columns)] for r in range(table.rows)]


def test_dates_and_events_are_a_table_without_lines() -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 50, 60, "沿革")
    y = 90.0
    for date, event in EVENTS:
        write(page, 50, y, date)
        write(page, 160, y, event)
        y += 18
        if event.endswith("、"):
            write(page, 160, y - 4, "商号を改めた")
            y += 14
    (table,) = read(document).tables
    wanted = [list(e) for e in EVENTS]
    wanted[3][1] += "商号を改めた"
    assert _rows(table) == wanted
    assert table.method == "rows-dated"


def test_three_dated_lines_are_no_table() -> None:
    document = pymupdf.open()
    page = new_page(document)
    for i, (date, event) in enumerate(EVENTS[:3]):
        write(page, 50, 90 + 18 * i, date)
        write(page, 160, 90 + 18 * i, event)
    assert not [t for t in read(document).tables if t.method == "rows-dated"]


def test_head_between_two_rules_with_one_row_is_a_table() -> None:
    document = pymupdf.open()
    page = new_page(document)
    for y in (100, 122):
        page.draw_line((50, y), (390, y), width=0.6)
    write(page, 210, 114, "前事業年度")
    write(page, 310, 114, "当事業年度")
    write(page, 50, 138, "借入実行残高")
    write(page, 212, 138, "4,210千円")
    write(page, 312, 138, "3,905千円")
    write(page, 50, 190, "上の表は、架空の会社の借入の残高を示したものであり、")
    write(page, 50, 206, "実在の会社の数字ではない。")
    (table,) = read(document).tables
    assert _rows(table) == [["", "前事業年度", "当事業年度"], ["借入実行残高", "4,210千円", "3,905千円"]]


def _open(texts: list[tuple[float, float, str]]) -> Grid:
    """Return a grid of two head rows and columns around one cell of two rows and columns, with texts inside it."""
    heads = [GridCell(0, c, 0, c, (100.0 * c, 0, 100.0 * c + 100, 20)) for c in range(3)]
    labels = [GridCell(r, 0, r, 0, (0, 20.0 * r, 100, 20.0 * r + 20)) for r in (1, 2)]
    body = GridCell(1, 1, 2, 2, (100, 20, 300, 60))
    segments = [Segment(t, [x + 8.0 * i for i in range(len(t) + 1)], y - 8, y + 2, y, 8) for x, y, t in texts]
    return part_open(Grid((0, 0, 300, 60), [*heads, *labels, body], "test"), words_of(segments), Rules())


def test_body_without_lines_is_parted_along_its_heads() -> None:
    grid = _open([(110, 34, "代理店"), (210, 34, "大学"), (210, 54, "行政")])
    assert grid.unruled and len(grid.cells) == 9 and table_kind(_filled(grid)) is TableKind.LAYOUT


def test_text_that_runs_over_the_body_keeps_it_whole() -> None:
    grid = _open([(110, 34, "この欄には文章が入っている。"), (210, 54, "行政")])
    assert not grid.unruled and len(grid.cells) == 6


def _filled(grid: Grid) -> Grid:
    segment = Segment("対象", [0.0, 8.0, 16.0], 0, 10, 8, 8)
    for cell in grid.cells:
        cell.lines = [[whole(segment)]]
    return grid


def _cell(row: int, column: int, text: str, baseline: float) -> GridCell:
    edges = [60.0 * column + 5 * i for i in range(len(text) + 1)]
    segment = Segment(text, edges, baseline - 8, baseline + 2, baseline, 10)
    box = (60.0 * column, baseline - 12, 60.0 * column + 55, baseline + 4)
    return GridCell(row, column, row, column, box, [[whole(segment)]])


def _alarms(places: list[list[int]]) -> list[str]:
    """Return the alarms of lines of figures, each figure put in the row that is given."""
    cells = [
        _cell(row, column, str(10 * line + column), 100.0 + 16 * line)
        for line, rows in enumerate(places)
        for column, row in enumerate(rows)
    ]
    return alarms_of(Grid((0, 88, 180, 130), cells, "test"), [])


def test_rows_against_the_lines_of_text_are_an_alarm() -> None:
    assert _alarms([[0, 0, 0], [1, 1, 1]]) == []
    assert "rows-against-lines" in _alarms([[0, 0, 1], [1, 1, 2]])

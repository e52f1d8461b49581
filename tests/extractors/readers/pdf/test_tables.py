"""Tables: cells with spans and boxes, headers, what stands around them, alarms, page breaks, charts."""

import pymupdf

from schemas import BlockKind, CellRole, Document, Table, TableKind
from tests.extractors.readers.pdf.paper import new_page, read, ruled, write

SALES = [
    ["拠点", "2029年度", "2030年度"],
    ["東工場", "940", "900"],
    ["西工場", "1,337", "△131"],
    ["合計", "2,277", "769"],
]


def _sales(rows: list[list[str]]) -> Document:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 50, 70, "表1 拠点別の売上高")
    write(page, 250, 86, "(単位:百万円)", 8)
    ruled(page, 50, 92, [90, 90, 90], rows)
    write(page, 50, 172, "(出所) 架空調査室作成", 8)
    return read(document)


def _grid(table: Table) -> list[list[str]]:
    return [[(cell.text if (cell := table.at(r, c)) else "") for c in range(table.columns)] for r in range(table.rows)]


def test_cells_roles_and_what_stands_around() -> None:
    found = _sales(SALES)
    (table,) = found.tables
    assert _grid(table) == SALES
    assert (table.header_rows, table.header_columns) == (1, 1)
    value = table.at(2, 2)
    assert value is not None and value.role is CellRole.VALUE and value.span is not None
    assert found.quote(value.span) == "△131"
    assert table.caption is not None and found.quote(table.caption) == "表1 拠点別の売上高"
    assert table.unit_note is not None and found.quote(table.unit_note) == "(単位:百万円)"
    assert table.source is not None and found.quote(table.source).startswith("(出所)")
    assert table.alarms == ()


def test_box_of_a_cell_span_lies_in_its_cell() -> None:
    found = _sales(SALES)
    for cell in found.tables[0].cells:
        for span in cell.spans:
            (box,) = found.boxes(span)
            home = cell.boxes[0]
            assert home.x0 <= (box.x0 + box.x1) / 2 <= home.x1 and home.top <= (box.top + box.bottom) / 2 <= home.bottom


def test_total_that_does_not_add_up_is_an_alarm() -> None:
    wrong = [["部門", "2030年度"], ["電子", "1,200"], ["機械", "800"], ["化学", "▲150"], ["合　計", "1,950"]]
    right = [*wrong[:-1], ["合　計", "1,850"]]
    document = pymupdf.open()
    ruled(new_page(document), 50, 92, [90, 90], wrong)
    ruled(new_page(document), 50, 92, [90, 90], right)
    first, second = read(document).tables
    assert first.alarms == ("total-does-not-add-up",) and second.alarms == ()


def test_table_that_goes_on_over_a_page_with_its_header_repeated_is_one_table() -> None:
    document = pymupdf.open()
    head = ["支店", "件数"]
    for part in range(2):
        page = new_page(document)
        write(page, 45, 35, "架空調査レポート", 8)
        rows = [[f"第{part * 25 + i}支店", str(100 + i)] for i in range(25)]
        ruled(page, 50, 80, [90, 90], [head, *rows], 18)
    found = read(document)
    (table,) = found.tables
    assert table.rows == 51 and _grid(table)[26] == ["第25支店", "100"]
    assert {c.boxes[0].page for c in table.cells} == {1, 2}
    assert found.text.count("支店\t件数") == 2  # the repeated header stays in the text


def test_borderless_table_is_found_by_the_layout_model() -> None:
    document = pymupdf.open()
    page = new_page(document)
    page.insert_text((50, 60), "Revenue by region (in thousands of dollars)", fontsize=10)
    rows = [["Region", "2024", "2025"], ["Americas", "241,370", "211,040"], ["Europe", "112,810", "90,660"]]
    rows += [["Asia Pacific", "58,420", "51,200"], ["Africa", "11,020", "9,870"], ["Total", "423,620", "362,770"]]
    for r, row in enumerate(rows):
        for x, text in zip((50, 200, 290), row, strict=True):
            page.insert_text((x, 90 + 16 * r), text, fontsize=10)
    page.draw_line((50, 95), (340, 95))
    (table,) = read(document).tables
    assert _grid(table) == rows and table.method.startswith("mupdf-layout")


def test_wrapped_cell_has_one_span_and_no_word_twice() -> None:
    document = pymupdf.open()
    page = new_page(document)
    ruled(page, 50, 92, [110, 90], [["取引先", "残高"], ["", "120"], ["青葉商事", "85"]], 34)
    write(page, 54, 138, "架空銀行東京中央")
    write(page, 54, 152, "支店営業部")
    found = read(document)
    cell = found.tables[0].at(1, 0)
    assert cell is not None and cell.text == "架空銀行東京中央支店営業部" and len(cell.spans) == 1
    assert found.text.count("支店営業部") == 1


def test_bar_chart_with_labels_pairs_each_category_with_its_figure() -> None:
    document = pymupdf.open()
    page = new_page(document, 700, 400)
    write(page, 100, 90, "電力消費の推移", 12)
    for i, (label, figure) in enumerate((("2024年", 415), ("2030年", 945), ("2035年", 1200))):
        x, top = 120 + 90 * i, 330 - figure / 8
        page.draw_rect(pymupdf.Rect(x, top, x + 40, 330), fill=(0.2, 0.4, 0.7), color=None)
        write(page, x + 6, 344, label)
        write(page, x + 10, top - 4, f"{figure:,}")
    (chart,) = read(document).tables
    assert chart.kind is TableKind.CHART
    assert _grid(chart) == [["2024年", "415"], ["2030年", "945"], ["2035年", "1,200"]]


def test_boxes_of_running_text_are_no_table() -> None:
    document = pymupdf.open()
    page = new_page(document)
    for i in range(3):
        write(page, 54, 100 + 16 * i, "この文は枠の中に置かれた普通の文であり表ではない。")
    page.draw_rect(pymupdf.Rect(50, 85, 330, 140))
    found = read(document)
    assert found.tables == () and not [b for b in found.blocks if b.kind is BlockKind.TABLE]


def test_line_above_a_borderless_table_is_its_caption_and_unit_not_its_first_row() -> None:
    document = pymupdf.open()
    page = new_page(document, 595, 842)
    titles = (("Table 4: Orders by plant", "(in thousands of dollars)"), ("Table 5: Staff by plant", "(persons)"))
    for t, (title, unit) in enumerate(titles):
        top = 90 + 150 * t
        page.insert_text((60, top - 18), title, fontsize=10)
        page.insert_text((535 - pymupdf.get_text_length(unit, fontsize=8), top - 18), unit, fontsize=8)
        for r, row in enumerate([["Plant", "FY2029", "FY2030"], ["Alder", "4,118", "3,940"], ["Birch", "806", "1,125"],
                                 ["Cedar", "(406)", "775"], ["Total", "4,518", "5,840"]]):  # fmt: skip
            for c, text in enumerate(row):
                x = 60 if c == 0 else 370 + 160 * (c - 1) - pymupdf.get_text_length(text, fontsize=10)
                page.insert_text((x, top + 18 * r), text, fontsize=10)
        for y in (top - 12, top + 5, top + 78):
            page.draw_line((60, y), (535, y), width=0.6)
    found = read(document)
    assert [_grid(t)[0] for t in found.tables] == [["Plant", "FY2029", "FY2030"]] * 2
    assert [found.quote(t.caption) for t in found.tables if t.caption] == [title for title, _ in titles]
    assert next(found.quote(t.unit_note) for t in found.tables if t.unit_note) == "(in thousands of dollars)"

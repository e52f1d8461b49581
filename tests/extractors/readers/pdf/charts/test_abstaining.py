"""What must not be read: charts without labels, labels that do not fit what is drawn, drawings that are no charts."""

import random
from itertools import permutations

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import extract_claims
from extractors.readers.pdf.charts.figures import figure_of
from schemas import BlockKind
from tests.extractors.readers.pdf.charts.plots import bars_by_hand, canvas, centered, pairs, printed
from tests.extractors.readers.pdf.paper import new_page, read, ruled, write

TOWNS = ["北港", "中里", "南原", "西浜"]


def test_a_chart_without_labels_says_nothing() -> None:
    figure, axes = canvas()
    axes.bar(TOWNS, [300, 520, 640, 910])
    axes.set_title("年間の来客数(千人)")
    axes.grid(axis="y")
    document = printed(figure)
    assert document.tables == ()
    ticks = {document.quote(b.span) for b in document.blocks if b.kind is BlockKind.AXIS}
    assert {"0", "200", "400", "600", "800"} <= ticks
    places = [b.span for b in document.blocks if b.kind is BlockKind.AXIS]
    assert not [c for c in extract_claims(document).claims if any(p.start <= c.span.start < p.end for p in places)]


def test_lines_and_areas_without_labels_say_nothing() -> None:
    figure, axes = canvas()
    axes.stackplot(
        range(2010, 2020), [i + 3 for i in range(10)], [8 - 0.2 * i for i in range(10)], labels=["Coal", "Gas"]
    )
    axes.plot(range(2010, 2020), [i**1.2 for i in range(10)])
    axes.legend(loc="upper left")
    assert printed(figure).tables == ()


def test_named_points_are_no_series() -> None:
    figure, axes = canvas()
    dice = random.Random(2)
    for name in "ABCDEFG":
        x, y = 100 * dice.random(), 50 * dice.random()
        axes.plot([x], [y], "o", color="b")
        axes.annotate(f"{name} ({y:.0f})", (x, y), textcoords="offset points", xytext=(4, 4))
    assert printed(figure).tables == ()


def test_a_label_that_does_not_fit_its_bar_leaves_the_chart_unread() -> None:
    assert pairs(bars_by_hand(TOWNS, [50, 80, 65, 40], ["500", "800", "650", "400"])) != []
    assert bars_by_hand(TOWNS, [50, 80, 65, 40], ["500", "800", "950", "400"]).tables == ()


def test_no_other_order_of_the_labels_is_read() -> None:
    lengths, labels = [50.0, 110.0, 180.0], ["500", "1,100", "1,800"]
    for order in permutations(labels):
        found = [label for _, _, label in pairs(bars_by_hand(TOWNS[:3], lengths, order))]
        assert found == (labels if list(order) == labels else [])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(120, 2400), min_size=3, max_size=6, unique_by=lambda v: v // 60))
def test_bars_drawn_to_scale_are_read_in_full(values: list[int]) -> None:
    names = ["あ社", "い社", "う社", "え社", "お社", "か社"][: len(values)]
    document = bars_by_hand(names, [v / 8 for v in values], [f"{v:,}" for v in values])
    assert pairs(document) == [(n, "", f"{v:,}") for n, v in zip(names, values, strict=True)]


def test_two_categories_of_one_name_leave_the_chart_unread() -> None:
    assert bars_by_hand(["春", "夏", "春", "夏"], [50, 80, 65, 40], ["500", "800", "650", "400"]).tables == ()


def test_boxes_with_figures_on_one_line_are_no_bars() -> None:
    document = pymupdf.open()
    page = new_page(document, 640, 300)
    for i, (text, height) in enumerate((("募集 30日", 60), ("審査 14日", 80), ("契約 7日", 100), ("開始 1日", 120))):
        page.draw_rect(pymupdf.Rect(40 + 140 * i, 220 - height, 150 + 140 * i, 220), fill=(0.8, 0.84, 0.88), color=None)
        write(page, 48 + 140 * i, 236 - height, text, 9)
        centered(page, 95 + 140 * i, 236, f"第{i + 1}段")
    assert read(document).tables == ()


def test_bars_in_the_rows_of_a_table_leave_the_table() -> None:
    document = pymupdf.open()
    page = new_page(document)
    rows = [["工場", "受注", "比率"], ["青海", "120", "12%"], ["美並", "80", "8%"], ["越前", "200", "20%"]]
    for i, row in enumerate(rows[1:], 1):
        top = 92 + 16 * i
        page.draw_rect(pymupdf.Rect(141, top + 2, 141 + int(row[1]) / 3, top + 14), fill=(0.6, 0.8, 1), color=None)
    ruled(page, 50, 92, [90, 90, 90], rows)
    (table,) = read(document).tables
    assert [[c.text for c in table.cells if c.row == r] for r in range(4)] == rows


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("1,240", 1240, ""), ("△12.5", -12.5, ""), ("(1,234)", -1234, ""), ("45%", 45, "%"), ("45.0 %", 45, "%"),
        ("$1.2bn", 1.2e9, ""), ("約150", 150, ""), ("6,000億ドル", 6e11, ""), ("1兆2,000億円", 1.2e12, ""),
        ("+30", 30, ""), ("２３．５", 23.5, ""), ("12万台", 120_000, ""), ("3.4x", 3.4, ""), ("−4", -4, ""),
    ],
)  # fmt: skip
def test_what_a_data_label_says(text: str, value: float, kind: str) -> None:
    figure = figure_of(text)
    assert figure is not None and figure.value == pytest.approx(value) and figure.kind == kind


@pytest.mark.parametrize(
    "text", ["2024年", "1Q", "10月", "1960s", "20代", "12-15", "第3位", "A社", "3/4", "", "12 (8%)"]
)
def test_what_is_no_data_label(text: str) -> None:
    assert figure_of(text) is None

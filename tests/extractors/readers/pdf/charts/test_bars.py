"""Bars with data labels: single, grouped, stacked, lying, below zero; what surrounds them; their place in claims."""

import pytest

from schemas import BlockKind
from tests.extractors.readers.pdf.charts.plots import canvas, charts, pairs, printed, rows

YEARS = ["2021年度", "2022年度", "2023年度", "2024年度"]
TOWNS = ["北港", "中里", "南原", "西浜"]


def test_bars_with_title_unit_and_source() -> None:
    figure, axes = canvas()
    axes.bar_label(axes.bar(YEARS, [120, 138, 151, 190], width=0.6))
    figure.suptitle("図表4 白樺電機の売上高")
    axes.set_title("(単位:億円)", fontsize=9, loc="left")
    figure.text(0.05, 0.01, "(出所)白樺電機の資料から作成", fontsize=8)
    document = printed(figure)
    assert pairs(document) == rows(YEARS, [""], [[120, 138, 151, 190]])
    (chart,) = charts(document)
    assert chart.caption is not None and document.quote(chart.caption) == "図表4 白樺電機の売上高"
    assert chart.unit_note is not None and document.quote(chart.unit_note) == "(単位:億円)"
    assert chart.source is not None and document.quote(chart.source).startswith("(出所)")
    assert chart.method == "chart-bars" and chart.score >= 0.9


def test_every_cell_stands_where_its_box_is() -> None:
    figure, axes = canvas()
    axes.bar_label(axes.barh(["Norland", "Sudavia", "Estmark"], [18.2, 31.0, 42.5], color="teal"), fmt="%.1f%%")
    document = printed(figure)
    for cell in charts(document)[0].cells:
        for span in cell.spans:
            assert document.quote(span) == cell.text
            (box,) = document.boxes(span)
            home = cell.boxes[0]
            assert home.x0 <= (box.x0 + box.x1) / 2 <= home.x1 and home.top <= (box.top + box.bottom) / 2 <= home.bottom


def test_the_scale_is_kept_on_the_page_and_out_of_the_flow() -> None:
    figure, axes = canvas()
    axes.bar_label(axes.bar(YEARS, [12, 41, 57, 33]))
    document = printed(figure)
    ticks = [document.quote(b.span) for b in document.blocks if b.kind is BlockKind.AXIS]
    assert {"0", "10", "20", "30", "40", "50"} <= set(ticks)
    assert pairs(document) == rows(YEARS, [""], [[12, 41, 57, 33]])


@pytest.mark.parametrize("lying", [False, True])
def test_groups_of_bars_with_a_legend_and_a_gap(lying: bool) -> None:
    figure, axes = canvas(7, 5)
    plan, actual = [310, 420, None, 198], [355, 405, 340, None]
    for shift, values, name in ((-0.2, plan, "計画"), (0.2, actual, "実績")):
        there = [i for i, v in enumerate(values) if v is not None]
        draw = axes.barh if lying else axes.bar
        axes.bar_label(draw([i + shift for i in there], [values[i] for i in there], 0.38, label=name))
    (axes.set_yticks if lying else axes.set_xticks)(range(4), TOWNS)
    if lying:
        axes.invert_yaxis()
    axes.legend(loc="lower right" if lying else "upper right")
    axes.set(**{"xlim" if lying else "ylim": (0, 640)})
    assert pairs(printed(figure)) == rows(TOWNS, ["計画", "実績"], [plan, actual])


@pytest.mark.parametrize("lying", [False, True])
def test_stacks_with_labels_inside_and_totals_outside(lying: bool) -> None:
    figure, axes = canvas(7, 5)
    series = {"電子": [120, 150, 180, 210], "機械": [90, 95, 100, 130], "化学": [60, 40, 70, 85]}
    base = [0, 0, 0, 0]
    for name, values in series.items():
        made = (
            axes.barh(TOWNS, values, left=base, label=name)
            if lying
            else axes.bar(TOWNS, values, bottom=base, label=name)
        )
        axes.bar_label(made, label_type="center")
        base = [a + b for a, b in zip(base, values, strict=True)]
    for i, total in enumerate(base):
        axes.text(
            *((total + 12, i) if lying else (i, total + 8)), str(total), ha="center", va="center" if lying else "bottom"
        )
    axes.legend(loc="upper center", bbox_to_anchor=(0.5, 1.12), ncol=3)
    axes.set(**{"xlim" if lying else "ylim": (0, 500)})
    document = printed(figure)
    assert sorted(pairs(document)) == sorted(rows(TOWNS, list(series), list(series.values())))
    assert charts(document)[0].method == "chart-stacked-bars"


def test_bars_below_zero() -> None:
    figure, axes = canvas()
    values = [35, -12, 20, -28]
    labels = [f"△{-v}" if v < 0 else str(v) for v in values]
    axes.bar_label(axes.bar(TOWNS, values), labels=labels, padding=2)
    axes.tick_params(axis="x", labelbottom=False)
    for i, town in enumerate(TOWNS):
        axes.text(i, -42, town, ha="center")
    axes.set_ylim(-48, 45)
    assert pairs(printed(figure)) == rows(TOWNS, [""], [labels])


def test_an_axis_that_does_not_begin_at_zero() -> None:
    figure, axes = canvas()
    values = [101.2, 102.4, 101.9, 104.8]
    axes.bar_label(axes.bar(TOWNS, values))
    axes.set_ylim(100, 106)
    assert pairs(printed(figure)) == rows(TOWNS, [""], [values])


def test_only_some_bars_have_a_label() -> None:
    figure, axes = canvas()
    years = [str(y) for y in range(2016, 2026)]
    values = [52, 58, 61, 67, 60, 66, 75, 83, 92, 104]
    axes.bar(years, values)
    for i in (0, 4, 9):
        axes.text(i, values[i] + 1.5, f"{values[i]}兆円", ha="center", fontsize=9)
    assert pairs(printed(figure)) == [(years[i], "", f"{values[i]}兆円") for i in (0, 4, 9)]


def test_two_charts_side_by_side_with_the_same_categories() -> None:
    figure, axes = canvas(8, 4)
    axes.remove()
    first, second = [88, 94, 102], [40, 55, 71]
    for place, values, title in ((0.08, first, "図1 国内(億円)"), (0.57, second, "図2 海外(億円)")):
        part = figure.add_axes((place, 0.2, 0.36, 0.6))
        part.bar_label(part.bar(YEARS[:3], values))
        part.set_title(title)
    document = printed(figure)
    assert pairs(document) == [*rows(YEARS[:3], [""], [first]), *rows(YEARS[:3], [""], [second])]
    captions = [document.quote(c.caption) for c in charts(document) if c.caption is not None]
    assert captions == ["図1 国内(億円)", "図2 海外(億円)"]


def test_a_line_over_bars_is_another_series_of_the_same_chart() -> None:
    figure, axes = canvas()
    sales, margin = [210, 260, 310, 390], [4.2, 5.1, 6.0, 7.7]
    axes.bar_label(axes.bar(YEARS, sales, 0.5, color="#99bbdd", label="売上高"), label_type="center")
    right = axes.twinx()
    right.plot(YEARS, margin, "-o", color="darkred", label="利益率")
    for i, value in enumerate(margin):
        right.annotate(f"{value}%", (i, value), textcoords="offset points", xytext=(0, 7), ha="center", color="darkred")
    axes.set_ylim(0, 600)
    right.set_ylim(0, 9)
    figure.legend(loc="upper center", bbox_to_anchor=(0.5, 0.9), ncol=2)
    figure.subplots_adjust(top=0.75)
    assert pairs(printed(figure)) == rows(YEARS, ["売上高", "利益率"], [sales, [f"{m}%" for m in margin]])

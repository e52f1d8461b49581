"""Lines with labelled points, pies and rings."""

import math

import pytest

from tests.extractors.readers.pdf.charts.plots import canvas, charts, pairs, printed, rows

YEARS = [str(y) for y in range(2018, 2026)]


def test_a_line_with_a_label_over_each_point() -> None:
    figure, axes = canvas()
    values = [3.1, 3.4, 2.9, 2.2, 2.8, 3.6, 4.1, 4.5]
    axes.plot(YEARS, values, marker="o")
    for i, value in enumerate(values):
        axes.annotate(str(value), (i, value), textcoords="offset points", xytext=(0, 7), ha="center", fontsize=9)
    axes.set(title="Wage growth in Norland (%)", ylim=(0, 5.5))
    axes.grid(axis="y")
    document = printed(figure)
    assert pairs(document) == rows(YEARS, [""], [values])
    (chart,) = charts(document)
    assert chart.caption is not None and document.quote(chart.caption) == "Wage growth in Norland (%)"
    assert chart.unit_note is not None and document.quote(chart.unit_note) == "(%)"


def test_two_lines_that_cross_with_a_legend() -> None:
    figure, axes = canvas()
    quarters = ["1Q", "2Q", "3Q", "4Q"]
    series = {"電気": ([12, 19, 31, 46], "navy"), "ガソリン": ([40, 36, 26, 18], "orange")}
    for name, (values, color) in series.items():
        axes.plot(quarters, values, marker="s", color=color, label=name)
        for i, value in enumerate(values):
            place = {"textcoords": "offset points", "xytext": (0, 6), "ha": "center", "color": color}
            axes.annotate(str(value), (i, value), **place)
    axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncol=2)
    axes.set_ylim(0, 55)
    assert pairs(printed(figure)) == rows(quarters, list(series), [v for v, _ in series.values()])


def test_lines_named_at_their_ends_with_the_last_point_labelled() -> None:
    figure, axes = canvas()
    for name, values, color in (
        ("Alpha", [10, 15, 16, 20, 27, 30, 34, 39], "#1b9e77"),
        ("Beta", [20, 21, 21, 22, 23, 24, 24, 25], "#d95f02"),
    ):
        axes.plot(YEARS, values, color=color)
        axes.annotate(str(values[-1]), (7, values[-1]), textcoords="offset points", xytext=(0, 6), ha="center")
        axes.text(7.25, values[-1], name, color=color, va="center")
    axes.set_xlim(-0.5, 9)
    assert pairs(printed(figure)) == [("2025", "Alpha", "39"), ("2025", "Beta", "25")]


@pytest.mark.parametrize("hole", [0, 0.55])
def test_sectors_named_by_a_legend(hole: float) -> None:
    figure, axes = canvas()
    names, shares = ["Solar", "Wind", "Hydro", "Gas"], [41.5, 24.0, 20.5, 14.0]
    style = {"width": 1 - hole, "edgecolor": "w"}
    wedges, _, _ = axes.pie(shares, autopct="%.1f%%", pctdistance=0.8, wedgeprops=style)
    axes.legend(wedges, names, loc="center left", bbox_to_anchor=(1, 0.5))
    figure.subplots_adjust(left=0.02, right=0.75)
    document = printed(figure)
    assert pairs(document) == [(n, "", f"{s}%") for n, s in zip(names, shares, strict=True)]
    assert charts(document)[0].method == "chart-pie"


def test_sectors_named_outside_with_amounts_inside() -> None:
    figure, axes = canvas()
    names, amounts = ["直営", "代理店", "通販"], [1250, 730, 420]
    wedges, _ = axes.pie(amounts, labels=names)
    for wedge, amount in zip(wedges, amounts, strict=True):
        middle = math.radians((wedge.theta1 + wedge.theta2) / 2)
        axes.text(0.6 * math.cos(middle), 0.6 * math.sin(middle), f"{amount:,}", ha="center", va="center")
    assert pairs(printed(figure)) == [(n, "", f"{a:,}") for n, a in zip(names, amounts, strict=True)]


def test_name_and_share_in_one_text_at_the_end_of_a_line() -> None:
    figure, axes = canvas(7, 5)
    parts = {"自動車": 48, "家電": 27, "産業機器": 16, "その他": 9}
    axes.pie(list(parts.values()), startangle=90, counterclock=False, radius=0.8)
    angle = 90.0
    for name, share in parts.items():
        middle = math.radians(angle - 1.8 * share)
        angle -= 3.6 * share
        x, y = math.cos(middle), math.sin(middle)
        axes.plot([0.8 * x, x], [0.8 * y, y], color="grey", lw=0.8)
        axes.text(1.05 * x, 1.05 * y, f"{name} {share}%", ha="left" if x > 0 else "right", va="center")
    axes.set_xlim(-1.6, 1.6)
    assert pairs(printed(figure)) == [(n, "", f"{s}%") for n, s in parts.items()]

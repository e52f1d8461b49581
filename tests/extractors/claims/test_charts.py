"""Claims from charts: a data label is a value cell, its category and series are headers, the scale states nothing."""

from decimal import Decimal

import pytest

from extractors import extract_claims
from schemas import Claim, Document, EvidenceRole, NoiseReason, Outcome, Part
from tests.extractors.readers.pdf.charts.plots import canvas, charts, printed

Said = tuple[str, str, Decimal, str, str]  # entity, metric, value, unit, first day of the period


def _sales() -> Document:
    figure, axes = canvas()
    axes.bar_label(axes.bar(["2022年度", "2023年度", "2024年度"], [138, 151, 190]))
    figure.suptitle("図表4 白樺電機の売上高")
    axes.set_title("(単位:億円)", fontsize=9, loc="left")
    figure.text(0.05, 0.01, "(出所)白樺電機の資料から作成", fontsize=8)
    return printed(figure)


def _visitors() -> Document:
    figure, axes = canvas()
    for shift, values, name in ((-0.2, [310, 420, 275], "2024年"), (0.2, [355, 405, 340], "2025年")):
        axes.bar_label(axes.bar([i + shift for i in range(3)], values, 0.38, label=name))
    axes.set_xticks(range(3), ["北海道", "東京都", "福岡県"])
    axes.legend(loc="upper right")
    axes.set(ylim=(0, 560), title="地域別の来客数(千人)")
    return printed(figure)


def _shares() -> Document:
    figure, axes = canvas()
    axes.pie([45, 25, 18, 12], labels=["国内", "北米", "欧州", "アジア"], autopct="%d%%")
    figure.suptitle("地域別売上構成比(2024年度)")
    return printed(figure)


def _wages() -> Document:
    figure, axes = canvas()
    values = [3.1, 3.4, 2.9, 2.2]
    axes.plot(["2021", "2022", "2023", "2024"], values, marker="o")
    for i, value in enumerate(values):
        axes.annotate(str(value), (i, value), textcoords="offset points", xytext=(0, 7), ha="center")
    axes.set(title="Inflation rate in Germany (%)", ylim=(0, 5))
    return printed(figure)


CASES = {
    "bars": (
        _sales,
        [
            ("白樺電機", "revenue", Decimal(13_800_000_000), "JPY", "2022-04-01"),
            ("白樺電機", "revenue", Decimal(15_100_000_000), "JPY", "2023-04-01"),
            ("白樺電機", "revenue", Decimal(19_000_000_000), "JPY", "2024-04-01"),
        ],
    ),
    "groups": (
        _visitors,
        [
            (place, "visitors", Decimal(1000 * count), "person", f"{year}-01-01")
            for place, counts in (("北海道", (310, 355)), ("東京都", (420, 405)), ("福岡県", (275, 340)))
            for year, count in zip((2024, 2025), counts, strict=True)
        ],
    ),
    "pie": (
        _shares,
        [
            (place, "revenue_share", Decimal(share), "percent", "2024-04-01")
            for place, share in (("国内", 45), ("北米", 25), ("欧州", 18), ("アジア", 12))
        ],
    ),
    "line": (
        _wages,
        [
            ("ドイツ", "inflation_rate", Decimal(value), "percent", f"{year}-01-01")
            for year, value in ((2021, "3.1"), (2022, "3.4"), (2023, "2.9"), (2024, "2.2"))
        ],
    ),
}


def _said(claim: Claim) -> Said:
    assert claim.value is not None and claim.period_start is not None
    return claim.entity, claim.metric, claim.value, claim.unit or "", claim.period_start.isoformat()


@pytest.mark.parametrize("case", CASES)
def test_claims_of_a_chart_with_the_boxes_they_were_read_from(case: str) -> None:
    make, expected = CASES[case]
    document = make()
    (chart,) = charts(document)
    claims = extract_claims(document).claims
    assert [_said(c) for c in claims] == expected
    for claim in claims:
        assert claim.in_table and claim.table == 0
        for evidence in claim.evidence:
            assert document.quote(evidence.span) == evidence.quote
            assert evidence.page == 1 and evidence.boxes
        value = next(e for e in claim.evidence if e.part is Part.VALUE)
        assert value.role is EvidenceRole.VALUE_CELL
        assert claim.row is not None and claim.column is not None
        cell = chart.at(claim.row, claim.column)
        assert cell is not None and cell.span == value.span


def test_the_figures_of_the_scale_are_rejected_with_the_reason() -> None:
    document = _visitors()
    ledger = extract_claims(document).ledger
    ticks = [e for e in ledger if e.reason is NoiseReason.FIGURE_AXIS]
    assert {e.text for e in ticks} >= {"0", "100", "200", "300", "400", "500"}
    assert all(e.outcome is Outcome.REJECTED for e in ticks)

"""Standard pages of Japanese filings, laid out with drawn lines, in our own words and figures."""

from __future__ import annotations

from decimal import Decimal

import pymupdf
import pytest

from extractors import extract_claims, read
from extractors.claims.tables.labels import _NOTE_ONLY
from extractors.claims.tables.printed import is_mark
from extractors.readers.pdf.tables.words import is_number
from schemas import Mention, MentionKind, Quantity, QuantityKind, Span
from tests.extractors.readers.pdf.paper import new_page, ruled, write

Row = tuple[str, str, Decimal | None, str | None, str]


def claims(lines: list[str], rows: list[list[str]], widths: list[float]) -> set[Row]:
    document = pymupdf.open()
    page = new_page(document, 595, 842)
    write(page, 330, 40, "株式会社北野精機(E09998)", 7)
    write(page, 330, 52, "有価証券報告書", 7)
    for i, line in enumerate(lines):
        write(page, 40, 90 + 16 * i, line, 9)
    ruled(page, 40, 100 + 16 * len(lines), widths, rows)
    found = extract_claims(read(document.tobytes(), name="a.pdf")).claims
    days = [f"{c.period_start or ''}/{c.period_end or ''}" for c in found]
    parts = [(c.entity, c.metric, c.value, c.unit, d) for c, d in zip(found, days, strict=True)]
    return {p for p, c in zip(parts, found, strict=True) if c.in_table}


def test_terms_over_the_months_they_end_in_and_units_in_a_column_without_head() -> None:
    rows = [
        ["回次", "", "第58期", "第59期"],
        ["決算年月", "", "2022年3月", "2023年3月"],
        ["売上高", "(百万円)", "44,870", "47,318"],
        ["経常利益", "(百万円)", "2,655", "△118"],
        ["自己資本利益率", "(％)", "7.7", "△1.7"],
        ["従業員数", "(名)", "1,238", "1,251"],
    ]
    found = claims(["(1) 連結経営指標等"], rows, [150, 60, 90, 90])
    company = "株式会社北野精機"
    assert (company, "revenue", Decimal(44_870_000_000), "JPY", "2021-04-01/2022-03-31") in found
    assert (company, "ordinary_income", Decimal(-118_000_000), "JPY", "2022-04-01/2023-03-31") in found
    assert (company, "roe", Decimal("-1.7"), "percent", "2022-04-01/2023-03-31") in found


def test_marks_of_notes_below_heads_name_nothing_and_additions_are_amounts() -> None:
    rows = [
        ["", "工作機械", "計測機器", "調整額", "連結財務諸表計上額"],
        ["", "", "", "(注１)", "(注２)"],
        ["外部顧客への売上高", "28,104", "14,330", "－", "42,434"],
        ["セグメント資産", "19,880", "9,412", "3,105", "32,397"],
        ["有形固定資産及び無形固定資産の増加額", "1,350", "402", "120", "1,872"],
    ]
    found = claims(["【セグメント情報】", "(単位：百万円)"], rows, [190, 70, 70, 70, 110])
    assert not any(entity.startswith(("(注", "（注")) for entity, *_ in found)
    named = {(entity, value, unit) for entity, _, value, unit, _ in found}
    assert ("工作機械", Decimal(1_350_000_000), "JPY") in named
    assert ("調整額", Decimal(3_105_000_000), "JPY") in named


def test_one_row_of_figures_below_units_has_no_head() -> None:
    rows = [["従業員数(名)", "平均年齢(歳)", "平均勤続年数(年)"], ["640〔81〕", "43.2", "17.8"]]
    found = claims(["(2) 提出会社の状況"], rows, [120, 120, 120])
    assert ("株式会社北野精機", "employees", Decimal(640)) in {(e, m, v) for e, m, v, _, _ in found}
    assert ("株式会社北野精機", "average_age", Decimal("43.2")) in {(e, m, v) for e, m, v, _, _ in found}


def test_a_place_in_brackets_says_where_the_works_are() -> None:
    rows = [
        ["事業所名(所在地)", "建物(百万円)", "従業員数(名)"],
        ["本社工場(岐阜県岐阜市)", "2,115", "388"],
        ["東京支店(東京都品川区)", "61", "62"],
    ]
    found = {(e, v) for e, _, v, _, _ in claims(["主要な設備の状況"], rows, [180, 100, 100])}
    assert ("本社工場", Decimal(2_115_000_000)) in found
    assert ("東京支店", Decimal(62)) in found


@pytest.mark.parametrize("text", ["※１ 44,870", "※１,※２ 1,020", "△118", "44,870"])
def test_figures_behind_marks_of_notes_are_figures(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["※１", "※ 44,870に含む", "第58期"])
def test_what_is_no_figure(text: str) -> None:
    assert not is_number(text)


def test_numbers_of_notes() -> None:
    def mention(text: str, part: str) -> Mention:
        start = text.index(part)
        place = Span(start=start, end=start + len(part))
        number = Quantity(kind=QuantityKind.NUMBER, value=Decimal(1), unit="unitless")
        return Mention(kind=MentionKind.QUANTITY, span=place, text=part, quantity=number)

    assert is_mark(mention("※２ 36,215", "２"), "※２ 36,215")
    assert not is_mark(mention("※２ 36,215", "36,215"), "※２ 36,215")
    assert not is_mark(mention("※ 12", "12"), "※ 12")
    assert _NOTE_ONLY.fullmatch("(注１)")
    assert not _NOTE_ONLY.fullmatch("注文数")

"""Times that take their year from another one."""

from __future__ import annotations

from datetime import date

import pytest

from extractors import read
from extractors.claims.anchors import Anchor, settle
from extractors.claims.context import read_context
from extractors.claims.fiscal_calendar import fiscal_shift, shift_opened, shift_reported
from extractors.ontology import load_ontology
from extractors.recognizers import recognize

CASES = [
    ("2025年第4四半期決算。Q4の純増は", "Q4", "2025-10-01", "2025-12-31"),
    ("2025年3月の物価。前年同月は", "前年同月", "2024-03-01", "2024-03-31"),
    ("2026年3月期 第2四半期決算", "2026年3月期 第2四半期", "2025-04-01", "2025-09-30"),  # cumulative
    ("2026年3月期第3四半期（9ヶ月累計）", "2026年3月期第3四半期", "2025-04-01", "2025-12-31"),
    ("2025年度の計画。上期は", "上期", "2025-04-01", "2025-09-30"),
    ("2025年度の計画。通期は", "通期", "2025-04-01", "2026-03-31"),
    ("FY2025は増えた", "FY2025", "2025-01-01", "2025-12-31"),  # no calendar known: the calendar year
    ("Q3 2025 sales; the third quarter was", "the third quarter", "2025-07-01", "2025-09-30"),
    ("2025年第4四半期の配信。Q3は", "Q3", "2025-07-01", "2025-09-30"),  # quarters of the calendar year
    ("2024年度の比率。5年前は", "5年前", "2019-01-01", "2019-12-31"),
    ("2026年3月期第3四半期（9ヶ月累計）。通期は", "通期", "2025-04-01", "2026-03-31"),  # the year of the cumulative one
    ("2025年9月の指数（2020年=100）は110。8月は", "8月", "2025-08-01", "2025-08-31"),  # no time of its own
    ("2025年9月の伸びは8月の2.6%から縮んだ。前月は", "前月", "2025-08-01", "2025-08-31"),
    ("2025年7-9月期の2019年同期比", "2019年同期", "2019-07-01", "2019-09-30"),
    ("2025年6月は2019年同月より", "2019年同月", "2019-06-01", "2019-06-30"),
    ("2025年の2019年同期比", "2019年", "2019-01-01", "2019-12-31"),
    ("2023年の第1四半期から第3四半期までの", "2023年の第1四半期から第3四半期まで", "2023-01-01", "2023-09-30"),
    ("2022年第4四半期から第1四半期に", "2022年第4四半期から第1四半期", "2022-10-01", "2023-03-31"),
    ("2025年の出来事。9月2日に", "9月2日", "2025-09-02", "2025-09-02"),
    ("2031年第3四半期の決算。同四半期の利益は", "同四半期", "2031-07-01", "2031-09-30"),
    ("2031年第3四半期の決算。利益は前四半期の8億円から", "前四半期", "2031-04-01", "2031-06-30"),
    ("2031年10〜12月期の売上高。前四半期は", "前四半期", "2031-07-01", "2031-09-30"),
    ("2031年第1四半期は2030年全体の調達額の半分を超えた。第1四半期の", "第1四半期", "2031-01-01", "2031-03-31"),
    ("2031年第1四半期は減った。2032年は増えた。第1四半期の", "第1四半期", "2032-01-01", "2032-03-31"),
    ("Q2 2031: $9 million versus $8 million in the year-prior period", "year-prior period", "2030-04-01", "2030-06-30"),
    ("Q2 2031: $9 million versus $8 million in the year before.", "the year before", "2030-04-01", "2030-06-30"),
    ("The 2025 season. In October 32,000 left", "October", "2025-10-01", "2025-10-31"),
]


@pytest.mark.parametrize(("text", "words", "start", "end"), CASES)
def test_settled(text: str, words: str, start: str, end: str) -> None:
    anchor = Anchor()
    found = {}
    for mention in recognize(text):
        if mention.period is not None:
            settled = settle(mention, anchor, text[mention.span.end :][:16])
            found[settled.text] = settled.period
    period = found[words]
    assert period is not None
    assert (str(period.start), str(period.end)) == (start, end)


def test_the_end_of_a_month_is_no_day_that_a_text_is_told_from() -> None:
    text = "会員は2030年12月末に2,201社、2031年3月末に2,228社、6月末に2,241社となり、2031年6月は過去最多だった。"
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    assert context.anchor.told is None
    days = [str(m.period.end) for m in context.scenes[0].periods if m.period is not None]
    assert days[:3] == ["2030-12-31", "2031-03-31", "2031-06-30"]


COMPARED = [
    (
        "Sales were $9 million in Q2 2031, up from $8 million in Q2 2030. Profit fell in the third quarter.",
        "2031-07-01",
    ),
    (
        "Sales grew in Q2 2031, compared with a loss of $8 million in Q1 2030. It fell in the third quarter.",
        "2031-07-01",
    ),
    ("Sales grew in Q2 2031, up from the quarter in 2030. It fell in the third quarter.", "2031-07-01"),
    ("Sales grew in Q2 2031 and fell in Q2 2032. Profit fell in the third quarter.", "2032-07-01"),
]


@pytest.mark.parametrize(("text", "start"), COMPARED)
def test_no_time_is_told_from_one_that_another_is_compared_with(text: str, start: str) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    found = [m.period for m in context.scenes[-1].periods if m.text == "the third quarter"]
    assert [str(p.start) for p in found if p is not None] == [start]


def test_a_quarter_told_with_its_last_day_opens_the_calendar() -> None:
    text = (
        "For the fourth quarter ended January 28, sales were $4 billion versus $3 billion in the year-earlier period, "
        "or up 2% versus fiscal 2030. For the full fiscal year, sales were $9 billion versus $8 billion "
        "in the year prior."
    )
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    found = {m.text: (str(m.period.start), str(m.period.end)) for s in context.scenes for m in s.periods if m.period}
    assert found["the fourth quarter"] == ("2031-11-01", "2032-01-31")
    assert found["year-earlier period"] == ("2030-11-01", "2031-01-31")
    assert found["full fiscal year"] == ("2031-02-01", "2032-01-31")
    assert found["the year prior"] == ("2030-02-01", "2031-01-31")


TOLD_WITH_DAYS = [
    ("2031年第4四半期（2031年1月31日締め）の概要。2031年第4四半期は増収だった。", "2030-11-01", "2031-01-31"),
    ("2031年第3四半期（2031年10月1日に上場）は減益、2031年第3四半期は増収だった。", "2031-07-01", "2031-09-30"),
    ("2031年3月期第3四半期、2030年4月1日～2030年12月31日、連結の概要。", "2030-04-01", "2030-12-31"),
    ("2031年3月期第3四半期、2031年1月15日に発表した。", "2030-10-01", "2030-12-31"),
]


@pytest.mark.parametrize(("text", "start", "end"), TOLD_WITH_DAYS)
def test_a_quarter_told_with_its_days_has_them_everywhere(text: str, start: str, end: str) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    found = [m.period for s in context.scenes for m in s.periods if m.text.endswith("四半期")]
    assert {(str(p.start), str(p.end)) for p in found if p is not None} == {(start, end)}


def test_a_quarter_that_ended_on_a_day_tells_the_calendar() -> None:
    assert fiscal_shift("the third quarter of fiscal 2032 ended October 31, 2031, was strong", None) == -11
    assert fiscal_shift("2025年7月27日に終了した2026会計年度第2四半期は増収だった。", None) == -11
    assert fiscal_shift("2025年7月27日に始まった2026会計年度第3四半期は増収だった。", None) is None


def test_words_told_from_the_day_of_the_text_need_that_day() -> None:
    anchor = Anchor()
    found = [settle(m, anchor, "").period for m in recognize("2010年の計画。今月は増えた") if m.period]
    assert found[-1] is not None
    assert found[-1].start is None


def test_weekdays_are_told_from_the_day_of_the_text() -> None:
    anchor = Anchor()
    found = [settle(m, anchor, "").period for m in recognize("In June 2025 it grew. It fell on Friday") if m.period]
    assert found[-1] is not None
    assert found[-1].start is None


def test_this_year_is_none_of_a_plan_years_ahead() -> None:
    anchor = Anchor(published=date(2025, 8, 1))
    text = "2025年度の予想と2031年度の目標。今期は"
    found = [settle(m, anchor, "").period for m in recognize(text) if m.period]
    assert found[-1] is not None
    assert str(found[-1].start) == "2025-04-01"


def test_a_month_lies_inside_the_fiscal_year_last_said() -> None:
    anchor = Anchor()
    for text, days in (("2025年度の見通し", "2025-04-01"), ("2月に", "2026-02-01")):
        (mention,) = [m for m in recognize(text) if m.period]
        period = settle(mention, anchor, "").period
        assert period is not None
        assert str(period.start) == days


CALENDARS = [
    ("FY26 2Q（2025年5〜7月）の契約は増えた。", -11),
    ("Revenue for Q1 FY2026 (ended December 27, 2025) rose.", -3),
    ("the third quarter of fiscal 2026, which ended October 26, 2025", -11),
    ("2026会計年度第1四半期（2025年10〜12月）の売上", -3),
    ("FY26 2Q（2025年5〜7月）、Q1 FY2026 (ended December 27, 2025)", None),  # two companies' calendars
    ("2026年3月期の決算。出店は3〜5月に行う。", None),
    ("Q3 FY2031（2031年10月1日〜12月31日）の売上", 3),  # days, not only months
    ("2031年8月期（FY2031）の売上", -4),  # the label behind its months
    ("the quarter ended July 31, 2031 (Q1 FY2032)", -8),
    ("FY2031 Q1（2031年4月〜2032年3月）の売上", None),  # a year is no quarter
]


@pytest.mark.parametrize(("text", "shift"), CALENDARS)
def test_fiscal_calendar_as_the_text_tells_it(text: str, shift: int | None) -> None:
    assert fiscal_shift(text, None) == shift


def test_fiscal_years_lie_where_the_text_says() -> None:
    (mention,) = [m for m in recognize("Q2 FY2026") if m.period]
    period = settle(mention, Anchor(shift=-11), "").period
    assert period is not None
    assert (str(period.start), str(period.end)) == ("2025-05-01", "2025-07-31")


def test_nothing_is_invented_without_an_anchor() -> None:
    (mention,) = [m for m in recognize("Q4は増えた") if m.period]
    period = settle(mention, Anchor(), "").period
    assert period is not None
    assert period.start is None
    assert period.end is None


REPORTS = [  # title, day, months from January of a year to the first day of that fiscal year
    ("Q1 2032 Earnings Call", date(2031, 9, 2), -8),
    ("FY2032 Q3 results", date(2031, 11, 20), -11),
    ("Q2 2031 Earnings Call", date(2031, 8, 2), None),  # the quarter of the calendar is over
    ("Q1 2032 outlook", date(2031, 9, 2), None),  # no report
    ("Q4 2031 earnings preview", date(2031, 12, 15), None),  # told before the quarter is over
    ("2031 業績：Q2 2031 決算の見どころ", date(2031, 6, 20), None),
    ("Q1 2040 Earnings Call", date(2031, 9, 2), None),  # no fiscal year lies so far off
]


@pytest.mark.parametrize(("title", "day", "shift"), REPORTS)
def test_a_report_told_before_its_quarter_of_the_calendar(title: str, day: date, shift: int | None) -> None:
    assert shift_reported(title, day) == shift


def spans(text: str) -> dict[str, str]:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    dated = [m for s in context.scenes for m in s.periods if m.period is not None]
    return {m.text: f"{m.period.start} {m.period.end}" for m in dated if m.period is not None}


CALL = "# Q1 2032 Earnings Call\n2031-09-02\n\n"
PLACED = [  # text, words, first and last day
    (
        "# Q1 2032 Earnings Call\n2031-09-02\n\nSales rose in the first quarter.",
        "the first quarter",
        "2031-05-01 2031-07-31",
    ),
    (
        "# Q1 2032 Earnings Call\n2031-09-02\n\nUp 9% compared to Q1 2031. We see Q2 growth.",
        "Q1 2031",
        "2030-05-01 2030-07-31",
    ),
    (
        "# Q1 2032 Earnings Call\n2031-09-02\n\nUp 9% compared to Q1 2031. We see Q2 growth.",
        "Q2",
        "2031-08-01 2031-10-31",
    ),
    ("## 甲社\n\n- FY2031.03 EPS 9円。\n- FY2029 EPS 7円。", "FY2029", "2028-04-01 2029-03-31"),
    ("## 甲社\n\n- FY2031.03 EPS 9円。\n\n## 乙社\n\n- FY2029 EPS 7円。", "FY2029", "2029-01-01 2029-12-31"),
    ("2031/32年度(FY32)第1四半期の売上。", "第1四半期", "2031-04-01 2031-06-30"),
    ("2031/32年度の売上は5億円。", "2031/32年度", "2031-04-01 2032-03-31"),
    ("FY2031（2031年4月〜2032年3月）の売上。Q1〜Q3累計は5億円。", "Q1〜Q3", "2031-04-01 2031-12-31"),
    ("FY2032 Q3（2031年10〜12月）の売上。2031年6月に発売した。Q4は伸びる。", "Q4", "2032-01-01 2032-03-31"),
    ("2031年6月に発売した。Q4は伸びる。", "Q4", "2031-10-01 2031-12-31"),
    ("NVIDIAの業績\n\n予想はFY2031 Q4が最高。", "FY2031 Q4", "2030-11-01 2031-01-31"),
    (
        "## 半導体\n\nNVIDIAは好調だ。\n\n## 景気\n\n2031年度第1四半期は伸びた。",
        "2031年度第1四半期",
        "2031-04-01 2031-06-30",
    ),
]


@pytest.mark.parametrize(("text", "words", "days"), PLACED)
def test_times_of_companies_whose_year_is_their_own(text: str, words: str, days: str) -> None:
    assert spans(text)[words] == days


OPENED = [  # text of 27 August 2031
    ("Harrow reported sales of $4 billion for the second quarter of fiscal 2032. It fell.", -11),
    ("Sales for fiscal second quarter 2032 rose 3%, Harrow announced.", -11),
    ("Harrow reported sales of $4 billion for the first quarter of fiscal 2031.", None),  # as in the calendar
    ("Harrow said that it expects sales to fall in the second quarter of fiscal 2032.", None),
]


@pytest.mark.parametrize(("text", "shift"), OPENED)
def test_a_text_that_opens_with_a_quarter_that_is_not_over_in_the_calendar(text: str, shift: int | None) -> None:
    assert shift_opened(f"# Harrow\n\n{text}", date(2031, 8, 27)) == shift


def test_a_quarter_told_with_the_end_of_its_year() -> None:
    assert spans("FY26Q4（2026/6期末）の受注残は82件だ。")["FY26Q4"] == "2026-04-01 2026-06-30"

"""Times that take their year from another one."""

from __future__ import annotations

import pytest

from extractors.claims.anchors import Anchor, settle
from extractors.claims.fiscal_calendar import fiscal_shift
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
    ("2025年の出来事。9月2日に", "9月2日", "2025-09-02", "2025-09-02"),
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


def test_words_told_from_the_day_of_the_text_need_that_day() -> None:
    anchor = Anchor()
    found = [settle(m, anchor, "").period for m in recognize("2010年の計画。今月は増えた") if m.period]
    assert found[-1] is not None
    assert found[-1].start is None


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

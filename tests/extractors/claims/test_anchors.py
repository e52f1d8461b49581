"""Times that take their year from another one."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.claims.anchors import Anchor, settle
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
]


@pytest.mark.parametrize(("text", "words", "start", "end"), CASES)
def test_settled(text: str, words: str, start: str, end: str) -> None:
    anchor = Anchor()
    found = {}
    for mention in recognize(text, reference_date=date(2026, 1, 15)):
        if mention.period is not None:
            settled = settle(mention, anchor, text[mention.span.end :][:16])
            found[settled.text] = settled.period
    period = found[words]
    assert period is not None
    assert (str(period.start), str(period.end)) == (start, end)


def test_nothing_is_invented_without_an_anchor() -> None:
    (mention,) = [m for m in recognize("Q4は増えた") if m.period]
    period = settle(mention, Anchor(), "").period
    assert period is not None
    assert period.start is None
    assert period.end is None

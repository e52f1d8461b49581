"""Figures in percentage points: changes, revisions of forecasts, differences; and shares of answers."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.readers.markdown import read_markdown

POINTS = [
    # text, figure, metric and value
    ("港南市の失業率は0.1ポイント悪化の3.5%だった。", "0.1ポイント", "unemployment_rate_change", "0.1"),
    ("港南市の失業率は0.2ポイント改善した。", "0.2ポイント", "unemployment_rate_change", "-0.2"),
    ("港南市の就業率は61%で、前年を0.4ポイント下回った。", "0.4ポイント", "employment_rate_change", "-0.4"),
    ("港南市の就業率は61%で、前年より0.4ポイント高い。", "0.4ポイント", "employment_rate_change", "0.4"),
    ("大企業の業況判断DIは8ポイント悪化した。", "8ポイント", "diffusion_index_change", "-8"),
    ("大企業の業況判断DIは14ポイントだった。", "14ポイント", "diffusion_index", "14"),  # a level
    ("日本の成長率は0.9%と、前回から0.2ポイント上方修正した。", "0.2ポイント", "forecast_change", "0.2"),
    ("日本の成長率予測を0.3ポイント引き下げた。", "0.3ポイント", "forecast_change", "-0.3"),
    ("中央銀行は物価の見通しを示し、政策金利を0.25ポイント引き上げた。", "0.25ポイント", "policy_rate_change", "0.25"),
    ("東浜市の空室率は西浜市を1.2ポイント下回った。", "1.2ポイント", "vacancy_rate_difference", "-1.2"),
    ("東浜市の空室率は市場予想を1.2ポイント下回った。", "1.2ポイント", "vacancy_rate_change", "-1.2"),
    ("東浜社と西浜社のシェアの差は3ポイントだった。", "3ポイント", "share_difference", "3"),
]


@pytest.mark.parametrize(("text", "figure", "metric", "value"), POINTS)
def test_points(text: str, figure: str, metric: str, value: str) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [(c.metric, str(c.value)) for c in claims if c.value_as_written == figure] == [(metric, value)]


ANSWERS = [
    # text, figure, whose it is
    ("回答企業では「人手が足りない」が15.9%だった。", "15.9%", "回答企業"),
    ("利用者では「知っている」とした人が72%、「使ったことがある」(33%)だった。", "33%", "利用者"),
    ("回答企業では「人手が足りない」が15.9%(64社)だった。", "64社", "回答企業"),
    ("県内企業では「応募がない」が59%で最も多く、次いで「退職による欠員」(45%)だった。", "45%", "県内企業"),
    ("電子書籍では「朝凪文庫」が15.9%だった。", "15.9%", "朝凪文庫"),  # a name
]


@pytest.mark.parametrize(("text", "figure", "bearer"), ANSWERS)
def test_an_answer_is_nobody(text: str, figure: str, bearer: str) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [c.entity for c in claims if c.value_as_written == figure] == [bearer]

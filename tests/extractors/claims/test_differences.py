"""By how much one of two is more than the other is no growth."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.readers.markdown import read_markdown

DIFFERENCES = [
    # text, figure, metric, value
    ("広告経由の訪問者の継続率は検索経由の訪問者より42%高い。", "42%", "retention_rate_difference", 42),
    ("広告経由の訪問者の直帰率は検索経由の訪問者より12%低い。", "12%", "bounce_rate_difference", -12),
    ("甲野電機の平均年収は乙山電機に比べ8%高かった。", "8%", "salary_difference", 8),
    ("甲野電機の平均年収は業界平均より8%高い。", "8%", "salary_difference", 8),
    ("甲野電機の売上高は前年より9%高い。", "9%", "growth_rate", 9),  # than itself
    ("甲野電機の売上高は市場予想より9%高い。", "9%", "growth_rate", 9),
    ("甲野電機の売上高は2023年より9%多い。", "9%", "growth_rate", 9),
]


@pytest.mark.parametrize(("text", "figure", "metric", "value"), DIFFERENCES)
def test_what_a_percentage_tells_of_two(text: str, figure: str, metric: str, value: int) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [(c.metric, c.value) for c in claims if c.value_as_written.startswith(figure)] == [(metric, value)]

"""Numbers of things take the metric that counts them."""

import pytest

from extractors import extract_claims, read

LINES = [  # text, figure, metric
    ("音声認識モデルのボイサーは85以上の言語に対応する。", "85以上", "language_count"),
    ("北浜製鉄は32の自治体と連携している。", "32", "municipality_count"),
    ("北浜製鉄の従業員は320人だった。", "320人", "employees"),  # what has a metric of its own keeps it
    ("北浜製鉄は海外に8拠点を構え、35の業種の企業と取引する。", "35", "業種の企業"),  # firms, not kinds of business
]


@pytest.mark.parametrize(("text", "figure", "metric"), LINES)
def test_what_is_counted(text: str, figure: str, metric: str) -> None:
    claims = extract_claims(read(text.encode(), name="a.md")).claims
    assert [c.metric for c in claims if c.value_as_written == figure] == [metric]

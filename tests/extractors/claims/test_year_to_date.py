"""Returns since the new year, in prose and in tables."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read

HEAD = "---\ndate: 2031-03-08\n---\n\n# 週間の市況\n\n"
CASES = [  # text, words of the figure, its first and last day
    ("北見精機は週間で+3.2%、年初来+10.5%となった。", "+10.5%", ("2031-01-01", "2031-03-08")),
    ("銀行株は年初来では4.1%高い。", "4.1%", ("2031-01-01", "2031-03-08")),
    ("2031年2月末に銀行株は年初来4.1%高だった。", "4.1%", ("2031-01-01", "2031-02-28")),
    ("銀行株は8% YTDだった。", "8%", ("2031-01-01", "2031-03-08")),
    ("Shares of Acme Corp are up 12% year-to-date.", "12%", ("2031-01-01", "2031-03-08")),
]


@pytest.mark.parametrize(("text", "words", "days"), CASES)
def test_the_figure_beside_the_words(text: str, words: str, days: tuple[str, str]) -> None:
    found = extract_claims(read((HEAD + text).encode(), name="a.md")).claims
    told = [(str(c.period_start), str(c.period_end)) for c in found if c.value_as_written == words]
    assert told == [days]


def test_a_high_since_the_new_year_is_of_its_own_time() -> None:
    found = extract_claims(read(f"{HEAD}日経平均は年初来高値の24,000円を付けた。".encode(), name="a.md")).claims
    assert all(str(c.period_start) != "2031-01-01" for c in found)


def test_a_column_of_returns_since_the_new_year() -> None:
    table = "| 銘柄 | 週間 | 年初来 |\n|---|---|---|\n| 北見精機 | +3.2% | +10.5% |\n| 港南電機 | -1.2% | +4.0% |\n"
    found = extract_claims(read((HEAD + table).encode(), name="a.md")).claims
    told = {c.value_as_written: str(c.period_start) for c in found if c.in_table}
    assert told["+10.5%"] == told["+4.0%"] == "2031-01-01"
    assert told["+3.2%"] != "2031-01-01"

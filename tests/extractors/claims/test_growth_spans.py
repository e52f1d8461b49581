"""Rates of growth over years named before, and times that facts cannot be of."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read

HEAD = "---\ndate: 2031-03-08\n---\n\n# 港の市場\n\n"
SPANS = [  # text, words of the figure, its first and last day
    (
        "市場は2030年に40億円だった。2037年には90億円となる見通しだ。年平均成長率は12.4%となる。",
        "12.4%",
        ("2030-01-01", "2037-12-31", "forecast"),
    ),
    (
        "市場は2030年に40億円、2037年に90億円となる見通しだ。年平均成長率は12.4%となる。",
        "12.4%",
        ("2030-01-01", "2037-12-31", "forecast"),
    ),
    (
        "市場は2029年に40億円だった。2037年には90億円となる見通しで、この間の年平均成長率は12.4%となる。",
        "12.4%",
        ("2029-01-01", "2037-12-31", "forecast"),
    ),
    (
        "市場は2021年に40億円だった。2030年には90億円となった。年平均成長率は12.4%だった。",
        "12.4%",
        ("2021-01-01", "2030-12-31", "actual"),
    ),
    ("市場は2030年に40億円だった。年平均成長率は12.4%だった。", "12.4%", ("2030-01-01", "2030-12-31", "actual")),
]


def told(text: str, words: str) -> list[tuple[str, str, str]]:
    found = extract_claims(read((HEAD + text).encode(), name="a.md")).claims
    return [(str(c.period_start), str(c.period_end), c.modality.value) for c in found if c.value_as_written == words]


@pytest.mark.parametrize(("text", "words", "days"), SPANS)
def test_growth_over_the_years_said_before(text: str, words: str, days: tuple[str, str, str]) -> None:
    assert told(text, words) == [days]


def test_a_fact_is_of_no_time_to_come() -> None:
    text = "港湾市場は2030年に40億円だった。2037年には90億円となる見通しだ。北港のシェアは35.2%だった。"
    assert all(start < "2031" for start, _, _ in told(text, "35.2%"))

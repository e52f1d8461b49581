"""Times as the heads of tables shorten them, and what looks like one."""

import pytest

from extractors.claims.tables.short_times import short_time

CASES = [  # head, era that another head is counted in, what it spells
    ("R5下", "", "令和5年下半期"),
    ("5年度", "令和", "令和5年度"),
    ("5年度", "", None),
    ("10年債", "令和", None),
    ("3年目", "令和", None),
    ("24年3Q", "令和", "Q3 2024"),
    ("25/12月末", "", "2025年12月末"),
    ("’25/3末", "", "2025年3月末"),
    ("25/3", "", "2025年3月期"),
    ("24/13", "", None),
    ("H100", "", None),
    ("2026E", "", "2026年"),
    ("連2025.3", "", "2025年3月期"),
    ("3.5", "", None),
]


@pytest.mark.parametrize(("head", "era", "spelt"), CASES)
def test_short_times_are_spelt_out(head: str, era: str, spelt: str | None) -> None:
    assert short_time(head, era) == spelt

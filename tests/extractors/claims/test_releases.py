"""Days told without their month on which figures came out."""

from __future__ import annotations

import pytest

from tests.extractors.claims.test_times_of_figures import context_of

RELEASES = [
    # text, words, the day
    ("2024年の調査。\n\n総務省が27日発表した2024年10月の失業率は3%だった。", "27日", "2024-11-27"),
    (
        "---\ndate: 2024-11-26\n---\n\n10月に開いた。19日に会が公表した10月の売上は9億円だ。",
        "19日",
        "2024-11-19",
    ),
    ("2017年6月の新棟\n\n着工は12月、竣工は18年9月の予定。", "12月", "2017-12-01"),
    ("2017年6月の新棟\n\n着工は8月、竣工は18年9月の予定。", "8月", "2017-08-01"),
    ("2017年6月の新棟\n\n2023年時点で最も広い。社は5月12日に発表した。", "5月12日", "2017-05-12"),
    ("---\ndate: 2025-01-26\n---\n\n協会が21日に発表した10~12月期の売上は9億円だった。", "21日", "2025-01-21"),
    ("---\ndate: 2025-08-16\n---\n\n府が15日発表した4~6月期の売上は9億円だった。", "15日", "2025-08-15"),  # not July
    ("---\ndate: 2024-11-26\n---\n\n新店は10月に開いた。19日に協会が訪ねた。", "19日", "2024-10-19"),  # nothing counted
]


@pytest.mark.parametrize(("text", "words", "day"), RELEASES)
def test_day_of_release(text: str, words: str, day: str) -> None:
    times = [m.period for s in context_of(text).scenes for m in s.periods if m.text == words]
    assert [str(p.start) for p in times if p is not None] == [day]

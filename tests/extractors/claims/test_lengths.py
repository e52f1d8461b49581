"""Which lengths of time are stated as facts, which only say over what time something else is told."""

from __future__ import annotations

import pytest

from extractors.claims.lengths import states_length
from tests.extractors.claims.test_times_of_figures import context_of

STATED = [
    "潮見電機の借入の返済期間は15年である。",
    "この設備の耐用年数は会計上8年とされる。",
    "海原テックは東海精機と6年・200億円の供給契約を結んだ。",
    "海原テックは4年の保守契約を結んだ。",
    "同社は90年超の海図データ蓄積を持つ。",
    "売上高は31四半期連続で増えた。",
    "この寡占は40年以上この構造が続いている。",
    "新しい変電所の建設は7年かかる。",
    "停電は3時間にわたり続いた。",
    "部品の納期は20週間だ。",
    "Umihara Tech signed a six-year supply contract.",
    "Sales grew for 12 consecutive quarters.",
    "The lead time is 20 weeks.",
    "Building the plant takes four years.",
]
UNSTATED = [
    "過去5年で売上高は2倍になった。",
    "株価は3年ぶりの高値を付けた。",
    "今後10年の見通しは明るい。",
    "10年国債の利回りは1.2％だった。",
    "5年間の計画を作る。",
    "2年前に設立した。",
    "6か月以内に回答する。",
    "10年間で300社が参加した。",
    "電池は12時間連続稼働する。",
    "ここ3年は横ばいである。",
    "Sales doubled over the past five years.",
    "It was founded ten years ago.",
    "The 10-year Treasury yield rose to 4.2%.",
    "The company published a five-year plan.",
]


def lengths(text: str) -> list[bool]:
    return [states_length(s, m) for s in context_of(text).scenes for m in s.periods if m.quantity is not None]


@pytest.mark.parametrize("text", STATED)
def test_lengths_that_are_stated(text: str) -> None:
    assert True in lengths(text)


@pytest.mark.parametrize("text", UNSTATED)
def test_lengths_that_other_figures_are_told_over(text: str) -> None:
    assert True not in lengths(text)


RANKS = [
    ("海原テックは世界3位の製造会社だ。", True),
    ("この調達は史上2番目に大きい。", True),
    ("上位10位を表にまとめた。", False),
    ("3位以内を目指す。", False),
    ("2番目の節では費用を述べる。", False),
]


@pytest.mark.parametrize(("text", "stated"), RANKS)
def test_ranks_that_are_stated(text: str, stated: bool) -> None:
    found = [states_length(s, q) for s in context_of(text).scenes for q in s.quantities]
    assert any(found) == stated

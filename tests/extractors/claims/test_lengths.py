"""Which lengths of time are stated as facts, which only say over what time something else is told."""

from __future__ import annotations

import pytest

from extractors.claims.lengths import is_told
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
    "同社は15年超の運用実績がある。",
    "海原テックは5年リースで機械を入れた。",
    "この電池には3年保証が付く。",
    "A five-year lease agreement was signed.",
    "A 20-year power purchase agreement with Oslo was signed.",
    "The plant has a 15-year track record of growth.",
    "When demand falls, the repair takes three years.",
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
    "12か月実績PERは15倍だった。",
    "3か月実績の売上高は増えた。",
    "30年ローン金利は6％だった。",
    "2年契約数は300件だった。",
    "The 30-year lease rates rose to 5%.",
    "A 12-month backlog conversion rate was 80%.",
    "The five-year lease accounting rule changed.",
    "If the repair takes three years, costs rise.",
]


def lengths(text: str) -> list[bool]:
    return [is_told(s, m) for s in context_of(text).scenes for m in s.periods if m.quantity is not None]


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
    ("海原テックの売上高は3位だった。", True),
    ("海原テックは1位を目指す。", False),
    ("海原テックは3位に入る可能性がある。", False),
    ("海原テックは3位圏に入った。", False),
    ("海原テックは2位争いを続ける。", False),
]


@pytest.mark.parametrize(("text", "stated"), RANKS)
def test_ranks_that_are_stated(text: str, stated: bool) -> None:
    found = [is_told(s, q) for s in context_of(text).scenes for q in s.quantities]
    assert any(found) == stated


def test_the_whole_that_a_rank_is_out_of_is_no_rank() -> None:
    told = {q.text: is_told(s, q) for s in context_of("海原テックは47位中3位だった。").scenes for q in s.quantities}
    assert told == {"47位": False, "3位": True}

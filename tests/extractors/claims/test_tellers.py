"""Whose no figure is: the body that counts and publishes it, the town of a dateline."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.readers.markdown import read_markdown

FIGURES = [
    # text, figure, who must not bear it
    ("日本時計協会が発表した時計の販売数は9万個だった。\n\n10月の販売数は8万個だ。", "8万個", "日本時計協会"),
    ("日本銀行によると、9月の物価指数は前年同月比2.1%上昇した。", "2.1%", "日本銀行"),
    ("【パリ共同】産業省は1日、輸出額は9億ユーロだと発表した。\n\n輸入額は8億ユーロだ。", "8億ユーロ", "パリ"),
    ("乙山総研では、2025年度の成長率を+0.9%と予測する。", "+0.9%", "乙山総研"),
    ("ベトナムの輸出は伸びた。HSBCは2025年の成長率予測を7.9%に引き上げた。", "7.9%", "HSBC"),
    ("2025年の国内腕時計の販売数は9万個だった。", "9万個", "国内"),
    ("当年度はQPR製造装置が低迷し、9.4%減った。", "9.4%", "QPR"),
    ("出所：乙山信託銀行\n\n残高は前年比8億円の増加に留まった。", "8億円", "乙山信託銀行"),
]
BEARERS = [
    # text, figure, who bears it all the same
    ("日本銀行の総資産は700兆円だった。", "700兆円", "日本銀行"),
    ("甲野電機株式会社は3日、4月の売上高が12億円だったと発表した。", "12億円", "甲野電機株式会社"),
    ("ソニーは2025年度の売上高予測を12兆円に引き上げた。", "12兆円", "ソニーグループ"),
    ("小売業の売上高は前年比3%増の12兆円だった。", "12兆円", "小売業"),
]


def _entities(text: str, figure: str) -> list[str]:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    return [c.entity for c in claims if c.value_as_written == figure]


@pytest.mark.parametrize(("text", "figure", "teller"), FIGURES)
def test_who_only_tells(text: str, figure: str, teller: str) -> None:
    assert teller not in _entities(text, figure)


@pytest.mark.parametrize(("text", "figure", "bearer"), BEARERS)
def test_who_bears(text: str, figure: str, bearer: str) -> None:
    assert _entities(text, figure) == [bearer]

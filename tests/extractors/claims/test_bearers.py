"""Whom a figure is of by the grammar around it: the part of a whole, the winner, the name that a rank introduces."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.readers.markdown import read_markdown

BEARERS = [
    # text, figure, whose it is
    ("現在、電動車は世界の新車市場の16%を占める。", "16%", "電動車"),
    ("電動車は世界の新車市場の16%を占め、前年の12%から伸びた。", "12%", "電動車"),
    ("電動車が伸び、世界の新車市場の16%に当たる。", "16%", "電動車"),
    ("日本の人口の3割に当たる3600万人が動いた。", "3600万人", "日本"),
    ("スペインが20%、フランスが12%だ。上位3か国で63%を占める。", "63%", "上位3か国"),
    ("消費者の60%が買い物に使う。", "60%", "消費者"),  # no part of another whole
    ("伸びたのはスペインで、フランスを0.5ポイント上回る。", "0.5ポイント", "スペイン"),
    ("1位はスペインで、2位はフランスだった。", "1位", "スペイン"),
    ("1位はスペインで、2位はフランスだった。", "2位", "フランス"),
    ("1位：スペイン、2位：フランス、3位：カナダ。", "2位", "フランス"),
    ("スペインが1位、フランスが2位だった。", "2位", "フランス"),
    ("日本は加盟38か国中37位だった。", "37位", "日本"),
    ("ソニーの料金は任天堂の2倍だ。", "2倍", "ソニーグループ"),
    ("ソニーの訓練費は任天堂の約4分の1とされる。", "約4分の1", "ソニーグループ"),
    ("# 首位はフランス\n\n2位のスペインは9%増の31億円で、占有率は7%だった。", "7%", "スペイン"),
    ("# 首位はフランス\n\n2位のスペインは9%増の31億円（約28万ドル）だった。", "約28万ドル", "スペイン"),
    ("比率が39.8%のイタリア、30.6%のスペインなどと比べると低い。", "30.6%", "スペイン"),
    ("首位はシェア34%のソニー、2位は21%の任天堂だった。", "21%", "任天堂"),
    ("日本は輸入額の34%の米国産を減らした。", "34%", "日本"),  # the name goes on
]


@pytest.mark.parametrize(("text", "figure", "bearer"), BEARERS)
def test_whose_a_figure_is(text: str, figure: str, bearer: str) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [c.entity for c in claims if c.value_as_written == figure] == [bearer]

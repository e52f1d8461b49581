"""Bounds told by the words behind a figure."""

from __future__ import annotations

import pytest

from extractors.claims.figures import counted
from extractors.recognizers import recognize

CASES = [
    # text, the bound of its first figure
    ("指数は7,000ドルの大台を突破した。", "gt"),
    ("年商は1億ドル（約150億円）突破。", "gt"),
    ("年商は 1 兆ドル（約 150 兆円）を突破し、", "gt"),
    ("年間250億ドルの収益を突破した。", "gt"),
    ("顧客200万社の突破を公表した。", "gt"),
    ("年商は1億ドル（約150億円）だった。", "eq"),
    ("投資は80億ドル（1兆円）以上だ。", "ge"),
    ("投資（1兆円）以上に大事なのは人だ。", "eq"),
    ("PBR 1倍割れが続く。", "lt"),
    ("占有率は40%を切る水準だ。", "lt"),
    ("40社を束ねた。", "eq"),
    ("100億円の投資で障壁を突破した。", "eq"),
    ("料金は月額15万円〜。", "ge"),
    ("料金は15万円〜20万円。", "eq"),
    ("単価は$240〜（一式で$270）", "ge"),
    ("料金は15万円、", "eq"),
    ("It sells at a sub-$400 price.", "lt"),
    ("The round brings its funding past $1B in all.", "gt"),
    ("Over the past $1B was spent.", "eq"),
    ("Its ARR crosses $1B in May.", "gt"),
    ("Tablets go for as low as $30.", "ge"),
    ("100名の社員が難関を突破した。", "eq"),
    ("PBR 1倍割れを解消した。", "eq"),
    ("10倍切り替えが進む。", "eq"),
    ("参加者は100人の上限に達した。", "eq"),
    ("月額1,500ドルの上限を設けた。", "le"),
    ("月額1,500ドルを払った。", "eq"),
    ("料金は6ドルから利用できる。", "ge"),
    ("株価は1100円まで急伸した。", "eq"),
    ("資産は時価総額100億円を大きく上回る。", "eq"),  # what another figure is compared with
    ("物価の伸びは目標2%を上回った。", "eq"),
    ("出荷は前年の270億円を下回った。", "eq"),
    ("防衛費はGDPの2%を上回る。", "gt"),
    ("売上高は100億円を上回る。", "gt"),
    ("契約者が増え、800万人を上回った。", "gt"),
    ("顧客も500社を上回った。", "gt"),
    ("投資は総額10億円を上回る。", "gt"),
    ("販売台数100万台を上回った。", "gt"),  # the statistic itself
    ("売上高100億円を上回り、最高となった。", "gt"),
    ("来場者は前年実績3万人を上回った。", "eq"),
    ("市場予想1.2億円を下回った。", "eq"),
    ("節目の5万円台を大きく下回った。", "eq"),  # a range keeps its ends
    ("株価は一時1,100円まで売られた。", "eq"),
    ("供給は2万2300戸まで細り、", "eq"),
    ("shares surged past the $800 mark", "gt"),
    ("shares closed at the $800 level", "eq"),
]


@pytest.mark.parametrize(("text", "bound"), CASES)
def test_bound(text: str, bound: str) -> None:
    found = next(m.quantity for m in counted(recognize(text), text, recognize) if m.quantity)
    assert found.bound.value == bound

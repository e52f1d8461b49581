"""Which metric an amount has where a word of change, or only whose it is, stands beside it."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.readers.markdown import read_markdown

LEVELS = [
    # text, figure, the metric and the words for it
    ("売上高は8億円だった。乙部門は前年同期比30%増の4億円となった。", "4億円", "revenue", "売上高"),
    ("出荷台数は900台だった。甲社が15%減の410台で首位だ。", "410台", "shipments", "出荷台数"),
    ("出荷台数は900台だった。甲社は15%減の410台、乙社は2%増の90台だ。", "90台", "shipments", "出荷台数"),
    ("従業員数は900人だった。前年に比べ40人の増加だ。", "40人", "employees_change", "増加"),
    ("就業者数は900人で、前年同月に比べ34人減った。", "34人", "employed_persons_change", "就業者数減"),
    ("風車数は900基だった。前年に比べ40基の増加だ。", "40基", "風車数_change", "増加"),  # of no known metric
    ("日経平均株価が一時52,010円台に乗せた。", "52,010円台", "index_level", "日経平均株価"),
    ("東浜社の利益率は9%で、2ポイントの上昇だった。", "2ポイント", "profit_margin_change", "利益率上昇"),
    ("業界の出荷台数は900台だった。うち軽トラックは410台だった。", "410台", "shipments", "軽トラック"),
    ("売上高は伸び、90億円。前期比の伸びは3億円だった。", "3億円", "revenue_change", "前期比の伸び"),
    ("時価総額は90億円だった。\n\n入場券は3000円である。", "3000円", "入場券", "入場券"),  # of another paragraph
    ("東浜社の純利益は9億円だった。市場予想は8億円。", "8億円", "net_income", "市場予想"),
    # a measure that no list knows goes on like a known one
    ("東浜社の荷揚益は9億円だった。市場予想は8億円。", "8億円", "荷揚益", "市場予想"),
    ("急速充電器の焙煎数は4,350台だった。普通充電器は860台だ。", "860台", "焙煎数", "普通充電器"),
    ("# Ledgerline Inc. reports\n\nLandings came in at $214.6 million.", "$214.6 million", "landings", "came in at"),
    ("東浜社の荷揚高は9億円。期初の7億円から伸びた。", "7億円", "荷揚高", "期初"),
    (
        "東浜社の純利益は9億円となった。アナリスト予想の平均は8億円だった。",
        "8億円",
        "net_income",
        "アナリスト予想の平均",
    ),
    # what 同 repeats in a bracket, what trade leaves, points of a share, a percentage of what is an amount
    (
        "消費額は、東浜が同26%増の9億円（1人当たり旅行支出9千円）、西浦が同5%増の5億円（同7千円）だった。",
        "7千円",
        "spend_per_visit",
        "1人当たり旅行支出",
    ),
    ("業況判断DIは全産業で9（前回7）、製造業で3（同1）だった。", "1", "diffusion_index", "業況判断DI"),
    ("東浜向けは輸出額が9億円、輸入額が8億円で、1億円の黒字だった。", "1億円", "trade_balance", "輸出額"),
    ("東浜社は売上高が9億円、輸出は2億円で、1億円の赤字だった。", "1億円", "loss", "赤字"),
    ("貿易商社の甲野物産は3億円の赤字だった。", "3億円", "loss", "赤字"),
    ("企業の45%が足りないと答えた。半年前と比べて2ポイント増えた。", "2ポイント", "share_change", "増えた"),
    ("軽傷者数は2万人で、死者数は27%だった。", "27%", "share", "死者数"),
    ("町の人口は9万人（△2千人）だった。", "△2千人", "population_change", "人口"),
    ("町の人口は9万人（2千人を含む）だった。", "2千人", "population", "人口"),
    ("東浜社の27年6月期の売上高は90億円の見込み。上期は40億円、通期は95億円。", "95億円", "revenue", "通期"),
    ("東浜社の売上高は90億円だった。通期計画書の作成費は8億円。", "8億円", "作成費", "作成費"),
    ("純利益は9億円だった。予測モデルの開発費は8億円。", "8億円", "rd_expenses", "開発費"),
    ("国債の利回りは前日比0.02%高い1.62%に上昇した。", "1.62%", "interest_rate", "利回り"),
    ("純利益は東浜社が30億円、西浜社が20億円だった。2社合計では50億円を超えた。", "50億円", "net_income", "純利益"),
    ("甲野電機は乙山通商と90億円規模の保守契約を結んだ。", "90億円", "保守契約", "保守契約"),  # not 規模の保守契約
    ("新工場は2GW級の予備電源を要する。", "2GW", "予備電源", "予備電源"),
    ("日経平均は10月2日終値51,309.20円となった。", "51,309.20円", "index_level", "終値"),
    ("甲野電機、評価額300億円で30億円を調達へ。", "30億円", "funding_raised", "調達"),
    ("利益率は8%だった。業界平均は5%。", "5%", "profit_margin", "業界平均"),
    ("売上高は8億円だった。業界平均は5%。", "5%", "業界平均", "業界平均"),  # no growth
    ("甲社のシェアは5%だったが、8%まで伸びた。", "8%", "share", "シェア"),
    ("灯油の価格は1円高い1950円だった。東浜市は9円安い1900円だった。", "1900円", "price", "価格"),
    ("輸出がプラス2.0%とプラスに転じた。", "2.0%", "growth_rate", "輸出"),
    ("日本の成長率は3%だった。外需の寄与度は+1.0%ポイントだった。", "+1.0%ポイント", "growth_contribution", "寄与度"),
    ("普及率(世帯に占める保有世帯の割合)は80%だった。", "80%", "usage_rate", "普及率"),
    ("売上高は8億円(営業利益は2億円)だった。", "2億円", "operating_income", "営業利益"),  # no gloss
    ("甲社の離反率は5%だったが、8%に上昇した。", "8%", "離反率", "離反率"),
    ("消費支出は、1世帯当たり28万円だった。", "28万円", "household_spending", "消費支出"),
    ("加盟する87店舗の売上高は、9億円だった。", "87店舗", "store_count", "店舗"),
    ("東浜社が調べた（担当者900名対象）。", "900名", "respondents", "担当者"),
    ("東浜社は管理職300人を対象に早期退職を実施した。", "300人", "管理職", "管理職"),  # not asked
    ("輸出額は90億円だった。検査費は6億円である。", "6億円", "検査費", "検査費"),  # a metric's own words
]


@pytest.mark.parametrize(("text", "figure", "metric", "words"), LEVELS)
def test_metric_of_an_amount(text: str, figure: str, metric: str, words: str) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [(c.metric, c.metric_text) for c in claims if c.value_as_written == figure] == [(metric, words)]


def test_no_share_costs_as_much() -> None:
    text = "Eastbay bought back 3 million of its shares for $210 million and the share price rose to $88."
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    priced = [c.value_as_written for c in claims if c.metric == "share_price"]
    assert priced == ["$88"]

"""How far indices, currencies, yields and prices moved, told in a market's short way."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.readers.markdown import read_markdown

HEAD = "# 市況\n\n2026年3月4日\n\n"
MOVES = [
    # text, figure, metric, value and unit
    ("ナスダック総合指数が10.51安の7962.88だった。", "10.51", "index_level_change", "-10.51", "unitless"),
    ("S&P500が1.82高の2926.40で終えた。", "1.82", "index_level_change", "1.82", "unitless"),
    ("TOPIXは16.23ポイント安の1568.98ポイントだった。", "16.23ポイント", "index_level_change", "-16.23", "point"),
    ("日経VIは34.21（前日比+3.98）だった。", "+3.98", "index_level_change", "3.98", "unitless"),
    ("日経平均は5万2千円（-612.45）だった。", "-612.45", "index_level_change", "-612.45", "JPY"),
    ("米2年債利回りは3.453%（-0.036）だった。", "-0.036", "bond_yield_change", "-0.036", "percentage_point"),
    ("日経平均は5万2千円（-1.2%）だった。", "-1.2%", "growth_rate", "-1.2", "percent"),  # a rate says so
    ("金先物は1253.6ドル(前日比-5.9)だった。", "-5.9", "commodity_price_change", "-5.9", "USD"),
    ("円相場は前日比35銭円安の1ドル=106円45銭だった。", "35銭", "exchange_rate_change", "0.35", "JPY"),
    ("円相場は前日比35銭円高の1ドル=106円45銭だった。", "35銭", "exchange_rate_change", "-0.35", "JPY"),
    ("ダウ平均は前営業日比41ドル03セント高の26403ドルだった。", "41ドル03セント", "index_level_change", "41.03", "USD"),
    ("三菱UFJは2.2%高の2,915円まで買われた。", "2,915円", "share_price", "2915", "JPY"),
    ("第一三共はストップ高の4,120円まで買われた。", "4,120円", "share_price", "4120", "JPY"),
    ("第一三共は割高の4,120円で売る。", "4,120円", "割高", "4120", "JPY"),
    ("北都自動車の想定為替レートは1ドル=145円だった。", "145円", "exchange_rate", "145", "JPY"),
    ("円相場は145円まで円高が進んだ。", "145円", "exchange_rate", "145", "JPY"),
    ("円相場は1ドル=145円の円安水準が続いた。", "145円", "exchange_rate", "145", "JPY"),
    ("原油7月限は51.47ドルだった。", "51.47ドル", "oil_price", "51.47", "USD"),
]

METALS = [
    # text, figure, whose it is
    ("日経平均は5万円だった。金は5,158ドル、銅は1ポンド5.79ドル。", "5,158ドル", "金（ゴールド）"),
    ("日経平均は5万円だった。金は5,158ドル、銅は1ポンド5.79ドル。", "5.79ドル", "銅（地金）"),
    ("北野貴金属は資金は12億円だった。", "12億円", "北野貴金属"),
]


@pytest.mark.parametrize(("text", "figure", "entity"), METALS)
def test_metals(text: str, figure: str, entity: str) -> None:
    claims = extract_claims(read_markdown((HEAD + text).encode(), name="x.md")).claims
    assert [c.entity for c in claims if c.value_as_written == figure] == [entity]


@pytest.mark.parametrize(("text", "figure", "metric", "value", "unit"), MOVES)
def test_moves(text: str, figure: str, metric: str, value: str, unit: str) -> None:
    claims = extract_claims(read_markdown((HEAD + text).encode(), name="x.md")).claims
    told = [(c.metric, float(c.value or 0), c.unit) for c in claims if c.value_as_written == figure]
    assert told == [(metric, float(value), unit)]


def test_the_sign_of_a_verdict_makes_no_table() -> None:
    lines = (
        "売上高：828億円（予想814億円）",
        "EPS：427円（予想406円）",
        "成長率：+40%（予想+37%）",
        "営業利益：86億円（予想80億円）",
    )
    text = "# 東雲電子の決算\n\n" + "\n".join(f"{line} ○" for line in lines)
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert not any(c.in_table for c in claims)
    assert {c.value_as_written for c in claims} >= {"828億円", "814億円", "427円", "+40%"}


PREMIUMS = [
    # text, the percentages of premiums
    ("東浜ビールの買付価格は終値に42%、半年の平均に54%のプレミアムを加えた1,200円となる。", {"42%", "54%"}),
    ("東浜ビールの買付価格1,200円のプレミアムは終値に対し31%。", {"31%"}),
    ("東浜ビールのプレミアム商品が伸び、株価は12%、配当は5%だった。", set()),
]


@pytest.mark.parametrize(("text", "figures"), PREMIUMS)
def test_premiums(text: str, figures: set[str]) -> None:
    claims = extract_claims(read_markdown((HEAD + text).encode(), name="x.md")).claims
    assert {c.value_as_written for c in claims if c.metric == "premium_rate"} == figures

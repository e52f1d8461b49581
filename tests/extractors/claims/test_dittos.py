"""What 同 before a percentage stands for where items are told in parallel."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read

CASES = [  # sentence, the metrics of its percentages
    (
        "歯磨剤が前年度比104.1%の1,142億円(構成比49.3%)、歯ブラシが同101.2%の533億円(同23.0%)だった。",
        ["growth_rate", "share", "growth_rate", "share"],
    ),
    (
        "甲社は57万台(シェア18.3%、前年比2.8%減)、乙社は56万台(同17.7%、同3.5%増)だった。",
        ["share", "growth_rate", "share", "growth_rate"],
    ),
    ("歯磨剤が142億円(構成比49.3%)、歯ブラシが33億円(同23.0%)だった。", ["share", "share"]),
    ("北米が32億ドル(前年比5.2%増)、欧州が21億ドル(同3.1%減)だった。", ["growth_rate", "growth_rate"]),
    (
        "営業利益率は国内事業が12.3%(前年同期は10.1%)、海外事業が8.4%(同9.0%)だった。",
        ["operating_margin", "operating_margin", "operating_margin", "operating_margin"],
    ),
    (
        "輸出額は1,200億円(構成比35.0%)で、輸入額は980億円(同28.1%)で前年比2.1%減だった。",
        ["share", "share", "growth_rate"],
    ),
]


SERIES = [  # a section, the metrics of its percentages
    (
        "消費者物価上昇率は3.2%だった。\n\n米国は2034年が2.8%、2035年が2.7%と見ている。",
        ["inflation_rate", "inflation_rate", "inflation_rate"],
    ),
    (
        "消費者物価上昇率は3.2%だった。\n\n国内のシェアは2034年が2.8%、2035年が2.7%だった。",
        ["inflation_rate", "share", "share"],
    ),
    ("消費者物価上昇率は3.2%だった。\n\n20代が2.8%、30代が2.7%を占めた。", ["inflation_rate", "share", "share"]),
]


@pytest.mark.parametrize(("text", "metrics"), SERIES)
def test_a_series_of_years_goes_on_with_what_was_told(text: str, metrics: list[str]) -> None:
    found = [c.metric for c in extract_claims(read(text.encode(), name="a.md")).claims if c.unit == "percent"]
    assert found == metrics


@pytest.mark.parametrize(("text", "metrics"), CASES)
def test_a_ditto_takes_up_what_stands_at_its_place(text: str, metrics: list[str]) -> None:
    found = [c.metric for c in extract_claims(read(text.encode(), name="a.md")).claims if c.unit == "percent"]
    assert found == metrics

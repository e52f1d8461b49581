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
        "売上高は10億円(前年比5%増)、営業利益率は12%(同10%)だった。",
        ["growth_rate", "operating_margin", "operating_margin"],
    ),
    (
        "輸出額は1,200億円(構成比35.0%)で、輸入額は980億円(同28.1%)で前年比2.1%減だった。",
        ["share", "share", "growth_rate"],
    ),
]


@pytest.mark.parametrize(("text", "metrics"), CASES)
def test_a_ditto_takes_up_what_stands_at_its_place(text: str, metrics: list[str]) -> None:
    found = [c.metric for c in extract_claims(read(text.encode(), name="a.md")).claims if c.unit == "percent"]
    assert found == metrics

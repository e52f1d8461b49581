"""What bears no figure: a measure of somebody, and words that name nothing."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.readers.markdown import read_markdown

NONE = [
    # text, figure, what must not bear it
    ("甲野社の会員数は伸びている。会員数は3月末で12万人、6月末で14万人だ。", "14万人", "会員数"),
    ("東浜社は好調だ。営業利益率の推移を見ると、2024年は9%だった。", "9%", "営業利益率"),
    ("東浜社は好調だ。経常利益は前期比8%増だった。", "8%", "経常利益"),
    ("東浜社は好調だ。資金調達額の中央値は3億円だった。", "3億円", "中央値"),
    ("東浜社の決算を見る。売上高は90億円、EBITDAは12億円だ。", "12億円", "EBITDA"),
    ("会員数は5万人（計画の1.2倍）だった。", "1.2倍", "計画"),
    ("売上高は8億円（予定）、利益は2億円。", "8億円", "予定"),
    (
        "東浜社の決算は、荷揚高が前年同期比9％増の9億円、荷揚益が同22％増の2億円となった。",
        "2億円",
        "荷揚益",
    ),  # no list knows it
    ("Hillcote Inc. sells shoes. Net sales for the third quarter of Fiscal 2014 rose 8%.", "8%", "Fiscal"),
]
ALL_THE_SAME = [
    # text, figure, who bears it
    ("輸出は前月比3%減だった。", "3%", "輸出"),  # of no owner but an economy
    ("甲野電機株式会社の利用者数は12万人だ。", "12万人", "甲野電機株式会社"),
]


def _entities(text: str, figure: str) -> list[str]:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    return [c.entity for c in claims if c.value_as_written.startswith(figure)]


@pytest.mark.parametrize(("text", "figure", "measure"), NONE)
def test_measures_bear_nothing(text: str, figure: str, measure: str) -> None:
    assert measure not in _entities(text, figure)


@pytest.mark.parametrize(("text", "figure", "bearer"), ALL_THE_SAME)
def test_what_bears_all_the_same(text: str, figure: str, bearer: str) -> None:
    assert _entities(text, figure) == [bearer]

"""Folding: what is one and what stays apart, with places kept."""

from __future__ import annotations

import pytest

from extractors.recognizers import recognize
from extractors.recognizers.folding import fold, radicals


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("２０２５年", "2025年"), ("３〜５％", "3~5%"), ("３～５％", "3~5%"), ("①②", "①②"), ("10⁹", "10⁹"), ("ｶﾞｽ", "ガス"), ("か\u3099", "が"),
        ("⻑期", "長期"), ("⽇本", "日本"), ("⾦額", "金額"), ("㎡", "m2"), ("5㌔", "5キロ"), ("㋿6年", "令和6年"), ("＄１００", "$100"), ("−5", "-5"),
        ("サーバー", "サーバー"), ("ﾄﾞﾙ", "ドル"), ("\u3000", " "), ("٣", "3"), ("𝟏𝟐", "12"),
        ("指数は106・3で", "指数は106.3で"), ("2024・25シーズン", "2024・25シーズン"), ("2023・24の両年度", "2023・24の両年度"),
    ],
)  # fmt: skip
def test_fold(text: str, folded: str) -> None:
    assert fold(text).cased == folded


def test_radicals_come_from_unicode() -> None:
    table = radicals()
    assert len(table) > 300
    assert all(ord(old) != ord(new) for old, new in table.items())
    assert table["\u2ed1"] == "長"


def test_spans_stand_on_the_source() -> None:
    text = "面積は５００㎡、か\u3099、１２億⽇本円"
    found = {m.text for m in recognize(text)}
    assert "５００㎡" in found


@pytest.mark.parametrize(("text", "value"), [("⼆⼗三社", 23), ("三⼗億円", 3000000000), ("１２⽉", None)])
def test_radical_glyphs_are_read(text: str, value: int | None) -> None:
    mentions = recognize(text)
    if value is None:
        assert mentions[0].period is not None
    else:
        assert mentions[0].quantity is not None and mentions[0].quantity.value == value

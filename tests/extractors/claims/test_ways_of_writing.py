"""The same facts in other ways of writing: blanks around Latin letters, other commas, widths, hard blanks, bold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest

from extractors import extract_claims, read

TEXT = """# 電池大手の決算

電池大手のLGエナジーソリューションは2031年8月5日、2031年4～6月期の決算を発表した。売上高は前年同期比12.5%増の3,450億円、営業利益は98億円だった。

2031年の世界の車載電池市場は、前年比8%増の1,200GWhと推定される。市場シェアはCATLが37.2%で首位、BYDが16.4%で2位だった。

日本の実質GDP成長率は、2031年度が0.7%、2032年度が1.1%と予測する。トヨタ自動車は2031年度に電池へ約2兆円を投じる計画だ。
"""
_JA = "ぁ-ゖァ-ヺー一-龥"


def _spaced(text: str) -> str:
    return re.sub(rf"(?<=[{_JA}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9%])(?=[{_JA}])", " ", text)


def _wide(text: str) -> str:
    return re.sub(r"(?<![A-Za-z])[0-9](?![A-Za-z])|%", lambda m: chr(ord(m.group()) + 0xFEE0), text)


REWRITINGS: list[tuple[str, Callable[[str], str]]] = [
    ("blanks around Latin letters and digits", _spaced),
    ("hard blanks there", lambda text: _spaced(text).replace(" ", "\u00a0").replace("#\u00a0", "# ")),
    ("half-width commas and stops", lambda text: text.replace("、", "､").replace("。", "｡")),
    ("Latin commas and stops", lambda text: text.replace("、", "，").replace("。\n", "．\n")),
    ("wide digits", _wide),
    ("bold figures", lambda text: re.sub(r"(?<![\d年～])(\d[\d,.]*(?:%|億円|GWh|兆円))", r"**\1**", text)),
    ("line ends of another system", lambda text: text.replace("\n", "\r\n")),
]


def _facts(text: str) -> set[tuple[object, ...]]:
    claims = extract_claims(read(text.encode(), name="a.md")).claims
    return {
        (_plain(c.entity), c.metric, c.value, c.unit, c.period_start, c.period_end, c.modality)
        for c in claims
        if c.value is not None
    }


def _plain(name: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", name))


@pytest.mark.parametrize(("way", "rewrite"), REWRITINGS, ids=[way for way, _ in REWRITINGS])
def test_a_way_of_writing_changes_no_fact(way: str, rewrite: Callable[[str], str]) -> None:
    told = rewrite(TEXT)
    assert told != TEXT, way
    assert _facts(told) == _facts(TEXT)


def test_there_are_facts_to_compare() -> None:
    assert len(_facts(TEXT)) >= 10

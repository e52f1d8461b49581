"""Short names that a document makes for organisations it names in full, and words that look like them."""

from __future__ import annotations

import pytest

from extractors import read
from extractors.claims.context import read_context
from extractors.claims.short_names import short_names
from extractors.ontology import load_ontology

ENDINGS = {"テクノロジーズ", "システムズ"}
CASES = [
    ("ロバキ・テクノロジーズは好調だ。ロバキは増収だった。", {"ロバキ": "ロバキ・テクノロジーズ"}),
    ("ロバキ・テクノロジーズは好調だ。ロバキ・カードは別だ。", {}),
    ("サーバー・ストレージは好調だ。サーバーは増えた。", {}),
    ("株式会社甲野製作所（以下「甲野」）は増収。", {"甲野": "株式会社甲野製作所"}),
    ("乙川研究機構(以下、乙川研という)は増員。", {"乙川研": "乙川研究機構"}),
    ("株式会社甲野製作所（以下「当社」）は増収。", {}),
    ("生成AI（以下「AI」）は増えた。", {}),
    ("クラウド・システムズは好調だ。クラウドは伸びた。", {}),
    ("総務省の家計調査（以下「調査」）による。", {}),
    ("甲野工業グループ製品（以下「製品」）は増えた。", {}),
    ("増資を行った株式会社乙山製作所（以下「乙山」）は増収。", {"乙山": "株式会社乙山製作所"}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_short_names(text: str, expected: dict[str, str]) -> None:
    assert short_names(text, ENDINGS) == expected


def test_a_short_name_stands_for_the_full_one() -> None:
    text = "ロバキ・テクノロジーズは部品を作る。\n\nロバキの売上高は10億円だった。"
    scenes = read_context(read(text.encode(), name="a.md"), load_ontology()).scenes
    assert [m.name for m in scenes[-1].entities] == ["ロバキ・テクノロジーズ"]

"""Tables as digests and reports have them: chronologies, events in short cells, remarks, drafts. Our own words."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read
from schemas import Claim


def claims(text: str) -> list[Claim]:
    return [c for c in extract_claims(read(text.encode(), name="a.md")).claims if c.in_table]


CHRONICLE = """
# 北浜工業地帯

## 沿革

| 年 | 出来事 |
|---|---|
| 1956 | 北浜県が埋立を本格化。造成も始まる |
| 1961年4月 | 千種工場が操業開始 |
| 1973 | 石油の値が4倍になる |
| 1986〜 | 円高で競争力低下 |
| 2004 | 2004年3月に東証へ上場 |
"""


def test_the_time_of_a_row_dates_its_event() -> None:
    dated = {c.value_date: (c.entity, c.metric) for c in claims(CHRONICLE) if c.value_type == "date"}
    assert dated["1956"] == ("北浜県", "start_date")
    assert dated["1961-04"] == ("千種工場", "start_date")
    assert dated["1973"] == ("石油の値", "event_date"), "no word of an event, but it happened then"
    assert "2004" not in dated, "the cell has a date of its own"


def test_a_chronology_takes_the_thing_beside_the_event() -> None:
    text = "# 国産の模型\n\n| 時期 | 会社 | 出来事 |\n|---|---|---|\n| 2026年1月 | 甲野電算 | 小型の模型を公開 |\n"
    assert [(c.entity, c.metric) for c in claims(text) if c.value_type == "date"] == [("甲野電算", "launch_date")]


def test_years_over_figures_are_no_events() -> None:
    text = "# 市場\n\n| 年 | 市場規模 |\n|---|---|\n| 2024 | 12億円 |\n| 2025 | 14億円 |\n"
    assert not [c for c in claims(text) if c.value_type == "date"]


SHORT = """
# Northgate's market

| Regulation | Status |
|---|---|
| **Act 27** | Expired end 2025 |
| Act 31 | In force |
"""


def test_events_in_cells_too_short_for_a_sentence() -> None:
    found = [(c.entity, c.value_date) for c in claims(SHORT) if c.value_type == "date"]
    assert found == [("Act 27", "2025-12/2025-12")]


def test_a_remark_beside_columns_of_things_is_on_its_row() -> None:
    text = (
        "# 試験\n\n| 評価項目 | 英語 | 日本語 | 影響度 |\n|---|---|---|---|\n"
        "| 正答率 | 100% | 96% | 中くらい |\n| 速度 | 10秒 | 12秒 | 高い |\n"
    )
    words = {c.value_text: (c.entity, c.metric_text) for c in claims(text) if c.value_type == "text"}
    assert words["中くらい"] == ("正答率", "影響度")


@pytest.mark.parametrize(("head", "modality"), [("8年度政府案", "target"), ("8年度実績", "actual")])
def test_a_draft_of_a_budget_is_a_plan(head: str, modality: str) -> None:
    text = f"# 令和8年度の予算\n\n| 区分 | {head} |\n|---|---|\n| 防衛関係費 | 90億円 |\n| 国債費 | 31億円 |\n"
    assert {str(c.modality.value) for c in claims(text)} == {modality}


def test_a_source_beside_tags_is_no_claim() -> None:
    text = "# 甲社の実績\n\n| 企業 | 売上高 | タグ/出典 |\n|---|---|---|\n| 甲社 | 12億円 | 二次 決算短信より |\n"
    assert [c.value_text for c in claims(text) if c.value_type == "text"] == []

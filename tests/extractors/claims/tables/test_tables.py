"""Tables of our own words and what must be among their claims: entity, metric, value, unit, days of the period."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from extractors import extract_claims, read
from extractors.claims.tables.notes import one, unit_in


def claims(text: str, name: str = "a.md") -> list[tuple[str, str, Decimal | None, str | None, str]]:
    found = extract_claims(read(text.encode(), name=name)).claims
    return [(c.entity, c.metric, c.value, c.unit, _days(c.period_start, c.period_end)) for c in found if c.in_table]


def _days(start: date | None, end: date | None) -> str:
    return f"{start or ''}/{end or ''}" if start or end else ""


def check(case: dict[str, Any], found: list[tuple[str, str, Decimal | None, str | None, str]]) -> None:
    """Assert that each claim that a case expects is among those `found`; "" stands for any."""
    for entity, metric, value, unit, period in case["expected"]:
        assert any(
            (not entity or c[0] == entity)
            and (not metric or c[1] == metric)
            and (c[2], c[3]) == ((Decimal(value), unit) if value else (None, None))
            and (not period or c[4] == period)
            for c in found
        ), (entity, metric, value, found)


CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    check(case, claims(case["text"], case.get("file", "a.md")))


def test_flattened_heads_and_lost_ones() -> None:
    head = "北洋物産株式会社の決算\n\n"
    text = f"{head}        売上高   営業利益\n25年3月期   1,200億円   100億円\n24年3月期   1,100億円   ▲20億円\n"
    found = claims(text, "a.txt")
    assert ("北洋物産株式会社", "operating_income", Decimal(-2_000_000_000), "JPY", "2023-04-01/2024-03-31") in found


def test_the_names_of_a_year_name_no_rows() -> None:
    text = "# 出荷台数の順位\n\n|  | 2025年 | 2031年 |\n|---|---|---|\n"
    rows = [("秋田車輌", "港自転車"), ("港自転車", "大洗工業"), ("大洗工業", "秋田車輌")]
    found = claims(text + "".join(f"| {n} | {a} | {b} |\n" for n, (a, b) in enumerate(rows, 1)))
    assert not {entity for entity, *_ in found} & {"秋田車輌", "港自転車", "大洗工業"}


EVENTS = """
# 提携の一覧

| 提携 | 内容 | As of |
|---|---|---|
| 甲野商事 × 乙川電機 | 2026年2月2日、甲野商事が乙川電機を買収した。売上高は2025年3月期に90億円。 | 2026年3月1日の値 |
"""


def test_events_dated_in_the_sentences_of_a_cell() -> None:
    found = extract_claims(read(EVENTS.encode(), name="a.md")).claims
    assert [c.value_date for c in found if c.value_type == "date" and c.in_table] == ["2026-02-02"]


REMARKS = """
# 日立製作所の評価

| 指標 | 詳細 | 判定 |
|---|---|---|
| 開発元 | 社内の研究所 | 良好とみられる |
"""


def test_remarks_behind_the_value_are_no_values_of_the_row() -> None:
    found = extract_claims(read(REMARKS.encode(), name="a.md")).claims
    words = {c.value_text: c.metric_text for c in found if c.value_type == "text"}
    assert words["良好とみられる"] == "判定"
    assert words["社内の研究所"] == "開発元"


STATES = """
# 日立製作所の概要

| 項目 | 従来 | 現状 | 弱点 |
|---|---|---|---|
| 監査法人 | 北監査法人 | 南監査法人 | 国内に偏る |
"""


def test_a_value_in_another_state_is_no_remark() -> None:
    found = extract_claims(read(STATES.encode(), name="a.md")).claims
    words = {c.value_text: c.metric_text for c in found if c.value_type == "text"}
    assert words["南監査法人"] == "監査法人"
    assert words["国内に偏る"] == "弱点"


UNITS = [
    ("売上高（百万円）", "百万円"),
    ("研究費（購買力平価、億ドル）", "億ドル"),
    ("Revenue, EUR m", "EUR m"),
    ("Jobs ('000)", "'000"),
    ("25年4〜9月期／億円", "億円"),
    ("EBITDA margin, %", "%"),
    ("（単位：千人、％）", "千人"),
    ("比率（24年、％）", "％"),
    ("産業別研究費（企業、上位3業種）", None),
    ("総合順位（12月1日時点）", None),
    ("変換効率（量産品）", None),
    ("手数料（200ドル送金時）", None),
    ("（１）【株式の総数等】", None),
    ("指数（2020年=100）", None),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_units_beside_other_words(text: str, unit: str | None) -> None:
    place = unit_in(text)
    assert (text[place[0] : place[1]] if place else None) == unit


def test_one_of_a_unit() -> None:
    known = {unit: one(unit) for unit in ("億円", "ドル/kg", "千t-CO2", "GW")}
    assert {u: (q.value, q.unit) for u, q in known.items() if q is not None} == {
        "億円": (Decimal(10**8), "JPY"),
        "ドル/kg": (Decimal(1), "USD_per_kilogram"),
        "千t-CO2": (Decimal(1000), "tonne_co2"),
        "GW": (Decimal(10**9), "watt"),
    }


def test_running_numbers_are_no_places() -> None:
    text = "# 給湯器の比較\n\n| No | 品名 | 価格 |\n|---|---|---|\n| 1 | ゆかげA | 12万円 |\n| 2 | ゆかげB | 15万円 |\n"
    assert not any(metric == "rank" for _, metric, *_ in claims(text))


def test_a_deal_is_dated_by_the_year_beside_it() -> None:
    text = "## Deals\n\n| Deal | Year | Note |\n|---|---|---|\n| Microsoft acquires GitHub | 2018 | developers |\n"
    found = extract_claims(read(text.encode(), name="a.md")).claims
    dated = [(c.entity, c.metric) for c in found if c.value_type == "date"]
    assert dated == [("Microsoft acquires GitHub", "acquisition_date")]


def test_who_heads_the_row_says_it() -> None:
    text = (
        "# 業務用冷蔵庫市場の見通し\n\n| 調査会社 | 市場規模 |\n|---|---|\n| Fuji Research | 120億円 |\n"
        "| Nomad Analytics | 110億円 |\n"
    )
    found = extract_claims(read(text.encode(), name="a.md")).claims
    assert {c.attribution for c in found if c.value is not None} == {"Fuji Research", "Nomad Analytics"}


@pytest.mark.parametrize("title", ["# 半導体産業の中期見通し", "# 半導体産業の動向"])
def test_years_before_the_first_that_is_marked_as_to_come_are_actual(title: str) -> None:
    rows = "| （億円） | 2029年度 | 2030年度 | 2031年度（予） |\n|---|---|---|---|\n| 売上高 | 112 | 124 | 131 |\n"
    found = extract_claims(read(f"{title}\n\n{rows}".encode(), name="a.md")).claims
    assert [c.modality for c in found if c.in_table] == ["actual", "actual", "forecast"]


def test_a_text_set_in_a_table_is_no_value() -> None:
    row = "| 相談窓口 | {} |\n"
    table = (
        "| 項目 | 内容 |\n|---|---|\n"
        + row.format("平日のみ受け付け")
        + row.format("契約の前に書面を確かめてください。" * 20)
    )
    found = extract_claims(read(table.encode(), name="a.md")).claims
    assert [c.value_text for c in found if c.value_text] == ["平日のみ受け付け"]

"""Pages of Japanese filings, in our own words: rows of line items are the filing company's."""

from __future__ import annotations

from decimal import Decimal

from extractors import extract_claims, read
from schemas import Page, Span

HEAD = """# 株式会社南濃バルブ 有価証券報告書

株式会社南濃バルブの連結会計年度（2024年4月1日から2025年3月31日まで）について記載する。

"""


def claims(table: str) -> list[tuple[str, str, Decimal | None, str]]:
    document = read((HEAD + table).encode(), name="a.md")
    whole = Span(start=0, end=len(document.text))
    page = Page(number=1, width=595, height=842, span=whole)
    found = extract_claims(document.model_copy(update={"pages": (page,)})).claims
    days = [f"{c.period_start}/{c.period_end}" for c in found]
    return [(c.entity, c.metric_text, c.value, d) for c, d in zip(found, days, strict=True) if c.in_table]


def test_items_are_named_by_row_and_column() -> None:
    found = claims(
        "| 区分 | 連結貸借対照表計上額（百万円） | 時価（百万円） |\n|---|---|---|\n"
        "| (1) 投資有価証券 | 1,200 | 1,310 |\n| (2) 長期借入金 | 800 | 795 |\n| 資産計 | 2,000 | 2,105 |\n"
    )
    parts = {(entity, metric, value) for entity, metric, value, _ in found}
    assert ("株式会社南濃バルブ", "長期借入金 時価", Decimal(795_000_000)) in parts
    assert ("株式会社南濃バルブ", "投資有価証券", Decimal(1_200_000_000)) in parts


def test_balances_are_of_the_columns_and_of_a_day() -> None:
    found = claims(
        "2024年4月1日から2025年3月31日まで（単位：百万円）\n\n"
        "| | 資本金 | 利益剰余金 |\n|---|---|---|\n| 当期首残高 | 500 | 910 |\n| 剰余金の配当 | － | △40 |\n"
        "| 当期末残高 | 500 | 990 |\n"
    )
    assert ("株式会社南濃バルブ", "利益剰余金", Decimal(910_000_000), "2024-03-31/2024-04-01") in found
    assert ("株式会社南濃バルブ", "剰余金の配当 利益剰余金", Decimal(-40_000_000), "2024-04-01/2025-03-31") in found
    assert ("株式会社南濃バルブ", "資本金", Decimal(500_000_000), "2025-03-31/2025-03-31") in found


def test_parties_stay_things() -> None:
    found = claims(
        "| 氏名又は名称 | 所有株式数（千株） | 割合（％） |\n|---|---|---|\n"
        "| 伊吹信用金庫 | 310 | 12.1 |\n| 南濃バルブ従業員持株会 | 205 | 8.0 |\n| 計 | 515 | 20.1 |\n"
    )
    assert ("伊吹信用金庫", Decimal(310_000)) in {(entity, value) for entity, _, value, _ in found}
    assert not any(entity == "株式会社南濃バルブ" and value == 310_000 for entity, _, value, _ in found)

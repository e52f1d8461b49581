"""Pages of Japanese filings, in our own words: rows of line items are the filing company's."""

from __future__ import annotations

from decimal import Decimal

from extractors import extract_claims, read
from extractors.claims.tables.stacked import lines_of_heads, rows_of_heads
from schemas import Cell, CellRole, Document, Page, Span, Table

HEAD = """# 株式会社南濃バルブ 有価証券報告書

株式会社南濃バルブの連結会計年度（2024年4月1日から2025年3月31日まで）について記載する。

"""


def _filing(table: str) -> Document:
    document = read((HEAD + table).encode(), name="a.md")
    page = Page(number=1, width=595, height=842, span=Span(start=0, end=len(document.text)))
    return document.model_copy(update={"pages": (page,)})


def claims(table: str) -> list[tuple[str, str, Decimal | None, str]]:
    found = extract_claims(_filing(table)).claims
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


COMPANY = "株式会社南濃バルブ"
YEARS = "2023-04-01/2024-03-31", "2024-04-01/2025-03-31"


def test_units_printed_beneath_the_first_row_of_heads() -> None:
    found = claims(
        "| 区分 | 前事業年度（自2023年4月1日 至2024年3月31日） | 前事業年度（自2023年4月1日 至2024年3月31日） |\n"
        "|---|---|---|\n"
        "| 区分 | 金額（百万円） | 構成比（％） |\n| 材料費 | 1,310 | 61.5 |\n| 期首仕掛品棚卸高 | 210 | 9.9 |\n"
    )
    assert (COMPANY, "材料費", Decimal(1_310_000_000), YEARS[0]) in found
    assert (COMPANY, "期首仕掛品棚卸高", Decimal(210_000_000), "2023-03-31/2023-04-01") in found
    assert (COMPANY, "期首仕掛品棚卸高 構成比（％）", Decimal("9.9"), YEARS[0]) in found


def test_a_row_of_words_is_no_head() -> None:
    document = read(
        "| 項目 | 甲案 | 乙案 |\n|---|---|---|\n| 方式 | 自社運用（専任） | 委託 |\n| 人数 | 12 | 3 |\n".encode(),
        name="a.md",
    )
    assert rows_of_heads(document.tables[0], 1) == 1


def test_two_lines_of_heads_over_two_lines_of_figures() -> None:
    table = pairs("伊吹鋼材㈱", "")
    assert rows_of_heads(table, 1) == 3
    assert lines_of_heads(table, 1, 3) == {3: 1, 4: 2}


def test_lines_of_heads_need_labels_of_as_many_lines() -> None:
    assert lines_of_heads(pairs("伊吹鋼材㈱", "養老運輸㈱"), 1, 3) == {}


def pairs(first: str, second: str) -> Table:
    rows = [
        ["銘柄", "当事業年度"],
        ["", "株式数（株）"],
        ["", "貸借対照表計上額（千円）"],
        [first, "41,000"],
        [second, "98,310"],
    ]
    cells = tuple(
        Cell(row=r, column=c, last_row=r, last_column=c, text=text, role=CellRole.VALUE)
        for r, line in enumerate(rows)
        for c, text in enumerate(line)
    )
    return Table(span=Span(start=0, end=1), cells=cells, rows=5, columns=2, header_rows=1, header_columns=1)


def test_shares_are_named_by_their_group() -> None:
    found = claims(
        "2024年4月1日から2025年3月31日まで\n\n"
        "| | 当事業年度期首株式数（株） | 当事業年度減少株式数（株） | 当事業年度末株式数（株） |\n|---|---|---|---|\n"
        "| 発行済株式 | | | |\n| 普通株式 | 5,200,000 | － | 5,200,000 |\n| 自己株式 | | | |\n"
        "| 普通株式（注） | 310,000 | 41,000 | 269,000 |\n| 合計 | 310,000 | 41,000 | 269,000 |\n"
    )
    assert (COMPANY, "発行済株式 当事業年度期首株式数", Decimal(5_200_000), "2024-03-31/2024-04-01") in found
    assert (COMPANY, "自己株式 減少株式数", Decimal(41_000), "2024-04-01/2025-03-31") in found
    assert (COMPANY, "自己株式 当事業年度末株式数", Decimal(269_000), "2025-03-31/2025-03-31") in found


def test_dividends_are_the_company_s_and_for_the_record_day() -> None:
    found = claims(
        "| 決議 | 配当金の総額（百万円） | 基準日 | 効力発生日 |\n|---|---|---|---|\n"
        "| 2024年6月20日定時株主総会 | 120 | 2024年3月31日 | 2024年6月21日 |\n"
    )
    assert (COMPANY, "配当金の総額", Decimal(120_000_000), "2024-03-31/2024-03-31") in found


def test_classes_of_shares_are_things() -> None:
    found = claims(
        "| 区分 | 株式数（株） | 議決権の数（個） |\n|---|---|---|\n| 完全議決権株式（その他） | 4,930,100 | 49,301 |\n"
        "| 単元未満株式 | 8,900 | － |\n| 発行済株式総数 | 5,200,000 | － |\n"
    )
    assert ("完全議決権株式（その他）", "議決権の数", Decimal(49_301)) in {c[:3] for c in found}
    assert (COMPANY, Decimal(5_200_000)) in {(entity, value) for entity, _, value, _ in found}


def test_totals_and_balances_are_of_the_title() -> None:
    found = claims(
        "（5）退職給付に係る調整額\n\n"
        "退職給付に係る調整額に計上した項目（税効果控除前）の内訳は次のとおりであります。\n\n"
        "| | 前連結会計年度（自2023年4月1日 至2024年3月31日） |\n"
        "|---|---|\n| 過去勤務費用 | 31百万円 |\n| 合計 | 48 |\n\n"
        "ハ 当該資産除去債務の総額の増減\n\n"
        "| | 前連結会計年度（自2023年4月1日 至2024年3月31日） |\n"
        "|---|---|\n| 期首残高 | 210百万円 |\n| 期末残高 | 232 |\n"
    )
    assert (COMPANY, "退職給付に係る調整額 合計", Decimal(48_000_000), YEARS[0]) in found
    assert (COMPANY, "資産除去債務 期末残高", Decimal(232_000_000), "2024-03-31/2024-03-31") in found


def test_percent_of_the_first_figure_and_years_of_taxes() -> None:
    found = claims(
        "| | 前連結会計年度（2024年3月31日） |\n|---|---|\n| 法定実効税率 | 30.6％ |\n"
        "| 住民税均等割額 | 4.1 |\n| 評価性引当額増減 | △2.3 |\n"
    )
    assert (COMPANY, "住民税均等割額", Decimal("4.1"), YEARS[0]) in found
    assert (COMPANY, "評価性引当額増減", Decimal("-2.3"), YEARS[0]) in found


def test_amounts_below_a_percentage_are_none() -> None:
    found = extract_claims(
        read("| 指標 | 値 |\n|---|---|\n| 営業利益率 | 8.5％ |\n| 従業員 | 310 |\n".encode(), name="a.md")
    ).claims
    assert not any(c.unit == "percent" and c.value == 310 for c in found)


def test_items_of_sections_that_say_what_they_are() -> None:
    found = claims(
        "| | 前連結会計年度（2024年3月31日） |\n|---|---|\n"
        "| 繰延税金資産 | |\n| 賞与引当金 | 81百万円 |\n| 商品評価損 | 12 |\n"
    )
    assert (COMPANY, "繰延税金資産 商品評価損", Decimal(12_000_000)) in {c[:3] for c in found}


def test_rights_over_the_year_and_from_the_day_of_their_grant() -> None:
    found = claims(
        "当連結会計年度（2025年3月期）において存在したストック・オプションを対象としている。\n\n"
        "| | 第1回新株予約権 | 第2回新株予約権 |\n|---|---|---|\n| 付与日 | 2019年8月1日 | 2021年8月2日 |\n"
        "| 付与対象者の人数 | 取締役5名 | 取締役6名 |\n| 権利行使期間 | 2021年8月2日から2029年8月1日まで | 同左 |\n\n"
        "| | 第1回新株予約権 | 第2回新株予約権 |\n|---|---|---|\n"
        "| 権利確定後（株） | | |\n| 前連結会計年度末 | 41,000 | 52,000 |\n"
        "| 失効 | 3,000 | － |\n| 未行使残 | 38,000 | 52,000 |\n"
    )
    parts = {(value, day) for _, _, value, day in found}
    assert {(Decimal(5), "2019-08-01/2019-08-01"), (Decimal(6), "2021-08-02/2021-08-02")} <= parts
    assert (Decimal(41_000), "2024-03-31/2024-04-01") in parts
    assert (Decimal(38_000), "2025-03-31/2025-03-31") in parts
    assert "権利確定後 失効" in {metric for _, metric, value, _ in found if value == 3_000}
    assert {"2021-08-02/2021-08-02", "2029-08-01/2029-08-01"} <= {d for _, m, _, d in found if m == "権利行使期間"}


def test_parties_are_named_by_their_own_column() -> None:
    found = claims(
        "| 種類 | 会社等の名称又は氏名 | 資本金（百万円） | 取引金額（百万円） |\n|---|---|---|---|\n"
        "| 役員が議決権の過半数を所有する会社 | ㈱養老計器 | 30 | 12 |\n| 役員の近親者 | 関ヶ原花子 | － | 5 |\n"
    )
    assert ("㈱養老計器", Decimal(12_000_000)) in {(entity, value) for entity, _, value, _ in found}
    assert ("関ヶ原花子", Decimal(5_000_000)) in {(entity, value) for entity, _, value, _ in found}


def test_affiliate_whose_accounts_a_table_holds() -> None:
    found = claims(
        "重要な関連会社は株式会社木曽機工であり、その要約財務情報は以下のとおりであります。\n\n"
        "| | 前連結会計年度（2024年3月31日） |\n|---|---|\n| 流動資産合計 | 1,210百万円 |\n| 固定資産合計 | 830 |\n"
    )
    assert ("株式会社木曽機工", Decimal(1_210_000_000)) in {(entity, value) for entity, _, value, _ in found}


def test_chronicle_of_the_company() -> None:
    found = extract_claims(
        document := _filing(
            "| 年月 | 概要 |\n|---|---|\n| 1961年4月 | 岐阜県大垣市に南濃製作所（現本社）を設立 |\n"
            "| 1988年10月 | 商号を株式会社南濃バルブに変更 |\n| 2004年2月 | 東京証券取引所市場第二部に上場 |\n"
        )
    ).claims
    dated = {(str(c.period_start), c.metric, c.entity) for c in found if c.in_table}
    assert ("1961-04-01", "founded_date", "南濃製作所") in dated
    assert ("2004-02-01", "listing_date", COMPANY) in dated
    told = [e for c in found for e in c.evidence]
    assert all(document.text[e.span.start : e.span.end] == e.quote for e in told)


def test_months_with_figures_are_no_chronicle() -> None:
    found = claims(
        "| 年月 | 受注高（百万円） |\n|---|---|\n| 2024年4月 | 310 |\n| 2024年5月 | 295 |\n| 2024年6月 | 305 |\n"
    )
    assert not any(value is None for _, _, value, _ in found)


def test_what_is_compared_with_a_plan_is_actual() -> None:
    found = extract_claims(_filing("| | 2024年3月期（計画比） |\n|---|---|\n| 売上高 | 4.1％ |\n")).claims
    assert [str(c.modality) for c in found if c.value == Decimal("4.1")] == ["actual"]


def test_movements_of_a_cash_flow_statement_stay_changes() -> None:
    found = claims(
        "連結キャッシュ・フロー計算書（単位：百万円）\n\n"
        "| | 当連結会計年度（自2024年4月1日 至2025年3月31日） |\n|---|---|\n"
        "| 売上債権の増減額（△は増加） | △41 |\n| 仕入債務の増減額（△は減少） | 12 |\n| 法人税等の支払額 | △30 |\n"
    )
    assert (COMPANY, "売上債権の増減額（△は増加）", Decimal(-41_000_000), YEARS[1]) in found


def test_sums_of_a_schedule_are_of_its_title() -> None:
    found = claims(
        "【借入金等明細表】\n\n| 区分 | 当期首残高（千円） | 当期末残高（千円） |\n|---|---|---|\n"
        "| 短期借入金 | 41,000 | 38,000 |\n| 長期借入金 | 9,100 | 8,200 |\n| 合計 | 50,100 | 46,200 |\n"
    )
    assert (COMPANY, "借入金等 合計", Decimal(46_200_000)) in {c[:3] for c in found}

"""Histories, careers, dividends and rights in filings, in our own words: whose event each date is, and which."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractors import extract_claims, read
from extractors.claims.cues import row_event
from schemas import Page, Span

HEAD = "# 株式会社南濃バルブ 有価証券報告書\n\n株式会社南濃バルブの事業年度について記載する。\n\n"


def dated(text: str) -> dict[str, tuple[str, str]]:
    """Return entity and metric of the dates of a page of a filing."""
    document = read((HEAD + text).encode(), name="a.md")
    page = Page(number=1, width=595, height=842, span=Span(start=0, end=len(document.text)))
    found = extract_claims(document.model_copy(update={"pages": (page,)})).claims
    return {c.value_date or "": (c.entity, c.metric) for c in found if c.value_type == "date" and c.in_table}


HISTORY = """## 2【沿革】

| 年月 | 事項 |
|---|---|
| 1951年4月 | 岐阜県南濃町に株式会社南濃製作所を設立 |
| 1964年10月 | 本社を大垣市に移転 |
| 1988年2月 | 商号を株式会社南濃製作所から株式会社南濃バルブに変更 |
| 1999年3月 | 名古屋証券取引所に上場 |
| 2003年7月 | 計測事業を北洋計器(株)に譲渡（2005年4月に残る株式を売却） |
| 2010年5月 | 第2工場でボールバルブの量産 |
| 2022年4月 | 市場区分の見直しによりスタンダード市場に移行 |
"""


def test_rows_of_a_history_are_events_of_the_company() -> None:
    found = dated(HISTORY)
    company = "株式会社南濃バルブ"
    assert found["1951-04"][1] == "founded_date"
    assert found["1964-10"] == (company, "event_date")
    assert found["1988-02"] == (company, "renaming_date")
    assert found["1999-03"] == (company, "listing_date")
    assert found["2003-07"] == (company, "divestiture_date")
    assert found["2010-05"] == (company, "event_date")
    assert found["2022-04"] == (company, "market_change_date")


def test_a_history_that_goes_on_from_the_page_before_needs_no_heading() -> None:
    assert dated(HISTORY.replace("## 2【沿革】", ""))["1964-10"] == ("株式会社南濃バルブ", "event_date")


def test_a_column_of_contents_that_tell_no_events_is_no_history() -> None:
    rows = ["| 2021年4月 | 気温は平年並み |", "| 2021年5月 | 雨の多い月 |", "| 2021年6月 | 晴れの日が続いた |"]
    assert not dated("\n".join(["| 年月 | 内容 |", "|---|---|", *rows]) + "\n")


HEADS = "## 役員の状況\n\n| 役職名 | 氏名 | 生年月日 | 略歴 | 任期 | 所有株式数（千株） |\n|---|---|---|---|---|---|\n"
CAREERS = (
    ("1981年4月 甲野信用金庫入庫", "2004年6月 当社入社　総務部長", "2015年6月 当社社長（2016年5月より現職）(現任)"),
    ("1994年10月 乙川監査法人入所", "1998年4月 公認会計士登録", "2012年3月 同法人退任", "2020年6月 当社監査役(現任)"),
)
OFFICERS = HEADS + (
    f"| 代表取締役社長 | 岩瀬　保 | 1958年3月16日生 | {'<br>'.join(CAREERS[0])} | （注）３ | 12 |\n"
    f"| 監査役 | 野上　恵 | 1970年1月30日生 | {'<br>'.join(CAREERS[1])} | (注)４ | － |\n"
)


def test_lines_of_a_career_are_events_of_the_person() -> None:
    found = dated(OFFICERS)
    assert found["1958-03-16"] == ("岩瀬 保", "birth_date")
    assert found["1981-04"] == ("岩瀬 保", "joining_date")
    assert found["2004-06"] == ("岩瀬 保", "appointment_date")
    assert found["2015-06"] == ("岩瀬 保", "appointment_date")
    assert found["1998-04"] == ("野上 恵", "registration_date")
    assert found["2012-03"] == ("野上 恵", "resignation_date")
    assert found["2020-06"] == ("野上 恵", "appointment_date")
    assert "2016-05" not in found


def test_a_term_of_office_is_no_figure() -> None:
    claims = extract_claims(read((HEAD + OFFICERS).encode(), name="a.md")).claims
    assert [(c.entity, c.value) for c in claims if c.value is not None] == [("岩瀬 保", Decimal(12000))]


DIVIDENDS = """## 配当に関する事項

| 決議 | 株式の種類 | 配当金の総額（百万円） | １株当たり配当額（円） | 基準日 | 効力発生日 |
|---|---|---|---|---|---|
| 2024年6月25日 定時株主総会 | 普通株式 | 310 | 12 | 2024年3月31日 | 2024年6月26日 |
"""


def test_dividends_are_the_company_s_on_the_record_date() -> None:
    found = dated(DIVIDENDS)
    assert found["2024-03-31"] == ("株式会社南濃バルブ", "record_date")
    assert found["2024-06-26"] == ("株式会社南濃バルブ", "effective_date")
    claims = extract_claims(read((HEAD + DIVIDENDS).encode(), name="a.md")).claims
    (paid,) = [c for c in claims if c.value == 310_000_000]
    assert (paid.entity, str(paid.period_start)) == ("株式会社南濃バルブ", "2024-03-31")


@pytest.mark.parametrize("written", ["2026年7月1日から2031年6月30日まで", "自　2026年7月1日　至　2031年6月30日"])
def test_an_exercise_period_is_its_first_and_last_day(written: str) -> None:
    found = dated(f"| | 第３回新株予約権 |\n|---|---|\n| 付与日 | 2024年6月25日 |\n| 権利行使期間 | {written} |\n")
    assert {k: v[1] for k, v in found.items()} == {
        "2024-06-25": "grant_date",
        "2026-07-01": "exercise_period_start",
        "2031-06-30": "exercise_period_end",
    }


EXHIBITS = """# Fernhill Instruments Inc. Annual Report on Form 10-K

| Exhibit No. | Description |
|---|---|
| 10.1# | Employment Agreement by and between the Company and A. Lowe, dated as of May 3, 2022 (filed herewith). |
| 10.2 | Supply Agreement, dated June 9, 2023, by and between the Company and Moorland Glass Ltd. |
| 10.3 | Stock Plan (incorporated by reference to Exhibit 10.4 to the Form 8-K filed on July 1, 2023). |
"""


def test_agreements_of_a_list_of_exhibits_are_dated() -> None:
    claims = [c for c in extract_claims(read(EXHIBITS.encode(), name="a.md")).claims if c.in_table]
    told = {c.value_date: (c.entity, c.metric) for c in claims if c.value_type == "date"}
    assert told == {
        "2022-05-03": ("Employment Agreement", "agreement_date"),
        "2023-06-09": ("Supply Agreement", "agreement_date"),
    }
    assert not [c for c in claims if c.value is not None]


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("北洋計器(株)の全株式を取得", "acquisition_date"),
        ("北洋計器(株)の全株式を取得し、完全子会社とする", "acquisition_date"),
        ("甲野商事と資本業務提携に関する契約を締結", "agreement_date"),
        ("東海支店を新設（現 名古屋支店）", "event_date"),
        ("当社取締役に就任", None),
        ("当社営業部長", None),
    ],
)
def test_the_last_words_of_a_row_name_its_date(text: str, metric: str | None) -> None:
    assert row_event(text, 0, len(text)) == metric


def test_days_of_submission_and_days_with_their_event_behind_them() -> None:
    text = HEAD + (
        "## その他の参考情報\n\n(2) 内部統制報告書及びその添付書類　2024年6月25日東海財務局長に提出\n\n"
        "株式数は、2023年10月1日付株式分割（1株につき3株）による調整後の数である。\n"
    )
    told = {c.value_date: c.metric for c in extract_claims(read(text.encode(), name="a.md")).claims}
    assert told["2024-06-25"] == "filing_date"
    assert told["2023-10-01"] == "stock_split_date"


def test_the_day_of_accounts_is_no_dateline() -> None:
    text = "NOTES TO THE ACCOUNTS\n\nMay 31, 2024\n\nThe Company holds bonds of 12 million dollars.\n"
    document = read(text.encode(), name="a.txt")
    page = Page(number=1, width=595, height=842, span=Span(start=0, end=len(document.text)))
    claims = extract_claims(document.model_copy(update={"pages": (page,)})).claims
    assert not [c for c in claims if c.metric == "publication_date"]

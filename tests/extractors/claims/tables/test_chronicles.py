"""Tables of what happens when: plans, courses of events, rows that begin with a day and name a thing. Our own words."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read

HEAD = "---\ndate: 2031-05-12\n---\n\n"


def dated(table: str) -> dict[str, tuple[str, str, str]]:
    """Return entity, metric and modality of the dates of a text told on 12 May 2031, by the date's words."""
    document = read((HEAD + table).encode(), name="a.md")
    found = [c for c in extract_claims(document).claims if c.in_table and c.value_type == "date"]
    return {document.text[c.span.start : c.span.end]: (c.entity, c.metric, str(c.modality)) for c in found}


ROWS = [
    ("5/21 | 新型ポンプの量産開始", "5/21", "新型ポンプ", "start_date", "target"),
    ("5月下旬 | 港湾労使協議会", "5月下旬", "港湾労使協議会", "event_date", "target"),
    ("2031年6月3日 | 苗木屋重機の決算発表", "2031年6月3日", "苗木屋重機", "announcement_date", "target"),
    ("5/2 | 電光板を停止", "5/2", "電光板", "end_of_service_date", "actual"),
    ("5/10（土） | 復旧完了", "5/10", "復旧完了", "completion_date", "actual"),
    ("6/2-4 | 全国配管展", "6/2-4", "全国配管展", "event_date", "target"),
    ("6月 | KX-2: 部品の出荷開始", "6月", "KX-2", "launch_date", "target"),
    ("1998 | 大鳴門地震", "1998", "大鳴門地震", "event_date", "actual"),
    ("2020 | 苗木屋重機の完全子会社化", "2020", "苗木屋重機", "acquisition_date", "actual"),
    ("5/9 | IPO on the Rikor Exchange", "5/9", "IPO on the Rikor Exchange", "ipo_date", "actual"),
]


@pytest.mark.parametrize(("row", "date", "entity", "metric", "modality"), ROWS)
def test_a_row_of_a_calendar_dates_what_its_words_are_about(
    row: str, date: str, entity: str, metric: str, modality: str
) -> None:
    found = dated(f"| 日付 | イベント |\n|---|---|\n| {row} |\n| 2031年7月1日 | 定例会 |\n")
    assert found[date] == (entity, metric, modality)


def test_english_calendars() -> None:
    found = dated(
        "# Road ahead\n\n| Date | Event |\n|---|---|\n| June 9 | Portal v1 shutdown |\n| May 2 | Depot fair |\n"
    )
    assert found == {
        "June 9": ("Portal v1", "end_of_service_date", "target"),
        "May 2": ("Depot fair", "event_date", "actual"),
    }


def test_a_vague_head_tells_what_happened_only_below_a_heading_of_it() -> None:
    table = "| 時期 | 内容 |\n|---|---|\n| 2031年6月 | 定例会 |\n| 2031年7月 | 監査 |\n"
    assert len(dated(f"## 今後の予定\n\n{table}")) == len(["6月", "7月"])
    assert not dated(f"## 注意点\n\n{table}")


THINGS = [
    ("日付 | 企業 | 内容", "5/14 | 苗木屋重機 | 通期決算", {"5/14": ("苗木屋重機", "event_date", "target")}),
    ("発売日 | 製品 | 概要", "2031年5月8日 | ナエ3 | 軽量の型", {"2031年5月8日": ("ナエ3", "launch_date", "actual")}),
    ("日程 | イベント | 会場", "6/2-4 | 全国配管展 | 高松", {"6/2-4": ("全国配管展", "event_date", "target")}),
    ("日付 | 企業 | 内容", "5/14 | 苗木屋重機 | 30億円を調達", {"5/14": ("苗木屋重機", "funding_date", "target")}),
    ("日付 | 銘柄 | 終値", "5/8 | 苗木屋重機 | 2,140円", {}),
    ("基準日 | 銘柄 | 株数", "2031年3月31日 | 苗木屋重機 | 300株", {}),
]


@pytest.mark.parametrize(("head", "row", "expected"), THINGS)
def test_rows_that_begin_with_a_day_and_name_a_thing(
    head: str, row: str, expected: dict[str, tuple[str, str, str]]
) -> None:
    assert dated(f"| {head} |\n|---|---|---|\n| {row} |\n") == expected


def test_days_with_a_stroke_are_the_times_of_the_figures_beside() -> None:
    text = HEAD + "| 日付 | 売上高 |\n|---|---|\n| 5/7 | 34万円 |\n| 5/8 | 31万円 |\n"
    found = [c for c in extract_claims(read(text.encode(), name="a.md")).claims if c.in_table]
    assert [str(c.period_start) for c in found] == ["2031-05-07", "2031-05-08"]

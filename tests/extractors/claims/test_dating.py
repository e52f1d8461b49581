"""Times without a year, and the day of a text that names none."""

from __future__ import annotations

from datetime import date

import pytest

from extractors import read
from extractors.claims.context import read_context
from extractors.claims.dating import first_month
from extractors.claims.day_of_text import dateline, guessed_day
from extractors.claims.lede_day import lede_day
from extractors.ontology import load_ontology

HEAD = "---\ndate: 2026-01-27\n---\n\n"
CASES = [  # text, words, first day
    ("10月の国内販売は9割に落ち込んだ。", "10月", "2025-10-01"),
    ("自己資本比率は12月末で57％。", "12月末", "2025-12-31"),
    ("10-12月平均は1,490だった。", "10-12月", "2025-10-01"),
    ("2028年度に30億円を見込む。4月に9機の発注を決めたが、遅れている。", "4月", "2025-04-01"),
    ("10月に開業する予定だ。", "10月", "2026-10-01"),
    ("成長率は1~3月期が4%、4~6月期が2%と予測した。", "4~6月期", "2026-04-01"),  # after the one before it
    ("3月に新棟を開く。", "3月", "2026-03-01"),
    ("2026年8月に着工し、12月に完成する。", "12月", "2026-12-01"),
    ("The fund raised $2bn in October.", "October", "2025-10-01"),
    ("The plant will open in October.", "October", "2026-10-01"),
    ("It projected revenue of $21.7 billion for October.", "October", "2026-10-01"),
    ("The bank raised its forecast for October to $90.", "October", "2026-10-01"),
    ("Revenue beat forecasts in October.", "October", "2025-10-01"),
    ("Revenue topped forecasts in October.", "October", "2025-10-01"),
    ("It completed three projects in October.", "October", "2025-10-01"),
    ("今後の注目は2月16日の会合だ。", "2月16日", "2026-02-16"),  # a day soon to come
    ("4月20日の会合で決めた。", "4月20日", "2025-04-20"),  # too far ahead
    ("年末には700億円に達した。", "年末", "2025-12-01"),
    ("年末までに700億円に増やす。", "年末", "2026-12-01"),
]


def times(text: str) -> dict[str, str]:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    return {m.text: str(m.period.start or m.period.end) for s in context.scenes for m in s.periods if m.period}


@pytest.mark.parametrize(("text", "words", "start"), CASES)
def test_a_time_without_a_year_is_the_last_one(text: str, words: str, start: str) -> None:
    found = {name[: len(words)]: day for name, day in times(HEAD + text).items()}
    assert found[words][: 7 if words == "年末" else 10] == start[: 7 if words == "年末" else 10]


def test_a_month_in_a_text_without_a_date_leans_on_the_years_it_names() -> None:
    text = "2027年3月に発売した。2027年9月には計画も示した。\n\n市場は2040年に倍になる。\n\n8月の出荷は5台だった。\n"
    assert times(text)["8月"] == "2027-08-01"


DATELINES = [  # text, its day
    ("# 四半期の点検 2031年2月20日\n\n本文。", date(2031, 2, 20)),
    ("# Q1 call\n**Acorn, Inc.** | Calls | 2031-09-02\n\nText.", date(2031, 9, 2)),
    ("# Digest\n*The Letter | September 12, 2031*\n\nText.", date(2031, 9, 12)),
    ("# 調査\n実査：2031年9月1日〜9月7日\n\n本文。", None),  # a range is no day of the text
    ("# 回顧 2031年2月20日\n\n2032年5月に売れた。", None),  # told later
    ("# 展望 2031年2月20日\n\n2032年5月に開業する予定だ。", date(2031, 2, 20)),
    ("# The story of a port\n\nIt was opened on November 30, 2031.\n\nTrade grew in 2033.", None),
    ("# 週報 2031年2月16日-2月20日\n\n港が開いた。", None),  # the days that it is about
    ("# 週報:2031年2月16-20日の動き\n\n港が開いた。", None),
    ("# 港の話\n\n港は2031年2月20日に開いた。\n\n2033年に栄えた。", None),
    ("# 展望 2031年2月30日\n\n本文。", None),  # no such day
    ("港湾の統計\n令和13年2月20日\n港湾課", date(2031, 2, 20)),
    ("港湾の統計\n平成２６年１２月３日\n港湾課", date(2014, 12, 3)),
    ("港湾の統計\n令和元年13月3日\n港湾課", None),
    ("- 2031年2月20日 " + "港が開いた。" * 300 + "2031年2月18日に。", None),  # a long line, cut at the head's end
    (f"{'港' * 1490}2031年2月18日{'港' * 99}", None),
    ("# Results\n\n• Ms. Ito to Become Chair on January 1, 2032\n\nSales rose in May 2031.", None),
    ("# Results\n\nPublished on January 1, 2032\n\nSales rose in May 2031.", date(2032, 1, 1)),
    ("# 出典\nhttps://example.com/2031/02/20/a\n\n本文。", None),
    ("# 表題\n\n一。\n二。\n三。\n四。\n五。\n六。\n2031年2月20日に始めた。", None),  # below the head
]


@pytest.mark.parametrize(("text", "day"), DATELINES)
def test_the_day_at_the_head_of_a_text(text: str, day: date | None) -> None:
    found = dateline(text)
    assert (found.day if found is not None else None) == day


TOLD_AS_OF = [
    ("# 店舗数の一覧\n\n全国32店（2031年11月4日時点）\n\n甲社の店は14店。", True),
    ("# 店舗数の一覧\n\n全国 32 店（2031 年 11 月 4 日時点）\n\n甲社の店は 14 店。", True),
    ("# Valuation\n\n* Date of Analysis: August 22, 2031\n\nThe price is $98.", True),
    ("# 価格の一覧 基準日：2031年11月4日\n\n甲は14円。", True),
    ("# 店舗数の一覧 2031年11月4日\n\n甲社の店は14店。", False),
    ("# 基準地価の話 2031年11月4日\n\n甲は14円。", False),
]


@pytest.mark.parametrize(("text", "as_of"), TOLD_AS_OF)
def test_a_text_may_be_told_as_of_the_day_at_its_head(text: str, as_of: bool) -> None:
    found = dateline(text)
    assert found is not None
    assert found.as_of == as_of


LEDES = [  # text, the day its report of a statistic is told from
    ("調査会社の甲総研は8月8日、2032年第1四半期の出荷実績を発表した。", date(2032, 8, 8)),
    ("乙省は 1 月 16 日に、2037年の入国者についてのデータを公表した。", date(2038, 1, 16)),
    ("丙庁が3月9日発表した2034年10～12月期の実質GDPは、0.3%増だった。", date(2035, 3, 9)),
    ("丁協会は2月28日、市場の動向を発表した。2031年の市場規模は前年比3%減だった。", date(2032, 2, 28)),
    ("戊社は5月12日、2035年3月期の決算を発表した。", date(2035, 5, 12)),
    ("戊社は11月12日、2035年3月期第2四半期の決算を発表した。", date(2034, 11, 12)),
    ("戊社は8月27日、2036会計年度第2四半期（2035年5～7月）の決算を発表した。", date(2035, 8, 27)),
    ("戊社は8月27日、2036年度第2四半期（2035年5～7月）の決算を発表した。", date(2035, 8, 27)),
    ("戊社は8月27日、2036年度第2四半期の決算を発表した。", None),  # whose year begins when?
    ("己社は7月1日、2040年度までに売上高を1,000億円とする計画を発表した。", None),  # what is to come
    ("己社は7月1日、2040年の市場規模の予測を発表した。", None),
    ("己社が7月13日まとめた2038年夏の賞与調査によると、平均は3億円だった。", date(2038, 7, 13)),
    ("己社は7月1日、2038年1月から2月にかけて行った調査の結果を発表した。", date(2038, 7, 1)),
    ("己社は7月1日、新工場を発表した。2038年に設立された会社だ。", None),  # no statistic
    ("庚社は7月1日に開業した。2038年の売上高は3億円だった。", None),  # nothing is told
    ("辛行より4月1日に発表される予定の2038年3月調査の結果を予測した。", None),
    ("壬社は2038年7月1日、2037年の出荷実績を発表した。", None),  # it names its year
    ("癸社は8月8日、2032年第1四半期の実績を発表した。\n\n2034年5月に再び伸びた。", None),  # told later
    ("癸社は2月30日、2032年の実績を発表した。", None),
]


@pytest.mark.parametrize(("text", "day"), LEDES)
def test_the_day_of_a_report_of_a_statistic(text: str, day: date | None) -> None:
    found = lede_day(text)
    assert (found.day if found is not None else None) == day


def test_a_report_of_a_statistic_is_told_from_the_day_of_its_lede() -> None:
    text = "甲総研は8月8日、2032年第1四半期の実績を発表した。\n\n2036年までの予測も示した。7月の出荷は5台だった。\n"
    assert (times(text)["8月8日"], times(text)["7月"]) == ("2032-08-08", "2032-07-01")


def test_a_text_is_told_from_the_day_at_its_head() -> None:
    text = "# 点検 2031年2月20日\n\n昨年は伸びた。10月の出荷は5台だった。\n"
    assert (times(text)["昨年"], times(text)["10月"]) == ("2030-01-01", "2030-10-01")


def test_what_is_planned_or_foreseen_does_not_date_a_text() -> None:
    assert guessed_day("2027年3月に始めた。2029年4月に開業する予定だ。") == date(2027, 3, 31)
    assert guessed_day("2029年に始めた。2035年までに倍になる。2035年までに3隻となる。") == date(2029, 12, 31)
    assert guessed_day("2035年までに倍になる。") == date(2035, 12, 31)  # no other year is named
    assert guessed_day("2029年までに倍になった。") == date(2029, 12, 31)
    assert guessed_day("It opened in March 2027 and is due in June 2029.") == date(2027, 3, 31)
    assert guessed_day("2031年1月から6月までの投資は、前の年を大きく上回りました。") == date(2031, 6, 30)
    assert guessed_day("2031年7月30日に終了した四半期の売上高は5億円だった。") == date(2031, 7, 31)
    assert guessed_day("It grew in May 2031. Ms. Ito is to become chair on January 1, 2032.") == date(2031, 5, 31)
    assert guessed_day("Ms. Ito will become chair on January 1, 2032.") == date(2032, 1, 31)  # no other is named
    assert guessed_day("It grew in May 2031. Ms. Ito became chair on January 1, 2032.") == date(2032, 1, 31)
    assert guessed_day("Sales from April through June 2029 were up from March 2028.") == date(2029, 6, 30)


def test_the_day_a_text_seems_told_from() -> None:
    assert guessed_day("2027年3月と2027年9月、2035年4月") == date(2027, 9, 30)
    assert guessed_day("2031年と2031年、2040年") == date(2031, 12, 31)
    assert guessed_day("平成22年の出荷は5台、平成17年は4台だった。") == date(2010, 12, 31)
    assert guessed_day("令和元年は2000年の2倍だった。平成30年、令和元年") == date(2019, 12, 31)
    assert guessed_day("令和4年3月に始めた。２０２２年５月に終えた。") == date(2022, 5, 31)
    assert guessed_day("なし") is None
    assert guessed_day("Russell2000-0.39% と Nikkei225") is None  # no year of the calendar
    assert guessed_day("売上は2027年から2030年に増えた。2030年は5億円だった。") == date(2030, 12, 31)
    assert guessed_day("市場は2027年に5億円、2028年に6億円、2040年に90億円。2027年、2040年") == date(2027, 12, 31)
    assert guessed_day("2027年10~12月期は5億円だった。") == date(2027, 12, 31)
    assert guessed_day("2027年11月〜2月は5億円だった。") == date(2028, 2, 29)
    assert guessed_day("2027年8月の入港\n\n9月17日に公表した。2021年8月の8割の水準だ。") == date(
        2027, 8, 31
    )  # its title
    assert guessed_day("賃金は2026年12月以来7カ月ぶりに増えた。") == date(2027, 7, 31)
    assert guessed_day("指数（2020年=100）は110だった。2027年は118だった。") == date(2027, 12, 31)
    assert guessed_day("指数（2020年=100）は110だった。") is None
    assert guessed_day("物価は2020年の平均を100として、110だった。") is None
    assert guessed_day("08年3月以来、6年ぶりの高さとなった。") == date(2014, 3, 31)
    assert guessed_day("1995年7月以来、20年3カ月ぶりの低さとなった。") == date(2015, 10, 31)
    assert guessed_day("1995年に始まった。") is None
    assert guessed_day("6月の出荷は5台。2027年6月と比べると2割多い。") == date(2028, 6, 30)  # a year before


def test_months_that_follow_the_last_one_named_with_its_year_date_a_text() -> None:
    assert guessed_day("Jobs grew to March 2031. Prices rose in August and fell in August.") == date(2031, 8, 31)
    assert guessed_day("Jobs grew to March 2031. Prices rose in August.") == date(2031, 3, 31)
    assert guessed_day("Jobs grew to March 2031. Prices rose in October, after September, October.") == date(
        2031, 3, 31
    )
    assert guessed_day("会員は2031年3月末で5人、6月末で6人となった。6月は多かった。") == date(2031, 6, 30)
    assert guessed_day("会員は2031年3月末で5人。6月に開業予定で、6月に始める計画だ。") == date(2031, 3, 31)


def test_a_text_that_only_compares_with_a_year_is_told_the_year_after() -> None:
    assert guessed_day("Sales rose 3% versus 2030.") == date(2031, 12, 31)
    assert guessed_day("In the quarter ended January 28, sales rose 3% versus the quarter in fiscal 2030.") == date(
        2032, 1, 31
    )
    assert guessed_day("Sales rose 3% versus 2030 and fell in 2029.") == date(2030, 12, 31)


def test_a_text_is_told_no_earlier_than_the_pages_it_cites() -> None:
    text = "2027年3月に始めた。[記事](https://example.com/2027/05/20/port)"
    assert guessed_day(text) == date(2027, 5, 31)
    assert guessed_day("港は静かだ。https://example.com/news/2027-05-20-port") == date(2027, 5, 31)


def test_where_the_fiscal_years_of_a_text_begin() -> None:
    assert first_month("27年2月期の第1四半期") == 3
    assert first_month("2027/12期") == 1
    assert first_month("2027年2月") is None
    assert first_month("化学・3月期決算") == 4
    assert first_month("2027年9月決算") is None
    assert first_month("2月期決算企業の集計") is None
    assert first_month("港南の7〜9月期決算") is None
    assert first_month("第2四半期（4〜6月）の出荷") == 1
    assert first_month("第3四半期(8～10月期)の決算") == 2
    assert first_month("3Q累計（4〜12月）") == 4
    assert first_month("第2四半期（4〜6月）と第2四半期（7〜9月）") is None  # of two companies
    assert first_month("2027 年 7 月 30 日に終了した第 2 四半期の売上高") == 2
    assert first_month("2027年10月2日に終了した第3四半期") == 1  # a quarter of whole weeks
    assert first_month("2028年度(2027年2~4月)第1四半期決算") == 2
    assert first_month("2027年7月30日に始まった第2四半期") is None
    assert first_month("27年3月期。米社の第2四半期（4〜6月）") == 4  # its own terms go first


def test_the_quarters_of_a_company_follow_its_fiscal_year() -> None:
    assert times("港南化学（3月期決算）。2027/8/13の株価。Q1は減益。\n")["Q1"] == "2027-04-01"
    assert times("## 企業メモ（26年2月期3Q）\n\n2Qの客数は減った。\n")["2Q"] == "2025-06-01"


SHORT_YEARS = [  # text with a date of January 2026, words, first day where they are a year
    ("24年は韓国が最大の市場だった。", "24年", "2024-01-01"),
    ("27年も成長が続く。", "27年", "2027-01-01"),
    ("24年通年の出荷は9台だった。", "24年通年", "2024-01-01"),
    ("契約は最長28年に延びた。", "28年", None),
    ("27年もの契約だ。", "27年", None),
    ("15年も成長が続いた。", "15年", None),
    ("償却は22年とする。", "22年", None),
    ("契約は30年まで延びる。", "30年", None),
    ("国債の利回りは10年が1.2%、20年は2.1%だ。", "20年", None),
    ("24年の歴史がある。", "24年", None),
]


@pytest.mark.parametrize(("text", "words", "start"), SHORT_YEARS)
def test_two_digits_are_a_year_near_the_day_of_the_text(text: str, words: str, start: str | None) -> None:
    found = times(HEAD + text).get(words)
    assert (found if found != "None" else None) == start


def test_a_month_leans_on_no_year_compared_with() -> None:
    assert times("2027年1月は前年を上回った。2月の結果を待つ。\n")["2月"] == "2027-02-01"


COMPANIES = [
    ("NVIDIAの2026年度第3四半期は増収だった。", "2026年度第3四半期", "2025-08-01"),
    ("Apple reported its Q1 2026 results.", "Q1 2026", "2025-10-01"),  # the quarter of the calendar is not over
    ("Appleは2026会計年度第1四半期に増収だった。", "2026会計年度第1四半期", "2025-10-01"),
    ("NVIDIA 2Q26決算が出た。", "2Q26", "2025-05-01"),  # told one by one, not from the first of the year
    ("NVIDIAの2026会計年度第2四半期決算が出た。", "2026会計年度第2四半期", "2025-05-01"),
    ("Microsoftは2025年度に国内へ投資した。", "2025年度", "2025-04-01"),
    ("三ツ葉製作所の2025年度第3四半期は減収だった。", "2025年度第3四半期", "2025-10-01"),
]


@pytest.mark.parametrize(("text", "words", "start"), COMPANIES)
def test_known_companies_keep_their_own_fiscal_years(text: str, words: str, start: str) -> None:
    assert times(HEAD + text)[words] == start


def test_a_report_for_one_half_tells_where_its_fiscal_years_lie() -> None:
    text = "# Half-year results for the six months ended 30 September 2027\n\nSales in H1 FY28 rose.\n"
    assert times(text)["H1 FY28"] == "2027-04-01"

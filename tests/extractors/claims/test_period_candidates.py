"""Candidates for the time of a figure that are not written as such: told from another time, elsewhere, or by months."""

from __future__ import annotations

import pytest

from extractors import read
from extractors.claims.context import Context, read_context
from extractors.claims.fieldwork import fieldwork
from extractors.claims.period_candidates import period_candidates
from extractors.ontology import load_ontology

HEAD = "---\ndate: 2027-11-20\n---\n\n"


def context_of(text: str) -> Context:
    return read_context(read(text.encode(), name="a.md"), load_ontology())


def times_of(text: str, sentence: str) -> dict[str, tuple[str, str]]:
    scene = next(s for s in context_of(text).scenes if sentence in s.text)
    found = [(c.source, c.mention.period) for c in period_candidates(scene) if c.mention is not None]
    return {source: (str(p.start), str(p.end)) for source, p in found if p is not None}


LEANING = [
    ("2027年8月の失業率は3％（前年4％）。", "back", ("2026-08-01", "2026-08-31")),
    ("2026年度に3年間で9店を閉じた。", "span", ("2024-04-01", "2027-03-31")),
    ("2026年4月、今後3年間で9店を開く。", "span", ("2026-04-01", "2029-03-31")),
    ("In May 2026 it will open 9 shops over the next two years.", "span", ("2026-05-01", "2028-04-30")),
    ("2000年の100が2025年は98となり、25年間で2％下がった。", "span", ("2000-01-01", "2025-12-31")),
    ("2021年から2026年にかけて3億円から5億円に増えた。", "here.first", ("2021-01-01", "2021-12-31")),
    ("2021年から2026年にかけて3億円から5億円に増えた。", "here.last", ("2026-01-01", "2026-12-31")),
    ("2026年に8億円、2031年までに9億円（CAGR 4％）になる。", "stretch", ("2026-01-01", "2031-12-31")),
    ("2027年9月8日に売上は9億円と知らされた。", "here.month", ("2027-09-01", "2027-09-30")),
    ("2026年の売上は2025年比で8％増えた。", "base", ("2025-01-01", "2025-12-31")),
    ("2027年の売上は2024年の8億円を下回った。", "base", ("2024-01-01", "2024-12-31")),
    ("2027年の売上は2024年の年間実績（8億円）を9%上回った。", "base", ("2024-01-01", "2024-12-31")),
    ("業況は前回の2027年6月調査から3ポイント悪化した。", "base", ("2027-06-01", "2027-06-30")),
]


@pytest.mark.parametrize("words", ["30年国債の利回りは5％", "10年債は4％", "5年ルールで5％", "10年物は4％"])
def test_what_a_thing_is_called_by_is_no_time_up_to_now(words: str) -> None:
    assert "span" not in times_of(f"{HEAD}2026年の{words}だった。", words[:3])


SURPASSED = [
    ("利回りは5％と2007年以来の高水準だった。", False),
    ("株価は2007年初旬以来の安値の5円だった。", False),
    ("利回りは2007年に5％だった。", True),
    ("Yields hit 5%, the highest level since 2007.", False),
    ("Since 2007 sales have grown 5%.", True),
]


@pytest.mark.parametrize(("text", "holds"), SURPASSED)
def test_since_when_a_figure_is_a_record_is_no_time_of_it(text: str, holds: bool) -> None:
    days = [start for start, _ in times_of(HEAD + text, text[:6]).values()]
    assert ("2007-01-01" in days) == holds


@pytest.mark.parametrize(("text", "source", "days"), LEANING)
def test_times_told_from_another_one(text: str, source: str, days: tuple[str, str]) -> None:
    assert times_of(HEAD + text, text[:6])[source] == days


@pytest.mark.parametrize(("text", "told"), [("ラッセル2000は9だった。", False), ("2000年のTOPIXは9だった。", True)])
def test_a_number_in_the_name_of_an_index_is_no_year(text: str, told: bool) -> None:
    assert ("2000-01-01" in [start for start, _ in times_of(HEAD + text, text[:4]).values()]) == told


def test_the_year_of_prices_is_no_time_of_a_figure() -> None:
    assert "here" not in times_of(HEAD + "投資は2015年価格で9兆円だった。", "投資")


def test_when_a_kind_of_companies_closes_its_books_is_no_time_of_a_figure() -> None:
    assert "here" not in times_of(HEAD + "利益は2月期決算企業の90社で8%増えた。", "利益")
    assert "here" in times_of(HEAD + "利益は2027年2月期決算で8%増えた。", "利益")


def test_times_from_elsewhere() -> None:
    text = "# 月報\n\n2027年10月の集計である。\n\n## 百貨店\n\n売上は9億円だった。2027年10月の入店は減った。\n"
    found = times_of(HEAD + text, "9億円")
    assert found["lede"] == found["main"] == found["next"] == ("2027-10-01", "2027-10-31")


MONTHS = [
    ("北港機器の2028年度第3四半期（8～10月期）は増収だった。", "2028年度第3四半期", ("2027-08-01", "2027-10-31")),
    ("2027年の上半期は伸びた。本年4月は減った。", "本年4月", ("2027-04-01", "2027-04-30")),
    ("上期は減益だった。", "上期", ("2027-04-01", "2027-09-30")),
    ("売上は2Qに増えた。", "2Q", ("2027-07-01", "2027-09-30")),
    ("The fiscal first quarter, ended November 6, was good.", "first quarter", ("2027-08-01", "2027-11-06")),
    ("Prices rose 3% in the March 2027 quarter.", "March 2027", ("2027-01-01", "2027-03-31")),
    ("Prices rose 3% in the June quarter.", "June", ("2027-04-01", "2027-06-30")),
    ("Prices rose 3% in June 2027, a quarter of it in shops.", "June 2027", ("2027-06-01", "2027-06-30")),
]


@pytest.mark.parametrize(("text", "words", "days"), MONTHS)
def test_fiscal_times_without_a_calendar(text: str, words: str, days: tuple[str, str]) -> None:
    found = {m.text: m.period for s in context_of(HEAD + text).scenes for m in s.periods}
    period = next(p for name, p in found.items() if words in name)
    assert period is not None
    assert (str(period.start), str(period.end)) == days


SURVEYS = [
    ("回答者900人。調査期間：2027年6月13日～21日", ("2027-06-13", "2027-06-21")),
    ("2027年6月5日現在の状況を調査した。有効回答は9,000世帯。", ("2027-06-05", "2027-06-05")),
    ("男女900人に、2027年9月12日から24日までインターネットで尋ねた。回答者は", ("2027-09-12", "2027-09-24")),
    ("Respondents: 900. Fieldwork: 3 November – 1 December 2027", ("2027-11-03", "2027-12-01")),
    ("The survey was conducted in May 2027 with 900 respondents.", ("2027-05-01", "2027-05-31")),
    ("調査期間：2027年6月～9月。市場は9億円である。", None),  # nobody answered
    ("2027年6月に新店を開いた。回答者は900人。", None),
]


@pytest.mark.parametrize(("text", "days"), SURVEYS)
def test_when_a_survey_was_taken(text: str, days: tuple[str, str] | None) -> None:
    found = fieldwork(text, None)
    period = found.mention.period if found is not None and found.mention is not None else None
    assert (None if period is None else (str(period.start), str(period.end))) == days
    assert found is None or text[found.span.start : found.span.end] == found.text

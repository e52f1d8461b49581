"""The words that name a metric: verbs of change, the noun a figure touches, counted nouns, events told with money."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.claims.build import Named
from extractors.claims.moves import moved
from extractors.claims.phrases import phrases
from extractors.claims.unit_metrics import as_change
from extractors.readers.markdown import read_markdown
from extractors.recognizers.metrics import find_metrics
from schemas import EvidenceRole, Span, ValueType

MOVES = [
    # text, the figure, the words that make it a change
    ("株価は一時5%高となった。", "5%", "高"),
    ("同社株は25%超の急落。", "25%", "急落"),
    ("出荷は3%も上昇した。", "3%", "上昇"),
    ("シェアは5%だった。", "5%", None),
    ("売上の5%高級品が占める。", "5%", None),
    ("The shares slipped 4% on Monday.", "4%", "slipped"),
    ("The index was down about 0.3% at the close.", "0.3%", "down"),
    ("Prices opened 5% higher.", "5%", "higher"),
    ("It was a 3 percent dip from a year ago.", "3 percent", "dip"),
    ("The share of wood is 4%.", "4%", None),
    ("Rates are up; the fee is 4% now.", "4%", None),
]


@pytest.mark.parametrize(("text", "figure", "words"), MOVES)
def test_words_of_change(text: str, figure: str, words: str | None) -> None:
    start = text.index(figure)
    found = moved(text, start, start + len(figure), 0, len(text))
    assert (text[slice(*found)] if found else None) == words


@pytest.mark.parametrize(
    ("text", "first"),
    [("案件の全容", "案件"), ("高速化・省電力化", "高速化"), ("契約", "契約"), ("設備投資による効果", "設備投資")],
)
def test_first_member(text: str, first: str) -> None:
    assert next(p for p in phrases(text, True) if p.text == text).first == first


CLAIMS = [
    # text, the amount, its metric
    ("甲社は2024年に乙社を60億ドルで買収した。", 6 * 10**9, "acquisition_price"),
    ("Kirameki Inc. acquired Hoshizora Ltd. for $400 million in 2024.", 4 * 10**8, "acquisition_price"),
    ("甲社は2024年にシリーズBで30億円を調達した。", 3 * 10**9, "funding_raised"),
]


@pytest.mark.parametrize(("text", "value", "metric"), CLAIMS)
def test_an_event_told_with_money(text: str, value: int, metric: str) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [c.metric for c in claims if c.value_type == ValueType.NUMBER and c.value == value] == [metric]


def test_counted_nouns_are_their_own_words() -> None:
    text = "The Kirameki hub hosts 3,200 datasets and 45,000 applications for its members."
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    words = {int(c.value): c.metric_text for c in claims if c.value is not None}
    assert words[3200] == "datasets"
    assert words[45000] == "applications"


@pytest.mark.parametrize(("metric", "change"), [("price", "price_change"), ("revenue", "growth_rate")])
def test_what_moves(metric: str, change: str) -> None:
    given = Named(metric, "x", Span(start=0, end=1), EvidenceRole.STATED, metric)
    assert as_change(given).id == change


def test_two_metrics_joined_by_a_dot_are_two() -> None:
    found = [m.id for m in find_metrics("9億ドル調達・評価額150億ドル") if m.id]
    assert found == ["funding_raised", "valuation"]


@pytest.mark.parametrize(("text", "ids"), [("（n=200）", ["respondents"]), ("gain=3", []), ("Kirameki M2.1: 3", [])])
def test_labels_of_letters(text: str, ids: list[str]) -> None:
    assert [m.id for m in find_metrics(text) if m.id in ("respondents", "money_stock")] == ids


def test_what_is_sold_by_the_million_is_not_paid() -> None:
    text = "# Kirameki\n\nKirameki sold 55 million smartphones in 2023.\n"
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [c.metric_text for c in claims if c.value == 55 * 10**6] == ["smartphones"]


SIGNED = [
    ("銀地金は+7.32%だった。", "growth_rate"),
    ("在宅勤務は34.8％だった。", "share"),
    ("港南社の純利益（▲3.0%）", "growth_rate"),
    ("港南社の自己資本比率は+0.4%だ。", "equity_ratio"),  # a percentage itself
]


@pytest.mark.parametrize(("text", "metric"), SIGNED)
def test_a_signed_percentage_of_what_is_no_metric_is_its_change(text: str, metric: str) -> None:
    assert [c.metric for c in extract_claims(read_markdown(text.encode(), name="x.md")).claims] == [metric]


RAISED = [
    ("Acme announced a $400 million Series B led by Tiger Global at a $2 billion valuation.", "Acme"),
    ("乙川工業は甲野キャピタル主導で10億円を調達した。", "乙川工業"),
]


@pytest.mark.parametrize(("text", "company"), RAISED)
def test_a_round_is_of_who_raises_it(text: str, company: str) -> None:
    assert {c.entity for c in extract_claims(read_markdown(text.encode(), name="x.md")).claims} == {company}


COUNTED = [
    ("甲社は新棟を建てる。新棟は地上4階建て、延べ床面積は3万平方メートル。", "4階建て", "floor_count"),
    ("甲社は全国に15棟の倉庫を持つ。", "15棟", "building_count"),
]


@pytest.mark.parametrize(("text", "figure", "metric"), COUNTED)
def test_floors_and_buildings(text: str, figure: str, metric: str) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [c.metric for c in claims if c.value_as_written == figure] == [metric]


USED = [  # text, figure, its metric
    ("- ChatGPT：週間8億人（2025年10月）", "8億人", "users"),
    ("- Claude: 月間約1,900万人", "約1,900万人", "users"),
    ("北浜堂の従業員数は8万人だ。", "8万人", "employees"),
]


@pytest.mark.parametrize(("text", "figure", "metric"), USED)
def test_people_told_by_the_week_or_month_use_it(text: str, figure: str, metric: str) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [c.metric for c in claims if c.value_as_written == figure] == [metric]


def test_a_data_center_has_power_and_a_sign_stands_for_both_ends() -> None:
    text = "北浜堂は150MWのAIデータセンターを建てる。\n\nKitami-3の評価額は$50〜60B規模だ。"
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    told = [(c.metric, c.unit) for c in claims if c.value_as_written in ("150MW", "$50〜60B規模")]
    assert told == [("power_capacity", "watt"), ("valuation", "USD")]

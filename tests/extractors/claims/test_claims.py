"""Claims end to end on small texts of our own: what is stated is found, grounded, and every number is accounted for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractors import extract_claims, read
from extractors.claims.phrases import phrases
from extractors.claims.told_models import told_models
from extractors.claims.told_names import told_names
from extractors.ontology import load_ontology
from extractors.recognizers.names.morphology import words
from schemas import Document, Extraction, Outcome, Page, Span


def extracted(text: str, name: str = "a.md") -> tuple[Document, Extraction]:
    document = read(text.encode(), name=name)
    return document, extract_claims(document)


# text, then what must be among its claims: entity, metric, value (a number, or a date as written)
STATED = [
    ("# トヨタ自動車の決算\n\nトヨタ自動車の売上高は45兆円だった。\n", ("トヨタ自動車", "revenue", 45_000_000_000_000)),
    (
        "# トヨタ自動車の決算\n\n営業利益は前期比12.5%減の4,800億円だった。\n",
        ("トヨタ自動車", "operating_income", 480_000_000_000),
    ),
    ("国内AI市場は2024年に1兆3,000億円となった。\n", ("国内AI市場", "market_size", 1_300_000_000_000)),
    ("- 2024年10月: ELYZA、30億円を調達\n", ("ELYZA", "funding_raised", 3_000_000_000)),
    ("- 2024年10月: ELYZA、30億円を調達\n", ("ELYZA", "funding_date", "2024-10")),
    ("NVIDIA reported revenue of $57.0 billion in the third quarter of 2025.\n", ("NVIDIA", "revenue", 57_000_000_000)),
    (
        "---\ntitle: 調査メモ\ndate: 2025-04-19\n---\n\n# 本文\n\n文章。\n",
        ("調査メモ", "publication_date", "2025-04-19"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), STATED)
def test_stated(text: str, expected: tuple[str, str, object]) -> None:
    _, extraction = extracted(text)
    found = [(c.entity, c.metric, c.value_date or c.value) for c in extraction.claims]
    entity, metric, value = expected
    assert (entity, metric, Decimal(value) if isinstance(value, int) else value) in found


TABLES = [
    # records: one row a company
    (
        "| 企業名 | 売上高（億円） | 従業員数 |\n|---|---|---|\n| 日立製作所 | 9,700 | 26万人 |\n| ソニーグループ | 13,000 | 11万人 |\n",
        {("日立製作所", "revenue", 970_000_000_000), ("ソニーグループ", "employees", 110_000)},
    ),
    # a sheet: one row an item, one column a company
    (
        "| 項目 | 日立製作所 | ソニーグループ |\n|---|---|---|\n| 売上高（億円） | 9,700 | 13,000 |\n| 営業利益（億円） | 970 | 1,400 |\n",
        {("日立製作所", "revenue", 970_000_000_000), ("ソニーグループ", "operating_income", 140_000_000_000)},
    ),
    # items over years, the unit in the corner
    (
        "# 日立製作所の業績\n\n| 百万円 | 2023年度 | 2024年度 |\n|---|---|---|\n| 売上高 | 1,200 | 1,350 |\n| 営業利益 | 90 | △15 |\n",
        {("日立製作所", "revenue", 1_350_000_000), ("日立製作所", "operating_income", -15_000_000)},
    ),
    # two header levels, the upper one over the first of its columns only
    (
        "| 企業 | 売上高（億円） | | 営業利益（億円） | |\n|---|---|---|---|---|\n| | 2023年 | 2024年 | 2023年 | 2024年 |\n"
        "| 日立製作所 | 10 | 12 | 3 | 4 |\n",
        {("日立製作所", "revenue", 1_200_000_000), ("日立製作所", "operating_income", 400_000_000)},
    ),
    # prices told per million tokens become prices of one
    (
        "単位は100万トークンあたりの米ドル。\n\n| モデル | 入力 | 出力 |\n|---|---|---|\n| GPT-4o | 2.50 | 10.00 |\n",
        {("GPT-4o", "price_input", Decimal("0.0000025")), ("GPT-4o", "price_output", Decimal("0.00001"))},
    ),
]


@pytest.mark.parametrize(("text", "expected"), TABLES)
def test_tables(text: str, expected: set[tuple[str, str, object]]) -> None:
    _, extraction = extracted(text)
    found = {(c.entity, c.metric, c.value) for c in extraction.claims if c.in_table}
    assert {(e, m, Decimal(v) if isinstance(v, int) else v) for e, m, v in expected} <= found


SILENT = [
    "GPT-4とLlama 3.3 70Bを比べた。\n",
    "図表3を参照。詳しくは https://example.com/2024/05/a1.html へ。\n",
    "1. はじめに\n",
    "| 項目 | 値 |\n|---|---|\n| 売上高 | － |\n",
]


@pytest.mark.parametrize("text", SILENT)
def test_numbers_that_state_nothing(text: str) -> None:
    _, extraction = extracted(text)
    assert [c.value_as_written for c in extraction.claims if c.value is not None] == []


PIECES = [
    "トヨタ自動車", "同社", "の売上高は", "市場規模は", "2024年度に", "2025年4月、", "120億円", "15.3%増", "▲3.5%", "約70億〜130億", "1,000社以上",
    "となった。", "（前年同期比8%増）", "、", "\n\n## 概要\n\n", "\n- ", "**", "| a | 10 |\n|---|---|\n| b | 20億円 |\n", "[^1]", "GPT-4o", "と予測した。",
]  # fmt: skip


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
@example("[^1]\n- \n\n## 概要\n\n15.3%増")  # an item without words leads the sentence
def test_laws(text: str) -> None:
    """Every part of every claim stands in the text letter by letter; every digit run has one outcome; ids are unique."""
    if not text.strip():
        return
    document, extraction = extracted(text)
    for claim in extraction.claims:
        assert document.quote(claim.span) == claim.value_as_written
        assert all(document.quote(e.span) == e.quote for e in claim.evidence)
        assert 0 <= claim.confidence <= 1
    ids = [c.claim_id for c in extraction.claims]
    assert len(ids) == len(set(ids))
    starts = [e.span.start for e in extraction.ledger]
    assert starts == sorted(set(starts))
    covered = {i for e in extraction.ledger for i in range(e.span.start, e.span.end)}
    assert {i for i, c in enumerate(document.text) if c in "0123456789"} <= covered
    claimed = [e.span for e in extraction.ledger if e.outcome == Outcome.CLAIMED]
    assert all(any(c.span.overlaps(s) for c in extraction.claims) for s in claimed)


def test_same_text_same_claims() -> None:
    text = STATED[1][0]
    assert extracted(text)[1] == extracted(text)[1]


def test_claims_of_scanned_pages_say_so_and_are_less_sure() -> None:
    document, extraction = extracted("トヨタ自動車の売上高は45兆円だった。\n", "a.txt")
    page = Page(number=1, width=1, height=1, span=Span(start=0, end=len(document.text)), method="ocr")
    scanned = extract_claims(document.model_copy(update={"pages": (page,)}))
    for plain, claim in zip(extraction.claims, scanned.claims, strict=True):
        assert claim.method == f"{plain.method}+ocr" and claim.confidence < plain.confidence


def test_an_item_without_words_is_no_accident() -> None:
    assert extracted("[^1]\n- ")[1].claims == ()


# what a document explains about a name somewhere holds everywhere in it; a date or a year is nobody
TOLD = [
    ("### 北湊ドック（7919）\n\n本文。\n", {"北湊ドック"}),
    ("電池大手のアルカナードは増産する。アルカナードの売上は伸びた。", {"アルカナード"}),
    ("Lumora (NASDAQ: LMRA) rose. Lumora guided higher.", {"Lumora"}),
    ("Brightmoor, a maker of pumps, raised $5 million.", {"Brightmoor"}),
    ("Brightmoor, the company behind Lumora, raised $5 million.", {"Brightmoor"}),
    ("Brightmoor's, Inc. (NYSE: BRM) said so.", {"Brightmoor's, Inc."}),
    ("# Brightmoor Announces Second Quarter Results", {"Brightmoor"}),
    ("# Company Reports Record Revenue for the Year\n\nTotal Revenue Reports from all regions came in.", set()),
    ("On Tuesday Brightmoor announced it. Separately Lumora launched one.", {"Brightmoor", "Lumora"}),
    ("In-N-Brightmoor reported it. This Lumora launched one.", {"In-N-Brightmoor", "Lumora"}),
    ("In Q4, the company's orders grew. In March, the company sold it. Last Friday, the Dutch bank rose.", set()),
    ("Net Income, the company said, fell. Based in Utrecht, the company grew. Q3 Revenue reported a rise.", set()),
    ("年次白書（2024）と2025年10月9日（1200人）", set()),
    ("大手のクラウドと企業のプラットフォームについて", set()),
]


@pytest.mark.parametrize(("text", "names"), TOLD)
def test_names_that_a_document_explains(text: str, names: set[str]) -> None:
    assert set(told_names(text, load_ontology().words("latin_noise"))) == names


# models, chips and products that a document introduces, in quotes or in a column for them
MODELS = [
    ("大規模言語モデル（LLM）「Ibis 3」を公開した。", {"Ibis 3": "model"}),
    ("AI半導体「**Ibis-X**」を量産する。", {"Ibis-X": "chip"}),
    ("「Ibis M.2」（総225Bパラメータ）が公開された。", {"Ibis M.2": "model"}),
    ("| 開発元 | モデル名 |\n|---|---|\n| 北浜AI | Ibis AI 3.0 |\n| 南港AI | 未定 |\n", {"Ibis AI 3.0": "model"}),
    ("ビジネスモデル「Ibis」と調査「Ibis 2」の話。", {}),
    ("モデル「これまでにない速さ」を掲げた。", {}),
]


@pytest.mark.parametrize(("text", "names"), MODELS)
def test_models_that_a_document_introduces(text: str, names: dict[str, str]) -> None:
    assert told_models(read(text.encode(), name="x.md")) == names


# noun phrases with the particle behind each, and the clause that tells which one it is
PHRASES = [
    ("共働き世帯では減った。", ("共働き世帯", "では", None)),
    ("児童のいる世帯は増えた。", ("世帯", "は", "児童のいる世帯")),
    ("その他アジアは伸びた。", ("その他アジア", "は", None)),
    ("子どもの貧困率は下がった。", ("子どもの貧困率", "は", None)),
    ("東京23区に限れば高い。", ("東京23区", "では", None)),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_phrases(text: str, expected: tuple[str, str, str | None]) -> None:
    found = phrases(text, True, words(text))
    clause = [None if p.clause is None else text[p.clause : p.end] for p in found]
    assert expected in [(p.text, p.particle, c) for p, c in zip(found, clause, strict=True)]

"""What the gate is told of a figure's surroundings."""

from __future__ import annotations

import pytest

from extractors import read
from extractors.claims.context import read_context
from extractors.claims.gate import _foreign, is_set_against, lets_through
from extractors.claims.stage import figures
from extractors.ontology import load_ontology

CASES = [
    ("売上は30億円だった（Acme Posts Record Sales of $20 Million in Spring）。", ["", "title"]),
    ("AcmeのNet Salesは$20 millionだった。", [""]),
    ("# 出典\n\n- Acme posts record sales of $20 million\n", ["list_item"]),
    ("# Sources\n\n- Acme posts record sales of $20 million\n", [""]),
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_english_among_japanese(text: str, told: list[str]) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    found = [(s, m) for s in context.scenes for m in figures(s)]
    assert [_foreign(s, m.span.start, m.span.end) for s, m in found] == told


AGAINST = [
    ("Output retreated (2 vs 13.5) in May.", [True, True]),
    ("It leads on the test (82.8 versus 72.7, 63.5, and 62.2).", [True, True, True, True]),
    ("The match ended (21 vs 17) in May.", [False, False]),
    ("Output fell 3% (5% in April) versus 4% before.", [False, False, False]),
]


@pytest.mark.parametrize(("text", "told"), AGAINST)
def test_set_against_each_other(text: str, told: list[bool]) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    assert [is_set_against(s, m) for s in context.scenes for m in figures(s)] == told


def test_what_is_let_through() -> None:
    context = read_context(read("甲社は世界2位で、売上は30億円だった。".encode(), name="a.md"), load_ontology())
    ((scene, rank), (_, sales)) = [(s, m) for s in context.scenes for m in figures(s)]
    assert lets_through(scene, rank, 0.5) and not lets_through(scene, sales, 0.5)


PUT_UP = [
    ("甲社は北国に2カ所の工場を新設する。", True),
    ("甲社はラインを2本増設する。", True),
    ("甲社は新型船2隻を発注した。", True),
    ("甲社には2カ所の課題がある。", False),
]


@pytest.mark.parametrize(("text", "told"), PUT_UP)
def test_what_is_put_up(text: str, told: bool) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    assert [lets_through(s, m, 0.3) for s in context.scenes for m in figures(s)] == [told]


def test_who_holds_a_place() -> None:
    text = "1位は甲国の30人、2位の乙国は20人だった。上位5位は西にある。3位に入る都市もある。"
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    ranks = [(s, m) for s in context.scenes for m in figures(s) if m.quantity and m.quantity.unit == "rank"]
    assert [lets_through(s, m, 0.25) for s, m in ranks] == [True, True, False, False]


def test_what_counts_those_just_named_must_be_surer() -> None:
    context = read_context(read("甲社と丙社の売上は30億円で、3社が競う。".encode(), name="a.md"), load_ontology())
    (scene, sales), (_, firms) = [(s, m) for s in context.scenes for m in figures(s)]
    assert lets_through(scene, sales, 0.67) and not lets_through(scene, firms, 0.67)


CONSTRUCTIONS = [
    ("甲社の広告は0件だった。", [True]),
    ("業況判断DIは4ポイント改善の0となった。", [False, True]),
    ("業況判断DIはプラス2だった。", [True]),
    ("発表からわずか52日で白紙になった。", [True]),
    ("研究開発に数年を要した。", [True]),
    ("緊急指令は最短3日以内の適用を求めた。", [True]),
    ("甲社は40日で開発を完了した。", [True]),
    ("甲社はわずか3年前に始まった。", []),
    ("It took twenty years.", [True]),
    ("They did it in under three years.", [True]),
    ("They built it over the last three years.", [False]),
]


@pytest.mark.parametrize(("text", "told"), CONSTRUCTIONS)
def test_constructions_that_state_something(text: str, told: list[bool]) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    assert [lets_through(s, m, 0.25) for s in context.scenes for m in figures(s)] == told

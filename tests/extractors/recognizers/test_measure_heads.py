"""Nouns that are measures by their last word, known or not."""

from __future__ import annotations

import pytest

from extractors.ontology import load_ontology
from extractors.recognizers.measures.heads import is_measure, is_rate

MEASURES = [
    "係留率",
    "荷揚高",
    "正規の灌水数",
    "伐採益",
    "搬入額（年間）",
    "仕向収入",
    "berthing costs",
    "Mooring rate",
    "採択額",
]
NONE = ["効率", "複数", "最高", "円高", "消費", "大量", "母子世帯", "率", "自営業", "corporate", "overseas", "期間"]


@pytest.mark.parametrize("words", MEASURES)
def test_measures(words: str) -> None:
    assert is_measure(words, load_ontology())


@pytest.mark.parametrize("words", NONE)
def test_no_measures(words: str) -> None:
    assert not is_measure(words, load_ontology())


@pytest.mark.parametrize(("words", "rate"), [("係留率", True), ("gross margin", True), ("荷揚高", False)])
def test_rates(words: str, rate: bool) -> None:
    assert is_rate(words, load_ontology()) == rate

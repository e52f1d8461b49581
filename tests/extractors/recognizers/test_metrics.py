"""Metrics: every entry's examples and counter-examples, corpus of texts and headers, laws."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.ontology import load_ontology
from extractors.recognizers.measures.labels import inflected
from extractors.recognizers.metrics import find_metrics, head_noun, header_metric, metric_for, metric_from_header
from schemas.ontology import MetricEntry

CORPUS = tomllib.loads((Path(__file__).parents[2] / "corpus" / "names" / "metrics.toml").read_text("utf-8"))
METRICS = list(load_ontology().metrics.values())


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_entry(metric: MetricEntry) -> None:
    for example in metric.examples:
        header = header_metric(example)
        names = {m.name for m in find_metrics(example)} | ({header.name} if header else set())
        assert metric.id in names, example
    for example in metric.counter_examples:
        assert metric.id not in {m.name for m in find_metrics(example)}, example


def test_every_label_is_found_as_a_header() -> None:
    lost = [
        (metric.id, label)
        for metric in METRICS
        for label in (*metric.ja, *metric.en, *metric.headers)
        if metric_from_header(label)[0] != metric.id
    ]
    assert not lost


@pytest.mark.parametrize("case", CORPUS["case"], ids=lambda case: case["text"][:24])
def test_corpus(case: dict[str, Any]) -> None:
    mentions = {mention.text: mention for mention in find_metrics(case["text"])}
    for expected in case.get("found", []):
        surface, _, rest = expected.partition(" = " if " = " in expected else " ?")
        assert surface in mentions, (expected, sorted(mentions))
        id_, _, of = rest.partition(" of ")
        assert (mentions[surface].id or "", mentions[surface].of or "") == (id_, of)
    for absent in case.get("absent", []):
        assert absent not in {m.name for m in mentions.values()} | mentions.keys()


@pytest.mark.parametrize("case", CORPUS["header"], ids=lambda case: case["text"])
def test_header(case: dict[str, Any]) -> None:
    assert metric_from_header(case["text"]) == (case["metric"], case["words"])
    found = header_metric(case["text"])
    assert (found.of if found else None) == case.get("of")


def test_verbs_are_marked() -> None:
    (mention,) = find_metrics("They raised $3 million.")
    assert (mention.id, mention.type, mention.rule) == ("funding_raised", "verb", "verb")


@pytest.mark.parametrize(
    ("verb", "past"), [("raise", "raised"), ("ship", "shipped"), ("employ", "employed"), ("launch", "launched")]
)
def test_inflection(verb: str, past: str) -> None:
    assert past in inflected(verb)
    assert verb in inflected(verb)


def test_metric_for_a_dimension() -> None:
    assert metric_for("funding_raised", "money") == "funding_raised"
    assert metric_for("funding_raised", "date") == "funding_date"
    assert metric_for("investment", "percent") == "stake"
    assert metric_for("market_cap", "date") is None


@pytest.mark.parametrize(
    ("text", "before", "noun"),
    [
        ("この村の受給世帯数は1,200世帯", 9, "受給世帯数"),
        ("先の話。折り紙検定の合格率 は9割", 14, "合格率"),
        ("年間LNG輸入費 6兆円", 8, "年間LNG輸入費"),
        ("売れたのは3台", 5, None),
        ("", 0, None),
    ],
)
def test_head_noun(text: str, before: int, noun: str | None) -> None:
    span = head_noun(text, before)
    assert (span.quote(text) if span else None) == noun


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("売上高営業利益率成長はが3.5%円約（）：の 額数EPS\nrevenue"), max_size=60))
def test_spans_are_true_and_do_not_overlap(text: str) -> None:
    end = 0
    for mention in find_metrics(text):
        assert mention.span.quote(text) == mention.text != ""
        assert mention.span.start >= end
        end = mention.span.end


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_header_is_read(text: str) -> None:
    name, words = metric_from_header(text)
    assert words in text
    assert bool(name) == bool(words)

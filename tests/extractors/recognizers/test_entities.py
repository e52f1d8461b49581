"""Entities: corpus of texts, every family's examples, laws."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.ontology import load_ontology
from extractors.recognizers.entities import find_entities, resolve
from schemas import Mention, MentionKind, Quantity, QuantityKind, Span

CORPUS = Path(__file__).parents[2] / "corpus" / "names" / "entities.toml"
CASES: list[dict[str, Any]] = tomllib.loads(CORPUS.read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:24])
def test_corpus(case: dict[str, Any]) -> None:
    mentions = {mention.text: mention for mention in find_entities(case["text"])}
    for expected in case.get("found", []):
        sign = next(s for s in (" = ", " ? ", " &") if s in expected)
        surface, _, rest = expected.partition(sign)
        assert surface in mentions, (expected, sorted(mentions))
        mention = mentions[surface]
        if sign == " = ":
            assert mention.id == rest
            assert mention.name == load_ontology().entities[rest].name
        elif sign == " ? ":
            assert mention.id is None
            assert (mention.type or "") == rest
        else:
            assert (mention.rule, mention.id) == ("coreference", None)
    for surface in case.get("absent", []):
        assert surface not in mentions


def test_every_family_finds_its_examples_and_no_counter_example() -> None:
    for family in load_ontology().families.values():
        for example in family.examples:
            assert example in [m.text for m in find_entities(example)], (family.id, example)
        for example in family.counter_examples:
            named = [m.text for m in find_entities(example) if m.rule == "model-name" and any(map(str.isdigit, m.text))]
            assert not named, (family.id, example)


def test_every_alias_is_found_as_itself() -> None:
    """An alias that stands alone names its entity; only words in the list of common words may need their case."""
    lost = []
    for entity in load_ontology().entities.values():
        for alias in (entity.name, *entity.aliases):
            found = [m for m in find_entities(alias) if m.text == alias]
            if [m.id for m in found] != [entity.id]:
                lost.append((entity.id, alias))
    assert not lost


def test_a_number_is_no_part_of_an_unknown_name() -> None:
    text = "Zeta-300 units"
    quantity = Quantity(kind=QuantityKind.COUNT, value=300)
    span = Span(start=5, end=14)
    mention = Mention(kind=MentionKind.QUANTITY, span=span, text=span.quote(text), quantity=quantity)
    assert [m.text for m in find_entities(text)] == ["Zeta-300"]
    assert [m.text for m in find_entities(text, quantities=[mention]) if m.rule == "model-name"] == []


def test_resolve() -> None:
    entity = resolve("オープンAI")
    assert entity is not None
    assert entity.id == "openai"
    assert resolve("誰も知らない会社") is None


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.sampled_from("AIメタ日本市場社銀行のは・- 3.5BOpenGPT株式会社（）氏\n　ｱﾟ%"), max_size=60))
def test_spans_are_true_and_do_not_overlap(text: str) -> None:
    end = 0
    for mention in find_entities(text):
        assert mention.span.quote(text) == mention.text != ""
        assert mention.span.start >= end
        end = mention.span.end


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    for mention in find_entities(text):
        assert mention.span.quote(text) == mention.text


@pytest.mark.parametrize("piece", ["A", "a-", "Ab ", "A.", "市場", "株式会社", "の市場", "（", "GPT-4", "氏", "A1-"])
def test_long_repeats_are_read_in_linear_time(piece: str) -> None:
    """A text of one repeated piece makes a bad pattern take minutes: the run would never end."""
    assert len(find_entities(piece * 4000)) <= 4000 * len(piece)

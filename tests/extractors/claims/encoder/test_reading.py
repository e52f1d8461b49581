"""What the encoder makes of figures and their candidates."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read
from extractors.claims.encoder.groups import MOST
from extractors.claims.encoder.reading import CLEAR, Reading, Seen
from extractors.claims.entity_candidates import Candidate
from schemas import EvidenceRole, Span

LINE = "市場規模は2025年に120億円となり、利用企業は3,400社に増えた。\n"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def candidate(text: str, words: str) -> Candidate:
    return Candidate("mention", words, words, span(text, words), EvidenceRole.STATED)


def see(text: str, figure: Span, part: str = "metric", *candidates: Candidate) -> Seen:
    found = Reading(text).see(figure, "money", [], {part: candidates}, {part: [0.0] * len(candidates)})
    assert found is not None
    return found


def test_another_sentence_gives_other_scores() -> None:
    text = "売上は10億円だった。\n損失は10億円だった。\n"
    candidates = [candidate(text, "売上"), candidate(text, "損失")]
    first, second = (
        see(text, Span(start=a, end=a + 4), "metric", *candidates).scores("metric", [0.0, 0.0]) for a in (3, 14)
    )
    assert first != second


def test_a_figure_is_scored_the_same_whatever_was_seen_before() -> None:
    text = LINE * 40
    figures = [Span(start=i * len(LINE) + 13, end=i * len(LINE) + 18) for i in range(40)]
    candidates = [candidate(text, "市場規模"), candidate(text, "利用企業")]
    reading = Reading(text)
    linear = {"metric": [0.0, 0.0]}
    seen = [reading.see(figure, "money", [], {"metric": candidates}, linear) for figure in figures]
    for number in (0, 20, 39):
        found = seen[number]
        assert found is not None
        alone = see(text, figures[number], "metric", *candidates)
        assert found.scores("metric", [0.0, 0.0]) == alone.scores("metric", [0.0, 0.0])


def test_what_stands_in_a_heading_far_above_is_read() -> None:
    text = "甲社の決算\n" + "本文が続く。\n" * 200 + "売上高は12億円だった。\n"
    figure = span(text, "12億円")
    one = [candidate(text, "甲社")]
    without = Reading(text).see(figure, "money", [], {"entity": one}, {"entity": [0.0]})
    with_it = Reading(text).see(figure, "money", [span(text, "甲社の決算")], {"entity": one}, {"entity": [0.0]})
    assert without is not None and with_it is not None
    assert with_it.scores("entity", [0.0]) != without.scores("entity", [0.0]) or with_it.states() != without.states()


def test_what_is_not_read_stands_behind_what_is() -> None:
    text = "甲社の売上高は12億円だった。\n"
    many = [candidate(text, words) for words in ("甲社", "売上高", "の") * 8]
    linear = [float(-index) for index in range(len(many))]
    found = Reading(text).see(span(text, "12億円"), "money", [], {"entity": many}, {"entity": linear})
    assert found is not None
    scores = found.judged.scores["entity"]
    read = MOST["entity"]
    assert max(scores[read:]) < min(scores[:read])


@pytest.mark.parametrize("text", ["", "\n", "\x00"])
def test_a_text_without_pieces_shows_nothing(text: str) -> None:
    nowhere = Span(start=0, end=len(text))
    assert Reading(text).see(nowhere, "money", [nowhere], {}, {}) is None


def test_each_figure_has_its_own_metric_and_entity() -> None:
    text = "東都商事の売上高は1,200億円、西海銀行の純利益は35億円だった。\n"
    found = {c.value_as_written: (c.entity, c.metric) for c in extract_claims(read(text.encode(), name="a.md")).claims}
    assert found == {"1,200億円": ("東都商事", "revenue"), "35億円": ("西海銀行", "net_income")}


def test_claims_are_the_same_every_time() -> None:
    data = (LINE * 12).encode()
    first, second = (extract_claims(read(data, name="a.md")).claims for _ in range(2))
    assert [c.model_dump() for c in first] == [c.model_dump() for c in second]
    assert first


def test_a_window_is_asked_only_where_the_passage_leaves_doubt() -> None:
    text = "甲社と乙社の売上高は12億円だった。\n"
    figure, both = span(text, "12億円"), {"entity": [candidate(text, "甲社"), candidate(text, "乙社")]}
    near = Reading(text).see(figure, "money", [], both, {"entity": [0.0, 0.0]})
    clear = Reading(text).see(figure, "money", [], both, {"entity": [40.0, 0.0]})
    assert near is not None and clear is not None
    assert near.by_window is not None and clear.by_window is None
    first, second = clear.scores("entity", [40.0, 0.0])
    assert first - second >= CLEAR

"""What the encoder makes of spans and candidates."""

from __future__ import annotations

import numpy as np
import pytest

from extractors import extract_claims, read
from extractors.claims.encoder import Reading
from extractors.claims.entity_candidates import Candidate
from schemas import EvidenceRole, Span

LINE = "市場規模は2025年に120億円となり、利用企業は3,400社に増えた。\n"


def candidate(text: str, words: str) -> Candidate:
    start = text.index(words)
    return Candidate("mention", words, words, Span(start=start, end=start + len(words)), EvidenceRole.ENTITY)


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def test_vectors_of_one_span_are_the_same_however_it_is_asked_for() -> None:
    text = LINE * 40
    late = Span(start=len(LINE) * 30 + 5, end=len(LINE) * 30 + 12)
    alone, together = Reading(text), Reading(text)
    together.prepare([Span(start=i * len(LINE), end=i * len(LINE) + 3) for i in range(40)])
    one, other = alone.vector(late), together.vector(late)
    assert one is not None
    assert other is not None
    assert one.shape == (384,)
    assert np.allclose(one, other, atol=0.35)  # eight-bit layers round by the batch
    assert float(one @ other / np.linalg.norm(one) / np.linalg.norm(other)) > 0.99


def test_words_in_another_sentence_have_another_vector() -> None:
    reading = Reading("売上は10億円だった。\n損失は10億円だった。\n")
    first, second = reading.vector(Span(start=3, end=7)), reading.vector(Span(start=14, end=18))
    assert first is not None
    assert second is not None
    assert not np.allclose(first, second)


@pytest.mark.parametrize("text", ["", "\n", "\x00"])
def test_a_text_without_pieces_leaves_the_linear_scores(text: str) -> None:
    reading = Reading(text)
    nowhere = Span(start=0, end=len(text))
    one = Candidate("mention", "甲社", "甲社", nowhere, EvidenceRole.ENTITY)
    assert reading.scores("entity", nowhere, "money", [one, one], [1.0, 2.0]) == [1.0, 2.0]
    assert reading.states(nowhere, "money") == 0.0


def test_scores_follow_the_words() -> None:
    text = "東都商事の売上高は1,200億円、西海銀行の純利益は35億円だった。\n"
    reading = Reading(text)
    for figure, right, wrong in (("1,200億円", "売上高", "純利益"), ("35億円", "純利益", "売上高")):
        candidates = [candidate(text, right), candidate(text, wrong)]
        scores = reading.scores("metric", span(text, figure), "money", candidates, [0.0, 0.0])
        assert scores[0] > scores[1]


def test_claims_are_the_same_every_time() -> None:
    data = (LINE * 12).encode()
    first, second = (extract_claims(read(data, name="a.md")).claims for _ in range(2))
    assert [c.model_dump() for c in first] == [c.model_dump() for c in second]
    assert first

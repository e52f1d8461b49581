"""What the encoder makes of figures and their candidates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors import extract_claims, read
from extractors.claims.encoder import Reading
from extractors.claims.encoder.pieces import END, START, Pieces
from extractors.claims.encoder.reading import BEFORE, BEHIND, LONGEST, inside, window
from extractors.claims.entity_candidates import Candidate
from schemas import EvidenceRole, Span

LINE = "市場規模は2025年に120億円となり、利用企業は3,400社に増えた。\n"


def span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words))


def candidate(text: str, words: str) -> Candidate:
    return Candidate("mention", words, words, span(text, words), EvidenceRole.STATED)


@given(st.integers(1, 400), st.data())
def test_a_window_holds_its_figure_and_what_stands_around(count: int, data: st.DataObject) -> None:
    held = Pieces(list(range(10, 10 + count)), list(range(count)), list(range(1, count + 1)))
    first = data.draw(st.integers(0, count - 1))
    last = data.draw(st.integers(first + 1, count))
    low, ids, marked = window(held, (first, last))
    assert (ids[0], ids[-1]) == (START, END)
    assert ids[slice(*marked)] == held.ids[first : min(last, first + LONGEST)]
    assert len(ids) <= BEFORE + LONGEST + BEHIND + 2
    other = data.draw(st.integers(0, count - 1))
    place = inside(low, len(ids), (other, other + 1))
    if place is None:
        assert other < first - BEFORE or other >= min(last, first + LONGEST) + BEHIND
    else:
        assert ids[slice(*place)] == [held.ids[other]]


def test_scores_are_the_same_however_the_windows_are_read() -> None:
    text = LINE * 40
    figures = [Span(start=i * len(LINE) + 13, end=i * len(LINE) + 18) for i in range(40)]
    alone, together = Reading(text), Reading(text)
    together.prepare(figures)
    candidates = [candidate(text, "市場規模"), candidate(text, "利用企業")]
    for figure in (figures[0], figures[20], figures[39]):
        one, other = (r.scores("metric", figure, "money", candidates, [0.0, 0.0]) for r in (alone, together))
        assert one == pytest.approx(other, abs=1e-4)


def test_another_sentence_gives_other_scores() -> None:
    text = "売上は10億円だった。\n損失は10億円だった。\n"
    candidates = [candidate(text, "売上"), candidate(text, "損失")]
    reading = Reading(text)
    first, second = (
        reading.scores("metric", Span(start=a, end=a + 4), "money", candidates, [0.0, 0.0]) for a in (3, 14)
    )
    assert first != second


@pytest.mark.parametrize("text", ["", "\n", "\x00"])
def test_a_text_without_pieces_leaves_the_linear_scores(text: str) -> None:
    reading = Reading(text)
    nowhere = Span(start=0, end=len(text))
    one = Candidate("mention", "甲社", "甲社", nowhere, EvidenceRole.STATED)
    assert reading.scores("entity", nowhere, "money", [one, one], [1.0, 2.0]) == [1.0, 2.0]
    assert reading.states(nowhere, "money") == 0.0


def test_each_figure_has_its_own_metric_and_entity() -> None:
    text = "東都商事の売上高は1,200億円、西海銀行の純利益は35億円だった。\n"
    found = {c.value_as_written: (c.entity, c.metric) for c in extract_claims(read(text.encode(), name="a.md")).claims}
    assert found == {"1,200億円": ("東都商事", "revenue"), "35億円": ("西海銀行", "net_income")}


def test_claims_are_the_same_every_time() -> None:
    data = (LINE * 12).encode()
    first, second = (extract_claims(read(data, name="a.md")).claims for _ in range(2))
    assert [c.model_dump() for c in first] == [c.model_dump() for c in second]
    assert first

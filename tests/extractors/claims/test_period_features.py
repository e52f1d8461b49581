"""What the words at a figure say of its time."""

from __future__ import annotations

from datetime import date

import pytest

from extractors import read
from extractors.claims.context import read_context
from extractors.claims.entity_candidates import Candidate
from extractors.claims.period_candidates import describe_periods, period_candidates
from extractors.claims.period_features import length_of, where_of
from extractors.ontology import load_ontology
from schemas import Period, Precision

LENGTHS = [
    (date(2027, 3, 31), date(2027, 3, 31), "day"),
    (date(2027, 3, 1), date(2027, 3, 7), "week"),
    (date(2027, 2, 1), date(2027, 2, 28), "month"),
    (date(2027, 1, 1), date(2027, 3, 31), "quarter"),
    (date(2027, 4, 1), date(2027, 9, 30), "half"),
    (date(2028, 1, 1), date(2028, 12, 31), "year"),
    (date(2021, 1, 1), date(2028, 12, 31), "years"),
    (None, date(2028, 12, 31), "day.open"),
    (None, None, "none"),
]


@pytest.mark.parametrize(("start", "end", "length"), LENGTHS)
def test_lengths(start: date | None, end: date | None, length: str) -> None:
    assert length_of(Period(start=start, end=end, precision=Precision.RANGE)) == length


def test_places() -> None:
    found = [where_of(source) for source in ("here.lastday", "published.day", "heading0", "carried", "none")]
    assert found == ["here", "published", "around", "carried", "none"]


def described(text: str, figure: str) -> dict[str, Candidate]:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    scene = next(s for s in context.scenes if figure in s.text)
    candidates = context.published + period_candidates(scene)
    start = scene.view.text.index(figure)
    describe_periods(scene, candidates, start, start + len(figure), "percent")
    return {c.source: c for c in candidates}


BASES = [
    ("売上高は前年同期比8％増えた。", "8％", "year_on_year", True),
    ("株価は前日比8％高だった。", "8％", "session", True),
    ("契約者は8万人に達した。", "8万", "session", False),
    ("Revenue rose 8% year over year.", "8%", "year_on_year", True),
    ("Costs rose 8% in Ohio.", "8%", "year_on_year", False),
]


@pytest.mark.parametrize(("sentence", "figure", "basis", "told"), BASES)
def test_the_basis_of_a_figure_is_told_of_each_length(sentence: str, figure: str, basis: str, told: bool) -> None:
    found = described(f"---\ndate: 2027-11-20\n---\n\n{sentence}\n", figure)
    for source, length in (("published", "month"), ("published.day", "day")):
        assert (f"b.{basis}.{length}" in found[source].features) is told


def test_what_stands_between_a_time_and_its_figure() -> None:
    found = described("2027年3月の売上は5億円、利益は8％だった。", "8％")["here"].features
    assert "l.here.b.q1.p0" in found  # another figure stands between, no other time
    assert "la2.b.の売" in found
    behind = described("利益は8％だった（2027年3月）。", "8％")["here"].features
    assert "l.here.a.q0.p0" in behind

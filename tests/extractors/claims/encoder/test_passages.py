"""The passages that a document is read in."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from extractors.claims.encoder.network import parameters
from extractors.claims.encoder.passages import CORE, passage
from extractors.claims.encoder.passages import cores as cores_of
from extractors.claims.encoder.pieces import END, START, Pieces, pieces

LINES = st.lists(st.text("市場規模 a1。\n", max_size=600), max_size=12)


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, Pieces]:
    """A text of which each character is a piece."""
    text = "\n".join(draw(LINES))
    count = len(text)
    return text, Pieces(list(range(10, 10 + count)), list(range(count)), list(range(1, count + 1)))


@given(texts())
def test_cores_follow_each_other_without_gap(made: tuple[str, Pieces]) -> None:
    text, held = made
    starts = cores_of(text, held)
    assert starts[:1] == [0][: len(text)]
    assert all(0 < end - start <= CORE for start, end in pairwise([*starts, len(text)]))


@given(texts(), st.data())
def test_every_piece_of_a_core_stands_in_its_passage(made: tuple[str, Pieces], data: st.DataObject) -> None:
    text, held = made
    if not text:
        return
    starts = cores_of(text, held)
    at = data.draw(st.integers(0, len(text) - 1))
    above = data.draw(st.lists(st.tuples(st.integers(0, at), st.integers(1, 60)), max_size=20))
    found = passage(held, starts, bisect_right(starts, at) - 1, [(a, min(a + n, len(text))) for a, n in above])
    place = found.place((at, at + 1))
    assert place is not None and found.ids[slice(*place)] == [held.ids[at]]
    assert (found.ids[0], found.ids[-1]) == (START, END)
    assert len(found.ids) <= len(parameters()["places"])


def test_a_core_ends_with_a_line() -> None:
    text = ("甲社の売上高は120億円だった。\n" * 200).strip()
    held = pieces(text)
    starts = cores_of(text, held)
    assert len(starts) > 1
    assert all(text[held.ends[start - 1] - 1] == "。" for start in starts[1:])

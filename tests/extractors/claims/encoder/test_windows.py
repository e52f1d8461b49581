"""The windows that the window encoder reads."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extractors.claims.encoder.network import window_parameters
from extractors.claims.encoder.passages import HEADING, LONGEST
from extractors.claims.encoder.pieces import END, START, Pieces
from extractors.claims.encoder.windows import BEFORE, BEHIND, HEADINGS, window


@st.composite
def ranges(draw: st.DrawFn, count: int) -> tuple[int, int]:
    first = draw(st.integers(0, count - 1))
    return first, draw(st.integers(first + 1, count))


@given(st.integers(1, 400), st.data())
def test_a_window_holds_its_figure_and_what_stands_around(count: int, data: st.DataObject) -> None:
    held = Pieces(list(range(10, 10 + count)), list(range(count)), list(range(1, count + 1)))
    first, last = data.draw(ranges(count))
    above = data.draw(st.lists(ranges(count), max_size=40))
    found = window(held, (first, last), above)
    assert (found.ids[0], found.ids[-1]) == (START, END)
    assert found.ids[slice(*found.figure)] == held.ids[first : min(last, first + LONGEST)]
    assert len(found.ids) <= 2 + HEADINGS + BEFORE + LONGEST + BEHIND < len(window_parameters()["places"])


@given(st.integers(1, 400), st.data())
def test_every_place_in_a_window_is_that_of_its_piece(count: int, data: st.DataObject) -> None:
    held = Pieces(list(range(10, 10 + count)), list(range(count)), list(range(1, count + 1)))
    first, last = data.draw(ranges(count))
    above = data.draw(st.lists(ranges(count), max_size=5))
    found = window(held, (first, last), above)
    other = data.draw(ranges(count))
    place = found.place(other)
    if place is not None:
        at = slice(other[0], other[0] + place[1] - place[0])
        assert found.ids[slice(*place)] == held.ids[at]
    elif first - BEFORE <= other[0] < min(last, first + LONGEST) + BEHIND:
        raise AssertionError("a piece beside the figure is not in its window")


def test_the_nearest_headings_are_kept() -> None:
    held = Pieces(list(range(10, 1010)), list(range(1000)), list(range(1, 1001)))
    above = [(i * 100, i * 100 + 50) for i in range(6)]
    found = window(held, (900, 901), above)
    kept = [(first, end) for first, end, _ in found.stretches[:-1]]
    rest = HEADINGS - 3 * (HEADING + 1) - 1
    assert kept == [(200, 200 + rest), *((first, first + HEADING) for first in (300, 400, 500))]

"""The encoder's pieces stand where they say, whatever the text is made of."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.claims.encoder.pieces import UNKNOWN, pieces

CASES = [  # text → the words of its pieces
    ("利益は5%増", ["利益", "は", "5%", "増"]),
    ("the company", ["the", " company"]),
    ("Ｒｅｖｅｎｕｅ", ["Ｒｅ", "ｖｅｎｕｅ"]),  # full width is read as half width
    ("上昇\n\n\n利益", ["上昇", "利益"]),  # the end of a line is a blank
    ("㌦", ["㌦"]),  # one character that is read as several letters
    ("", []),
    ("\n", []),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_words_of_pieces(text: str, words: list[str]) -> None:
    held = pieces(text)
    assert [text[a:b] for a, b in zip(held.starts, held.ends, strict=True)] == words


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_pieces_stand_in_order_and_miss_nothing(text: str) -> None:
    held = pieces(text)
    assert len(held.ids) == len(held.starts) == len(held.ends)
    assert all(0 <= a < b <= len(text) for a, b in zip(held.starts, held.ends, strict=True))
    assert held.starts == sorted(held.starts)
    covered = {place for a, b in zip(held.starts, held.ends, strict=True) for place in range(a, b)}
    for place, character in enumerate(text):
        if unicodedata.category(character)[0] in "LNPS" and unicodedata.normalize("NFKC", character).strip():
            assert place in covered


@given(st.text("売上高は10億円、\n the company's 5%", min_size=1, max_size=120), st.data())
def test_between_finds_the_pieces_that_touch(text: str, data: st.DataObject) -> None:
    held = pieces(text)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    touching = [i for i, (a, b) in enumerate(zip(held.starts, held.ends, strict=True)) if a < end and start < b]
    if touching:
        assert held.between(start, end) == (touching[0], touching[-1] + 1)


def test_japanese_and_english_reports_have_no_unknown_pieces() -> None:
    text = "2025年度の連結売上高は1兆2,345億円(前年度比△3.5%)となった。\nOperating margin rose to 12.3% (vs. 11.9%)."
    held = pieces(text)
    assert UNKNOWN not in held.ids

"""Sentences and views: where statements end, and that every character keeps its place."""

from __future__ import annotations

import hashlib
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.claims.sentences import depth_of, sentences
from extractors.claims.view import view_of
from schemas import Document, Format, Span

CASES = [
    ("売上高は増えた。利益は減った。", ["売上高は増えた。", "利益は減った。"]),
    ("同社は「増える。減らない。」と述べた。翌日だ", ["同社は「増える。減らない。」と述べた。", "翌日だ"]),
    ("市場（2024年。推定）は伸びる。以上", ["市場（2024年。推定）は伸びる。", "以上"]),
    ("一行目\n二行目", ["一行目", "二行目"]),
    ("Sales rose 3.5% in the U.S. market. Profit fell.", ["Sales rose 3.5% in the U.S. market.", "Profit fell."]),
    ("Acme Inc. raised $5 million. It plans more!", ["Acme Inc. raised $5 million.", "It plans more!"]),
    ("Acme raised $320M. It plans more.", ["Acme raised $320M.", "It plans more."]),
    ("Sales of $3bn. beat plan; J. Smith left.", ["Sales of $3bn. beat plan; J. Smith left."]),
    ("ver. 2.1 は速い。", ["ver. 2.1 は速い。"]),
    ("（閉じない括弧。次の文。", ["（閉じない括弧。", "次の文。"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


def document(text: str, marks: tuple[Span, ...] = (), breaks: tuple[Span, ...] = ()) -> Document:
    return Document(
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        name="a.md",
        format=Format.MARKDOWN,
        text=text,
        marks=marks,
        breaks=breaks,
    )


VIEWS = [
    ("売上は**100億円**だった。", [(3, 5), (10, 12)], [], "売上は100億円だった。"),
    ("表の<br>中", [], [(2, 6)], "表の\n中"),
    # a Japanese line that runs on into the next is joined without a blank
    (
        "国内の市場規模は前の年度よりも大きく伸びており今後も\n拡大が続くと見込まれている",
        [],
        [],
        "国内の市場規模は前の年度よりも大きく伸びており今後も拡大が続くと見込まれている",
    ),
    # a line that ends with a noun of change before another subject is a sentence
    (
        "就業者数は6768万人。前年に比べ53万人の増加。81か月連続の増加\n雇用者数は6017万人。前年に比べ51万人の増加。81か月連続の増加",
        [],
        [],
        "就業者数は6768万人。前年に比べ53万人の増加。81か月連続の増加\n雇用者数は6017万人。前年に比べ51万人の増加。81か月連続の増加",
    ),
    (
        "就業者数は6768万人と、前年に比べて53万人の増加\n率は0.8%となっており、雇用者数も増えた。",
        [],
        [],
        "就業者数は6768万人と、前年に比べて53万人の増加率は0.8%となっており、雇用者数も増えた。",
    ),
    # short lines are lines of their own
    ("食品：+3.0%\n電気：-2.1%", [], [], "食品：+3.0%\n電気：-2.1%"),
]


@pytest.mark.parametrize(("text", "marks", "breaks", "expected"), VIEWS)
def test_view(text: str, marks: list[tuple[int, int]], breaks: list[tuple[int, int]], expected: str) -> None:
    spans = tuple(Span(start=a, end=b) for a, b in marks)
    lines = tuple(Span(start=a, end=b) for a, b in breaks)
    view = view_of(document(text, spans, lines), Span(start=0, end=len(text)))
    assert view.text == expected
    assert len(view.offsets) == len(view.text)


@given(st.text(alphabet="売上は12億円。（）「」\n a.B*", max_size=80), st.data())
def test_view_keeps_characters(text: str, data: st.DataObject) -> None:
    """Every character of a view that is not a line end stands at its offset; offsets rise."""
    marks = []
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        marks = [Span(start=start, end=data.draw(st.integers(start + 1, len(text))))]
    view = view_of(document(text, tuple(marks)), Span(start=0, end=len(text)))
    assert all(c in "\n " or text[o] == c for c, o in zip(view.text, view.offsets, strict=True))
    assert view.offsets == sorted(set(view.offsets))


@given(st.text(alphabet="（）()「」『』a。\n", max_size=120))
def test_sentences_cover_all_but_blanks(text: str) -> None:
    spans = list(sentences(text))
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert kept.replace("\n", "") == text.replace("\n", "")
    assert len(depth_of(text)) == len(text)

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
    # the other ways to write commas and stops
    ("甲社は，売上高1,200万円､前年比3.5倍だ．", [], [], "甲社は、売上高1,200万円、前年比3.5倍だ。"),
    ("2位はHeron，3位は乙（3%），前年は1，234円", [], [], "2位はHeron、3位は乙（3%）、前年は1，234円"),
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


SPACED = [  # lines of a text that sets Latin letters and digits apart
    ("実質 GDP 成長率は 25 年度 +0.7% 増", "実質GDP成長率は25年度+0.7%増"),
    ("LG エナジーは 6 兆 4000 億円､前年の 88.8GWh と比べ", "LGエナジーは6兆4000億円、前年の88.8GWhと比べ"),
    ("2.2 甲社の売上", "2.2 甲社の売上"),  # a section's number
    ("1234 甲社と 1234 億円", "1234 甲社と1234億円"),  # a code
    ("甲製作所 2025 年 3 月期は 2025 年に", "甲製作所 2025年3月期は2025年に"),  # a name and its year
    ("甲社 annual report、GPT-4 Turbo 版、甲  12 乙", "甲社 annual report、GPT-4 Turbo版、甲  12乙"),
]


@pytest.mark.parametrize(("line", "expected"), SPACED)
def test_a_style_of_blanks_is_read_without_them(line: str, expected: str) -> None:
    text = f"{line}\n\n" + "甲社は 12 億円、乙社は 34 億円だ。" * 4
    assert view_of(document(text), Span(start=0, end=len(line))).text == expected
    assert view_of(document(line), Span(start=0, end=len(line))).text == line.replace("､", "、")  # no style yet


@given(st.text(alphabet="売上は12億円。（）「」､｡，．\n a.B*", max_size=80), st.data())
def test_view_keeps_characters(text: str, data: st.DataObject) -> None:
    """Every character of a view that is not a line end stands at its offset, as written or as the rules write it."""
    plain = dict(zip("､｡，．", "、。、。", strict=True))
    marks = []
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        marks = [Span(start=start, end=data.draw(st.integers(start + 1, len(text))))]
    view = view_of(document(text, tuple(marks)), Span(start=0, end=len(text)))
    assert all(c in "\n " or c in (text[o], plain.get(text[o])) for c, o in zip(view.text, view.offsets, strict=True))
    assert view.offsets == sorted(set(view.offsets))


@given(st.text(alphabet="（）()「」『』a。\n", max_size=120))
def test_sentences_cover_all_but_blanks(text: str) -> None:
    spans = list(sentences(text))
    assert all(a < b for a, b in spans)
    assert all(x[1] <= y[0] for x, y in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert kept.replace("\n", "") == text.replace("\n", "")
    assert len(depth_of(text)) == len(text)

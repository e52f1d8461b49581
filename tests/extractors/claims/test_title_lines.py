"""Which lines of a paragraph title the lines under them."""

from __future__ import annotations

import pytest

from extractors import read
from extractors.claims.context import read_context
from extractors.claims.title_lines import is_title_line, leads_list
from extractors.ontology import load_ontology

CARDS = "乙野商事 通期予想を上方修正\n{0}\n丙川物流\n{0}"
LONG = "売上高は前年同期比で12％増え、営業利益も会社の予想を上回った。通期の配当は据え置く。"

CASES = [
    pytest.param(CARDS.format(LONG), ["乙野商事 通期予想を上方修正", "丙川物流"], id="cards"),
    pytest.param(f"自給率\n{LONG}", ["自給率"], id="first line"),
    pytest.param(f"{LONG}\n自給率の推移", [], id="nothing under it"),
    pytest.param("売上高 10億円\n営業利益 2億円\n配当 5円", [], id="a list of figures"),
    pytest.param(
        "会社は通期の見通しを据え置いたが、\n為替の影響は大きいと述べた。配当は未定である。", [], id="a wrapped line"
    ),
    pytest.param(f"最初の文はここで終わる。\n次の項目：\n{LONG}", [], id="a lead"),
    pytest.param(f":::note\n{LONG}", [], id="the mark of a box"),
]


@pytest.mark.parametrize(("text", "titles"), CASES)
def test_title_lines(text: str, titles: list[str]) -> None:
    context = read_context(read(text.encode(), name="note.md"), load_ontology())
    assert [s.text for s in context.scenes if is_title_line(s)] == titles


def test_a_title_line_stands_over_its_lines() -> None:
    context = read_context(read(CARDS.format(LONG).encode(), name="note.md"), load_ontology())
    over = [[h.text for h in s.headings] for s in context.scenes if s.text.startswith("売上高")]
    assert over == [["乙野商事 通期予想を上方修正"], ["丙川物流"]]


LEADS = [
    ("Plover Labs (PLV):\n- Revenue: $5 million\n", True),
    ("**Plover Labs** – FQ1\n\n- Revenue: $5 million\n", True),
    ("In 2031:\n- Revenue: $5 million\n", True),
    ("Key points:\n- Revenue: $5 million\n", False),
    ("Plover Labs sold its pumps.\n- Revenue: $5 million\n", False),
    ("Plover Labs raised $3 million:\n- Revenue: $5 million\n", False),
    ("Plover Labs (PLV):\n\nSales rose.\n\n- Revenue: $5 million\n", False),
]


@pytest.mark.parametrize(("text", "leads"), LEADS)
def test_a_line_leads_the_list_below_it(text: str, leads: bool) -> None:
    context = read_context(read(f"# Notes\n\n{text}".encode(), name="note.md"), load_ontology())
    item = context.scenes[-1]
    assert item.kind == "list_item"
    assert (item.lead is not None and leads_list(item.lead)) == leads

"""What the gate is told of a figure's surroundings."""

from __future__ import annotations

import pytest

from extractors import read
from extractors.claims.context import read_context
from extractors.claims.gate import _foreign
from extractors.claims.prose import figures
from extractors.ontology import load_ontology

CASES = [
    ("売上は30億円だった（Acme Posts Record Sales of $20 Million in Spring）。", ["", "title"]),
    ("AcmeのNet Salesは$20 millionだった。", [""]),
    ("# 出典\n\n- Acme posts record sales of $20 million\n", ["list_item"]),
    ("# Sources\n\n- Acme posts record sales of $20 million\n", [""]),
]


@pytest.mark.parametrize(("text", "told"), CASES)
def test_english_among_japanese(text: str, told: list[str]) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    found = [(s, m) for s in context.scenes for m in figures(s)]
    assert [_foreign(s, m.span.start, m.span.end) for s, m in found] == told

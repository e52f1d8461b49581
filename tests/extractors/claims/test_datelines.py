"""The place that an English dateline names is nobody; one that is told of stays."""

from __future__ import annotations

import pytest

from extractors.claims.datelines import without_place
from extractors.recognizers.entities import find_entities

CASES = [
    ("AUSTIN, Texas – Jan. 25, 2011", set()),
    ("LONDON (Heron News) -- Sales rose.", set()),
    ("Reno, Nevada, March 3, 2026 — Sales rose.", set()),
    ("Texas – where Plover Labs began – has oil.", {"テキサス州", "Plover Labs"}),
    ("Sales grew in Texas.", {"テキサス州"}),
]


@pytest.mark.parametrize(("text", "names"), CASES)
def test_places_of_datelines(text: str, names: set[str]) -> None:
    found = without_place(find_entities(text), text)
    assert {m.name for m in found} == names

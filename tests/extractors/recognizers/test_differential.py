"""Peers as oracles: every disagreement with kanjize and pynormalizenumexp on our corpus is explained in data.

`tests/corpus/recognizers/differential.toml` holds reasons; each is a pattern on the text and says who is right and
why. A disagreement that no reason explains fails the test, and so does a reason that explains nothing.
"""

from __future__ import annotations

import json
import re
import tomllib
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kanjize import kanji2number, number2kanji

from extractors.recognizers import recognize
from extractors.recognizers.numerals import japanese_value

CORPUS = Path(__file__).parents[2] / "corpus" / "recognizers"
FILES = ("ja_numerals", "ja_money", "ja_frames", "ja_change", "ja_counters")


@settings(max_examples=200, deadline=None)
@given(st.integers(min_value=1, max_value=10**20 - 1))
def test_kanjize_agrees(number: int) -> None:
    kanji = number2kanji(number)
    ours = japanese_value(kanji)
    assert ours is not None and ours.low == number == kanji2number(kanji)


@lru_cache(maxsize=1)
def reasons() -> list[dict[str, str]]:
    loaded = tomllib.loads((CORPUS / "differential.toml").read_text("utf-8"))["reason"]
    return [dict(reason) for reason in loaded]


def ends(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    infinite = (float("inf"), float("-inf"))
    return (None if low in infinite else low), (None if high in infinite else high)


def ours(text: str) -> list[tuple[float | None, float | None]]:
    found = []
    for m in recognize(text):
        if (q := m.quantity) is not None and m.period is None:
            low, high = (q.value, q.value) if q.low is None and q.high is None else (q.low, q.high)
            found.append((None if low is None else float(low), None if high is None else float(high)))
    return found


def test_every_disagreement_with_pynormalizenumexp_is_explained() -> None:
    module = pytest.importorskip("pynormalizenumexp.normalize_numexp")
    peer = module.NormalizeNumexp("ja")
    used: set[str] = set()
    unexplained = []
    for name in FILES:
        for line in (CORPUS / f"{name}.jsonl").read_text("utf-8").splitlines():
            text = json.loads(line)["text"]
            try:
                theirs = [
                    ends(e.value_lower_bound, e.value_upper_bound)
                    for e in peer.normalize(text)
                    if e.type == "numerical"
                ]
            except Exception:  # it raises on some texts: a disagreement like any other
                theirs = [(None, None)]
            if theirs == ours(text):
                continue
            reason = next((r["name"] for r in reasons() if re.search(r["pattern"], text)), None)
            if reason is None:
                unexplained.append(f"{text}: ours {ours(text)}, theirs {theirs}")
            else:
                used.add(reason)
    assert not unexplained, "\n" + "\n".join(unexplained)
    assert used == {r["name"] for r in reasons()}

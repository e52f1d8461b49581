"""The corpus: text → expected, by language and kind, with 10 February 2025 as the reference date."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from extractors.recognizers import recognize
from tests.extractors.recognizers.shorthand import short

CORPUS = Path(__file__).parents[2] / "corpus" / "recognizers"
FILES = sorted(CORPUS.glob("*.jsonl"))
REFERENCE = date(2025, 2, 10)


def lines(path: Path) -> list[dict[str, list[str] | str]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.stem)
def test_text_gives_what_is_expected(path: Path) -> None:
    wrong = []
    for line in lines(path):
        text, expect = str(line["text"]), list(line["expect"])
        unit = line.get("table_unit")
        mentions = recognize(text, reference_date=REFERENCE, table_unit=str(unit) if unit else None)
        found = short(mentions, noise=any(e.startswith("noise:") for e in expect))
        if found != expect:
            wrong.append(f"{text}: expected {expect}, found {found}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_corpus_is_large_and_says_nothing_twice() -> None:
    texts = [(path.stem, line["text"], line.get("table_unit")) for path in FILES for line in lines(path)]
    assert len(texts) >= 1500
    assert len(set(texts)) == len(texts)

"""The marks of documents that are not ours: they fit the texts they were made for, and copy none of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.marks import page_marks
from tests.corpus.marks.marks import load

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT.parent / "shared" / "data" / "unlabelled"
MARKS = ROOT / "tests" / "corpus" / "marks"
FILINGS = ROOT.parent / "shared" / "data" / "tables"
LONG = 30  # letters of a text in a row that would be a copy of it


@pytest.mark.skipif(not TEXTS.exists(), reason="no texts at ../shared/data/unlabelled")
@pytest.mark.parametrize("path", sorted(MARKS.glob("u*.jsonl")), ids=lambda p: p.name)
def test_marks_fit_their_text_and_copy_none_of_it(path: Path) -> None:
    rows = load(path, TEXTS)
    claims = [row for row in rows if row["kind"] == "claim"]
    assert claims
    for row in claims:
        assert row["quote"] == row["quote"].strip() != "" and row["entity"] and row["metric_text"], row["id"]
    text = _letters((TEXTS / rows[0]["doc"]).read_text(encoding="utf-8"))
    kept = path.read_text(encoding="utf-8")
    assert not [words for words in re.findall(r'"([^"]{20,})"', kept) for part in _stretches(words) if part in text]


@pytest.mark.skipif(not FILINGS.exists(), reason="no pages at ../shared/data/tables")
@pytest.mark.parametrize("path", sorted((MARKS / "pages").glob("*.jsonl")), ids=lambda p: p.name)
def test_marks_fit_their_pages_and_copy_none_of_them(path: Path) -> None:
    rows = page_marks.load(path, FILINGS)
    claims = [row for row in rows if row["kind"] == "claim"]
    text = _letters(page_marks.page_text(FILINGS / rows[0]["doc"]))
    for row in claims:
        assert row["entity"] and row["metric_text"] and row["quote"], row["id"]
        assert _letters(row["quote"]) in text
    kept = path.read_text(encoding="utf-8")
    kept = re.sub(r'"(?:of_)?metric": "\w+"', "", kept)  # our names for them
    assert not [words for words in re.findall(r'"([^"]{20,})"', kept) for part in _stretches(words) if part in text]


def test_every_joined_document_is_marked() -> None:
    joined = (MARKS / "JOINED").read_text(encoding="utf-8").split()
    assert sorted(joined) == sorted(path.name.removesuffix(".jsonl") for path in MARKS.glob("u*.jsonl"))


def _letters(value: Any) -> str:
    return re.sub(r"[\W\d_]+", "", str(value))


def _stretches(words: str) -> Iterator[str]:
    plain = _letters(words)
    yield from (plain[i : i + LONG] for i in range(0, len(plain) - LONG + 1))

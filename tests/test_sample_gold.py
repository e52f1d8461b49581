"""The hand-made gold of the sample documents: up to date, on the documents, and complete."""

from __future__ import annotations

import json
import re

import pymupdf
import pytest
from lxml import html

from tests.corpus.samples_gold import HERE, SAMPLES, SPANNED, build, documents

ROWS = [
    json.loads(line) for file in ("text.jsonl", "paged.jsonl") for line in (HERE / file).read_text("utf-8").splitlines()
]
NAMES = [document.name for _, document in documents()]


def test_every_sample_has_gold() -> None:
    assert sorted(NAMES) == sorted(path.name for path in SAMPLES.iterdir())
    assert sum(path.stat().st_size for path in SAMPLES.iterdir()) < 5_000_000


def test_json_lines_are_those_of_the_gold_files() -> None:
    for name, content in build().items():
        assert (HERE / name).read_text("utf-8") == content, f"run python -m tests.corpus.samples_gold ({name})"


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(SPANNED)])
def test_spans_hold_their_quotes_and_every_digit_has_a_record(name: str) -> None:
    text = (SAMPLES / name).read_text("utf-8")
    rows = [row for row in ROWS if row["doc"] == name]
    for row in rows:
        assert text[row["start"] : row["end"]] == row["quote"]
    bare = [
        f"{match[0]} in {text[max(0, match.start() - 15) : match.end() + 15]!r}"
        for match in re.finditer(r"\d+", text)
        if not any(row["start"] <= match.start() and match.end() <= row["end"] for row in rows)
    ]
    assert not bare


@pytest.mark.parametrize("name", [name for name in NAMES if not name.endswith((*SPANNED, "_scan.pdf"))])
def test_quotes_stand_on_their_document(name: str) -> None:
    if name.endswith(".pdf"):
        with pymupdf.open(SAMPLES / name) as pdf:
            text = "".join(page.get_text() for page in pdf)
    else:
        text = html.fromstring((SAMPLES / name).read_bytes()).text_content()
    squeezed = re.sub(r"\s", "", text)
    for row in (row for row in ROWS if row["doc"] == name):
        assert re.sub(r"\s", "", row["quote"]) in squeezed, row["quote"]


def test_the_scan_has_no_text() -> None:
    with pymupdf.open(SAMPLES / "hokushin_monthly_scan.pdf") as pdf:
        assert [page.get_text().strip() for page in pdf] == [""]
        assert all(page.get_images() for page in pdf)

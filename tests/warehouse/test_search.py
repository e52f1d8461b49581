"""Words of two characters are found, on both engines, by SQL and by the library."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.warehouse.build import document, load, opened, revenue
from warehouse.search.tokens import fts5_query, index_tokens, query_terms

LINES = {
    "売上": {1, 2},
    "売上高": {1}, "利益": {2, 3}, "営業利益": {2}, "益": {2, 3}, "Revenue": {4}, "revenue growth": {4},
    "growth Revenue": {4}, "grow": set(), "データセンター": {3}, "ＡＩ": {4}, "ai": {4}, "益利": set(), "!?": set(),
    "": set(), "70億": {1}, "2024": {1, 4}, "' OR 1": set(), "売上 利益": {2},
}  # fmt: skip
TEXT = (
    "あおば電機の売上高は2024年に70億円。\n"
    "売上と営業利益がともに増えた。\n"
    "データセンターの利益が伸びた。\n"
    "Revenue growth of the AI unit reached 8% in 2024.\n"
)


def test_blocks_are_found(shared):
    lines = TEXT.splitlines()
    for words, expected in LINES.items():
        found = {lines.index(row["text"]) + 1 for row in shared.search(words, blocks=True)}
        assert found == expected, words


def test_the_same_by_sql(shared):
    sql = (
        "SELECT b.block_no FROM block_text t JOIN blocks b ON b.block_id = t.rowid "
        "WHERE match(bigrams(?), t.block_text) ORDER BY 1"
    )
    for words, expected in LINES.items():
        assert {row[0] + 1 for row in shared.query(sql, (words,)).rows} == expected, words


def test_claims_are_found_by_entity_metric_and_words(shared):
    for words in ("あおば", "電機 売上", "revenue", "70億"):
        assert [row["value"] for row in shared.search(words)] == [7000000000], words
    assert shared.search("みどり") == []


@pytest.fixture
def shared(url):
    with opened(url) as warehouse:
        doc = document(TEXT)
        load(warehouse, doc, revenue(doc, "70億円", "7000000000"))
        yield warehouse


@given(st.text(max_size=20), st.text(max_size=5), st.text(max_size=5))
def test_a_text_has_the_terms_of_its_own_words(words, before, after):
    """Law: what is cut out of a text at blanks is found in it."""
    tokens = index_tokens(f"{before} {words} {after}")
    for term, prefix in query_terms(words):
        assert term in tokens or (prefix and any(t.startswith(term) for t in tokens))
    assert fts5_query(words).count('"') % 2 == 0

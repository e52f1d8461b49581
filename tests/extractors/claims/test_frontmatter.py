"""The day of publication where no heading stands: the first line is the title, a day alone below it its date."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read

TITLE = "Seaside bank: forecasters revise the outlook for growth"
CASES = [
    (f"{TITLE}\n\n18 October 2024\n\nGrowth was 1.9%.\n", [(TITLE, "2024-10-18")]),
    ("港の研究所が新モデルを公開\n\n2026.05.21\n\n部品は3点だ。\n", [("港の研究所が新モデルを公開", "2026-05-21")]),
    ("It was a long day.\n\n18 October 2024\n\nGrowth was 1.9%.\n", []),  # a sentence is no title
    (f"{TITLE}\n\nOn 18 October 2024 the bank met.\n", []),  # the day stands in a sentence
]


@pytest.mark.parametrize(("text", "dated"), CASES)
def test_a_day_alone_below_the_first_line_is_of_its_publication(text: str, dated: list[tuple[str, str]]) -> None:
    found = extract_claims(read(text.encode(), name="a.md")).claims
    assert [(c.entity, str(c.value_date)) for c in found if c.metric == "publication_date"] == dated


KEYS = [
    ("date", "publication_date"),
    ("publishedAt", "publication_date"),
    ("pubDate", "publication_date"),
    ("updatedAt", "updated_date"),
    ("lastUpdated", "updated_date"),
    ("lastModified", "updated_date"),
    ("createdAt", "created_date"),
    ("updateFrequency", None),
    ("lastVisitor", None),
]


@pytest.mark.parametrize(("key", "metric"), KEYS)
def test_keys_of_front_matter_that_tell_a_day(key: str, metric: str | None) -> None:
    text = f"---\ntitle: 港の話\n{key}: 2031-05-20\n---\n\n港は広い。\n"
    found = extract_claims(read(text.encode(), name="a.md")).claims
    assert [c.metric for c in found if str(c.value_date) == "2031-05-20"] == ([metric] if metric else [])


LABELLED = [  # a line at the head, its days
    ("公開日：2031/5/20　更新：2031/5/23", ["publication_date 2031-05-20", "updated_date 2031-05-23"]),
    ("Published May 20, 2031 | Updated May 23, 2031", ["publication_date 2031-05-20", "updated_date 2031-05-23"]),
    ("公開日：2031/5/20　更新：2031/5/23　在庫は3点", []),  # more than its days
]


@pytest.mark.parametrize(("line", "days"), LABELLED)
def test_a_line_of_two_labelled_days(line: str, days: list[str]) -> None:
    found = extract_claims(read(f"# 港の料金のまとめ\n\n{line}\n\n港は広い。\n".encode(), name="a.md")).claims
    told = [f"{c.metric} {c.value_date}" for c in found if c.metric in ("publication_date", "updated_date")]
    assert told == days

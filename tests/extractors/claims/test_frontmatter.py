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

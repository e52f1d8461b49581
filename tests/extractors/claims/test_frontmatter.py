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

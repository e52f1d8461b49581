"""Names of metrics that the ontology does not know."""

from __future__ import annotations

import pytest

from schemas.ontology import slug

CASES = [
    ("a total future liability", "total_future_liability"),
    ("The disability rate", "disability_rate"),
    ("our equity", "equity"),
    ("A100 price", "a100_price"),
    ("an X", "an_x"),
    ("theme parks", "theme_parks"),
    ("在庫 月数", "在庫_月数"),
    ("the", "the"),
]


@pytest.mark.parametrize(("text", "name"), CASES)
def test_an_article_is_no_part_of_a_name(text: str, name: str) -> None:
    assert slug(text) == name

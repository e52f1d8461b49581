"""Keys of list items that are measures bear no figure where a heading names whose they are."""

import pytest

from extractors import extract_claims, read

ACTIVITY = """# China: June activity

- Warehouse space sold: -13.1% yoy in May, vs. -9.5% yoy in April
- Pier area under construction: -12.3% yoy in May
- New factory starts: -24.6% yoy in May
- Barge completions: -19.9% yoy in May
"""


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        (ACTIVITY, {"中国"}),
        ("# 三菱電機の指標\n\n- **拠点の稼働率**: 3%\n- **稼働店**: 40店\n- **倉庫の再訪率**: 25%\n", {"三菱電機"}),
        ("# 主な地域\n\n- 関東: 40%\n- 関西: 30%\n- 九州: 12%\n", {"関東", "近畿", "九州"}),  # what the figures are of
    ],
)
def test_whose_the_figures_of_keyed_items_are(text: str, owners: set[str]) -> None:
    claims = extract_claims(read(text.encode(), name="a.md")).claims
    assert len(claims) >= 3
    assert {claim.entity for claim in claims} == owners

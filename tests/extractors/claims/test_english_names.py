"""Companies that the grammar of English prose tells: what only companies have and do, and words that are no names."""

from __future__ import annotations

import pytest

from extractors.claims.english_names import english_names
from extractors.ontology import load_ontology

TOLD = [
    ("While Zukon's annualized revenue doubled, orders fell.", {"Zukon"}),
    ("Its offer is more than Zukon’s last valuation of $12 billion.", {"Zukon"}),
    ("Shares of Zukon surged 5.2 percent.", {"Zukon"}),
    ("The chipmaker Zukon Labs opened a plant.", {"Zukon Labs"}),
    ("Two companies, ZukonAI and Rikor, secured 35% of the money.", {"ZukonAI", "Rikor"}),
    ("Hyperscaler rivals Zukon, Rikor & Rane and Vatuk take tax rebates.", {"Zukon", "Rikor & Rane", "Vatuk"}),
    ("Zukon has raised $5 million.", {"Zukon"}),
    ("The startup Zukon.io grew.", {"Zukon.io"}),
    ("Chipmaker Zukon said so.", {"Zukon"}),
    ("Companies such as Zukon, Rikor and other rivals grew.", {"Zukon", "Rikor"}),
    ("John Rivas acquired 3,000 shares of Zukon.", {"Zukon"}),
]
UNTOLD = [
    "The company's revenue rose, and Management's guidance was raised.",
    "Revenue's growth is slowing. Net Income's share fell.",
    "Companies such as Retailers and Banks raised prices.",
    "The AI startup raised $5 million. GDP posted a gain.",
    "Zukon opened a park in Rikor.",
    "President Rivas's investors met.",
    "The Bank of Rikor raised rates.",
    "The University of Rikor has launched a programme.",
]


@pytest.mark.parametrize(("text", "names"), TOLD)
def test_grammar_tells_a_company(text: str, names: set[str]) -> None:
    assert set(english_names(text, load_ontology().words("latin_noise"))) == names


@pytest.mark.parametrize("text", UNTOLD)
def test_ordinary_words_and_other_names_are_no_companies(text: str) -> None:
    assert english_names(text, load_ontology().words("latin_noise")) == ()

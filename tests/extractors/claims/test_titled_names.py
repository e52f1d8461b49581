"""Companies that titles, headings and labelled lines name: which words are names, and which only head a text."""

from __future__ import annotations

import pytest

from extractors.claims.titled_names import titled_names
from extractors.ontology import load_ontology
from extractors.recognizers.names.ordinary import is_ordinary

NAMED = [
    ("ZUKON REPORTS 2015 THIRD-QUARTER RESULTS\n\nSize: px", "ZUKON"),
    ("1 ZUKON LABS ANNOUNCES SECOND-QUARTER RESULTS o Diluted EPS: $3.34", "ZUKON LABS"),
    ("### **Valuation of Zukon Inc. (ZKN)**", "Zukon"),
    ("# Financial Analysis: Zukon", "Zukon"),
    ("Zukon (ZKN) Q3 Results", "Zukon"),
    ("# Zukon - Financial Performance", "Zukon"),
    ("# Zukon Robotics: Revenue and Growth", "Zukon Robotics"),
    ("## 2. Zukon's Q3 FY2031 earnings", "Zukon"),
    ('title: "Zukon Statistics"', "Zukon"),
    ("【Zukon】2031年3月期 通期決算", "Zukon"),
    ("## Zukonの決算", "Zukon"),
    ("# 株式会社Zukon 会社概要", "Zukon"),
    ("### 3.1 Zukonの業績", "Zukon"),
    ("Zukon、2031年度は売上が過去最高\n\n本文。", "Zukon"),
    ("米Zukon、AI半導体を発売", "Zukon"),
    ("## 1. Zukon — 650億ドル調達、上場間近", "Zukon"),
    ("# ゼーコン、黒字転換を発表", "ゼーコン"),
    ("**Company:** Zukon Inc.", "Zukon"),
    ("- **企業名**：株式会社ゼーコン", "ゼーコン"),
    ("Quarterly Results: Zukon", "Zukon"),
    ("# Q3 2031 Results: Zukon Inc.", "Zukon"),
    ("# ゼーコンHD、通期決算を発表", "ゼーコンHD"),
]
UNNAMED = [
    "# Operating Results",
    "## Financial Performance",
    "## Net Income/Profitability",
    "## Q3 Results",
    "# AI Supply Chain Analysis Report",
    "## Free Cash Flow and Earnings",
    "MONTHLY REPORTS SHOW GROWTH IN SALES",
    "## Key Revenue Drivers",
    "## EPS Outlook",
    "## GDP Results",
    "## Total Addressable Market Revenue",
    "# Analysis of Inflation",
    "# Smartphone Sales 2031",
    "# ゼーコフ、関税を発表\n\nゼーコフ大統領は会見を開いた。",  # a person
    "## クラウド、売上が過去最高",
    "イラン、停戦を発表",  # a place
    "# Zukon 4、記録を達成",  # a model with its version
    "# Zukons Sales\n\nMost zukons sales were made abroad.",  # a text that writes it in small letters too
    "本文の前に。\n一\n二\n三\n四\nZukonの決算は良い。",  # a sentence, no title
]


@pytest.mark.parametrize(("text", "name"), NAMED)
def test_a_title_names_its_company(text: str, name: str) -> None:
    assert titled_names(text, load_ontology().words("latin_noise")) == (name,)


@pytest.mark.parametrize("text", UNNAMED)
def test_words_that_head_any_text_name_nobody(text: str) -> None:
    assert titled_names(text, load_ontology().words("latin_noise")) == ()


ORDINARY = [
    ("Results", True),
    ("OPERATING", True),
    ("Third-Quarter", True),
    ("Startups", True),
    ("Zukon", False),
    ("IBM", False),
    ("Fintechs", True),
]


@pytest.mark.parametrize(("word", "ordinary"), ORDINARY)
def test_words_of_the_dictionary_are_ordinary(word: str, ordinary: bool) -> None:
    assert is_ordinary(word) is ordinary

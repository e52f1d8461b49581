"""Whose a figure of English prose is, and what it is, by the words right beside it."""

from __future__ import annotations

import pytest

from extractors import extract_claims
from extractors.claims.build import Named
from extractors.claims.told_money import metric_beside
from extractors.readers.markdown import read_markdown
from extractors.recognizers import recognize
from schemas import EvidenceRole, MentionKind, Span

BEARERS = [
    # text, figure, whose it is
    # what is told of a whole company, and the change beside a figure
    (
        "Sony grew. PlayStation 5 led. Consolidated net income was $8 billion, down 3% from May.",
        "$8 billion",
        "ソニーグループ",
    ),
    ("Sony grew. PlayStation 5 led. Consolidated net income was $8 billion, down 3% from May.", "3%", "ソニーグループ"),
    ("Sony grew. PlayStation 5 brought in $8 billion, down 3% from May.", "3%", "PlayStation 5"),
    ("Heron Equity plans to take Plover Systems private. It offers $93.50 per Plover share.", "$93.50", "Plover"),
    (
        "Microsoft fell.\n\nPlover, a 1.5-year-old, Reno, Nev.-based maker of pumps (it sells to farms), has raised "
        "$66 million in Series A funding.",
        "$66 million",
        "Plover",
    ),
    (
        "Plover, a maker of pumps, just announced funding led by Microsoft. The company is now valued at $4.3 billion.",
        "$4.3 billion",
        "Plover",
    ),
    (
        "# Plover (PLV) Q3 Results\n\nPlover grew. Plover hired.\n\n"
        "Two companies, Heronex and Vatuk, secured 35% of the money raised.",
        "35%",
        "Heronex",
    ),
    ("Swiss bank Heron Lake cut 300 jobs and said it expects a $2.5 billion loss.", "$2.5 billion", "Heron Lake"),
    # what a group uses or names, and what the share was before
    ("Kelp paint has gained ground, now used by 45% of owners, up from 39% in 2024.", "45%", "Kelp paint"),
    ("Kelp paint has gained ground, now used by 45% of owners, up from 39% in 2024.", "39%", "Kelp paint"),
    ("Kelp paint remained the first choice, with nearly 89% of owners using it.", "nearly 89%", "Kelp paint"),
    ("Rust remains the top worry, cited by 61% of owners (up from 59% last year).", "59%", "Rust"),
    ("Currently used by 52% of owners, the Kelp Brush is gaining ground.", "52%", "Kelp Brush"),
    # contrary: who acts
    ("With new paints on sale, 45% of owners said so, up from 39% in 2024.", "45%", "owners"),
    # contrary: a nearer company, and an opening that is no name
    ("Plover sued Microsoft. Its rival Oracle said it earned $2.5 billion.", "$2.5 billion", "Oracle"),
]


@pytest.mark.parametrize(("text", "figure", "bearer"), BEARERS)
def test_whose_a_figure_is(text: str, figure: str, bearer: str) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [c.entity for c in claims if c.value_as_written == figure] == [bearer]


BESIDE = [
    # metric found, whose, before, figure, behind, metric told
    ("price", "Plover", "It earned $5 million net income and ", "$0.60", " per share, compared with", "eps"),
    ("price", "Plover", "Net income was $62.6 million, or ", "$2.17", " per diluted share", "diluted_eps"),
    ("profit", "Plover", "to report earnings of ", "58 cents", " a share and", "eps"),
    ("price", "Plover", "to report ", "$0.57", " per share on revenue of", "eps"),
    ("price", "Plover", "The board declared a dividend of ", "$0.30", " per share", "dividend_per_share"),
    ("price", "Plover", "The offer for all shares at ", "$5.00", " per share in cash", "share_price"),
    ("charge", "Plover", "It earned 60 cents a share, including a charge of ", "12 cents", " a share", "charge"),
    ("book_value", "Plover", "The book value of ", "$30.50", " per share rose", "book_value"),
    ("price", "Plover", "It plans to pay ", "$5.00", " per sharecropper", "price"),
    ("eps", "Plover", "The offer lifts profit by ", "$0.10", " per share", "eps"),
    ("valuation", "wearable devices market", "The market, valued at ", "$16.03 billion", " in 2025", "market_size"),
    ("funding_raised", "Plover", "a round that values the company at ", "$24 billion", " post-money", "valuation"),
    ("revenue", "Plover", "Plover valued growth, and had ", "$24 billion", " of revenue", "revenue"),
    ("revenue", "Plover Pro", "Plover Pro: ", "$20", "/month", "price"),
    ("revenue", "Plover", "Sales of ", "$20 million", "/month", "revenue"),
    ("gross_margin", "Plover", "Gross margin was ", "$433.7 million", ", or 55.4% of sales", "gross_profit"),
    ("growth_rate", "Plover", "which represents a ", "7.3%", " one-day premium to its close", "premium_rate"),
    ("growth_rate", "Plover", "sales of its ", "7.3%", " premium beer", "growth_rate"),
]


@pytest.mark.parametrize(("metric", "entity", "before", "figure", "behind", "told"), BESIDE)
def test_what_the_words_beside_a_figure_say(
    metric: str, entity: str, before: str, figure: str, behind: str, told: str
) -> None:
    quantity = next(m.quantity for m in recognize(figure) if m.kind == MentionKind.QUANTITY)
    assert quantity is not None
    place = Span(start=0, end=1)
    given = Named(metric, metric, place, EvidenceRole.STATED, metric)
    whose = Named(entity, entity, place, EvidenceRole.STATED)
    assert metric_beside(given, whose, quantity, before, behind).id == told


TOLD = [
    # text, figure, metric, value
    ("Heron had USD 3.16 billion in revenue. Plover posted USD 1.9 billion.", "USD 1.9 billion", "revenue", 1900000000),
    ("Oracle fell $3.50, or 12 percent, to $23.63.", "12 percent", "growth_rate", -12),
    ("Oracle said sales fell $3 million, or 12 percent of the total.", "12 percent", "share", 12),
]


@pytest.mark.parametrize(("text", "figure", "metric", "value"), TOLD)
def test_what_goes_on(text: str, figure: str, metric: str, value: int) -> None:
    claims = extract_claims(read_markdown(text.encode(), name="x.md")).claims
    assert [(c.metric, c.value) for c in claims if c.value_as_written == figure] == [(metric, value)]

"""Whom a document as a whole is about."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read
from extractors.claims.context import read_context
from extractors.claims.subjects import subjects_of
from extractors.ontology import load_ontology
from tests.samples import claims_of_sample


@pytest.mark.parametrize(
    ("name", "author"),
    [("minato_small_models_report.pdf", "みなと総合研究所"), ("akatsuki_ai_power_slides.pdf", "あかつき銀行")],
)
def test_research_is_not_about_its_author(name: str, author: str) -> None:
    told = [c for c in claims_of_sample(name) if not c.in_table]
    assert len(told) > 20
    assert sum(c.entity == author for c in told) <= len(told) // 20


def test_a_company_that_names_itself_nowhere_is_we() -> None:
    text = "当社グループの売上高は120億円となりました。当社は工場を建てました。\n\n固定資産は60億円です。\n"
    claims = extract_claims(read(text.encode(), name="a.md")).claims
    assert {c.entity for c in claims if c.value_as_written == "60億円"} == {"当社グループ"}


_REST = "\n\nIncome rose. The Company has no plan. The plan is out of the Company's control. The Company hired.\n"


@pytest.mark.parametrize(
    ("opening", "company"),
    [
        ("Norvane Corporation Reports 12% Revenue Growth and Record Cash Flow", "Norvane Corporation"),
        ("Record results again", "the company"),  # named nowhere
        ("Sales to Norvane Corporation rose", "the company"),  # told of, but no subject
    ],
)
def test_the_company_is_who_the_first_lines_tell_of(opening: str, company: str) -> None:
    context = read_context(read((opening + _REST).encode(), name="a.md"), load_ontology())
    own = [c.name.lower() for c in subjects_of(context) if c.source == "self"]
    assert own == [company.lower()]

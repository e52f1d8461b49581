"""Statements of accounts and other tables of English reports: heads, units, totals, and whose report it is."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from extractors import extract_claims, read
from extractors.claims.tables.notes import magnitude, unit_in, whole_unit
from extractors.claims.tables.statements import figure, item_words
from tests.extractors.claims.tables.test_tables import check, claims

CASES = tomllib.loads(Path(__file__).with_name("statements.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cases(case: dict[str, Any]) -> None:
    found = claims(case["text"])
    check(case, found)
    assert not {Decimal(value) for value in case.get("absent", [])} & {c[2] for c in found}


UNITS = [
    ("(Rs’000)", "Rs’000", 10**3),
    ("($ in 000's)", "$ in 000's", 10**3),
    ("(Amount in Rupees)", "Rupees", 1),
    ("(in thousands of Canadian dollars)", "in thousands of Canadian dollars", 10**3),
    ("(in millions, except share and per share data)", "in millions", 10**6),
    ("(` in lakh)", "` in lakh", 10**5),
    ("TOTAL (F)", None, 1),
]


@pytest.mark.parametrize(("text", "unit", "factor"), UNITS)
def test_notes_of_english_reports(text: str, unit: str | None, factor: int) -> None:
    place = unit_in(text)
    assert (text[place[0] : place[1]] if place else None) == unit
    assert unit is None or magnitude(unit) == factor


def test_capitals_before_a_letter_of_size_are_no_currency() -> None:
    assert whole_unit("EURm")
    assert not whole_unit("PBUK")


@pytest.mark.parametrize(
    ("text", "value"), [("(1,289)", "-1289"), ("$ 41.5", "41.5"), ("—", None), ("21 (5 b)", None), ("(see 4)", None)]
)
def test_figure(text: str, value: str | None) -> None:
    assert figure(text) == (None if value is None else Decimal(value))


def test_item_words() -> None:
    assert item_words("c) Trade Deposits (See Note 4(b) (ii) of Annex 9)") == "Trade Deposits"
    assert item_words("(Refer Note 3)") == ""


PAGES = [
    (["ALDER WEAVING", "Mills Limited", "BALANCE SHEET AS AT 31 MARCH 2020"], "", "ALDER WEAVING Mills Limited"),
    (["CONSOLIDATED BALANCE SHEET AS AT 31 MARCH 2020"], "Alder Systems Annual Report 2019-20 | 12", "Alder Systems"),
    (["SCHEDULES FORMING PART OF THE ACCOUNTS"], "", "the Company"),
]


@pytest.mark.parametrize(("titles", "foot", "name"), PAGES, ids=[p[2] for p in PAGES])
def test_whose_statement_a_page_is(titles: list[str], foot: str, name: str) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for line, title in enumerate(titles):
        page.insert_text((72, 80 + 26 * line), title, fontsize=17 - 2 * line)
    rows = [("", "2020", "2019"), ("Share capital", "4,200", "4,200"), ("Inventories", "1,310", "1,105")]
    for line, row in enumerate(rows):
        for x, text in zip((72, 300, 400), row, strict=True):
            page.insert_text((x, 200 + 18 * line), text, fontsize=10)
    page.insert_text((72, 820), foot, fontsize=8)
    found = extract_claims(read(pdf.tobytes(), name="page.pdf")).claims
    assert {c.entity for c in found if c.value == Decimal(1310)} == {name}

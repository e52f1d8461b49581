"""Tables of public statistics, in our own words: groups, counts beside percents, marks at figures, captions."""

from __future__ import annotations

from decimal import Decimal

import pymupdf
import pytest

from extractors import extract_claims, read
from extractors.claims.modality import header_modality
from extractors.claims.tables.bandwords import GROUP
from extractors.claims.tables.notes import bare_number, unit_in
from extractors.claims.tables.printed import marked
from extractors.readers.roles import is_caption
from extractors.recognizers.metrics import metric_from_header
from schemas import Document

Row = tuple[str, str, Decimal | None, str | None]


def page(lines: list[str], rows: list[str], widths: list[int]) -> Document:
    """Lay out lines of a caption over a table with drawn lines; cells are parted by bars, blanks indent."""
    document = pymupdf.open()
    paper = document.new_page(width=595, height=842)
    for i, line in enumerate(lines):
        paper.insert_text((60, 80 + 14 * i), line, fontname="tiro", fontsize=10)
    top = 96 + 14 * len(lines)
    for r, row in enumerate(rows):
        left = 60
        for width, text in zip(widths, row.split("|"), strict=True):
            paper.draw_rect(pymupdf.Rect(left, top + 16 * r, left + width, top + 16 * r + 16), width=0.5)
            indent = 5 * (len(text) - len(text.lstrip()))
            paper.insert_text((left + 4 + indent, top + 16 * r + 11.5), text.strip(), fontname="tiro", fontsize=9)
            left += width
    return read(document.tobytes(), name="statistics.pdf")


def claims(document: Document) -> set[Row]:
    found = extract_claims(document).claims
    return {(c.entity, c.metric_text or "", c.value, c.unit) for c in found if c.in_table and c.value is not None}


MARKED = [
    ("1 956 150", "1956150"),
    ("–13", "-13"),
    ("*–1,685", "-1685"),
    ("**12,760", "12760"),
    ("31.6**", "31.6"),
    ("(1,204)*", "-1204"),
    (".72", "0.72"),
    ("1 234,5", "1234.5"),
    ("34.5 ¹", "34.5"),
]


@pytest.mark.parametrize(("text", "value"), MARKED)
def test_figures_with_the_marks_of_statistics(text: str, value: str) -> None:
    found = marked(text)
    assert [m.quantity.value for m in found if m.quantity] == [Decimal(value)]
    assert all(text[m.span.start : m.span.end] == m.text for m in found)


@pytest.mark.parametrize(
    "text", ["1,204", "12.5", "12,5", "5.1 b", "*****", "(X)", "1/2", "2010 2011 2012", "A 12", "12 km"]
)
def test_plain_figures_and_words_are_left_to_the_recognisers(text: str) -> None:
    assert marked(text) == []


def test_commas_and_letters_where_the_column_has_them() -> None:
    def yes() -> bool:
        return True

    assert [m.quantity.value for m in marked("12,5", commas=yes) if m.quantity] == [Decimal("12.5")]
    assert [m.quantity.value for m in marked("45 (b)", flags=yes) if m.quantity] == [Decimal(45)]
    assert bare_number("12,5") is None
    assert bare_number("1 956 150") == Decimal(1956150)


@pytest.mark.parametrize(
    "text",
    ["Men", "Both sexes", "Female", "15-24", "20–24", "Under 20", "65 and over", "Aged 6 and older", "25 to 59 years"],
)
def test_groups(text: str) -> None:
    assert GROUP.fullmatch(text)


@pytest.mark.parametrize(
    "text", ["250", "1995", "1 to 5 years", "Under 1 year", "Over 5 years", "Mentions", "Total", "2010-2015"]
)
def test_what_is_no_group(text: str) -> None:
    assert not GROUP.fullmatch(text)


UNITS = [
    ("(In thousands. Data based on a sample. See www.example.gov)", "In thousands"),
    ("Prices (percentage change on previous year)", "percentage"),
    ("Body weight (g)", "g"),
    ("Office(s)", None),
    ("Rates of change (Rs. in Crores)", "Rs. in Crores"),
]


@pytest.mark.parametrize(("text", "unit"), UNITS)
def test_units_of_captions(text: str, unit: str | None) -> None:
    place = unit_in(text)
    assert (text[slice(*place)] if place else None) == unit


def test_captions_numbered_with_letters() -> None:
    assert is_caption("Table A-1.")
    assert is_caption("Exhibit B.4 Districts")
    assert not is_caption("Tables and 3 chairs")


def test_words_inside_heads_are_no_metrics() -> None:
    assert metric_from_header("Stays for falls")[0] != "growth_rate"
    assert metric_from_header("Age-adjusted death rate")[0] != "age"
    assert header_modality("Estonia") is None
    assert header_modality("2026 est.") is not None
    assert header_modality("Our estimates 1996") is not None


def test_the_title_below_the_number_names_metric_and_unit() -> None:
    rows = ["|Finland|Norway", "2004|3.7|1.6", "2005|5.0|3.9", "2006|1.5|2.5"]
    found = claims(page(["Table 1:", "Employment rate in Finland and Norway, 2004 to 2006 (in %)"], rows, [80, 80, 80]))
    assert ("フィンランド", "Employment rate", Decimal("3.7"), "percent") in found


def test_sexes_part_the_countries() -> None:
    rows = ["Country|Men|Women|Total", "Belgium|73.5|61.6|67.6", "Latvia|63.5|64.9|64.3", "Poland|71.0|58.0|64.0"]
    found = claims(page(["Table 2: Employment rate by sex, 2010 (%)"], rows, [90, 70, 70, 70]))
    assert ("Belgium, Men", "Employment rate", Decimal("73.5"), "percent") in found
    assert ("Latvia, Women", "Employment rate", Decimal("64.9"), "percent") in found
    assert ("ベルギー", "Employment rate", Decimal("67.6"), "percent") in found


def test_rows_of_one_name_stand_under_those_that_part_them() -> None:
    rows = [
        "Characteristic|Number|Percent",
        "North|21,410|100.0",
        "  With a garden|17,021|79.5",
        "  Without|4,389|20.5",
        "South|44,871|100.0",
        "  With a garden|33,205|74.0",
        "  Without|11,666|26.0",
    ]
    found = claims(page(["Table 3. Homes by garden and region: 2015", "(Numbers in thousands)"], rows, [160, 80, 80]))
    assert ("North, With a garden", "Number", Decimal(17021000), "unitless") in found
    assert ("South, Without", "Percent", Decimal("26.0"), "percent") in found
    assert ("South", "Percent", Decimal("100.0"), "percent") in found


def test_doses_head_their_rows() -> None:
    rows = [
        "Dose (ppm)|Rats|Body Weight (g)",
        "Male||",
        "0|39|25.8",
        "250|30|25.9",
        "500|33|24.0",
        "Female||",
        "0|23|25.4",
        "250|34|24.6",
        "500|32|25.1",
    ]
    found = claims(page(["Table 4. Weights of rats in the feed study"], rows, [90, 80, 110]))
    assert ("Male, 250 ppm", "Body Weight", Decimal("25.9"), "gram") in found
    assert ("Female, 0 ppm", "Body Weight", Decimal("25.4"), "gram") in found


def test_counts_beside_percents_are_no_samples() -> None:
    rows = ["Place|n =|%", "Street|501|41.6", "Garage|310|25.7", "Office(s)|212|17.6", "Total|1,023|84.9"]
    found = claims(page(["Table 5: Thefts, by Place, 2012 (n = 1,204)"], rows, [120, 60, 60]))
    assert ("Street", "n =", Decimal(501), "unitless") in found
    assert ("Office", "n =", Decimal(212), "unitless") in found

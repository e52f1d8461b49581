"""Figures told in pairs for two times: which time each of them holds for."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read
from extractors.claims.context import read_context
from extractors.claims.pairs import edge_of, paired
from extractors.claims.period_candidates import period_candidates
from extractors.claims.stage import figures
from extractors.ontology import load_ontology

CASES = [  # text, words of the figure, first and last year of its time; None where no pair decides
    ("- 出荷台数（2015→2023）: ▲27.7% 900台 → 650台", "▲27.7%", ("2015", "2023")),
    ("- 出荷台数（2015→2023）: ▲27.7% 900台 → 650台", "900台", ("2015", "2015")),
    ("- 出荷台数（2015→2023）: ▲27.7% 900台 → 650台", "650台", ("2023", "2023")),
    ("2021年から2025年にかけて、甲は50億円から70億円へ、乙は30億円から20億円へ動いた。", "70億円", ("2025", "2025")),
    ("2021年から2025年にかけて、甲は50億円から70億円へ、乙は30億円から20億円へ動いた。", "30億円", ("2021", "2021")),
    ("2021年から2025年にかけて、甲は50億円から70億円へ、約1.4倍に伸びた。", "1.4倍", ("2021", "2025")),
    ("From 2019 to 2023, the share fell from 9% to 4%.", "9%", ("2019", "2019")),
    ("2021年から2025年にかけて、甲は70億円に増えた。", "70億円", None),  # no pair
    ("1990年代の約7割から約5割へ縮む。", "約5割", None),  # one time
    ("2021年から2025年の調査では、2024年に5億円から7億円に増えた。", "7億円", None),  # another time is told
    ("2021年から2025年にかけて、5億円から70人に増えた。", "5億円", None),  # not of one kind
]


@pytest.mark.parametrize(("text", "words", "years"), CASES)
def test_times_of_pairs(text: str, words: str, years: tuple[str, str] | None) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    scene = next(s for s in context.scenes if words in s.view.text)
    found = figures(scene)
    figure = next(m for m in found if m.span.start <= scene.view.text.index(words) + 1 < m.span.end)
    candidates = period_candidates(scene)
    place = paired(scene, found, candidates, figure)
    mention = candidates[place].mention if place is not None else None
    period = mention.period if mention is not None else None
    assert (None if period is None else (str(period.start)[:4], str(period.end)[:4])) == years


EDGES = [  # text, words of the figure, its year where the range of the sentence before is chosen
    ("1995年から2020年の推移をみる。甲の世帯は29.9%から24.1%へ低下した。", "29.9%", "1995"),
    ("1995年から2020年の推移をみる。甲の世帯は29.9%から24.1%へ低下した。", "24.1%", "2020"),
    ("1995年から2020年の推移をみる。甲の世帯は5.8%低下した。", "5.8%", None),  # no pair
]


@pytest.mark.parametrize(("text", "words", "year"), EDGES)
def test_a_pair_holds_for_the_ends_of_a_range_told_before(text: str, words: str, year: str | None) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    scene = next(s for s in context.scenes if words in s.text)
    found = figures(scene)
    figure = next(m for m in found if m.span.start == scene.view.text.index(words))
    candidates = period_candidates(scene)
    whole = next(i for i, c in enumerate(candidates) if c.source == "before0")
    mention = candidates[edge_of(scene, found, candidates, whole, figure)].mention
    period = mention.period if mention is not None else None
    assert period is not None
    assert (str(period.start)[:4], str(period.end)[:4]) == ((year, year) if year else ("1995", "2020"))


BACK = [  # text behind a report of the second quarter of 2031, words of the figure, first and last day of its time
    ("利益率は前年同期の6.7%から7.9%に改善した。", "6.7%", "2030-04-01 2030-06-30"),
    ("利益率は前年同期の6.7%から7.9%に改善した。", "7.9%", "2031-04-01 2031-06-30"),
    ("利益は9億円（前年同期は8億円）だった。", "8億円", "2030-04-01 2030-06-30"),
    ("利益は前年同期の6割の9億円だった。", "6割", "2031-04-01 2031-06-30"),
    ("Profit was $9 million, compared with $8 million a year earlier.", "$8 million", "2030-04-01 2030-06-30"),
    ("Profit was $9 million, compared with $8 million a year earlier.", "$9 million", "2031-04-01 2031-06-30"),
    ("Profit rose to $9 million from $8 million in the prior-year quarter.", "$8 million", "2030-04-01 2030-06-30"),
    (
        "Profit was $9 million, versus $8 million, or $1 per diluted share, in the year-earlier period.",
        "$8 million",
        "2030-04-01 2030-06-30",
    ),
    (
        "Profit was $9 million, versus $8 million, or $1 per diluted share, in the year-earlier period.",
        "$9 million",
        "2031-04-01 2031-06-30",
    ),
    ("Profit grew 12% or $3 million from the same period last year.", "12%", "2031-04-01 2031-06-30"),
]


@pytest.mark.parametrize(("text", "words", "days"), BACK)
def test_what_was_so_a_year_before(text: str, words: str, days: str) -> None:
    first = (
        "Eastbay's sales rose 3% in the second quarter of 2031."
        if text.isascii()
        else "港南社の2031年4〜6月期は3%増収だった。"
    )
    claims = extract_claims(read(f"---\ndate: 2031-08-12\n---\n\n{first} {text}".encode(), name="a.md")).claims
    assert [f"{c.period_start} {c.period_end}" for c in claims if c.value_as_written == words] == [days]

"""Figures told respectively: text → what the figures are of, in order."""

from __future__ import annotations

import pytest

from extractors import extract_claims, read

ENTITIES = [  # text, whom the figures are of
    ("港南社、東浜社、西浦社の売上高はそれぞれ10億円、20億円、30億円だった。", "港南社 東浜社 西浦社"),
    ("装置、コピー機、プリンターではそれぞれ7.3％、9.7％、11.2％のシェアとなっている。", "装置 コピー機 プリンター"),
    ("利用率は、日本、米国、ドイツにおいてそれぞれ0.6％、28.4％、48.1％だった。", "日本 米国 ドイツ"),
    ("東浜と西浦の2社は、それぞれ10億円、20億円（前期は5億円）を投じた。", "東浜 西浦"),
    ("モデルAとモデルBは、正答率が80％、70％とそれぞれ上昇した。", "モデルA モデルB"),
    ("東浜と西浦の利益率は5％と6％にそれぞれ上昇した。", "東浜 西浦"),
    (
        "伸びたのは「欧州などのその他市場」と日本市場で、それぞれ19.6%増、13.0%増である。",
        "欧州などのその他市場 日本市場",
    ),
    ("Sales of cars, trucks and buses rose 3%, 4% and 5%, respectively.", "cars trucks buses"),
    ("Intel and Micron respectively raised $40 million and $25 million.", "Intel Micron"),
    ("Intel and Micron saw a 13.1% and 28.3% increase in revenue, respectively.", "Intel Micron"),
    (
        "Intel reported revenue. The price is $2 and $10 per million input and output tokens, respectively.",
        "Intel Intel",
    ),
    (
        "港南社と東浜社の売上高はそれぞれ10億円、20億円、営業利益はそれぞれ1億円、2億円だった。",
        "港南社 東浜社 港南社 東浜社",
    ),
    ("港南商事は日本と米国にそれぞれ10店、20店を持つ。", "港南商事 港南商事"),  # where, not who
    ("港南は売上高と営業利益を公表した。それぞれ10億円、20億円だった。", "港南 港南"),  # the list is another sentence's
]


def claims(text: str) -> list[tuple[str, str, str]]:
    found = sorted(extract_claims(read(text.encode(), name="a.md")).claims, key=lambda c: c.span.start)
    return [(c.entity_text or c.entity, c.metric, str(c.period_start)) for c in found if c.value is not None]


@pytest.mark.parametrize(("text", "names"), ENTITIES)
def test_whom_figures_told_respectively_are_of(text: str, names: str) -> None:
    wanted = names.split()
    assert [entity for entity, _, _ in claims(text)][: len(wanted)] == wanted


def test_which_metric_and_time_figures_told_respectively_are_of() -> None:
    found = claims("港南の売上高と営業利益はそれぞれ10億円、2億円となった。")
    assert [metric for _, metric, _ in found] == ["revenue", "operating_income"]
    found = claims("輸出と輸入の伸び率はそれぞれ3%、2%だった。")
    assert [metric for _, metric, _ in found] == ["growth_rate", "growth_rate"]
    found = claims("2023年と2024年の港南の売上高はそれぞれ10億円、20億円だった。")
    assert [start[:4] for _, _, start in found] == ["2023", "2024"]
    found = claims("Inflation is put at 24.8% and 12.7% for 2024 and 2025, respectively.")
    assert [start[:4] for _, _, start in found] == ["2024", "2025"]


def test_a_list_of_three_names_tells_nothing_of_two_figures() -> None:
    found = claims("港南、東浜、西浦の3社はそれぞれ10億円、20億円を2年で投じる。")
    assert len({entity for entity, _, _ in found} & {"港南", "東浜"}) < 2

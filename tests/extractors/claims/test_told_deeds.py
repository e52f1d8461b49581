"""Names of companies by what Japanese text says that they do, have and are."""

import pytest

from extractors.claims.told_deeds import told_by_deeds
from extractors.ontology import load_ontology


def _told(text: str) -> set[str]:
    return set(told_by_deeds(text, load_ontology().words("latin_noise")))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Tabokuは約30億円を調達した。", {"Taboku"}),
        ("昨日、Taboku（津市）が新工場の建設計画を発表した。", {"Taboku"}),
        ("**ナソビル**は海運の乙社を買収する。", {"ナソビル"}),
        ("Tabokuの2031年度第3四半期の決算は増収だった。", {"Taboku"}),
        ("TabokuのRivas CEOが来日した。", {"Taboku"}),
        ("ナソビルの時価総額は3兆円。", {"ナソビル"}),
        ("首位は米Tabokuだった。", {"Taboku"}),
        ("韓国のTabokuが2位に入った。", {"Taboku"}),
        ("フランスのナソビルは、", {"ナソビル"}),
        ("塗料の受託製造のTabokuは、", {"Taboku"}),
        ("宅配を手がけるナソビルは、", {"ナソビル"}),
        ("Tabokuは店舗を40増やした。同社の店舗は国内で最多だ。", {"Taboku"}),
        ("Taboku、ナソビル、Mirodanなど5社が加わる。", {"Taboku", "ナソビル", "Mirodan"}),
        ("tabokuAIが上場した。", {"tabokuAI"}),
    ],
)
def test_deeds_tell_companies(text: str, names: set[str]) -> None:
    assert _told(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "Taboku 3は9月に発表された。",  # a product
        "Tabokuは9月に発表された。",
        "Tabokuは画像が読め、甲社が発表した。",  # another has done it
        "クラウドは売上高の30%を占め、投資に回した。",  # a known word
        "カリフォルニアは減税を発表した。",  # a place
        "米国のカリフォルニアが、",
        "日本のホワイトスペースは大きい。",
        "APIの決算画面では、",
        "Marketは増収を発表した。",
        "ゼーコフは提携を発表した。ゼーコフ首相は会見を開いた。",  # a person
        "Tabokuは速い。値段は同じだ。",
        "Tabokuとナソビルの違いは2点ある。",
    ],
)
def test_other_words_tell_none(text: str) -> None:
    assert _told(text) == set()

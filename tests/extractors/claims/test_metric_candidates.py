"""What may name a figure's metric where no noun does: its verbs, what is quoted in a market, what an amount is for."""

from __future__ import annotations

import pytest

from extractors.claims import stage as stages
from extractors.claims.context import read_context
from extractors.claims.entity_candidates import Candidate
from extractors.claims.subjects import subjects_of
from extractors.ontology import load_ontology
from extractors.readers.markdown import read_markdown


def _candidates(text: str, figure: str) -> list[Candidate]:
    document = read_markdown(text.encode(), name="x.md")
    context = read_context(document, load_ontology())
    context.subjects = subjects_of(context)
    for scene in context.scenes:
        stage = stages.stage_of(context, scene, None)
        for mention in stages.figures(scene):
            if mention.text == figure:
                return stages.metrics_of(context, stage, mention)
    raise AssertionError(f"no figure {figure} in {text}")


VERBS = [
    # text, figure, the verbs that tell of it
    ("甲社は約30億円を積み立てた。", "約30億円", ["積み立てた"]),
    ("昨年は2.8万件積み残した。", "2.8万件", ["積み残した"]),
    ("この道具は17人が試用しています。", "17人", ["試用しています"]),
    ("処理は20%速くなったと話す。", "20%", ["速くなった"]),
    ("円安で生き延びた約30社が集まる。", "約30社", ["集まる", "生き延びた"]),
    ("売上は予想を9億円（0.9%）上回った。", "9億円", ["上回った"]),
    ("売上は予想を9億円（0.9%）上回った。", "0.9%", ["上回った"]),
    ("二社には4.4倍の差がある。", "4.4倍", ["差"]),
    ("在庫は30台ある。", "30台", []),  # that there is something says nothing of it
    ("計画の120億円を上回る135億円だった。", "135億円", []),  # compared, not named
    ("5%に相当する30億円を寄付した。", "5%", []),
    ("30台。夏に減った。", "30台", []),  # another sentence
    ("甲社は3社、乙社は5社が残った。", "3社", []),  # behind the next figure
    ("The model was trained on 2T tokens.", "2T tokens", ["trained on"]),
    ("He holds a stake worth $5,000.", "$5,000", ["worth"]),
    ("The tool has been 30% of it.", "30%", []),
]


@pytest.mark.parametrize(("text", "figure", "verbs"), VERBS)
def test_verbs_of_a_figure(text: str, figure: str, verbs: list[str]) -> None:
    assert [c.text for c in _candidates(text, figure) if c.source == "predicate"] == verbs


QUOTED = [
    # text, figure, what the figure is by what is quoted, or what it is for
    ("日経平均は52,010.20で引けた。", "52,010.20", ["index_level"]),
    ("The S&P 500 fell to 6,210.", "6,210", ["index_level"]),
    ("日経平均株価が一時52,010円台に乗せた。", "52,010円台", ["index_level"]),
    ("日経平均は2.1%下落した。", "2.1%", []),  # how far it moved is no level
    ("ユーロドルは1.16ドルへ反発した。", "1.16ドル", ["exchange_rate"]),
    ("The British pound fell to $1.21.", "$1.21", ["exchange_rate"]),
    ("WTI gained 2% to $85.", "$85", ["oil_price"]),
    ("Bitcoin jumped to $73,000.", "$73,000", ["price"]),
    ("10年国債利回りは2.9%だった。", "2.9%", ["bond_yield"]),
    ("米10年: 4.460%（前日比 -0.090）", "4.460%", ["bond_yield"]),
    ("甲社株は一時2,250円に近づいた。", "2,250円", ["share_price"]),
    ("同社は株主に30億円を払った。", "30億円", []),
    ("個人向けは月800円だ。", "800円", ["price"]),
    ("今月800円だ。", "800円", []),  # when it was
    ("Pro costs $20/month.", "$20/month", ["price"]),
    ("It starts at ¥121 a month.", "¥121", ["price"]),
    ("They paid $121 a year earlier.", "$121", []),  # when it was
    ("They paid $121 a month before.", "$121", []),
    ("金は1,200ドルに上がった。", "1,200ドル", ["commodity_price"]),
    ("資金は1,200ドルだった。", "1,200ドル", []),
    ("日銀は3兆円を供給した。", "3兆円", []),
    ("1億ユーロは1.1億ドルだ。", "1.1億ドル", []),  # an amount
    ("12年国債の利率は2%だ。", "2%", []),
]


def test_what_an_amount_is_for_is_told_without_blanks() -> None:
    assert [c.text for c in _candidates("It starts at ¥121 a month.", "¥121") if c.source == "per"] == ["a month"]


@pytest.mark.parametrize(("text", "figure", "ids"), QUOTED)
def test_what_is_quoted(text: str, figure: str, ids: list[str]) -> None:
    assert [c.id for c in _candidates(text, figure) if c.source in ("quoted", "per")] == ids


WORDS = [
    # text, figure, words that are candidates
    ("乙部門は125百万円の減益となった。", "125百万円", "減益"),  # no growth rate, but its words
    ("離職者は約3,400人減。", "約3,400人", "減"),
    ("離脱落ち率は多くのサイトで60%だ。", "60%", "離脱落ち率"),
    ("The firm acquired 3,000 shares.", "3,000 shares", "acquired"),
    ("The fund grew after purchasing another 4,000 shares.", "4,000 shares", "purchasing"),
    ("昨年は2.8万件減った。", "2.8万件", "減った"),
]


@pytest.mark.parametrize(("text", "figure", "words"), WORDS)
def test_words_without_a_metric(text: str, figure: str, words: str) -> None:
    found = [c for c in _candidates(text, figure) if c.text == words]
    assert found
    assert "growth_rate" not in [c.id for c in found]


@pytest.mark.parametrize(("text", "stem"), [("売上は7億円を下回る。", "下回"), ("10億円を見込んでいる。", "見込")])
def test_half_a_verb_is_no_noun(text: str, stem: str) -> None:
    figure = text[text.index("億") - 1 - ("10" in text) : text.index("円") + 1]
    assert stem not in [c.text for c in _candidates(text, figure)]


@pytest.mark.parametrize(
    ("figure", "unit", "metric"),
    [
        ("45分", "分", "duration"),
        ("300ms", "ms", "latency"),
        ("2GW", "GW", "power_capacity"),
        ("80GB", "GB", "memory_capacity"),
    ],
)
def test_units_that_tell(figure: str, unit: str, metric: str) -> None:
    found = _candidates(f"道具は{figure}だ。", figure)
    assert [(c.text, c.id) for c in found if c.source == "unit"] == [(unit, metric)]

"""Which times may hold for a figure, whether it is a fact, and which words make a date an event."""

from __future__ import annotations

from datetime import date

import pytest

from extractors import extract_claims, read
from extractors.claims.asides import beyond
from extractors.claims.context import Context, read_context
from extractors.claims.event_words import word_candidates
from extractors.claims.modality import header_modality, modality_of
from extractors.claims.not_yet import to_come
from extractors.claims.period_candidates import compared, period_candidates
from extractors.claims.scene import Scene
from extractors.ontology import load_ontology


def context_of(text: str) -> Context:
    return read_context(read(text.encode(), name="a.md"), load_ontology())


def scene_with(text: str, words: str) -> Scene:
    return next(s for s in context_of(text).scenes if words in s.text)


# text, words of the figure's sentence, how the candidate was made, first and last day
CANDIDATES = [
    ("2030年までに1,000万kWとする。", "kW", "here.until", "2030-01-01", "2030-12-31"),
    ("The site should top 2 GW by 2030.", "GW", "here.until", "2030-01-01", "2030-12-31"),
    ("2022年度末の事業者は42社となった。", "42社", "here.lastday", "2023-03-31", "2023-03-31"),
    ("2025年9月末の契約は96億円だった。", "96億円", "here.month", "2025-09-01", "2025-09-30"),
    ("2014年の2.1兆円から2024年には6.7兆円になった。", "6.7兆円", "stretch", "2014-01-01", "2024-12-31"),
    (
        "2024年度は伸びた。次の文。また次の文。さらに次の文。件数は12件だった。",
        "12件",
        "section",
        "2024-04-01",
        "2025-03-31",
    ),
]


@pytest.mark.parametrize(("text", "words", "source", "start", "end"), CANDIDATES)
def test_candidates(text: str, words: str, source: str, start: str, end: str) -> None:
    found = [
        (c.source, str(c.mention.period.start), str(c.mention.period.end))
        for c in period_candidates(scene_with(text, words))
        if c.mention is not None and c.mention.period is not None
    ]
    assert (source, start, end) in found


def test_the_date_of_a_source_is_no_time_of_the_figure() -> None:
    scene = scene_with("収益は990億円だった（ロイター, 2025.2.20）。", "990億円")
    assert [c.source for c in period_candidates(scene)] == ["none"]


NO_STRETCH = [
    ("1〜8月の入港は2031年に9隻で、前年同期を18%上回った。", "18%"),
    ("海原庁が8月15日に発表した2031年4〜6月期の入港は3%増だった。", "3%"),  # the day is no end of it
]


@pytest.mark.parametrize(("text", "words"), NO_STRETCH)
def test_what_no_stretch_goes_to(text: str, words: str) -> None:
    assert all(c.source != "stretch" for c in period_candidates(scene_with(text, words)))


HELD = [  # sentence before, the times that may hold for the next
    ("海原庁が2031年9月18日に発表した2031年6月末の残高は9億円だった。", ["2031年6月末"]),
    ("海原庁は2031年9月18日に発表した。", ["2031年9月18日"]),  # nothing else is said
    ("海原庁は2031年9月18日に増資し、2031年10月に買収した。", ["2031年9月18日", "2031年10月"]),
]


@pytest.mark.parametrize(("text", "times"), HELD)
def test_the_day_that_figures_are_published_on_holds_for_no_other(text: str, times: list[str]) -> None:
    found = period_candidates(scene_with(text + "件数は12件だった。", "12件"))
    assert [c.text for c in found if c.source == "before0"] == times


COMPARED = [
    ("2016年比で7.3倍だった。", True),
    ("2024年と比べると増えた。", True),
    ("前年同期は14社だった。", True),
    ("2024年の売上は14億円だった。", False),
    ("Orders fell from 2021 levels.", True),
    ("Orders fell in 2021 again.", False),
]


@pytest.mark.parametrize(("text", "expected"), COMPARED)
def test_what_a_figure_is_compared_with(text: str, expected: bool) -> None:
    scene = context_of(text).scenes[0]
    mention = scene.periods[0]
    assert compared(scene, mention.span.start, mention.span.end) is expected


# text, the figure, whether the sentence's time reaches it
REACHED = [
    ("シェアは55%（2031年は52%）に広がった。", "55%", False),
    ("シェアは55%（2031年は52%）に広がった。", "52%", True),
    ("シェアは55%（2031年）に広がった。", "55%", True),
    ("2031年6月の13万台から2万台の増加だ。", "13万台", True),
    ("2031年6月の13万台から2万台の増加だ。", "2万台", False),
    ("2031年は4,500億円だったので、3割の伸びだ。", "3割", False),
    ("2031年は港が開いた年だったが、貨物は3割伸びた。", "3割", True),  # no figure to compare with
    ("2031年度を0.2%下回った。", "0.2%", False),
    ("2031年度を下回る420件だった。", "420件", True),
    ("2031年から19.3%増えた。", "19.3%", False),
    ("2031年から3隻を配備した。", "3隻", True),
    ("The index rose to 52.4 from 50 in 2031.", "52.4", False),
    ("The index rose to 52.4 from 50 in 2031.", "50", True),
    ("The index rose to 52.4 in 2031.", "52.4", True),
    ("2031年に設立した港南社の従業員は52人だ。", "52人", False),
    ("2031年に港南社の従業員は52人になった。", "52人", True),
    ("Harrow, founded in 2031, raised $52 million.", "$52 million", False),
    ("Harrow, listed in 2031, raised $52 million.", "$52 million", True),
]


@pytest.mark.parametrize(("text", "words", "reached"), REACHED)
def test_a_time_compared_with_reaches_its_own_figure_only(text: str, words: str, reached: bool) -> None:
    scene = scene_with(text, words)
    candidates = period_candidates(scene)
    said = [i for i, c in enumerate(candidates) if c.source in ("here", "base")]
    beyond_reach = beyond(scene, candidates, scene.view.text.index(words))
    assert said
    assert (not beyond_reach.intersection(said)) is reached


# first sentence, whether its time may hold for the next
CARRIED = [
    ("シェアは55%（2031年は52%）に広がった。", False),
    ("2031年は4,500億円だったので、3割の伸びだ。", False),
    ("2031年は4,500億円だった。", True),
    ("比率は2031年同期と比べて半減した。", False),
    ("2031年の統計の開始以来、伸び続けた。", False),
    ("2031年以降で最も高い伸びとなった。", False),
    ("2031年以降の伸びは大きい。", True),
    ("記事は2031/10/24 0:57に直した。", False),
    ("記事は2031/10/24に直した。", True),
]


@pytest.mark.parametrize(("text", "carried"), CARRIED)
def test_which_times_hold_for_the_next_sentence(text: str, carried: bool) -> None:
    candidates = period_candidates(scene_with(text + "件数は12件ある。", "12件"))
    assert any(c.source == "before0" for c in candidates) is carried


def test_what_is_to_be_done_until_a_year_dates_no_other_sentence() -> None:
    scene = scene_with("2031年までに4割とする目標を立てた。内訳はカードが82%だ。", "82%")
    candidates = period_candidates(scene)
    barred = {candidates[i].source for i in beyond(scene, candidates, scene.view.text.index("82%"))}
    assert "before0" in barred
    assert "before0.until" not in barred


def test_no_stretch_lies_between_two_times_compared_with() -> None:
    scene = scene_with("2031年4月は193万人（前月差+8万人、前年同月差+3万人）だった。", "193万人")
    stretches = [c for c in period_candidates(scene) if c.source == "stretch"]
    assert not [c for c in stretches if c.text == "前年同月"]


MODALITIES = [
    ("売上は2027年に50億円になると予測される。", "50億円", "forecast"),
    ("2022年の45億人から2028年には60億人に増えると予測される。", "45億人", "actual"),
    ("2022年の45億人から2028年には60億人に増えると予測される。", "60億人", "forecast"),
    ("予想を上回る40億円の利益を上げた。", "40億円", "actual"),
    ("目標株価を690ドルに引き上げた。", "690ドル", "forecast"),
    ("2026年に30億円を投じる計画だ。", "30億円", "target"),
    ("Revenue is expected to reach $5 billion.", "$5 billion", "forecast"),
    ("2040年までに港の貨物は50億円に達する。", "50億円", "forecast"),
    ("2040年までに港の貨物は45億円から50億円に増える。", "45億円", "actual"),
    ("2040年までに倍になるので、30億円を投じて港を得たのだ。", "30億円", "actual"),
    ("2040年までに30億円を投じる。", "30億円", "target"),
    ("2020年までに港の貨物は50億円に達した。", "50億円", "actual"),
    ("2040年までに港ができる。貨物は50億円だ。", "50億円", "actual"),
]


@pytest.mark.parametrize(("text", "words", "modality"), MODALITIES)
def test_modality(text: str, words: str, modality: str) -> None:
    scene = scene_with(text, words)
    start = scene.view.text.index(words)
    assert modality_of(scene, start, start + len(words))[0].value == modality


def test_what_is_yet_to_come_is_no_fact() -> None:
    scene = scene_with("2028年5月に24機の体制を敷く。", "24機")
    start = scene.view.text.index("24機")
    when = scene.periods[0].period
    assert modality_of(scene, start, start + 3, when, date(2025, 11, 1))[0].value == "target"
    assert modality_of(scene, start, start + 3, when, date(2028, 11, 1))[0].value == "actual"


def test_what_happened_lies_before_the_day_of_the_text() -> None:
    text = "---\ndate: 2025-11-20\n---\n\n2029年に完成させる計画を6月に明らかにした。8月に着工する予定だ。\n"
    found = {m.text: str(m.period.start) for s in context_of(text).scenes for m in s.periods if m.period is not None}
    assert found["6月"] == "2025-06-01"


EVENTS = [
    ("- 2025年12月5日　新製品を商用提供", "　"),
    ("### 6. Tesla (TSLA) - 1月28日（水）取引終了後", "取引終了後"),
    ("道路が2025年1月28日に起きた事故で閉じた。", "起き"),
    ("無人書店を2023年9月に開いた。", "開いた"),
    ("The notes mature in March 2028.", "mature"),
]


@pytest.mark.parametrize(("text", "word"), EVENTS)
def test_event_words(text: str, word: str) -> None:
    scene = next(s for s in context_of(text).scenes if s.periods)
    assert word in [scene.view.text[w.start : w.end] for w in word_candidates(scene)]


HEADS = [
    ("市場規模の推計", "estimate"),
    ("平均目標株価", "forecast"),
    ("出店目標", "target"),
    ("2027年度の業績見通し（連結）", "forecast"),
    ("全国のひとり親世帯数割合から見た世帯数推計の妥当性を確かめる", None),
    ("Guidance for the full year of the group as a whole", "forecast"),
]


@pytest.mark.parametrize(("text", "modality"), HEADS)
def test_modality_of_a_heading(text: str, modality: str | None) -> None:
    found = header_modality(text)
    assert (found.value if found is not None else None) == modality


TO_COME = [  # the sentence of a text of 12 March 2031 behind one that names June 2031, whether that may hold for it
    ("It employs 52 people.", "52 people", False),
    ("It expects 52 orders.", "52 orders", True),
    ("従業員は52人だ。", "52人", True),
    ("受注は52件を見込む。", "52件", True),
]


@pytest.mark.parametrize(("text", "words", "may_hold"), TO_COME)
def test_a_fact_holds_for_no_time_to_come_of_another_sentence(text: str, words: str, may_hold: bool) -> None:
    first = "The site opens in June 2031." if text.isascii() else "新店は2031年6月に開く。"
    scene = scene_with(f"---\ndate: 2031-03-12\n---\n\n{first} {text}", words)
    candidates = period_candidates(scene)
    start = scene.view.text.index(words)
    barred = to_come(scene, candidates, (start, start + len(words)), date(2031, 3, 12))
    assert {candidates[i].source for i in barred} == (set() if may_hold else {"before0", "opening", "lede"})


FOLLOWING = [  # sentences behind a report of the second quarter of 2031, words of a figure, days of its time
    ("For the first half, sales rose 8%. Margins fell 3%.", "3%", "2031-01-01 2031-06-30"),
    ("Sales rose 8% in the first half. Margins fell 3%. Costs of stores fell 4%.", "4%", "2031-04-01 2031-06-30"),
    (
        "会員数は第1四半期末で2,228社（26社増）、第2四半期末で2,241社（39社増）だった。",
        "2,241社",
        "2031-06-30 2031-06-30",
    ),
    ("会員数は第1四半期末で2,228社（26社増）、第2四半期末で2,241社（39社増）だった。", "39社", "2031-04-01 2031-06-30"),
    ("累計調達額は30億円となった。", "30億円", "None 2031-06-30"),
    ("上期累計の売上高は30億円となった。", "30億円", "2031-01-01 2031-06-30"),
    ("これは前年同期から8%増、前四半期からは3%増となる。", "3%", "2031-04-01 2031-06-30"),
]


@pytest.mark.parametrize(("text", "words", "days"), FOLLOWING)
def test_the_time_of_a_sentence_that_names_none(text: str, words: str, days: str) -> None:
    first = (
        "Eastbay's sales rose 6% in the second quarter of 2031."
        if text.isascii()
        else "港南社の2031年4〜6月期の売上高は9億円だった。"
    )
    claims = extract_claims(read(f"---\ndate: 2031-08-12\n---\n\n{first} {text}".encode(), name="a.md")).claims
    assert [f"{c.period_start} {c.period_end}" for c in claims if c.value_as_written == words] == [days]


def test_the_column_that_says_when_a_loss_happened_is_the_time_of_its_row() -> None:
    text = (
        "港南の統計 2031年。\n\n| 事象 | 規模 | 発生年 |\n|---|---|---|\n"
        "| 甲橋の流出 | 約350億円流出 | 2028年2月 |\n| 乙橋の流出 | 約690億円流出 | 2029年3月 |\n"
    )
    claims = extract_claims(read(text.encode(), name="a.md")).claims
    found = [(c.value_as_written, f"{c.period_start} {c.period_end}") for c in claims if c.value is not None]
    assert found == [("約350億円", "2028-02-01 2028-02-29"), ("約690億円", "2029-03-01 2029-03-31")]

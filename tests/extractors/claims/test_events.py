"""Which dates tell an event, which only say when a figure holds; which words may say what happened."""

from __future__ import annotations

import pytest

from extractors.claims import events, frontmatter
from extractors.claims.event_words import word_candidates
from extractors.claims.events import best_word, dates_in, event_model
from tests.extractors.claims.test_times_of_figures import context_of

WORDS = [
    ("北湾電力は2031年に政府から運転許可を取得。", "取得", "listed"),
    ("2027年5月の知事選挙を前に支出が増えた。", "知事選挙", "noun"),
    ("港の拡張は2030年に完工、翌年に全面再開。", "再開", "final"),
    ("鉄道会社は2029年3月に駅前の土地を引き継いだ。", "引き継い", "verb"),
    ("The council built a new depot in 2017 near the river.", "built", "verb"),
    ("The lab intends to deploy the tool in 2027.", "deploy", "verb"),
    ("Parliament authorized the fund in 1994.", "authorized", "verb"),
    ("社名の由来（2019年）", "2019年", "bare"),
    ("岬の研究所は2024年に海洋賞。", "海洋賞", "closing"),
    ("海原テックは2023年に株式を非公開化した。", "非公開化", "listed"),
    ("海原テックは2023年に親会社からスピンオフ", "スピンオフ", "listed"),
]


@pytest.mark.parametrize(("text", "word", "sort"), WORDS)
def test_words_that_may_tell_an_event(text: str, word: str, sort: str) -> None:
    scene = next(s for s in context_of(text).scenes if s.periods)
    assert (word, sort) in [(scene.view.text[w.start : w.end], w.sort) for w in word_candidates(scene)]


def test_the_heading_tells_what_a_bare_date_is() -> None:
    scenes = context_of("## 各版の発売日\n\n- 1.0（2024年2月3日）、1.1（2024年9月9日）").scenes
    words = word_candidates(scenes[-1])
    assert [w.metric for w in words if w.sort == "bare"] == ["launch_date", "launch_date"]


def test_what_is_not_done_is_no_event() -> None:
    scene = context_of("海原テックは2023年の価格を非公開とし、詳細は未発表だ。").scenes[-1]
    assert [w for w in word_candidates(scene) if w.sort == "listed"] == []


EVENTS = [
    ("海原テックは2024年10月に30億円を調達した。", True),
    ("海原テックは2025年4月、新型電池を発表した。", True),
    ("海原テックは2011年に設立された。", True),
    ("Umihara Tech was founded in 2011.", True),
    ("Umihara Tech launched the service in May 2025.", True),
    ("2025年3月末の会員数は3万人だった。", False),
    ("2024年度の売上高は120億円で、前年度比8％増えた。", False),
    ("Revenue in 2024 was $12 million.", False),
    ("2030年の市場規模は2兆円と予測される。", False),
    ("潮見電機は全固体電池の量産を2028年に開始する。", True),
    ("**公開時期**: 2026年5月", True),
    ("- 日付: 2026/2/12（木）", True),
    ("Umihara Tech plans to start mass production in 2028.", True),
    ("ソースコードは2025年5月に公開された。", True),
    ("資料によると、工場は2026年5月に稼働した。", True),
    ("引用数の集計サービスを2026年5月に公開した。", True),
    ("Note that Umihara Tech launched its app in May 2025.", True),
    ("※2026年5月に発売した。", True),
    ("潮見電機（設立: 2015年4月）は電池を作る。", True),
    ("新型電池（発売は2026年5月）を出す。", True),
    ("Umihara Tech (founded in May 2015) makes cells.", True),
    ("Umihara Tech (launched May 2025) makes cells.", True),
    ("2026年5月 https://example.com/a に公開した。", True),
]


@pytest.mark.parametrize(("text", "told"), EVENTS)
def test_dates_that_tell_events(text: str, told: bool) -> None:
    scene = next(s for s in context_of(text).scenes if s.periods)
    date = dates_in(scene)[0]
    assert (best_word(scene, date, word_candidates(scene))[1] >= 0.5) == told


NO_DATES = [
    "2026年7月20日時点で海原テックは上場していない。",
    "確認は関係者の話による（東都新聞 2026/7/30）。",
    "出典: 東都新聞 2026年7月30日",
    "設定は`2026-07-20_setup-guide`にまとめた。",
    "東都新聞（2026/7/30）: https://example.com/a を参照した。",
    "**出典**：東都新聞 2026年7月30日",
    "Source: Toto Times, May 2025",
    "※1 東都新聞 2026年7月30日",
    "関係者の話による（出典: 東都新聞 2026/7/30）。",
    "関係者の話による（確認日: 2026/7/30）。",
    "内容は公式の話による（プレスリリース 2026/7/30）。",
    "It grew (Associated Press, May 2025).",
    "東都新聞 2026/7/30 https://example.com/a",
    "- 確認日: 2026年7月30日",
    "- **調査日**：2026年7月30日",
    "執筆時点：2026年7月30日",
    "- Last accessed date: July 30, 2026",
    "家計調査2026年3月分を公表した。",
    "統計（2026年5月調査）が載る。",
    "2025年版の白書を公開した。",
    "Umihara Tech had 900 employees as of March 2025.",
    "港の話。\n\n**Source**: Harbour report\n**Date**: 2031\n",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_dates_of_sources_and_states_tell_no_event(text: str) -> None:
    assert [m.text for s in context_of(text).scenes for m in dates_in(s)] == []


TOLD_ON_A_DAY = [
    ("海原庁は5月15日、2026年4月の港湾指数を公表した。", ["5月15日"]),
    ("海原庁が2026年4月の「港湾調査」を公表した。", []),
    ("海原庁が2026年4月に「港湾調査」を公表した。", ["2026年4月"]),
    ("海原庁は2026年5月15日に2025年度の決算を発表した。", ["2026年5月15日"]),
    ("海原テックは2026年5月15日、2027年6月の上場を発表した。", ["2026年5月15日", "2027年6月"]),
    ("海原テックは2026年5月データセンターを開いた。", ["2026年5月"]),
    ("海原テックは2026年5月調査会社を設立した。", ["2026年5月"]),
    ("海原テックは2026年5月15日に増資し、2026年4月の買収を終えた。", ["2026年5月15日", "2026年4月"]),
]


@pytest.mark.parametrize(("text", "dates"), TOLD_ON_A_DAY)
def test_what_is_told_on_a_day_has_its_own_time(text: str, dates: list[str]) -> None:
    assert [m.text for s in context_of(f"# 港だより 2026-05-20\n\n{text}").scenes[1:] for m in dates_in(s)] == dates


LABELS = [
    ("# 潮見電機がクラウドを公開\n\n- **日付**: 2026/2/12\n", "launch_date"),
    ("# 潮見電機が東海精機を買収\n\n- 時期: 2026年4月\n", "acquisition_date"),
    ("- 取得期間: 2026-08-05〜2027-08-04\n", "event_date"),
    ("- サポート終了日: 2027年3月31日\n", "end_of_service_date"),
    ("- 実施期間：2026年4月〜2027年3月\n", "start_date"),
]


@pytest.mark.parametrize(("text", "metric"), LABELS)
def test_labels_and_what_the_heading_tells(text: str, metric: str) -> None:
    scene = next(s for s in context_of(text).scenes if dates_in(s))
    word, probability = best_word(scene, dates_in(scene)[0], word_candidates(scene))
    assert (word.sort, word.metric) == ("label", metric)
    assert probability >= 0.5


LABELS_OF_OTHER_DATES = [
    ("- 開始: 2026年4月、終了: 2027年3月", ["開始", "終了"]),
    ("申込開始日：2026年4月1日／申込締切日：2026年5月31日", ["申込開始日", "申込締切日"]),
    ("- 期限: 2026年4月 → 潮見電機は2027年3月に完了", ["期限", "完了"]),
]


@pytest.mark.parametrize(("text", "told"), LABELS_OF_OTHER_DATES)
def test_a_label_tells_of_its_own_date_only(text: str, told: list[str]) -> None:
    scene = next(s for s in context_of(text).scenes if dates_in(s))
    words = [best_word(scene, date, word_candidates(scene))[0] for date in dates_in(scene)]
    assert [scene.view.text[w.start : w.end] for w in words] == told


def test_labels_of_looking_up_are_no_events() -> None:
    labels = ("確認日", "対象期間", "調査日", "取材日", "執筆時点", "撮影日時", "本日", "Last updated", "Data as of")
    for label in labels:
        scenes = context_of(f"- {label}: 2026年7月30日\n").scenes
        assert [w for s in scenes for w in word_candidates(s) if w.sort == "label"] == [], label


@pytest.mark.parametrize("label", ["データ販売開始日", "会計ソフト発売日", "調査船就航日", "Data center launch date"])
def test_labels_of_events_may_hold_words_of_looking_up(label: str) -> None:
    scene = next(s for s in context_of(f"- {label}: 2026年7月30日\n").scenes if dates_in(s))
    word, probability = best_word(scene, dates_in(scene)[0], word_candidates(scene))
    assert word.sort == "label"
    assert probability >= 0.5


OWNERS = [
    ("# 海原テック\n\n## 潮見エンジン\n\n- Planned release: May 2027\n", "Planned release"),
    ("# 海原テック\n\n海原テックの新エンジンは好評だ。最初の公開リリースは2026年5月だった。\n", "公開リリース"),
]


@pytest.mark.parametrize(("text", "word"), OWNERS)
def test_the_entity_is_not_the_word_of_the_event(text: str, word: str) -> None:
    found = [d for d, _ in events.drafts(context_of(text))]
    assert found
    assert all(word not in d.entity.text for d in found)


ANNOUNCED = [
    ("海原テックは2026年5月15日、売上高が9%増えるとの予測を発表した。", "actual"),
    ("2026年5月15日に海原テックが増産計画を公表。", "actual"),
    ("海原テックは2026年8月15日に計画を発表する予定だ。", "target"),
]


@pytest.mark.parametrize(("text", "modality"), ANNOUNCED)
def test_what_is_foreseen_is_announced_in_fact(text: str, modality: str) -> None:
    found = [d for d, _ in events.drafts(context_of(text)) if d.metric.name == "announcement_date"]
    assert [d.modality.value for d in found] == [modality]


ENDS = [
    ("東浜は2031年7月30日に終了した第2四半期の売上高を40億円とした。", "2031年7月30日"),
    ("東浜の2031年度第1四半期（4月26日締め）の売上高は40億円だった。", "4月26日"),
    ("Higashi reported results for the second quarter ended June 30, 2031.", "June 30, 2031"),
    ("It pays for the contract year beginning October 1, 2030 and ending September 30, 2031.", "September 30, 2031"),
]


@pytest.mark.parametrize(("text", "day"), ENDS)
def test_the_last_day_of_a_term_tells_no_event(text: str, day: str) -> None:
    assert day not in [m.text for s in context_of(text).scenes for m in dates_in(s)]


def test_the_end_of_a_service_is_an_event() -> None:
    text = "東浜は2031年7月30日に終了したサービスの利用者に返金する。"
    assert [m.text for s in context_of(text).scenes for m in dates_in(s)] == ["2031年7月30日"]


def test_a_date_label_without_a_source_tells_an_event() -> None:
    for told in ("Place: Higashi\nDate: 5 May 2031\n", "Source: a filing\nDate: May 2031 amendment\n"):
        assert [m.text for s in context_of(f"港祭り\n\n{told}").scenes for m in dates_in(s)]


def test_what_has_come_is_not_told_as_coming() -> None:
    assert events._COMING.match("に駅前で開業する。") is not None
    assert events._COMING.match("に始まった制度を利用する。") is None


def test_now_is_no_event() -> None:
    scene = next(s for s in context_of("現在の会員は3万人、2026年4月に改称する。").scenes if s.periods)
    assert [m.text for m in dates_in(scene)] == ["2026年4月"]


def test_weights_are_shipped() -> None:
    assert event_model("word").weights
    assert event_model("dated").weights


TITLES = [
    ("# 港湾だより — 2026-08-06", "2026-08-06"),
    ("# 海原テックが30億円で工場を買収 2026/09/04", "2026/09/04"),
    ("# Harbour Digest of the Northern Ports and Terminals (2026-06-17)", "2026-06-17"),
    ("# 港湾の統計を読む人のためのやや長い題の手引きと北湾の工場が開いたのは2026年9月4日", None),
    ("# The ports and terminals of the northern bay as they closed on 2026-06-17", None),
    ("# 港湾の統計を読む人のためのやや長い題の手引き 2026-06-17時点", None),
]


@pytest.mark.parametrize(("title", "day"), TITLES)
def test_a_day_that_closes_the_title_is_the_day_of_publication(title: str, day: str | None) -> None:
    context = context_of(f"{title}\n\n港は静かだ。")
    found = [m.text for d, m in frontmatter.datelines(context) if d.metric.name == "publication_date"]
    assert found == ([day] if day else [])


def test_a_line_may_say_when_the_text_was_generated() -> None:
    context = context_of("# 港湾だより — 2026-08-06\n\ngenerated_at: 2026-08-07 08:00 JST\n\n港は静かだ。")
    found = {d.metric.name: m.text[:10] for d, m in frontmatter.datelines(context)}
    assert found == {"publication_date": "2026-08-06", "created_date": "2026-08-07"}

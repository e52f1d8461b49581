"""How the source holds a figure: cues of its own clause, of its sentence, and the time alone."""

from __future__ import annotations

from datetime import date

import pytest

from extractors import extract_claims, read
from extractors.claims.context import Context, read_context
from extractors.claims.modality import modality_of
from extractors.claims.scene import Scene
from extractors.ontology import load_ontology

CASES = [
    ("EPS: $3.85 vs. $3.35 expected Revenue: $3.88 billion vs. $3.80 billion expected", "$3.35", "forecast"),
    ("EPS: $3.85 vs. $3.35 expected Revenue: $3.88 billion vs. $3.80 billion expected", "$3.88 billion", "actual"),
    ("The bank held the federal funds target range at 3.50% to 3.75%.", "3.50% to 3.75%", "actual"),
    ("Profit missed the consensus of $219 million.", "$219 million", "forecast"),
    ("Sales were $4.1 billion, above the $3.9 billion analysts had expected.", "$3.9 billion", "forecast"),
    ("Sales were $4.1 billion, above the $3.9 billion analysts had expected.", "$4.1 billion", "actual"),
    ("Sales rose 2.3%, beating the 1.8% gain analysts had forecast.", "1.8%", "forecast"),
    ("Sales were $4 billion while analysts had stayed away.", "$4 billion", "actual"),
    ("It expects a profit of $3, up from an earlier range of $2.90 to $2.95.", "$2.90 to $2.95", "forecast"),
    ("The previous owner sold it for $2 billion.", "$2 billion", "actual"),
    ("配当は12円から15円に引き上げると発表した。", "15円", "target"),
    ("配当は12円から15円に引き上げると発表した。", "12円", "actual"),
    ("工場に300億円以上を投じると発表した。", "300億円以上", "target"),
    ("配当は15円に引き上げたと発表した。", "15円", "actual"),
    ("岬市は毎年5億円を支援するという制度を続けている。", "5億円", "actual"),  # no hearsay before a noun
    ("東浜社は5億円を投資するという計画を立てた。", "5億円", "target"),
    ("A guide of 300 pages was sold.", "300 pages", "actual"),
    ("Hillcote gave a guide of $3 billion.", "$3 billion", "forecast"),
    ("Hillcote's revenue guide for the quarter was $3 billion.", "$3 billion", "forecast"),
    ("Expectations for the year were met as sales hit $3 billion.", "$3 billion", "actual"),
    ("Expectations for annual sales were $3 billion.", "$3 billion", "forecast"),
    ("コードの80%を自動で作っていると発表した。", "80%", "actual"),
    ("The company targets a margin of 30%.", "30%", "target"),
    ("投資は40億円（東風証券推計）", "40億円", "estimate"),
    ("Sales of $151.8 million were better than expected.", "$151.8 million", "actual"),
    ("7割の企業が混乱を予想する。", "7割", "actual"),
    ("2031年には7割の企業が使うと予想する。", "7割", "forecast"),
    ("About 43% of the respondents expect lower prices.", "43%", "actual"),
    ("It beat the $0.79 consensus.", "$0.79", "forecast"),
    ("EPS was $1.20 vs. $1.10 consensus.", "$1.20", "actual"),
    ("Wall Street was looking for $3 billion.", "$3 billion", "forecast"),
    ("The bank raised its forecast for oil from $85 to $93.", "$85", "forecast"),
    ("Its shares rose from $85 to $93.", "$85", "actual"),
    ("売上は84億円で前年比6%増、第2四半期は107億円に広がる見通しだ。", "84億円", "actual"),
    ("売上は84億円で前年比6%増、第2四半期は107億円に広がる見通しだ。", "107億円", "forecast"),
    ("自給率は2026年時点で約40%（西風証券は2030年に約85%と予測）", "40%", "actual"),
    ("自給率は2026年時点で約40%（西風証券は2030年に約85%と予測）", "85%", "forecast"),
    ("前回 100億円と予想した純利益は上振れた。", "100億円", "forecast"),
    ("12万台という販売台数は過去最高である。", "12万台", "actual"),  # という before a noun is no hearsay
    ("受注は6,200億円と、目標の8割を超えた。", "6,200億円", "actual"),
    ("受注は6,200億円と、目標の8割を超えた。", "8割", "actual"),
    ("株価（2,150円）で見た予想PERは14倍である。", "2,150円", "actual"),
    ("工事は予定価格が42億円と大きい。", "42億円", "actual"),
    ("現在70名の従業員を2年後に150名へ増やす計画だ。", "70名", "actual"),
    ("現在70名の従業員を2年後に150名へ増やす計画だ。", "150名", "target"),
    ("店舗数は310店となり、来年度は売上高900億円を見込む。", "310店", "actual"),
    ("2031年の市場は13兆円、伸びを2.6%と予測している。", "13兆円", "forecast"),  # the first of an enumeration
    ("2031年の甲市場は13兆円、また、2031年の乙市場は24兆円と予測される。", "13兆円", "forecast"),
    ("昨年度の売上高は6億円、今年度は15億円を見込む。", "6億円", "actual"),
    ("市場は2031年度に13兆円、2035年度には15兆円と予測される。", "13兆円", "actual"),
    ("足元の在庫は3万台、年末には2万台に減る見込み。", "3万台", "actual"),
    ("これまでの投資額は9億円、全体では30億円になる見込み。", "9億円", "actual"),
    ("3月の販売は30万台、4月は32万台の見込みだ。", "30万台", "actual"),
    ("24年の売上高は30億円、25年は35億円の見込み。", "30億円", "actual"),
    ("2031年の甲市場は13兆円、2031年の乙市場は24兆円と予測している。", "13兆円", "forecast"),
    ("甲国が第2位となり、乙国は第3位に下る見込み。", "第2位", "forecast"),
    ("甲国が第2位となった。乙国は第3位に下る見込み。", "第2位", "actual"),
    ("市場は3%増の2兆円に拡大するとした。", "2兆円", "forecast"),
    ("市場は3%増の2兆円に拡大した。", "2兆円", "actual"),
    ("成長率（予想）は32%である。", "32%", "forecast"),
    ("成長率の見通しを2031年度0.7％、2032年度0.9％とした。", "0.9％", "forecast"),
    ("北風総研の予測では、世界の出荷は300万台、前年比9％増となる。", "9％", "forecast"),
    ("桜経済研究所の試算によると、損失は40億円、雇用への影響は900人に上る。", "900人", "estimate"),
    ("中央銀行は金利が2.5％まで上がるとみる。", "2.5％", "forecast"),
    ("The plant, opened in May at $40 million, is full.", "$40 million", "actual"),
    ("The plant will add 900 tonnes of capacity.", "900", "target"),
    ("Revenue will reach $7 billion in 2031.", "$7 billion", "forecast"),
    ("We expect sales of $50 million and a margin of about 12%.", "12%", "forecast"),
    ("The company wants 300 more shops.", "300", "target"),
    ("The group filed at an estimated $900 a unit.", "$900", "estimate"),
    ("Deliveries are forecast to rise from 40 million to 60 million.", "40 million", "actual"),
    ("会社の通期予想は売上80億円(+5%)、営業利益9億円(+3%)、純利益6億円(+2%)。", "6億円", "forecast"),  # topic of all
    ("会社の通期予想は売上80億円(+5%)、営業利益9億円(+3%)、純利益6億円(+2%)。", "+2%", "forecast"),
    ("会社の通期予想は売上80億円だが、上期は45億円を稼いだ。", "45億円", "actual"),
    ("EPSはFY2027予 EPS 84円（+9%）となる。", "84円", "forecast"),
    ("EPSはFY2024 EPS 77円→FY2027予 EPS 84円。", "77円", "actual"),
    ("2027年予算は84億円だった。", "84億円", "actual"),
    ("通期の営業利益を7億円から8億円へ上方修正した。", "7億円", "forecast"),  # what is revised is an outlook
    ("通期の営業利益を7億円から8億円へ上方修正した。", "8億円", "forecast"),
    ("改定値で伸びは2%に上方修正された。", "2%", "actual"),  # of a statistic
    ("4月の雇用者数は14万人から10万人へ下方修正された。", "10万人", "actual"),
    ("台数は2024年度 44万台 → 2029年度 131万台と予測。", "44万台", "actual"),  # what an arrow leads from
    ("台数は2024年度 44万台 → 2029年度 131万台と予測。", "131万台", "forecast"),
    ("市場は2024年度見込 225億円に育った。", "225億円", "forecast"),
    ("It allegedly agreed to pay $12 million.", "$12 million", "estimate"),
    ("Margins were 30% in 2024 and 35% in FY2027E.", "30%", "actual"),
    ("通期ガイダンスとして190万台を維持した。", "190万台", "forecast"),
    ("ガイダンスを上回る190万台を売った。", "190万台", "actual"),
    ("市場コンセンサス¥80億を+¥3億上回った。", "¥80億", "forecast"),
    ("市場コンセンサス80億円を3億円上回った。", "3億円", "actual"),
    ("受注は予測300件→実際240件だった。", "240件", "actual"),
    ("受注は予測300件→実際240件だった。", "300件", "forecast"),
    ("支出は予想と一致し0.7%増えた。", "0.7%", "actual"),
    ("新会社は8億円の資金調達を投資家と交渉中である。", "8億円", "target"),
    ("Earnings exceeded the high end of our guidance range at $2.10.", "$2.10", "actual"),
    ("Sales beat the forecast of $2.10 billion.", "$2.10 billion", "forecast"),
    ("Inflation runs above target, with services at 4.1%.", "4.1%", "actual"),
    ("At the midpoint, this implies 23% growth.", "23%", "forecast"),
    ("会社予想は前期の50億円を上回る60億円だ。", "60億円", "forecast"),  # what is foreseen passes the year before
    ("来期の受注予想は前期の300件に対し340件である。", "340件", "forecast"),
    ("予想80億円を上回る83億円を稼いだ。", "83億円", "actual"),
    ("通期の営業利益予想に対する進捗率は41%である。", "41%", "actual"),
    ("通期の進捗率は41%と予想する。", "41%", "forecast"),
    ("債券部門は市場予想を3億円下回った。", "3億円", "actual"),  # by how much
    ("来期は会社予想を90億円に引き上げた。", "90億円", "forecast"),
    ("業況の予想は24（前回21）だった。", "21", "actual"),
    ("配当は分割後で56円を予定し、前期 48円から増やす。", "48円", "actual"),
    ("Harbour beat estimates and expects sales of $7 billion.", "$7 billion", "forecast"),  # a verb is no measure
    ("Harbour topped guidance and now forecasts sales of $7 billion.", "$7 billion", "forecast"),
    ("物価が5%に達し、政府は懸念を表明した。", "5%", "actual"),
    ("物価が5%に達したことに懸念を表明した。", "5%", "actual"),
    ("甲社は8億円の投資を表明した。", "8億円", "target"),
    ("Harbour posted EPS of $0.87, which beat the $0.79 estimate.", "$0.87", "actual"),
    ("Harbour posted $22 billion in sales, surpassing analyst estimates.", "$22 billion", "actual"),
    ("Sales of $5 billion are expected next year.", "$5 billion", "forecast"),
    ("EPS of $0.87 was in line with consensus.", "$0.87", "actual"),
    ("Harbour raised its sales forecast to $3.5 billion from $3.2 billion.", "$3.2 billion", "forecast"),
    ("Harbour raised its price to $3.5 from $3.2.", "$3.2", "actual"),
    ("回答者の45%が値上げを予定している。", "45%", "actual"),  # who plans is counted
    ("来期は5%が見込まれる。", "5%", "forecast"),
    ("物価目標は2%である。", "2%", "target"),
    ("銀行は金利の誘導目標を2%に据え置いた。", "2%", "actual"),  # it is what is set
    ("40億円だった市場は、90億円に達する見通しである。", "40億円", "actual"),
    ("40億円だった市場は、90億円に達する見通しである。", "90億円", "forecast"),
    ("Its market is worth $5 billion, analysts estimate.", "$5 billion", "estimate"),
]
COMING = [
    ("2031年の市場は30億円である。", "30億円", "forecast"),
    ("2031年に30億円を投じて新棟を建てる。", "30億円", "target"),
    ("2031年に満期を迎える社債を30億円買い戻した。", "30億円", "actual"),
]


def context_of(text: str) -> Context:
    return read_context(read(text.encode(), name="a.txt"), load_ontology())


def scene_with(text: str, words: str) -> Scene:
    return next(s for s in context_of(text).scenes if words in s.view.text)


@pytest.mark.parametrize(("text", "words", "modality"), CASES)
def test_modality_by_cues(text: str, words: str, modality: str) -> None:
    scene = scene_with(text, words)
    start = scene.view.text.index(words)
    assert modality_of(scene, start, start + len(words))[0].value == modality


@pytest.mark.parametrize(("text", "words", "modality"), COMING)
def test_plans_and_outlooks_told_by_their_time_alone(text: str, words: str, modality: str) -> None:
    scene = scene_with(text, words)
    start = scene.view.text.index(words)
    when = scene.periods[0].period
    assert modality_of(scene, start, start + len(words), when, date(2025, 11, 1))[0].value == modality


STOOD = [  # on 1 November 2025
    ("世界市場は2024年に2兆円、2031年に3兆円の見通し。", "2兆円", "actual"),
    ("世界市場は2024年に2兆円、2031年に3兆円の見通し。", "3兆円", "forecast"),
    ("世界市場は2026年に2兆円、2031年に3兆円の見通し。", "2兆円", "forecast"),  # neither has come
    ("世界市場は2024年に2兆円となる見通しだった。", "2兆円", "forecast"),
]


@pytest.mark.parametrize(("text", "words", "modality"), STOOD)
def test_a_year_gone_by_stands_where_a_later_one_is_foreseen(text: str, words: str, modality: str) -> None:
    scene = scene_with(text, words)
    start = scene.view.text.index(words)
    when = max((m for m in scene.periods if m.span.end <= start), key=lambda m: m.span.end).period
    assert modality_of(scene, start, start + len(words), when, date(2025, 11, 1))[0].value == modality


GROWTH = [  # on 1 November 2025
    ("市場は2024年から2031年にかけ年平均8%で伸びる。", "8%", "forecast"),
    ("市場は2014年から2024年にかけ年平均8%で伸びた。", "8%", "actual"),
    ("会費は2024年から2031年まで8%である。", "8%", "actual"),  # no growth
    ("市場は2024年から2031年にかけ、成長の最初の30億円を得た。", "30億円", "actual"),  # no rate
]


@pytest.mark.parametrize(("text", "words", "modality"), GROWTH)
def test_growth_to_years_to_come_is_foreseen(text: str, words: str, modality: str) -> None:
    scene = scene_with(text, words)
    start = scene.view.text.index(words)
    when = scene.periods[0].period
    assert modality_of(scene, start, start + len(words), when, date(2025, 11, 1))[0].value == modality


def test_pairs_under_a_line_that_tells_of_a_revision_are_foreseen() -> None:
    told = "港南鋼機 通期業績予想を上方修正\n\n売上高115億円→120億円。社員は40人。\n"
    scene = scene_with(told, "115億円")
    places = {words: scene.view.text.index(words) for words in ("115億円", "120億円", "40人")}
    found = {words: modality_of(scene, at, at + len(words))[0].value for words, at in places.items()}
    assert found == {"115億円": "forecast", "120億円": "forecast", "40人": "actual"}


def test_a_time_carried_from_elsewhere_makes_no_plan() -> None:
    scene = scene_with("従業員は30人である。", "30人")
    start = scene.view.text.index("30人")
    when = context_of("2031年の計画。").scenes[0].periods[0].period
    assert modality_of(scene, start, start + 3, when, date(2025, 11, 1))[0].value == "actual"


DATES = [
    ("港湾機器は8月5日に公表した通期予想を据え置いた。", "actual"),  # the forecast is another time's
    ("海原テックは8月5日に新棟の建設計画を発表した。", "actual"),
    ("海原テックは2029年8月5日に新棟を開業する予定だ。", "target"),
    ("海原テックの会長は2029年8月5日付で退任すると発表した。", "target"),  # after the day of the text: planned
    ("海原テックは2029年8月5日に開催された総会で配当を決めた。", "actual"),  # told with a verb in the past
    ("海原銀行は2029年8月5日に金利を据え置いた。", "actual"),
]


@pytest.mark.parametrize(("sentence", "modality"), DATES)
def test_what_lies_before_the_day_of_the_text_has_come(sentence: str, modality: str) -> None:
    text = f"---\ndate: 2027-11-20\n---\n\n# 港の月報\n\n{sentence}\n"
    found = extract_claims(read(text.encode(), name="a.md")).claims
    dates = [c for c in found if "8月5日" in c.evidence[0].quote]
    assert [c.modality for c in dates] == [modality]


def test_a_plan_in_a_text_without_a_date_is_none_that_has_come() -> None:
    text = "# 港の月報\n\n海原テックは2026年10月1日に社名を変更する予定である。同社は2026年11月5日に甲社を買収した。\n"
    found = extract_claims(read(text.encode(), name="a.md")).claims
    assert next(c.modality for c in found if "10月1日" in c.evidence[0].quote) == "target"


BRACKETS = [  # sentence, the figure in brackets, its modality
    ("東浜は2033年度に利益率30%（2030年度：24%）を目標とする。", "24%", "actual"),
    ("東浜は2033年度に利益率30%（2034年度：34%）を目標とする。", "34%", "target"),
]


@pytest.mark.parametrize(("sentence", "figure", "modality"), BRACKETS)
def test_a_figure_in_brackets_of_an_earlier_time_is_none_to_come(sentence: str, figure: str, modality: str) -> None:
    found = extract_claims(read(sentence.encode(), name="a.md")).claims
    assert [c.modality for c in found if c.value_as_written == figure] == [modality]

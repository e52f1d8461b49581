"""Outlooks told around a sentence: by labels, the sentence before, marked times, years said to be foreseen."""

from __future__ import annotations

import pytest

from extractors import read
from extractors.claims.context import read_context
from extractors.claims.modality import modality_of
from extractors.claims.outlooks_around import foreseen_years
from extractors.claims.stage import figures
from extractors.ontology import load_ontology

LIST = (
    "東浜の決算\n\n2031年3月期（実績）\n- 売上高：4億円\n\n"
    "2032年3月期（予想）\n- 売上高：5億円\n- 利益：1億円（前期比 3%増）\n"
)
CASES = [
    # text, figure, modality
    (LIST, "4億円", "actual"),
    (LIST, "5億円", "forecast"),
    (LIST, "3%", "forecast"),
    ("2032年の計画：\n\n- 売上高：5億円\n- 2031年の利益は1億円だった\n", "1億円", "actual"),  # told as past
    ("2032年の計画：\n\n- 利益は1億円だった\n", "1億円", "actual"),
    ("2031年の生産目標：\n\n- 旧型：30万台\n- 新型：20万台\n", "20万台", "target"),
    ("これは需要増の見通し\n\n売上は40億円である。", "40億円", "actual"),  # no item of a list
    ("- 磁石の高値が続く見通し\n- 輸出は17トンである\n", "17トン", "actual"),  # the last words of another item
    ("市場は3兆円になると予測する。内訳は、部品が1兆円、装置が2兆円となる。", "1兆円", "forecast"),
    ("市場は3兆円になると予測する。一方、部品は1兆円である。", "1兆円", "actual"),
    ("市場は3兆円になると予測する。部品は1兆円だった。", "1兆円", "actual"),
    ("2031年の市場は3兆円になると予測する。2028年は2兆円である。", "2兆円", "actual"),
    ("2031年の市場は3兆円になると予測する。2032年は4兆円となる。", "4兆円", "forecast"),
    ("市場は3兆円になると予測する。社員は40人である。", "40人", "actual"),  # another kind of figure
    ("市場は3兆円になると予測する。\n\n部品は1兆円である。", "1兆円", "actual"),  # another paragraph
    ("部品は5%増と予測されるのに対し、装置は2%増にとどまる。組立は1%増である。", "1%", "forecast"),
    ("今期（4～6月期見込み）のDIを見ると、製造業は5%である。", "5%", "forecast"),
    ("今期（4～6月期実績）のDIを見ると、製造業は5%である。", "5%", "actual"),
    ("新工場を設ける計画だ。投資額は40億円。", "40億円", "target"),
    ("新工場を設けた。投資額は40億円。", "40億円", "actual"),
    ("新工場を設ける計画だ。既存工場の床面積は2万平方メートル。", "2万平方メートル", "actual"),
    ("新工場を設ける計画だ。社員は40人。", "40人", "actual"),
    ("2031年以降は予測。\n\n2031年の市場は3兆円である。", "3兆円", "forecast"),
    ("2031年以降は予測。\n\n2030年の市場は3兆円である。", "3兆円", "actual"),
    ("協会は2031年度から33年度までの需要予測を発表した。\n\n2032年度は5%増となる。", "5%", "forecast"),
    ("協会は2031年度から33年度までの需要予測を発表した。\n\n2030年度は5%増となる。", "5%", "actual"),
    ("乙社は2030年の推定と2031年から33年までの予測を発表した。\n\n2030年の市場は3兆円となる。", "3兆円", "estimate"),
    ("今後3年間で40億円を整備に使う。", "40億円", "target"),
    ("今後3年間で需要は2倍に伸びる。", "2倍", "forecast"),
    ("今後3年間で使う40億円を集めた。", "40億円", "actual"),
    ("2年間で29億ドル（約4400億円）を投じ、拠点を広げると発表した。", "29億ドル", "target"),
    ("2年間で29億ドル（約4400億円）を投じ、拠点を広げたと発表した。", "29億ドル", "actual"),
    ("80億ドル（1兆円）以上を投資すると発表した。", "1兆円", "target"),
    ("149億ドルを投資するとしている。", "149億ドル", "target"),
    ("工事費は23億円（予定）だ。", "23億円", "target"),
    ("売上は23億円（予想21億円、5%増）だ。", "23億円", "actual"),
    ("売上は23億円（予想超え）だ。", "23億円", "actual"),
    ("売上は81億円で予測（78億円）を再び大きく上回った。", "81億円", "actual"),
    ("EPSは2ドル（予想$1.64を大幅超過）だ。", "2ドル", "actual"),
    ("EPSは0.25ドル（市場予想 0.39ドルを下回る）だ。", "0.25ドル", "actual"),
    ("経常67億円はコンセンサス（85億円）を21%下回る。", "67億円", "actual"),
    ("期待リターン：\n\n- 1年：+25%\n", "+25%", "forecast"),
    ("市場は97億円まで拡大すると見られる。", "97億円", "forecast"),
    ("市場は97億円まで拡大したと見られる。", "97億円", "estimate"),
    ("年換算すると80億円にあたる。", "80億円", "estimate"),
    ("The market was valued at $14 billion and is projected to reach $41 billion.", "$14 billion", "actual"),
    ("The market was valued at $14 billion and is projected to reach $41 billion.", "$41 billion", "forecast"),
    ("Sales were $9 billion, compared with analysts' average estimate of $8 billion.", "$8 billion", "forecast"),
    ("The firm is in talks to raise $2 billion.", "$2 billion", "target"),
    ("It cited a 2031 capex guide of $80 billion.", "$80 billion", "forecast"),
]


@pytest.mark.parametrize(("text", "words", "modality"), CASES)
def test_modality(text: str, words: str, modality: str) -> None:
    context = read_context(read(text.encode(), name="a.md"), load_ontology())
    found = [(s, m) for s in context.scenes for m in figures(s) if m.text.startswith(words)]
    scene, mention = found[-1]
    start, end = mention.span.start, mention.span.end
    when = next((p.period for p in reversed(scene.periods) if p.span.end <= start), None)
    assert modality_of(scene, start, end, when, None, context.foreseen)[0].value == modality


def test_years_that_are_foreseen() -> None:
    text = "協会は2030年の推定と2031年から33年までの予測を公表した。\n\n図の2034年以降は予測。3月の予測を公表した。"
    years = foreseen_years(read_context(read(text.encode(), name="a.md"), load_ontology()).scenes)
    assert [(y.start.year, y.end.year if y.end else None, y.modality.value) for y in years] == [
        (2030, 2030, "estimate"),
        (2031, 2033, "forecast"),
        (2034, None, "forecast"),
    ]

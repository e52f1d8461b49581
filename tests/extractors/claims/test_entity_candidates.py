"""Candidates from around a sentence: what a section began with, headings without their numbers, labels of brackets."""

from __future__ import annotations

import pytest

from extractors import read
from extractors.claims.context import read_context
from extractors.claims.entity_candidates import label_candidate, local_candidates
from extractors.claims.entity_surroundings import surrounding_candidates
from extractors.claims.scene import Scene
from extractors.ontology import load_ontology


def _scenes(text: str) -> list[Scene]:
    return [s for s in read_context(read(text.encode(), name="a.md"), load_ontology()).scenes if s.quantities]


_FAR = "工場を持つ。人も多い。株も上げた。"
AROUND = [  # text, what its last figure may be about, what not
    (f"# 台帳\n\n## 概況\n\n甲野工業は部品の会社である。{_FAR}売上高は10億円だった。", "甲野工業", "甲野工業は"),
    (
        f"# 台帳\n\n甲野工業は部品を作る。\n\n## 乙社\n\n銀行だ。{_FAR}売上高は10億円だった。",
        "乙社",
        "甲野工業",
    ),
    ("# 台帳\n\n## E-14 — 推し活\n\n- 市場は10億円だった。", "推し活", "E-14"),
    ("# 台帳\n\n## 2026-05-18\n\n- 市場は10億円だった。", "台帳", "2026-05-18"),
    ("# 台帳\n\n## 3. 推し活：概要\n\n- 市場は10億円だった。", "推し活", "3. 推し活"),
    ("# 台帳\n\n## 推し活の標準化と裾野の拡大\n\n- 市場は10億円だった。", "推し活", "裾野"),
    ("# 台帳\n\n## 住宅着工は来年度も戻らない\n\n- 昨年度は10万戸だった。", "住宅着工", "来年度"),
    (
        "# 台帳\n\n- **甲野**: 部品の会社。人も多い。株も上げた。町も変えた。売上高は10億円だった。",
        "甲野",
        "株も上げた",
    ),
    ("# 台帳\n\n- 部品の会社が建った。人も多い。売上高は10億円だった。", "部品の会社", "部品の会社が建った"),
]


@pytest.mark.parametrize(("text", "there", "absent"), AROUND)
def test_what_stands_around_a_sentence(text: str, there: str, absent: str) -> None:
    names = [c.name for c in surrounding_candidates(_scenes(text)[-1])]
    assert there in names
    assert absent not in names


HERE = [  # sentence, what its figure may be about, what not
    ("消費者の60%が買い物に使う。", "消費者", "60%"),
    ("放送事業者では0.9％となった。", "放送事業者", "0.9％"),
    ("変動金利は1.5%である。", "変動金利", "1.5%"),
    ("2位は乙川詐欺で617億円だった。", "乙川詐欺", "2位"),
    ("在宅で働く従業員は617人だった。", "従業員", "在宅"),
    ("民間放送については、127社が続ける。", "民間放送", "続"),
    ("前モデルの「港1」の利用者は617人だった。", "港1", "前モデルの「港1"),
    ("主力サービスの『港ナビ』は617人が使う。", "港ナビ", "主力サービスの『港ナビ』"),
    ("4K対応テレビの出荷は20万台だった。", "4K対応テレビ", "K対応テレビ"),
    ("3Dプリンターの市場は20億円だった。", "3Dプリンター", "Dプリンター"),
    ("参加者は8K円を払い、20万人が並んだ。", "参加者", "8K円"),
    ("Yahoo!ニュースの利用者は20万人だった。", "Yahoo!ニュース", "ニュース"),
    ("65歳以上の人口は617人だった。", "65歳以上", "歳以上"),
    ("旅行者ひとり当たりの支出は617円だった。", "旅行者", "当たり"),
    ("手当の支出は617円だった。", "手当", "支出は"),
    ("部品メーカー上位25社の売上高は20億円だった。", "部品メーカー上位25社", "25社"),
    ("この25社の売上高は20億円だった。", "25社", "この25社"),
    ("日本は加盟国中35位だった。", "日本", "加盟国中"),
]


@pytest.mark.parametrize(("text", "there", "absent"), HERE)
def test_the_nouns_of_a_sentence(text: str, there: str, absent: str) -> None:
    names = [c.name for c in local_candidates(_scenes(text)[-1])]
    assert there in names
    assert absent not in names


LABELS = [  # sentence, label of its last figure
    ("生活雑貨、家具、衣類：2.8兆円", "生活雑貨、家具、衣類"),
    ("売上は増え、家具：2.8兆円", "家具"),
    ("純利益40.6億円（+14.7%）", "純利益"),
    ("教育コンテンツの作成（39.3%）", "教育コンテンツの作成"),
    ("2024年度（39.3%）", None),
    ("乙川は9%増の31億円（約28万ドル）だ", None),
]


@pytest.mark.parametrize(("text", "label"), LABELS)
def test_the_label_of_a_figure_in_brackets(text: str, label: str | None) -> None:
    scene = _scenes(text)[-1]
    found = label_candidate(scene, scene.quantities[-1].span.start)
    assert (found.name if found is not None else None) == label

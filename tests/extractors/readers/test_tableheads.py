from __future__ import annotations

import pytest

from extractors.readers.grid import place, span_of, written_out
from extractors.readers.tableheads import find_heads, find_unit_note, is_period, is_value


@pytest.mark.parametrize(
    "text",
    ["2024年", "2024年度", "FY2024", "FY25", "2024年3月期", "24/3期", "2024/3", "1Q", "Q3 2024",
     "令和5年度", "2025年度計画",
     "2024", "2024年1月15日", "3月期", "第2四半期", "Mar 2024", "CY24", "2025年度(予)", "25年3月期", "1H2024",
     "～2023年", "2025年～", "2023年〜2024年", "8月末", "24年末", "2023年試算（円/kWh）"],
)  # fmt: skip
def test_periods(text: str) -> None:
    assert is_period(text)
    assert not is_value(text)


@pytest.mark.parametrize(
    "text",
    ["1,234", "▲15", "12.3%", "約1兆9,000億円", "-5", "(123)", "$3.2", "¥1,200", "10億円", "3.5倍", "90",
     "800", "243万円", "0人", "1,000万ユーザー", "23.4pt", "+99%", "70億パラメータ", "25〜27%",
     "$3.2 billion", "6,710億(稼働時370億)", "1,200 GB/秒",
     "$41.5 million - $43 million", "(4%) - (2%)", "(3.5%)", "€1.2bn – €1.4bn", "¥100～¥120", "5 - 10 days"],
)  # fmt: skip
def test_values(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "売上高",
        "Cloud services",
        "GPT-4",
        "GPT-4 - GPT-5",
        "H100 – B200",
        "A社",
        "",
        "R&D",
        "商用化を準備",
        "第1位の会社",
        "PLaMo-100B",
        "2 Mistral AI 1,230億",
    ],
)
def test_words(text: str) -> None:
    assert not is_value(text)


GRIDS = [
    ("社名|2023年|2024年 // 甲|1|2 // 乙|3|4", (1, 1)),
    ("|国内|国内|海外|海外 // |売上|利益|売上|利益 // 甲|1|2|3|4", (2, 1)),
    ("社名|売上高|利益 // |億円|億円 // 甲|1|2", (2, 1)),
    ("項目|甲社|乙社 // モデル名|Alpha|Beta // 公開時期|2025年5月|2025年4月 // 規模|70億|130億", (1, 1)),
    ("Revenue|$41 million - $43 million|$160 million - $170 million // Growth|(4%) - (2%)|9% - 12%", (0, 1)),
    ("会社名|株式会社甲 // 設立|1990年 // 資本金|10億円", (0, 1)),
    ("順位|社名|台数 // 1|甲|100 // 2|乙|90", (1, 2)),
    ("区分|社名|売上高 // 国内|甲|10 // 国内|乙|20 // 海外|丙|30", (1, 2)),
    ("年度|売上高 // 2023年度|10 // 2024年度|20", (1, 1)),
    ("人数|全部支給|一部支給 // |所得額|所得額 // 0人|49万円|192万円 // 1人|87万円|230万円", (2, 1)),
    (f"提携|内容 // 甲と乙|{'甲は乙の株式を取得し、' * 3} // 丙と丁|{'丙は丁と契約を結び、' * 4}", (1, 1)),
    (
        f"社名|東陵電子 // 事業|{'センサーを開発して販売する。' * 3} // 理念|{'確かな技術で豊かな社会を築く。' * 3}",
        (0, 1),
    ),
    (
        "機種|前回|得点|10回の単価|速さ // 甲|新|71|12円|30 // 乙|2|69|9円|41",
        (1, 1),
    ),  # a head that begins with a number
    ("機種|71点|12円|30秒 // 甲|69点|9円|41秒 // 乙|60点|8円|44秒", (0, 1)),
    ("|20代|30代|40代 // 甲|11.0|15.2|12.1 // 乙|9.6|10.8|11.5", (1, 1)),
    ("|11.0|15.2|12.1 // 甲|9.6|10.8|11.5 // 乙|8.4|7.7|9.1", (0, 1)),
    ("指標|9か月の実績|前年比 // 売上高|120億円|+9%（増収） // 利益|30億円|+1%（増益）", (1, 1)),
    ("評価項目|値 // 件数|7件（うち2件は保留） // 期間|前半", (1, 1)),
    ("指標|7点 // 速さ|9点（前回は8点） // 値段|3点（据え置き）", (0, 1)),
    ("支店|5月末|6月末|純増 // 甲|312|318|6 // 乙|96|95|-1", (1, 1)),
    ("企業|拠点|強み // 甲|東京|価格 // 乙|大阪|品質", (1, 1)),
]


@pytest.mark.parametrize(("source", "expected"), GRIDS)
def test_unmarked_heads(source: str, expected: tuple[int, int]) -> None:
    grid = [row.split("|") for row in source.split(" // ")]
    assert tuple(find_heads(grid)) == expected


def test_marks_are_a_floor() -> None:
    grid = [["a", "b"], ["c", "d"], ["1", "2"]]
    assert find_heads(grid, marked_rows=2).rows == 2
    assert find_heads(grid, marked_rows=9).rows == 2
    assert find_heads([], marked_rows=1) == (0, 0)


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("表1 売上高の推移(単位:億円)", "(単位:億円)"),
        ("（単位：百万円、％）", "（単位：百万円、％）"),
        ("[単位 千人]", "[単位 千人]"),
        ("単位:百万円", "単位:百万円"),
        ("Consolidated results (in millions of yen)", "(in millions of yen)"),
        ("Revenue ($ million)", "($ million)"),
        ("(億円)", "(億円)"),
        ("Unit: USD", "Unit: USD"),
        ("単位取得の状況", None),
        ("部品(その他)の売上", None),
    ],
)
def test_unit_notes(text: str, note: str | None) -> None:
    found = find_unit_note(text)
    assert (text[found[0] : found[1]] if found else None) == note


def test_cells_are_placed_as_browsers_do() -> None:
    rows = [[("a", 2, 1), ("b", 1, 2)], [("c", 1, 1), ("d", 0, 1)], [("e", 1, 1), ("f", 1, 1)]]
    assert written_out(place(rows)) == [["a", "b", "b"], ["a", "c", "d"], ["e", "f", "d"]]


def test_spans_that_are_slips() -> None:
    assert [span_of(v) for v in (None, "", "x", "-3", "0", "2", "100000")] == [1, 1, 1, 0, 0, 2, 1000]
    assert place([[("a", 1, 100000)], [("b", 1, 1)]])[0][0].last_column == 999

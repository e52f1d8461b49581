"""Tables of pages saved as text and called Markdown, where Markdown's own signs stand in the way."""

from __future__ import annotations

import time

import pytest

from extractors import read
from extractors.readers.flattened import find_flattened
from extractors.readers.tableheads import find_unit_note
from schemas import BlockKind, Document


def document(text: str) -> Document:
    return read(text.encode(), name="a.md")


def grids(text: str) -> list[str]:
    found = document(text).tables
    return [
        " // ".join("|".join(cell.text for cell in table.cells if cell.row == row) for row in range(table.rows))
        for table in found
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # a lone dash is an empty cell
            "機種\n価格\n思考\n甲一号\n$12\n必須\n乙二号\n$10\n-\n丙三号\n$8\n必須\n丁四号\n$6\n-\n",
            "機種|価格|思考 // 甲一号|$12|必須 // 乙二号|$10|- // 丙三号|$8|必須 // 丁四号|$6|-",
        ),
        (  # ranks are no list where figures alone follow
            "Vendor\nShipments\nShare\n1. Aster\n61.4\n19.0%\n2. Bolt\n58.6\n18.2%\n3. Cedar\n43.5\n13.5%\n",
            "Vendor|Shipments|Share // 1. Aster|61.4|19.0% // 2. Bolt|58.6|18.2% // 3. Cedar|43.5|13.5%",
        ),
        (  # a rule below heads that are apart by gaps
            "Year  Revenue  Growth\n----------------\n2022  $120M  5%\n2023  $150M  25%\n",
            "Year|Revenue|Growth // 2022|$120M|5% // 2023|$150M|25%",
        ),
        (
            "年度　　売上高　営業利益\n=====================\n2022年度　　120　15\n2023年度　　150　22\n",
            "年度|売上高|営業利益 // 2022年度|120|15 // 2023年度|150|22",
        ),
        (  # heads without a corner over rows of bars, words alone before rows, a sum without words
            "Three months ended | Six months ended\n2031 | 2030 | 2031 | 2030\nRevenue | 76 | 105 | 152 | 221\n"
            "Other income\nInterest | 13 | 12 | (2) | 26\n9 | 8 | 7 | 6\nTax | 1.5\n",
            "|Three months ended|Six months ended // |2031|2030|2031|2030 // "
            "Revenue|76|105|152|221 // Other income|||| // Interest|13|12|(2)|26 // |9|8|7|6 // Tax|1.5|||",
        ),
        (  # a bar before the first cell and behind each, two on end for an empty one
            "|\n（億円）\n|\n2022年\n|\n2023年\n|\n|\n売上高\n|\n-\n|\n150\n|\n|\n原価\n|\n|\n90\n|\n|\n利益\n|\n-3\n|\n8\n|\n",
            "（億円）|2022年|2023年 // 売上高|-|150 // 原価||90 // 利益|-3|8",
        ),
        (  # lower heads that come again under each upper one
            "Output (%) Jobs (000s)\nOld New Old New\nQuarters:\n2024 0.8 2.1 65.7 90.1\n2025 1.3 1.5 97.9 81.5\n",
            "|Output (%)|Jobs (000s) // |Old|New|Old|New // 2024|0.8|2.1|65.7|90.1 // 2025|1.3|1.5|97.9|81.5",
        ),
        (
            "売上高 営業利益\n2023年 2024年 2023年 2024年\n東日本 120 130 12 14\n西日本 98 101 9 8\n",
            "|売上高|営業利益 // |2023年|2024年|2023年|2024年 // 東日本|120|130|12|14 // 西日本|98|101|9|8",
        ),
        (  # figures run together under times run together
            "区分2022年2023年前年比\n食品1,2001,350+12.5%\n雑貨98120+22.4%\n合計1,2981,470+13.3%\n",
            "区分|2022年|2023年|前年比 // 食品|1,200|1,350|+12.5% // 雑貨|98|120|+22.4% // 合計|1,298|1,470|+13.3%",
        ),
        (
            "部門1Q242Q243Q24\n(単位:百万円)\nゲーム2,2402,4862,856\n自動車296253261\nその他9987102\n",
            "部門(単位:百万円)|1Q24|2Q24|3Q24 // ゲーム|2,240|2,486|2,856 // 自動車|296|253|261 // その他|99|87|102",
        ),
    ],
)
def test_tables(text: str, expected: str) -> None:
    assert grids(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## 比較\n\n\t甲\t乙\n価格\t12円\t9円\n速さ\t3秒\t4秒\n", ["|甲|乙 // 価格|12円|9円 // 速さ|3秒|4秒"]),
        (  # two rows of heads, a section's head without figures
            "\t売上高\t\t利益\t\n\t前期\t今期\t前期\t今期\n**国内**\t\t\t\t\n東\t1\t2\t3\t4\n",
            ["|売上高||利益| // |前期|今期|前期|今期 // 国内|||| // 東|1|2|3|4"],
        ),
        (  # the tab does not set it into the list above
            "- 前文は1,200円。\n\n\t2023年\t2024年\n市場\t120\t130\n単価\t9\t8\n",
            ["|2023年|2024年 // 市場|120|130 // 単価|9|8"],
        ),
        ("本文。\n\n\tx = f(1)\ty\n\tz = 2\n\n次。\n", []),  # code
        ("本文。\n\n\tx = f(1)\n次の行。\n", []),
    ],
)
def test_tables_with_tabs_and_no_corner(text: str, expected: list[str]) -> None:
    assert grids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # words, bounds, remarks and gaps among the figures of a column
            "企業\n売上高\n設立\n従業員\n甲社\n約120億円\n2019年4月\n300人超\n乙社\n非開示\n2021年\n–\n"
            "丙社\n98億円（前年比+12%）\n2008年\n1,200人\n",
            "企業|売上高|設立|従業員 // 甲社|約120億円|2019年4月|300人超 // 乙社|非開示|2021年|– // "
            "丙社|98億円（前年比+12%）|2008年|1,200人",
        ),
        (  # a card of what is no figure either
            "項目\n内容\n開発元\n甲研究所\n規模\n70B\n公開日\n2031年5月2日\nライセンス\nMIT\n言語\n12以上\n費用\n約3億円\n",
            "項目|内容 // 開発元|甲研究所 // 規模|70B // 公開日|2031年5月2日 // ライセンス|MIT // "
            "言語|12以上 // 費用|約3億円",
        ),
        (  # each row a measure of its own, of the things over the columns
            "甲モデル\n乙モデル\n丙モデル\n規模\n70B\n8B\n120B\n公開\n2031年5月\n2030年12月\n2031年2月\n"
            "利用条件\nMIT\n独自\nApache\n料金\n$2.0\n$0.4\n$5.0\n",
            "|甲モデル|乙モデル|丙モデル // 規模|70B|8B|120B // 公開|2031年5月|2030年12月|2031年2月 // "
            "利用条件|MIT|独自|Apache // 料金|$2.0|$0.4|$5.0",
        ),
        (  # heads that begin with a figure; names that do
            "全体\n20代\n30代\n40代\n利用している\n21.0\n25.2\n22.1\n19.4\n知らない\n9.6\n10.8\n11.5\n9.3\n",
            "|全体|20代|30代|40代 // 利用している|21.0|25.2|22.1|19.4 // 知らない|9.6|10.8|11.5|9.3",
        ),
        (
            "年齢\n平均額\n割合\n29歳以下\n296\n81%\n30代\n524\n80%\n70歳以上\n1,613\n-\n",
            "年齢|平均額|割合 // 29歳以下|296|81% // 30代|524|80% // 70歳以上|1,613|-",
        ),
        (  # an excerpt of a ranking
            "順位\n製品\n点\n料金\n1\n甲\n0.84\n12ドル\n2\n乙\n0.83\n$8 / $16\n9\n丙\n0.70\n250円\n",
            "順位|製品|点|料金 // 1|甲|0.84|12ドル // 2|乙|0.83|$8 / $16 // 9|丙|0.70|250円",
        ),
        (
            "£m, unless stated\nH1 FY31\nH1 FY30\nChange\nRevenue\n187.3\n172.9\n8%\nStaff\n1,240\n1,198\n3%\n"
            "Margin\n15.8%\nn/d\n–\n",
            "£m, unless stated|H1 FY31|H1 FY30|Change // Revenue|187.3|172.9|8% // Staff|1,240|1,198|3% // "
            "Margin|15.8%|n/d|–",
        ),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_tables_with_a_cell_a_line(text: str, expected: str, end: str) -> None:
    found = document(f"## 表\n\n前の文である。\n\n{text.replace(chr(10), end)}\n後の文である。\n")
    assert grids(found.text) == [expected]
    assert found.blocks[-1].kind is BlockKind.PARAGRAPH
    for table in found.tables:
        for cell in table.cells:
            assert "".join(found.text[span.start : span.end] for span in cell.spans) == cell.text


@pytest.mark.parametrize(
    "text",
    [
        "売上高\n123億円\n前期比+5%\n営業利益\n12億円\n前期比+3%\n経常利益\n13億円\n前期比+4%\n",  # tiles, no heads
        "本日の予定\n開会\n10:00\n講演\n甲氏\n10:30\n休憩\n11:30\n講演\n乙氏\n13:00\n閉会\n",
        "甲研究所\n東京都千代田区1-2-3\n電話 03-1234-5678\n代表 甲野\n設立 2001年\n資本金 1億円\n",
        "第1章\n概要\n第2章\n市場\n第3章\n企業\n第4章\n見通し\n",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_lines_that_are_no_cells(text: str, end: str) -> None:
    assert grids(text.replace("\n", end)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # an empty corner, in Markdown no code
            "Text.\n\n                  Revenue, Q4  Growth\nAster Cloud  $35.6bn  24%\nBolt  n/d  39%\n",
            "|Revenue, Q4|Growth // Aster Cloud|$35.6bn|24% // Bolt|n/d|39%",
        ),
        (
            "　　　　　　全体　20代　1人当たり支出\n利用　11.0　15.2　320円\n未利用　9.6　10.8　210円\n",
            "|全体|20代|1人当たり支出 // 利用|11.0|15.2|320円 // 未利用|9.6|10.8|210円",
        ),
        (
            "期間　粗利率\n前年同期　**59.1%**\n今期　**37.4%**\n",
            "期間|粗利率 // 前年同期|59.1% // 今期|37.4%",
        ),
        (
            "日付　企業　発表\n1/20（火）　甲社　引け後\n1/21（水）　乙社　寄り前\n1/22（木）　丙社　引け後\n",
            "日付|企業|発表 // 1/20（火）|甲社|引け後 // 1/21（水）|乙社|寄り前 // 1/22（木）|丙社|引け後",
        ),
    ],
)
def test_tables_with_gaps(text: str, expected: str) -> None:
    assert grids(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Run this.\n\n    total = 1  # of rows\n    rows = 2  # read\n\nDone.\n",
        "Run this.\n\n    make all  # builds\nand then read on.\n",
    ],
)
def test_code_that_is_no_head(text: str) -> None:
    assert grids(text) == []


RESULTS = """
親会社株主に帰属する
売上高 営業利益 経常利益
当期純利益
百万円 % 百万円 % 百万円 % 百万円 %
2025年3月期 1,200 2.0 130 △1.5 131 - 90 0.3
2024年3月期 1,176 1.0 132 4.5 133 5.0 89 2.3
1株当たり 自己資本
総資産
当期純利益 当期純利益率
円 銭 % 百万円
2025年3月期 36.25 8.1 9,120
"""


def test_heads_over_a_line_of_units() -> None:
    """Broken heads are put together; an amount and its rate of change stand under one."""
    amounts, per_share = document(RESULTS).tables
    heads = [cell.text for cell in amounts.cells if cell.row == 0]
    assert heads == ["", "売上高", "営業利益", "経常利益", "親会社株主に帰属する当期純利益"]
    assert [cell.last_column - cell.column for cell in amounts.cells if cell.row == 0] == [0, 1, 1, 1, 1]
    assert [cell.text for cell in amounts.cells if cell.row == 1] == ["", *["百万円", "%"] * 4]
    assert [cell.text for cell in per_share.cells if cell.row < 2] == [
        "", "総資産", "1株当たり当期純利益", "自己資本当期純利益率", "", "円", "%", "百万円",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "単位\n円 % 人\n部門 売上 比率 人数\n",  # units with no rows below
        "売上高 営業利益\n百万円 %\n2025年3月期は増えた。\n",
        "売上高 営業利益 経常利益\n百万円 % 百万円 %\n2025年3月期 1,200 2.0 130 4.0\n",  # two heads are wanted
    ],
)
def test_lines_of_units_that_head_no_table(text: str) -> None:
    assert document(text).tables == ()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("業績の概要\n----\n売上高は伸びた。\n", ["heading", "paragraph"]),
        ("Results\n==\nSales grew.\n", ["heading", "paragraph"]),
        ("売上高は伸びた。\n利益も伸びた。\n来期も伸びる。\n---\n次の話。\n", ["paragraph", "paragraph"]),
        ("2023年2024年は増えた。\n2023年2024年\n売上高は1,200億円1,300億円だった。\n", ["paragraph"]),
        ("区分2022年2023年\n甲12345\n乙1198\n", ["paragraph"]),  # 12|345 or 123|45
        ("1. 売上高は\n2. 利益は\n3. 配当は\n", ["list_item", "list_item", "list_item"]),
        ("売上高は伸びた。\n\n---\n\n利益も伸びた。\n", ["paragraph", "paragraph"]),
    ],
)
def test_what_is_no_table(text: str, kinds: list[str]) -> None:
    assert [block.kind.value for block in document(text).blocks] == kinds


@pytest.mark.parametrize(
    ("below", "noted"),
    [("（単位：百万円）", True), ("単位：百万円", True), ("予算は約3割（単位：百万円）が未定だ。", False)],
)
def test_a_unit_on_the_line_below(below: str, noted: bool) -> None:
    (table,) = document(f"| 項目 | 2024年 |\n|---|---|\n| 売上高 | 120 |\n\n{below}\n").tables
    assert find_unit_note(below) is not None
    assert (table.unit_note is not None) is noted


def test_a_table_in_one_paragraph_has_its_title_before_it() -> None:
    blocks = document("部門別の売上\n部門　　売上高\n-----------\n食品　　120\n飲料　　80\n雑貨　　60\n").blocks
    assert BlockKind.TABLE in [block.kind for block in blocks]


@pytest.mark.parametrize("line", ["|", "ab cd", "百万円 %"])
def test_long_runs_of_lines_that_are_no_table_are_soon_read(line: str) -> None:
    began = time.process_time()
    assert find_flattened([line] * 800) == []
    assert time.process_time() - began < 3

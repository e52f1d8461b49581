from __future__ import annotations

from datetime import date

import pytest

from extractors.readers.text import read_text
from schemas import BlockKind, Document, Table, TableKind
from tests.extractors.readers.laws import check_spans

REPORT = """2025年6月24日 全6頁

蓄電池市場の行方

[要約]

・市場は2024年に1兆円を超えた。
・今後も伸びる見込みである。

1. はじめに

本稿では蓄電池の市場を見る。前回の報告¹からは半年が過ぎた。

図表 1 主要各社の売上高（単位：億円）

社名 2023年度 2024年度
甲社 1,200 1,350
乙 電池 800 ▲15

(注) 乙電池は連結。

(出所) 各社資料

¹ 前回の報告は2024年12月に公表した。

2. 各社の動き

甲社は工場を建てる。投資額は500億円である。

- 3 -

3. まとめ

伸びは続く。
"""


def read(source: str, name: str = "a.txt") -> Document:
    document = read_text(source.encode(), name=name)
    check_spans(document)
    return document


def grid(table: Table) -> list[list[str | None]]:
    return [[cell.text if (cell := table.at(r, c)) else None for c in range(table.columns)] for r in range(table.rows)]


def test_a_report() -> None:
    document = read(REPORT)
    by_kind: dict[BlockKind, list[str]] = {}
    for block in document.blocks:
        by_kind.setdefault(block.kind, []).append(document.quote(block.span))
    assert by_kind[BlockKind.HEADING] == ["蓄電池市場の行方", "[要約]", "1. はじめに", "2. 各社の動き", "3. まとめ"]
    assert len(by_kind[BlockKind.LIST_ITEM]) == 2
    assert by_kind[BlockKind.CAPTION] == ["図表 1 主要各社の売上高（単位：億円）"]
    assert len(by_kind[BlockKind.NOTE]) == 2
    assert by_kind[BlockKind.FOOTNOTE] == ["¹ 前回の報告は2024年12月に公表した。"]
    assert by_kind[BlockKind.FOOTER] == ["- 3 -"]
    assert document.metadata.published == date(2025, 6, 24)
    assert document.metadata.title == "蓄電池市場の行方"
    (table,) = document.tables
    assert table.kind is TableKind.FLATTENED
    assert grid(table) == [["社名", "2023年度", "2024年度"], ["甲社", "1,200", "1,350"], ["乙 電池", "800", "▲15"]]
    assert table.unit_note is not None
    assert document.quote(table.unit_note) == "（単位：億円）"


FLATTENED = [
    ("\t2023年\t2024年 // 売上\t10\t20 // 利益\t\t2", "|2023年|2024年 // 売上|10|20 // 利益||2"),
    (
        "項目    2023年   2024年 // 売上高  1,200    1,300 // 利益    100      120",
        "項目|2023年|2024年 // 売上高|1,200|1,300 // 利益|100|120",
    ),
    (  # heads set off by blanks over the figures, the corner empty
        "　　　　　　売上高　　営業利益 // 甲社　1,200億円　100億円 // 乙社　900億円　▲20億円",
        "|売上高|営業利益 // 甲社|1,200億円|100億円 // 乙社|900億円|▲20億円",
    ),
    (  # a head over two columns, units below
        "　　　　　　売上高　　　　営業利益 // 　　　　　　億円　％　　億円　％"
        " // 24年度　12　3.1　1　△2.0 // 23年度　11　2.0　1　1.5",
        "|売上高|売上高|営業利益|営業利益 // |億円|％|億円|％ // 24年度|12|3.1|1|△2.0 // 23年度|11|2.0|1|1.5",
    ),
    ("No. 事業 予算額 // 1 学校 1,200 // 2 道路 3,400", "No.|事業|予算額 // 1|学校|1,200 // 2|道路|3,400"),
    (
        "2022年 2023年 // 売上高 1,200 1,300 // 営業利益率 8.3% 9.1%",
        "|2022年|2023年 // 売上高|1,200|1,300 // 営業利益率|8.3%|9.1%",
    ),
    (
        "Segment FY2023 FY2024 // Cloud services 1,200 1,350 // Other - 90",
        "Segment|FY2023|FY2024 // Cloud services|1,200|1,350 // Other|-|90",
    ),
    (  # heads for the figures alone
        "開示数 開示率 売上高 // 製造業 366 52.9% 16.1% // 非製造業 326 51.4% 3.8%",
        "|開示数|開示率|売上高 // 製造業|366|52.9%|16.1% // 非製造業|326|51.4%|3.8%",
    ),
    (  # signs apart from their figures
        "2012 2011 Change // Revenue $ 291.7 $ 262.5 11 % // Net income $ 29.7 -- 12 %",
        "|2012|2011|Change // Revenue|$ 291.7|$ 262.5|11 % // Net income|$ 29.7|--|12 %",
    ),
    ("| 社 | 額 | // | 甲 | 10億円 |", "社|額 // 甲|10億円"),
    (
        "企業 モデル 規模 備考 // 甲社 Alpha-7B 70億 公開中 // 乙研究所 Beta-13B 130億 準備中 // 丙 Gamma-1 9億 社内",
        "企業|モデル|規模|備考 // 甲社|Alpha-7B|70億|公開中 // 乙研究所|Beta-13B|130億|準備中 // 丙|Gamma-1|9億|社内",
    ),
]


@pytest.mark.parametrize(("lines", "expected"), FLATTENED)
def test_flattened_tables(lines: str, expected: str) -> None:
    document = read("各社の数字は次のとおりです。\n\n" + lines.replace(" // ", "\n") + "\n\n以上です。\n")
    (table,) = document.tables
    assert grid(table) == [row.split("|") for row in expected.split(" // ")]


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_table_under_a_numbered_heading(gap: str) -> None:
    document = read(f"2. 地域別\n{gap}        Sales   Share\nNorth     120    60%\nSouth      80    40%\n")
    assert [grid(table)[:2] for table in document.tables] == [[["", "Sales", "Share"], ["North", "120", "60%"]]]


@pytest.mark.parametrize(
    "lines",
    [
        "日経+1.9% → 全面高 → 様子見\n円+0.2%、金+0.6% → 円高 → 輸出に逆風\n原油-0.4% → 反落 → 空運に追い風",
        "甲社 強気継続 850→900円\n乙社 中立継続 1,800→2,100円\n丙社 弱気継続 2,850→2,700円",
    ],
)
def test_steps_with_arrows_head_no_table(lines: str) -> None:
    assert not read(lines + "\n").tables


@pytest.mark.parametrize(
    "lines",
    [
        "Alpha Beta Gamma\nNorth 1 2 3\nSouth 4 5 6",  # Latin words may be one name
        "製造業 366\n非製造業 326",  # nothing heads them
        "銘柄 株価 前日比\n甲社 2,500 +30 +1.2%\n乙社 3,600 -20 -0.6%",  # two figures under the last head
    ],
)
def test_rows_without_heads_of_their_own_are_no_table(lines: str) -> None:
    assert not read(lines + "\n").tables


def test_words_that_stand_together_elsewhere_are_one_cell() -> None:
    table = "企業 モデル 規模\n甲社 Alpha-7B 70億\nNorth Wind Beta-13B 130億\n乙社 Gamma-1 20億\n"
    document = read(table + "\nNorth Windは札幌の会社である。\n")
    assert grid(document.tables[0])[2] == ["North Wind", "Beta-13B", "130億"]
    unsure = read(table)
    assert grid(unsure.tables[0])[2] == ["North Wind Beta-13B", "North Wind Beta-13B", "130億"]
    assert unsure.tables[0].at(2, 0) == unsure.tables[0].at(2, 1)
    assert [issue.code for issue in unsure.issues] == ["flattened-row-unsplit"]


@pytest.mark.parametrize(
    "source",
    [
        "生成 AI モデルの 開発は 進む。\n米国の 企業は 優位を 保つ。\n価格の 引き下げも 進む。",
        "The market grew by 15 percent in 2024.\nIt will grow by 20 percent in 2025.\nThat is the plan.",
        "甲社 乙社\n丙社 丁社",
        "\t字下げした文である。\n\tこれも字下げした文である。",
        "●\t売上高は10億円。\n●\t利益は1億円。",
        "(1)\t売上高は10億円。\n(2)\t利益は1億円。",
    ],
)
def test_prose_is_no_table(source: str) -> None:
    assert read(source).tables == ()


def test_lines_broken_at_a_width_are_joined() -> None:
    first = "この文章は機械で折り返されたもので、一行の幅がほぼそろっている。だから段"
    second = "落は行をまたいで続き、文の途中で行が終わることになる。次の行も同じように"
    third = "続いていき、最後の行だけが短くなる。"
    source = f"{first}\n{second}\n{third}\n\n{second}\n{first}\n{second}\n{third}\n"
    assert len(read(source).blocks) == 2


def test_a_line_is_a_paragraph() -> None:
    source = "短い文。\n" + "とても長い段落は一行に書かれている。" * 6 + "\n中くらいの段落である。数字は10億円。\n"
    assert [b.kind for b in read(source).blocks] == [BlockKind.PARAGRAPH] * 3


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("図表4-7-4-1　市場規模の推移", BlockKind.CAPTION),
        ("図表4-7によると市場は伸びた。", BlockKind.PARAGRAPH),
        ("Table 2: Revenue by segment", BlockKind.CAPTION),
        ("表2024年の結果は良い。", BlockKind.PARAGRAPH),
        ("(注1) 概算である。", BlockKind.FOOTNOTE),
        ("（注）概算である。", BlockKind.NOTE),
        ("出典：総務省", BlockKind.NOTE),
        ("Source: company data", BlockKind.NOTE),
        ("※速報値である。", BlockKind.NOTE),
        ("● 売上高は10億円", BlockKind.LIST_ITEM),
        ("➢ 売上高は10億円", BlockKind.LIST_ITEM),
        ("12 / 30", BlockKind.FOOTER),
        ("-5.2%となった。", BlockKind.PARAGRAPH),
    ],
)
def test_roles_of_lines(line: str, kind: BlockKind) -> None:
    document = read(f"前の段落である。\n\n{line}\n\n後の段落である。\n")
    assert document.blocks[1].kind is kind


NOTES = (
    "国内の端末 13 の出荷は減少した。その一方で、部品の輸入は増えている 14 。\n出典は「貿易の統計」 15\n"
    "13　出荷は工場を出た台数をいう。\n"
)


def test_footnote_marks_left_as_bare_numbers_are_marks() -> None:
    document = read_text(NOTES.encode(), name="notes.txt")
    assert [document.quote(mark).strip() for mark in document.marks] == ["13", "14", "15"]


@pytest.mark.parametrize(
    "text",
    [
        "図表 1 の通り。図表 2 は割愛する。図表 3 を見よ。\n",
        "フェーズ 1 では調べ、フェーズ 2 では作り、フェーズ 3 で広げる。\n",
        "店舗 1 は黒字、店舗 2 は赤字、店舗 3 は休業。\n",
        "会合は 8 日 に始まり、 9 日 も続き、 10 日 に閉じた。\n",
        "来場者は 24 を数え、委員は 7 だった。\n",
    ],
)
def test_numbers_that_are_said_are_no_marks(text: str) -> None:
    assert read_text(text.encode(), name="notes.txt").marks == ()


STACKED = """３．収支の推移
年度
歳入（億円）
公債依存度（％）
令和４
1,239
34.3
令和５
1,285
31.1
令和６
1,301
31.5
その後は下がった。
"""


def test_cells_on_lines_of_their_own_are_a_table() -> None:
    (table,) = read(STACKED).tables
    assert grid(table)[0] == ["年度", "歳入（億円）", "公債依存度（％）"]
    assert grid(table)[3] == ["令和６", "1,301", "31.5"]


def test_a_title_and_an_empty_corner_above_stacked_cells() -> None:
    source = (
        "株主への還元の方針\n2024年度実績\n2025年度予想\n"
        "修正幅\n純利益\n272億円\n"
        "300億円\n＋20億円\nROE\n"
        "5.4%\n5.8%\n－\n"
    )
    (table,) = read(source).tables
    assert grid(table)[0] == ["", "2024年度実績", "2025年度予想", "修正幅"]
    assert grid(table)[2] == ["ROE", "5.4%", "5.8%", "－"]


def test_short_lines_without_a_beat_are_no_table() -> None:
    assert not read("会社案内\n沿革\n1998年\n創業\n2004年\n上場\n従業員\n120名\n").tables
    assert not read("見通し\n2031年度\n実質▲0.4%\n名目+1.2%\n2032年度\n実質+0.9%\n名目+2.1%\n2033年度\n").tables


def test_a_lone_word_heads_a_section_of_a_gapped_table() -> None:
    source = (
        "区分　　　７年度当初　　８年度政府案\n（歳出）\n防衛費　　　86,691　　　89,843\n"
        "（歳入）\n税収　　　778,190　　　837,350\n"
    )
    (table,) = read(source).tables
    assert table.header_rows == 1
    assert [row[0] for row in grid(table)] == ["区分", "（歳出）", "防衛費", "（歳入）", "税収"]


def test_upper_heads_stand_over_groups_of_times() -> None:
    source = (
        "残高（億円）\t損益（億円）\tデュレーション（年）\n"
        "25/3\t25/9\t25/3\t25/9\t25/9\n"
        "国債\t3,204\t2,688\t▲341\t▲268\t6.1\n"
        "社債\t6,911\t6,502\t▲402\t▲447\t4.4\n"
    )
    (table,) = read(source).tables
    assert table.header_rows == 2
    assert grid(table)[0] == [
        "",
        "残高（億円）",
        "残高（億円）",
        "損益（億円）",
        "損益（億円）",
        "デュレーション（年）",
    ]


def test_borders_drawn_with_signs_part_no_head_from_its_rows() -> None:
    source = (
        "+------+-------+\n| MW   | 2024  |\n"
        "+======+=======+\n| Wind | 5,510 |\n"
        "+------+-------+\n| Sun  | 3,470 |\n"
        "+------+-------+\n"
    )
    (table,) = read(source).tables
    assert grid(table) == [["MW", "2024"], ["Wind", "5,510"], ["Sun", "3,470"]]


PROSE = "市場は前年から広がり、国内の契約数も大きく増えた。来年も同じ勢いが続くと見られている。理由は三つある。"


@pytest.mark.parametrize(
    ("lines", "headings"),
    [
        (f"１　賃金 // {PROSE} // ２　雇用 // {PROSE}", ["１　賃金", "２　雇用"]),
        (f"ア　通信 // （ア）端末 // {PROSE} // （イ）回線 // {PROSE}", ["ア　通信", "（ア）端末", "（イ）回線"]),
        (f"Ⅰ　概要 // １　世帯 // {PROSE}", ["Ⅰ　概要", "１　世帯"]),
        (f"第２節　通信 // 1　普及 // {PROSE}", ["第２節　通信", "1　普及"]),
        (f"第１　概観 // {PROSE}", ["第１　概観"]),
        (f"◎市場の姿 // {PROSE}", ["◎市場の姿"]),
        (f"甲野電機、純利益２億円　３年ぶり // {PROSE}", ["甲野電機、純利益２億円　３年ぶり"]),
        (f"売上高 10億円 // {PROSE}", []),
        (f"1　甲社の発表による。 // 2　乙研究所の調査による。 // {PROSE}", []),
    ],
)
def test_lines_that_head_what_follows(lines: str, headings: list[str]) -> None:
    document = read(lines.replace(" // ", "\n") + "\n")
    assert [document.quote(b.span) for b in document.blocks if b.kind.value == "heading"] == headings

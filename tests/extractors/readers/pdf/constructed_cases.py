"""The cases: what reports do with tables. Written before the reader saw them."""

from __future__ import annotations

import pymupdf

from tests.extractors.readers.pdf.constructed import Expected, Sheet, case

PROFIT = [
    ["項目", "2028年度", "2029年度", "2030年度"],
    ["売上高", "48,210", "51,033", "55,907"],
    ["営業利益", "3,120", "△ 415", "2,876"],
    ["純利益", "1,804", "(1,234)", "1,519"],
]
FOUR = [60, 220, 325, 430, 535.0]


@case
def unit_above_right(s: Sheet) -> list[Expected]:
    s.line("次の表は業績の推移を示したものである。", step=2.4)
    s.line("表3 業績の推移")
    s.line("(単位:百万円)", 535, 8, "r")
    s.table(PROFIT, FOUR)
    return [Expected(PROFIT, 1, "業績の推移", "(単位:百万円)")]


@case
def unit_on_the_caption_line_borderless(s: Sheet) -> list[Expected]:
    s.put(535, s.y, "単位:億円", 8, "r")
    s.line("図表2 業績の推移")
    s.table(PROFIT, FOUR, "half")
    s.line("(資料) 架空証券", size=8)
    return [Expected(PROFIT, 1, "業績の推移", "単位:億円", "架空証券")]


@case
def unit_in_the_corner(s: Sheet) -> list[Expected]:
    rows = [["(百万円)", *PROFIT[0][1:]], *PROFIT[1:]]
    s.line("業績の推移", step=2)
    s.table(rows, FOUR)
    return [Expected(rows, 1)]


@case
def units_in_the_heads(s: Sheet) -> list[Expected]:
    rows = [
        ["地域", "売上高\n(百万円)", "構成比\n(%)", "従業員\n(人)"],
        ["関東", "12,400", "62.0", "318"],
        ["関西", "5,100", "25.5", "140"],
        ["海外", "2,500", "12.5", "77"],
        ["合計", "20,000", "100.0", "535"],
    ]
    s.table(rows, FOUR, "half")
    return [Expected([[t.replace("\n", "") for t in row] for row in rows])]


@case
def unit_in_the_first_value(s: Sheet) -> list[Expected]:
    rows = [
        ["", "前期", "当期"],
        ["受取手形", "122百万円", "98百万円"],
        ["売掛金", "1,410", "1,533"],
        ["未収入金", "37", "－"],
        ["計", "1,569", "1,631"],
    ]
    s.table(rows, [60, 260, 400, 535], "half")
    return [Expected(rows)]


@case
def unit_below_left(s: Sheet) -> list[Expected]:
    s.line("図表4 部門別の受注高")
    s.table(PROFIT, FOUR)
    s.line("(注) 単位は百万円。2030年度は会社計画。", size=8)
    s.line("(出所) 架空総研", size=8)
    return [Expected(PROFIT, 1, "部門別の受注高", None, "架空総研")]


@case
def caption_note_and_source_of_two_tables(s: Sheet) -> list[Expected]:
    out = []
    for n, (title, origin) in enumerate((("電力の需要", "架空電力庁"), ("ガスの需要", "架空ガス協会")), 1):
        rows = [
            ["区分", "2029年", "2030年"],
            ["家庭", f"{n}40", f"{n}52"],
            ["産業", f"{n}75", f"{n}68"],
            ["輸送", f"{n}9", f"△{n}3"],
        ]
        s.line(f"図表{n} {title}")
        s.put(535, s.y - 4, "(単位:PJ)", 8, "r")
        s.y += 4
        s.table(rows, [60, 260, 400, 535], "half")
        s.line("(注) 速報値を含む。", size=8, step=1.5)
        s.line(f"(出所) {origin}の統計より作成", size=8, step=3)
        s.line("需要は気温と生産の両方に左右される。家庭用は冬に多く、産業用は年間を通じて大きくは変わらない。", step=3)
        out.append(Expected(rows, 1, title, None, origin))
    return out


@case
def caption_below_english(s: Sheet) -> list[Expected]:
    rows = [
        ["Segment", "Revenue", "Margin"],
        ["Tools", "$1,204", "18.2%"],
        ["Parts", "887", "(3.1)%"],
        ["Service", "310", "41.0%"],
    ]
    s.line("The three segments differ widely in margin, as shown below.", step=2.6)
    s.table(rows, [60, 260, 400, 535], "half")
    s.line("Table 7. Revenue and margin by segment ($ million)", step=3)
    s.line("Service remained the most profitable of them all.")
    return [Expected(rows, 1, "Revenue and margin by segment")]


LEFT = [["品目", "数量", "金額"], ["鋼材", "310", "4,120"], ["樹脂", "88", "△975"], ["銅線", "41", "1,306"]]
RIGHT = [["国", "輸出", "輸入"], ["甲国", "712", "690"], ["乙国", "1,050", "433"], ["丙国", "96", "(208)"]]


@case
def side_by_side_half_ruled(s: Sheet) -> list[Expected]:
    s.put(50, s.y, "図表1 資材の購入")
    s.put(320, s.y, "図表2 国別の貿易")
    s.y += 8
    top = s.y
    s.table(LEFT, [50, 130, 200, 275], "half")
    s.y = top
    s.table(RIGHT, [320, 400, 470, 545], "half")
    s.put(50, s.y, "(出所) 架空商工会", 8)
    s.put(320, s.y, "(出所) 架空税関", 8)
    return [
        Expected(LEFT, 1, "資材の購入", None, "架空商工会"),
        Expected(RIGHT, 1, "国別の貿易", None, "架空税関"),
    ]


@case
def side_by_side_ruled_of_unlike_length(s: Sheet) -> list[Expected]:
    right = [*RIGHT, ["丁国", "55", "61"], ["戊国", "2,340", "1,998"]]
    top = s.y
    s.table(LEFT, [50, 130, 200, 275])
    s.y = top
    s.table(right, [310, 400, 470, 545])
    return [Expected(LEFT), Expected(right)]


TWO_LEVELS = [
    ["事業", "2029年度", "2029年度", "2030年度", "2030年度"],
    ["事業", "計画", "実績", "計画", "実績"],
    ["医薬", "510", "498", "530", "561"],
    ["食品", "1,220", "1,305", "1,350", "1,288"],
    ["化粧品", "75", "△12", "90", "104"],
]
FIVE = [60, 155, 250, 345, 440, 535.0]


@case
def two_levels_ruled(s: Sheet) -> list[Expected]:
    s.table(TWO_LEVELS, FIVE, merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)), head=2)
    return [Expected(TWO_LEVELS, 2)]


@case
def two_levels_half_ruled(s: Sheet) -> list[Expected]:
    top = s.y
    s.table(TWO_LEVELS, FIVE, "half", merged=((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4)), head=2)
    for a, b in ((160, 340), (350, 530)):
        s.page.draw_line((a, top + 18), (b, top + 18), width=0.5)
    return [Expected(TWO_LEVELS, 2)]


@case
def three_levels_ruled(s: Sheet) -> list[Expected]:
    rows = [
        ["区分", "国内", "国内", "国内", "海外"],
        ["区分", "小売", "小売", "卸", "海外"],
        ["区分", "店舗", "通販", "卸", "海外"],
        ["上期", "210", "95", "402", "1,180"],
        ["下期", "198", "120", "377", "1,240"],
    ]
    merged = ((0, 0, 2, 0), (0, 1, 0, 3), (0, 4, 2, 4), (1, 1, 1, 2), (1, 3, 2, 3))
    s.table(rows, FIVE, merged=merged, head=3)
    return [Expected(rows, 3)]


@case
def negatives(s: Sheet) -> list[Expected]:
    rows = [
        ["科目", "金額", "増減額", "増減率"],
        ["営業収入", "8,402", "△ 135", "▲1.6%"],
        ["投資支出", "(1,234)", "＋88", "7.7%"],
        ["財務収支", "△2,050", "－", "―"],
        ["換算差額", "－12", "△0.4", "-3.3%"],
    ]
    s.line("(単位:百万円)", 535, 8, "r")
    s.table(rows, FOUR, "half")
    return [Expected(rows, 1, None, "(単位:百万円)")]


@case
def dollar_signs_apart(s: Sheet) -> list[Expected]:
    s.line("Consolidated statement of operations (in thousands, except per share)", step=2)
    rows = [
        ["", "2030", "2029"],
        ["Net sales", "$ 41,220", "$ 38,105"],
        ["Cost of sales", "(27,903)", "(26,114)"],
        ["Gross profit", "13,317", "11,991"],
        ["Other income", "—", "212"],
        ["Net income", "$ 4,018", "$ 3,377"],
    ]
    s.table([[t.replace("$ ", "") for t in row] for row in rows], [60, 300, 420, 535], "half")
    top = s.y - 1.6 * 9 - 6 * 18
    for r in (1, 5):
        for x in (330, 450):
            s.put(x, top + r * 18 + 9 + 0.36 * 9, "$", 9)
    return [Expected(rows, 1)]


@case
def lists_in_cells(s: Sheet) -> list[Expected]:
    rows = [
        ["課題", "取組み", "目標"],
        ["調達", "・複数社からの購入\n・在庫の圧縮", "2031年度までに15%削減"],
        ["人材", "・研修の拡充\n・中途採用を120人に\n・育成制度の見直し", "離職率3.5%以下"],
        ["環境", "・太陽光の導入", "排出量40%減"],
    ]
    s.table(rows, [60, 130, 350, 535], flush="lll")
    return [Expected([[t.replace("\n", "") for t in row] for row in rows])]


@case
def wrapped_labels(s: Sheet) -> list[Expected]:
    rows = [
        ["科目", "前期末", "当期末"],
        ["その他有価証券\n評価差額金", "1,204", "980"],
        ["退職給付に係る\n調整累計額", "△88", "△102"],
        ["新株予約権", "15", "21"],
    ]
    s.table(rows, [60, 200, 360, 535], "half")
    return [Expected([[t.replace("\n", "") for t in row] for row in rows])]


@case
def row_groups(s: Sheet) -> list[Expected]:
    rows = [
        ["地域", "製品", "数量", "金額"],
        ["東部", "甲型", "120", "3,400"],
        ["東部", "乙型", "75", "1,910"],
        ["西部", "甲型", "98", "2,870"],
        ["西部", "乙型", "143", "4,015"],
        ["合計", "合計", "436", "12,195"],
    ]
    s.table(rows, FOUR, merged=((1, 0, 2, 0), (3, 0, 4, 0), (5, 0, 5, 1)))
    return [Expected(rows)]


@case
def shaded_rows(s: Sheet) -> list[Expected]:
    s.line("Figure 3: Shipments by quarter (thousand units)", step=2)
    rows = [["Quarter", "Phones", "Tablets", "Watches"]]
    rows += [[f"Q{i} 2030", f"{i * 1210:,}", f"{i * 88}", f"{40 - i}"] for i in range(1, 5)]
    s.table(rows, FOUR, "shaded")
    return [Expected(rows, 1, "Shipments by quarter")]


@case
def rotated_table(s: Sheet) -> list[Expected]:
    s.page.set_mediabox(pymupdf.Rect(0, 0, 842, 595))
    s.line("(単位:千円)", 535, 8, "r")
    s.table(PROFIT, FOUR)
    s.page.set_rotation(90)
    return [Expected(PROFIT, 1, None, "(単位:千円)")]


@case
def table_in_one_of_two_columns(s: Sheet) -> list[Expected]:
    words = "この報告では、架空地域の産業を調べ、設備と人手の両面から供給力を見積もる。調査は毎年行われている。"
    for i in range(24):
        s.put(50, 60 + 15 * i, words[i % 7 : i % 7 + 24], 9.5)
        if i > 9:
            s.put(310, 60 + 15 * i, words[i % 5 : i % 5 + 24], 9.5)
    s.put(310, 62, "表1 産業別の人手", 9)
    rows = [["産業", "現在", "必要"], ["建設", "4.1", "5.6"], ["介護", "12.8", "15.0"], ["物流", "7.3", "△0.8"]]
    s.y = 68
    s.table(rows, [310, 390, 460, 540], "half", high=16)
    s.put(310, 68 + 4 * 16 + 14, "(注) 単位は千人。", 8)
    return [Expected(rows, 1, "産業別の人手")]


@case
def footnote_marks_in_cells(s: Sheet) -> list[Expected]:
    rows = [
        ["機種", "出荷台数", "単価(円)"],
        ["A-100", "3,210", "48,000"],
        ["A-200", "1,875", "52,500"],
        ["B-10", "640", "120,000"],
    ]
    s.table(rows, [60, 260, 400, 535], "half")
    top = s.y - 1.6 * 9 - 4 * 18
    s.put(397, top + 18 + 9, "*1", 5)
    s.put(397, top + 36 + 9, "*2", 5)
    s.line("*1 出荷台数は推計。 *2 返品を除く。", size=7)
    return [Expected([rows[0], ["A-100", "3,210*1", "48,000"], ["A-200", "1,875*2", "52,500"], rows[3]])]

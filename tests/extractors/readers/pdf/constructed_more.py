"""A second batch of cases, written after the first was mended and before the reader saw these."""

from __future__ import annotations

from tests.extractors.readers.pdf.constructed import Expected, Sheet, case

FOUR = [60, 220, 325, 430, 535.0]


@case
def sections_of_a_balance_sheet(s: Sheet) -> list[Expected]:
    rows = [
        ["", "前期末", "当期末"],
        ["資産の部", "", ""],
        ["流動資産", "", ""],
        ["現金及び預金", "12,450", "13,981"],
        ["売掛金", "8,307", "7,720"],
        ["流動資産合計", "20,757", "21,701"],
        ["固定資産", "", ""],
        ["建物", "5,110", "4,902"],
        ["土地", "9,000", "9,000"],
        ["固定資産合計", "14,110", "13,902"],
        ["資産合計", "34,867", "35,603"],
    ]
    s.line("(単位:千円)", 535, 8, "r")
    s.table(rows, [60, 300, 420, 535], "half")
    return [Expected(rows, 1, None, "(単位:千円)")]


@case
def stacked_tables_without_captions(s: Sheet) -> list[Expected]:
    first = [["工場", "面積", "人員"], ["北", "4,200", "310"], ["南", "3,850", "275"], ["西", "990", "41"]]
    second = [["原料", "在庫", "消費", "単価"], ["砂", "880", "1,210", "4.5"], ["灰", "75", "63", "12.0"]]
    second += [["石", "2,040", "1,975", "3.2"], ["計", "2,995", "3,248", "－"]]
    s.line("当期の工場と原料は次のとおりである。", step=2)
    s.table(first, [60, 260, 400, 535], "half")
    s.y += 10
    s.line("また、原料の動きは次のとおりである。", step=2)
    s.table(second, FOUR, "half")
    return [Expected(first), Expected(second)]


@case
def slide_with_bullets_and_a_table(s: Sheet) -> list[Expected]:
    s.new(960, 540)
    s.document.delete_page(0)
    s.page = s.document[0]
    s.put(40, 60, "新規事業の見通し", 26)
    for i, text in enumerate(("需要は2030年まで年率8%で伸びる", "設備投資は前半に集中する", "人員は現状の1.4倍が要る")):
        s.put(50, 130 + 34 * i, "・" + text, 14)
    rows = [
        ["年度", "売上", "利益", "人員"],
        ["2028", "120", "△15", "80"],
        ["2029", "210", "4", "95"],
        ["2030", "340", "38", "112"],
    ]
    s.put(900, 118, "(単位:億円、人)", 10, "r")
    s.y = 125
    s.table(rows, [470, 580, 690, 800, 900], "shaded", size=13, high=30)
    return [Expected(rows, 1, None, "単位:億円")]


@case
def narrow_columns_of_small_figures(s: Sheet) -> list[Expected]:
    heads = ["地区", *[f"{m}月" for m in range(4, 13)]]
    rows = [heads]
    for k, name in enumerate(("札幌", "仙台", "名古屋", "広島", "福岡")):
        rows.append([name, *[f"{(k + 2) * 117 + m * 31:,}" for m in range(9)]])
    s.line("表6 地区別の月次販売")
    s.table(rows, [60, 110, *[110 + 47 * i for i in range(1, 10)]], "half", size=7, high=14)
    return [Expected(rows, 1, "地区別の月次販売")]


@case
def company_profile(s: Sheet) -> list[Expected]:
    rows = [
        ["商号", "架空繊維株式会社"],
        ["設立", "1958年4月"],
        ["資本金", "32億円"],
        ["従業員", "単体412名、連結1,906名(2030年3月末)"],
        ["事業", "産業用繊維の製造\n衣料の企画と販売"],
    ]
    s.table(rows, [60, 160, 535], flush="ll", head=0)
    return [Expected([[t.replace("\n", "") for t in row] for row in rows], 0)]


@case
def dot_leaders_english(s: Sheet) -> list[Expected]:
    labels = ["Net sales", "Cost of goods sold", "Selling expenses", "Interest, net", "Income before taxes"]
    figures = [("91,204", "88,310"), ("(60,118)", "(59,077)"), ("(14,920)", "(13,655)"), ("(803)", "112")]
    figures.append(("15,363", "15,690"))
    s.line("Statements of income (in thousands of dollars)", step=2)
    top = s.y
    for x, year in ((440, "2030"), (535, "2029")):
        s.put(x, top, year, 9, "r", bold=True)
    s.page.draw_line((380, top + 4), (535, top + 4), width=0.6)
    for i, (label, pair) in enumerate(zip(labels, figures, strict=True)):
        y = top + 16 * (i + 1)
        s.put(60, y, label + " " + "." * (80 - 2 * len(label)), 9)
        s.put(440, y, pair[0], 9, "r")
        s.put(535, y, pair[1], 9, "r")
    rows = [["", "2030", "2029"], *[[label, *pair] for label, pair in zip(labels, figures, strict=True)]]
    return [Expected(rows)]


@case
def running_head_over_a_long_table(s: Sheet) -> list[Expected]:
    head = ["番号", "案件", "金額"]
    rows = [[f"{i}", f"架空案件その{i}", f"{i * 310 + 7:,}"] for i in range(1, 61)]
    for number, part in enumerate((rows[:31], rows[31:])):
        if number:
            s.new()
        s.put(60, 36, "架空建設株式会社 有価証券報告書", 8)
        s.put(297, 820, f"{number + 7}/90", 8, "c")
        s.y = 62
        s.table([head, *part], [60, 160, 400, 535], "half", high=22, flush="llr")
    return [Expected([head, *rows])]


@case
def bracketed_unit_and_plain_title(s: Sheet) -> list[Expected]:
    rows = [["摘要", "予算", "決算", "差引"], ["会費", "400", "412", "12"], ["事業", "1,150", "1,098", "△52"]]
    rows += [["雑収", "30", "8", "△22"], ["計", "1,580", "1,518", "△62"]]
    s.line("収支計算書", 60, 12, step=1.9)
    s.line("[単位:千円]", 535, 8, "r")
    s.table(rows, FOUR)
    return [Expected(rows, 1, "収支計算書", "単位:千円")]


@case
def group_heads_without_lines(s: Sheet) -> list[Expected]:
    rows = [
        ["Product", "First half", "First half", "Second half", "Second half"],
        ["Product", "Units", "Value", "Units", "Value"],
        ["Lamps", "1,204", "310", "1,377", "352"],
        ["Fans", "880", "95", "640", "71"],
        ["Heaters", "96", "40", "2,015", "810"],
        ["Total", "2,180", "445", "4,032", "1,233"],
    ]
    merged = ((0, 0, 1, 0), (0, 1, 0, 2), (0, 3, 0, 4))
    s.table(rows, [60, 155, 250, 345, 440, 535], "half", merged=merged, head=2)
    return [Expected(rows, 2)]


@case
def page_of_prose_with_figures_has_no_table(s: Sheet) -> list[Expected]:
    for i in range(14):
        s.line(f"第{i + 1}に、売上高は{1200 + 45 * i}百万円となり、前年の{1100 + 40 * i}百万円から増えた。")
    return []

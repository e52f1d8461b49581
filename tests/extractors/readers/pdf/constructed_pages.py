"""The cases of tables that go on over pages. Written before the reader saw them."""

from __future__ import annotations

from tests.extractors.readers.pdf.constructed import Expected, Rows, Sheet, case


def _branches(first: int, last: int) -> Rows:
    return [[f"第{i}営業所", f"{1000 + 37 * i:,}", f"{i * 13 % 90}.{i % 10}%"] for i in range(first, last)]


@case
def continued_ruled_japanese(s: Sheet) -> list[Expected]:
    head = ["営業所", "取扱高", "前年比"]
    s.line("図表1 営業所別の取扱高")
    s.line("(単位:百万円)", 535, 8, "r")
    s.table([head, *_branches(1, 33)], [60, 260, 400, 535], high=21)
    s.new()
    s.table([head, *_branches(33, 48)], [60, 260, 400, 535], high=21)
    s.line("(出所) 架空商会の資料より作成", size=8)
    return [Expected([head, *_branches(1, 48)], 1, "営業所別の取扱高", "(単位:百万円)", "架空商会")]


@case
def continued_half_ruled_with_repeated_unit(s: Sheet) -> list[Expected]:
    head = ["銘柄", "株式数", "評価額"]
    rows = [[f"架空電機{i}号", f"{i * 210:,}", f"{i * 1371:,}"] for i in range(1, 66)]
    s.line("(単位:千円)", 535, 8, "r")
    s.table([head, *rows[:30]], [60, 260, 400, 535], "half", high=23)
    s.new()
    s.line("(単位:千円)", 535, 8, "r")
    s.table([head, *rows[30:60]], [60, 260, 400, 535], "half", high=23)
    s.new()
    s.line("(単位:千円)", 535, 8, "r")
    s.table([head, *rows[60:]], [60, 260, 400, 535], "half", high=23)
    return [Expected([head, *rows], 1, None, "(単位:千円)")]


@case
def continued_ruled_without_header(s: Sheet) -> list[Expected]:
    head = ["年月", "沿革", "備考"]
    rows = [[f"{1980 + i}年{i % 12 + 1}月", f"第{i}工場を開設", f"敷地{300 + i}坪"] for i in range(1, 46)]
    s.table([head, *rows[:33]], [60, 160, 400, 535], high=22, flush="lll")
    s.new()
    s.table(rows[33:], [60, 160, 400, 535], high=22, flush="lll", head=0)
    return [Expected([head, *rows])]


@case
def continued_english_half_ruled(s: Sheet) -> list[Expected]:
    head = ["Facility", "Capacity", "Staff"]
    rows = [[f"Plant {i:02}", f"{i * 450:,}", f"{i * 7}"] for i in range(1, 45)]
    s.line("Table 2. Capacity by facility")
    s.table([head, *rows[:30]], [60, 260, 400, 535], "half", high=23)
    s.new()
    s.line("Table 2. Capacity by facility (continued)")
    s.table([head, *rows[30:]], [60, 260, 400, 535], "half", high=23)
    s.line("Source: Imaginary Survey Office", size=8)
    return [Expected([head, *rows], 1, "Capacity by facility", None, "Imaginary Survey")]

"""Reading order, paragraphs, running heads, footnotes, hidden text."""

import pickle

import pymupdf

from schemas import BlockKind, Span
from tests.extractors.readers.pdf.paper import new_page, read, texts, write


def test_lines_of_a_paragraph_are_joined_without_a_blank_in_japanese_and_with_one_in_english() -> None:
    document = pymupdf.open()
    page = new_page(document)
    for i, line in enumerate(["当社の売上高は前年度に比べて大きく伸び、その主な理由は海外", "事業の拡大である。"]):
        write(page, 50, 80 + 15 * i, line)
    for i, line in enumerate(["Revenue grew faster than the market in every region where the", "company is active."]):
        page.insert_text((50, 160 + 14 * i), line, fontsize=10)
    found = read(document)
    assert any("海外事業の拡大である。" in t for t in texts(found, BlockKind.PARAGRAPH))
    assert any("where the company is active." in t for t in texts(found, BlockKind.PARAGRAPH))


def test_columns_are_read_one_after_the_other_even_when_written_line_by_line() -> None:
    document = pymupdf.open()
    page = new_page(document)
    left = ["一つ目の段の文は紙面の左側に", "三行にわたって書かれているとし", "次の段へは続かない。"]
    right = ["二つ目の段の文は紙面の右側に", "左と同じ高さの行で書かれていて", "ここで終わっている。"]
    for i, (a, b) in enumerate(zip(left, right, strict=True)):
        write(page, 45, 80 + 15 * i, a)
        write(page, 225, 80 + 15 * i, b)
    text = read(document).text
    assert "".join(left) in text and "".join(right) in text
    assert text.index("一つ目") < text.index("二つ目")


def test_running_heads_and_page_numbers_leave_the_flow_but_stay_in_the_text() -> None:
    document = pymupdf.open()
    for number in range(1, 5):
        page = new_page(document)
        write(page, 45, 35, "架空調査レポート 第47号", 8)
        write(page, 200, 570, f"- {number} -", 8)
        for i in range(8):
            write(page, 45, 90 + 15 * i, f"{number}ページ目の本文の{i}行目である。")
    found = read(document)
    assert texts(found, BlockKind.HEADER) == ["架空調査レポート 第47号"] * 4
    assert texts(found, BlockKind.FOOTER) == [f"- {n} -" for n in range(1, 5)]
    assert "第47号" not in "".join(texts(found, BlockKind.PARAGRAPH))


def test_footnote_mark_is_parted_from_the_number_and_bound_to_its_note() -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 50, 80, "生産台数は1,360")
    end = 50 + pymupdf.get_text_length("生産台数は1,360", fontname="japan", fontsize=10)
    write(page, end, 76.5, "1", 5)
    write(page, end + 3, 80, "台であった。")
    for i in range(10):
        write(page, 50, 110 + 15 * i, "本文の続きとして置く行である。")
    write(page, 50, 520, "1", 4)
    write(page, 53, 522, "試作機を除く台数。", 7)
    found = read(document)
    assert "1,3601" not in found.text and "1,360" in found.text
    assert next(found.quote(m) for m in found.marks) == "¹"
    notes = [b for b in found.blocks if b.kind is BlockKind.FOOTNOTE]
    assert len(notes) == 1 and notes[0].marker is not None and found.quote(notes[0].marker) == "¹"


def test_white_text_on_white_is_left_out_and_reported_but_white_on_dark_is_kept() -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 50, 80, "利益は88億円であった。")
    write(page, 50, 100, "利益は9999億円であった。", color=(1, 1, 1))
    page.draw_rect(pymupdf.Rect(45, 120, 300, 145), fill=(0, 0, 0.4))
    write(page, 50, 137, "濃い地の上の白い見出し", color=(1, 1, 1))
    found = read(document)
    assert "9999" not in found.text and "白い見出し" in found.text
    assert "hidden-text" in {i.code for i in found.issues}


def test_paragraph_goes_on_over_a_page_break_before_the_next_running_head() -> None:
    document = pymupdf.open()
    for number, body in enumerate(
        (["設備投資の額は前年度を上回り、主な対象は新しい工場の建設と"], ["古い設備の更新であった。"])
    ):
        page = new_page(document)
        write(page, 45, 35, "架空調査レポート", 8)
        write(page, 200, 570, f"{number + 1}", 8)
        if number == 0:
            for i in range(20):
                write(page, 50, 100 + 15 * i, "これは最初のページを満たすために置いた文であり、意味はない。")
        for i, line in enumerate(body):
            write(page, 50, (420 if number == 0 else 90) + 15 * i, line)
    assert "新しい工場の建設と古い設備の更新であった。" in read(document).text


def test_turned_page_reads_like_the_upright_one() -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 50, 80, "第1四半期の受注は312件であった。")
    upright = read(document).text
    for turn in (90, 180, 270):
        document[0].set_rotation(turn)
        found = read(document)
        assert found.text == upright and found.pages[0].rotation == turn
        box = found.layout[0].box
        assert 0 <= box.x0 < box.x1 <= found.pages[0].width and 0 <= box.top < box.bottom <= found.pages[0].height


def test_vertical_text_set_character_by_character_is_read_from_right_to_left() -> None:
    document = pymupdf.open()
    page = new_page(document)
    for column, text in enumerate(("架空製鋼の売上高は三千億円に達し", "ており従業員は一万人である。")):
        for i, char in enumerate(text):
            write(page, 350 - 20 * column, 80 + 10 * i, char)
    assert "架空製鋼の売上高は三千億円に達しており従業員は一万人である。" in read(document).text.replace("\n", "")


def test_boxes_come_when_they_are_asked_for_and_survive_pickling() -> None:
    document = pymupdf.open()
    page = new_page(document)
    write(page, 50, 80, "架空社の 2030年度の売上高は 1,250億円だった。")
    page.insert_text((50, 110), "Sales of the invented company rose to 1,250.", fontsize=10)
    found = read(document)
    again = pickle.loads(pickle.dumps(found))
    assert again == found and list(again.layout) == list(found.layout)
    for quote in ("1,250億円", "invented"):
        start = found.text.index(quote)
        (box,) = found.boxes(Span(start=start, end=start + len(quote)))
        (wanted,) = page.search_for(quote)
        assert abs(box.x0 - wanted.x0) < 1 and abs(box.x1 - wanted.x1) < 1 and box.page == 1


def test_panels_under_title_bars_are_read_one_after_the_other() -> None:
    document = pymupdf.open()
    page = new_page(document, 720, 405)
    for x, title in ((30, "左側の図の題名と説明"), (370, "右側の図の題名と説明")):
        page.draw_rect(pymupdf.Rect(x, 80, x + 320, 98), fill=(0.05, 0.1, 0.4), color=None)
        write(page, x + 6, 93, title, color=(1, 1, 1))
    for x, lines in ((40, ["左の一行目。", "左の二行目。"]), (380, ["右の一行目。", "右の二行目。"])):
        for i, line in enumerate(lines):
            write(page, x, 130 + 60 * i, line)
    found = read(document)
    assert texts(found, BlockKind.HEADING) == ["左側の図の題名と説明", "右側の図の題名と説明"]
    order = ["左側の図", "左の一", "左の二", "右側の図", "右の一", "右の二"]
    assert [found.text.index(part) for part in order] == sorted(found.text.index(part) for part in order)

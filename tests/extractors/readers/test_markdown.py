from __future__ import annotations

from datetime import date

import pytest

from extractors.readers.markdown import read_markdown
from extractors.readers.mdinline import read_inline
from schemas import BlockKind, CellRole, Document
from tests.extractors.readers.laws import check_spans

NOTE = """---
title: "架空電機の中期計画を読む"
author:
  - 山田 花子
date: 2025-05-13T09:00:00+09:00
updated_at: "2025-06-01"
language: ["ja"]
source: "https://example.com/notes/1"
tags: [計画, 電機]
---

# 中期計画

売上高は**1,200億円**[^1]を目指す。[発表資料](https://example.com/2025/plan_(v2).pdf "2025年版")による。

## 事業別

- 電池事業
  - 売上高 **400億円**
    続きの行
  - 比率は`33%`
- 部品事業

    同じ項目の二つ目の段落。

1. 一番目
2. 二番目

表1 事業別売上高(単位:億円)

| 事業 | 2024年度 | **2025年度** |
|:-----|---:|---:|
| 電池 | 350 | 400 |
| 部品 \\| 他 | [800](https://example.com/99) | 約`800` |
| 合計 | 1,150<br>(速報) |

(出所) 架空電機の資料を基に作成

> 引用の売上高は
> 5億円。

```python
x = 42
```

[^1]: 2024年度の計画値。
[ref]: https://example.com/123
"""


@pytest.fixture(scope="module")
def note() -> Document:
    return read_markdown(NOTE.encode(), name="note.md")


def quotes(document: Document, kind: BlockKind) -> list[str]:
    return [document.quote(b.span) for b in document.blocks if b.kind is kind]


def test_spans(note: Document) -> None:
    assert note.text == NOTE
    check_spans(note)


def test_front_matter(note: Document) -> None:
    found = note.metadata
    assert found.title == "架空電機の中期計画を読む"
    assert found.title_span is not None
    assert note.quote(found.title_span) == found.title
    assert (found.author, found.language, found.url) == ("山田 花子", "ja", "https://example.com/notes/1")
    assert (found.published, found.published_evidence) == (date(2025, 5, 13), "front-matter")
    assert found.updated == date(2025, 6, 1)
    assert quotes(note, BlockKind.METADATA)[2] == "date: 2025-05-13T09:00:00+09:00"


def test_headings_and_paths(note: Document) -> None:
    assert quotes(note, BlockKind.HEADING) == ["# 中期計画", "## 事業別"]
    item = next(b for b in note.blocks if b.kind is BlockKind.LIST_ITEM)
    assert [note.quote(note.blocks[i].span) for i in item.heading_path] == ["# 中期計画", "## 事業別"]


def test_list_items_exclude_their_children(note: Document) -> None:
    items = [b for b in note.blocks if b.kind is BlockKind.LIST_ITEM]
    texts = [note.quote(b.span) for b in items]
    assert texts == [
        "- 電池事業", "- 売上高 **400億円**\n    続きの行", "- 比率は`33%`", "- 部品事業", "1. 一番目", "2. 二番目",
    ]  # fmt: skip
    assert [b.level for b in items] == [0, 1, 1, 0, 0, 0]
    assert [note.blocks.index(items[0])] * 2 == [items[1].parent, items[2].parent]
    assert items[1].marker is not None
    assert note.quote(items[1].marker) == "- "
    second = next(b for b in note.blocks if note.quote(b.span) == "同じ項目の二つ目の段落。")
    assert second.parent == note.blocks.index(items[3])


def test_markup_is_named(note: Document) -> None:
    marks = [note.quote(m) for m in note.marks]
    assert '](https://example.com/2025/plan_(v2).pdf "2025年版")' in marks
    assert "**[^1]" in marks
    assert sum(m.startswith("**") for m in marks) == 6
    assert "[ref]: https://example.com/123" in marks
    assert "<br>" in [note.quote(b) for b in note.breaks]


def test_pipe_table(note: Document) -> None:
    (table,) = note.tables
    assert (table.rows, table.columns, table.header_rows, table.header_columns) == (4, 3, 1, 1)
    grid = [[table.at(r, c) for c in range(3)] for r in range(4)]
    assert [[cell.text if cell else None for cell in row] for row in grid] == [
        ["事業", "2024年度", "2025年度"],
        ["電池", "350", "400"],
        ["部品 | 他", "800", "約800"],
        ["合計", "1,150 (速報)", ""],
    ]
    link = grid[2][1]
    assert link is not None
    assert note.quote(link.spans[0]) == "[800](https://example.com/99)"
    assert [cell.role for cell in grid[0] if cell] == [CellRole.CORNER, CellRole.COLUMN_HEADER, CellRole.COLUMN_HEADER]
    assert [cell.role for cell in grid[1] if cell] == [CellRole.ROW_HEADER, CellRole.VALUE, CellRole.VALUE]
    assert table.caption is not None
    assert note.quote(table.caption) == "表1 事業別売上高(単位:億円)"
    assert table.unit_note is not None
    assert note.quote(table.unit_note) == "(単位:億円)"
    assert table.source is not None
    assert note.quote(table.source).startswith("(出所)")


def test_other_blocks(note: Document) -> None:
    assert quotes(note, BlockKind.FOOTNOTE) == ["[^1]: 2024年度の計画値。"]
    assert quotes(note, BlockKind.CODE) == ["```python\nx = 42\n```"]
    assert "引用の売上高は\n> 5億円。" in quotes(note, BlockKind.PARAGRAPH)
    assert "> " in [note.quote(m) for m in note.marks]


@pytest.mark.parametrize(
    ("source", "visible"),
    [
        ("**「初の体験」**として", "「初の体験」として"),
        ("値は2 * 3 * 4です", "値は2 * 3 * 4です"),
        ("<https://example.com/1> を見る", "https://example.com/1 を見る"),
        ("![図 5](a5.png)の説明", "の説明"),
        ("OSS<sup>(注1)</sup>の", "OSSの"),
        ("10<sup>25</sup> FLOPs", "1025 FLOPs"),
        ("面積は5m<sup>2</sup>", "面積は5m2"),
        ("調査<sup>2</sup>では", "調査では"),
        ("報告書¹では", "報告書では"),
        ("A&amp;B 5&nbsp;%", "A&B 5 %"),
        ("100\\*2", "100*2"),
        ("[語][ref]と[語](<a b> 'x')", "[語と語"),
        ("`a|b` と ``c`d``", "a|b と c`d"),
    ],
)
def test_inline(source: str, visible: str) -> None:
    from extractors.readers.mdinline import read_inline

    assert read_inline(source).text == visible


HTML_TABLE = """前の文。

<table class="x">
<caption>表2：所得<br>(単位:万円)</caption>
<thead><tr><th rowspan="2">区分</th><th colspan="2">所得</th></tr>
<tr><th>平均</th><th>中央値</th></tr></thead>
<tbody>
<tr><td>単身</td><td>243</td><td>200<br>(参考)</td></tr>

<tr><td>二人以上</td><td colspan="2">調査せず</td></tr>
</tbody></table>

後の文。
"""


def test_html_table_inside_markdown() -> None:
    document = read_markdown(HTML_TABLE.encode(), name="t.md")
    check_spans(document)
    (table,) = document.tables
    assert (table.rows, table.columns, table.header_rows, table.header_columns) == (4, 3, 2, 1)
    corner, wide = table.at(1, 0), table.at(3, 2)
    assert corner is not None
    assert (corner.text, corner.last_row) == ("区分", 1)
    assert wide is not None
    assert (wide.text, wide.column, wide.last_column) == ("調査せず", 1, 2)
    assert table.unit_note is not None
    assert document.quote(table.unit_note) == "(単位:万円)"
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]


PAGE = """<h2>地域別の販売</h2>
<div class="wrap"><table>
<tr><th>地域</th><th>台数</th></tr>
<tr><td>東北</td><td>120</td></tr>
</table></div>
<p>二つの表のあいだの文。</p>
<ul>
<li><strong>北陸</strong>は別に数える</li>
</ul>
<table>
<tr><th>地域</th><th>台数</th></tr>
<tr><td>四国</td><td>80</td></tr>
</table>
<p>終わりの文。
次の行に続く。</p>
"""


@pytest.mark.parametrize("indent", ["", "        "])
def test_a_page_of_html_keeps_its_headings_and_all_its_tables(indent: str) -> None:
    text = "".join(indent + line for line in PAGE.splitlines(keepends=True))
    document = read_markdown(text.encode(), name="page.md")
    check_spans(document)
    assert [t.cells[2].text for t in document.tables] == ["東北", "四国"]
    assert quotes(document, BlockKind.HEADING) == ["地域別の販売"]
    assert quotes(document, BlockKind.TABLE)[0].startswith("<table")
    assert len(quotes(document, BlockKind.LIST_ITEM)) == 1
    assert any("あいだの文" in quote for quote in quotes(document, BlockKind.PARAGRAPH))
    assert any("終わり" in quote and "続く" in quote for quote in quotes(document, BlockKind.PARAGRAPH))


@pytest.mark.parametrize(
    ("text", "tables", "blocks"),
    [
        ("文\n\n<!--\n<table>\n<tr><td>1</td></tr>\n</table>\n-->\n\n後\n", 0, 2),  # hidden
        ("<script>\nlet t = `\n<table><tr><td>1</td></tr></table>`;\n</script>\n\n後\n", 0, 1),
        (
            "```\n<!-- a\n```\n\n<table><tr><td>1</td></tr></table>\n\n<!-- b -->\n",
            1,
            2,
        ),  # a comment in code hides nothing
        (
            "<table>\n<tr><td>外<table><tr><td>内</td></tr></table></td></tr>\n<tr><td>次</td></tr>\n</table>\n\n後\n",
            1,
            2,
        ),
        ("<table>\n<tr><td>\n\n**太字** 5億円\n\n- 項目\n\n</td></tr>\n</table>\n\n後\n", 1, 2),  # Markdown in a cell
        ("<table>\n<tr><td>\n\n- 項目\n</td></tr>\n</table>\n  続き\n\n後\n", 1, 3),
        ("<table>\n<tr><td>1</td></tr>\n\n# 見出し\n\n<table><tr><td>2</td></tr></table>\n", 1, 3),  # never closed
        ("文\n\n<table>\n<tr><td>1</td></tr>\n<tr><td>2</td></tr>\n<tr><td>3\n", 1, 3),  # cut off
        (
            "<table>\n<tr><td>1</td></tr>\n\n文\n\n行は`</tr>`で閉じる\n",
            1,
            3,
        ),  # the text behind the rows is not cut off
        ("<section><h2>題</h2><div><table><tr><td>1</td></tr></table></div><p>後</p></section>\n", 1, 3),  # in a line
        ("文の中の`<table>`という印\n\n後\n", 0, 2),
        ("<table><tr><td>1</td></tr></table>\n| a | b |\n|---|---|\n| 1 | 2 |\n", 2, 2),
    ],
)
def test_where_html_tables_begin_and_end(text: str, tables: int, blocks: int) -> None:
    document = read_markdown(text.encode(), name="page.md")
    check_spans(document)
    assert (len(document.tables), len(document.blocks)) == (tables, blocks)


def test_indented_code_is_no_page() -> None:
    document = read_markdown(b"Text.\n\n    if a < b:\n        print('<p>')\n", name="a.md")
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.CODE]


def test_boxes_of_text_set_in_are_a_page() -> None:
    boxes = "          <div>株価は5%上がった。</div>\n          <div>為替は2円動いた。</div>\n          </div>\n"
    document = read_markdown(boxes.encode(), name="a.md")
    check_spans(document)
    assert BlockKind.CODE not in {b.kind for b in document.blocks}
    code = "文。\n\n    <div>\n      <div>{x}</div>\n      <div></div>\n    </div>\n"
    assert [b.kind for b in read_markdown(code.encode(), name="a.md").blocks] == [BlockKind.PARAGRAPH, BlockKind.CODE]


def test_text_set_in_is_no_code() -> None:
    text = "        売上高は5億円だった。\n        利益は2億円に増えた。\n\n        次の年も伸びる。\n"
    document = read_markdown(text.encode(), name="a.md")
    check_spans(document)
    assert {b.kind for b in document.blocks} == {BlockKind.PARAGRAPH}
    code = "文。\n\n    # 売上を読む。\n    x = read()  # 表を返す。\n    # 次を書く。\n    print(x)\n"
    assert [b.kind for b in read_markdown(code.encode(), name="a.md").blocks] == [BlockKind.PARAGRAPH, BlockKind.CODE]


def test_empty_head_of_a_pipe_table_is_no_head() -> None:
    document = read_markdown("| | |\n|---|---|\n| 売上高 | 10億円 |\n| 利益 | 1億円 |\n".encode(), name="t.md")
    (table,) = document.tables
    assert table.header_columns == 1
    value = table.at(1, 1)
    assert value is not None
    assert value.role is CellRole.VALUE


@pytest.mark.parametrize(
    ("text", "rows", "below"),
    [
        ("| 年 | 売上 |\n|---|---|\n| 2031 | 4億円 |\n国内の状況\n国内の売上は3億円だった。\n", 2, True),
        ("年 | 売上\n---|---\n2031 | 4億円\n国内の状況\n", 3, False),  # rows need no bars at their ends
        ("| 年 | 売上 |\n|---|---|\n| 2031 | 4億円\n2032 | 5億円 |\n", 3, False),
    ],
)
def test_a_line_without_bars_is_below_a_framed_table(text: str, rows: int, below: bool) -> None:
    document = read_markdown(text.encode(), name="t.md")
    check_spans(document)
    assert document.tables[0].rows == rows
    assert any("国内の状況" in document.quote(b.span) for b in document.blocks if b.kind != BlockKind.TABLE) == below


HEADS = [
    (
        '---\ntitle: "架空電機、売上\\"最高\\"の1,200億円"\ntags: [電機]\nslug: fy2025\n---\n本文。\n',
        {"title": ['架空電機、売上\\"最高\\"の1,200億円'], "paragraph": ["本文。"]},
    ),
    ("---\ntitle: 計画\nexcerpt: '売上は12%増'\nurl: /p/12/\n---\n", {"title": ["計画"], "paragraph": ["売上は12%増"]}),
    (
        "---\nsummary: |\n  売上は**5億円**。\n\n  ## 次\n  - 人員は40人。\nnext: 3\n---\n",
        {"paragraph": ["売上は**5億円**。", "## 次"], "list_item": ["- 人員は40人。"]},
    ),
    (
        "---\nland: >-\n    The state owns 3.4 million acres\n    of land.\n# a remark 7\nyear: 2016\n---\n",
        {"paragraph": ["The state owns 3.4 million acres\n    of land."]},
    ),
    ('+++\ntitle = "Results for 2022"\npath = "2023/08/07/results"\n+++\n', {"title": ["Results for 2022"]}),
    (
        "Title: Fair in Kobe\nDate: 2019-03-04 10:00\nSlug: fair-kobe\n\nThe fair was held.\n",
        {"title": ["Fair in Kobe"], "paragraph": ["The fair was held."]},
    ),
    ("Price: 100 yen\nWeight: 3 kg\n\nText.\n", {"paragraph": ["Price: 100 yen", "Weight: 3 kg", "Text."]}),
]


@pytest.mark.parametrize(("source", "expect"), HEADS)
def test_text_in_front_matter_is_read(source: str, expect: dict[str, list[str]]) -> None:
    document = read_markdown(source.encode(), name="head.md")
    check_spans(document)
    for kind in (BlockKind.TITLE, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING):
        assert quotes(document, kind) == expect.get(kind.value, [])


def test_a_head_without_fences_gives_title_and_day() -> None:
    document = read_markdown(HEADS[5][0].encode(), name="head.md")
    assert (document.metadata.title, document.metadata.published) == ("Fair in Kobe", date(2019, 3, 4))


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        (r"$400\mathrm{B}$パラメータ", "400Bパラメータ"),
        (r"$2$–$3\times$高速", r"2–3\times高速"),
        (r"約$1.56\%$、$k=4$、$1{,}000$", "約1.56%、k=4、1,000"),
        (r"約\$20Mと$10\,000$", "約$20Mと10000"),
        ("売上$5B、利益$2Bで、$256$人", "売上$5B、利益$2Bで、256人"),
        ("from $5 to $10, `$x$`, $30 and A$", "from $5 to $10, $x$, $30 and A$"),
    ],
)
def test_mathematics_is_folded_away(source: str, seen: str) -> None:
    assert read_inline(source).text == seen


def test_a_comment_with_sentences_is_read_and_one_without_is_not() -> None:
    notes = "<!--\n売上は**5億円**だった。\n人員は40人である。\n\n次に進む。これは 7 枚目。\n-->"
    source = f"# 発表\n\n{notes}\n\n<!-- state 12 -->\n"
    document = read_markdown(source.encode(), name="slides.md")
    check_spans(document)
    assert quotes(document, BlockKind.PARAGRAPH) == [
        "売上は**5億円**だった。\n人員は40人である。",
        "次に進む。これは 7 枚目。",
    ]
    assert "<!-- state 12 -->" in [document.quote(mark) for mark in document.marks]

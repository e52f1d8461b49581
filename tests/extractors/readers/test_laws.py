from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.readers.html import read_html
from extractors.readers.markdown import read_markdown
from extractors.readers.text import read_text
from schemas import Format, ReadError
from tests.extractors.readers.laws import check_spans, uncovered

PIECES = st.sampled_from(
    [
        "# 見出し",
        "## 2. 市場規模 ##",
        '段落の**太字**と`code`、[文字](http://example.com/2025/a_(b)?q=1 "題")です。',
        "- 項目 10%",
        "  - 内側の項目",
        "    * さらに内側",
        "1. 一つ目",
        "2) 二つ目",
        "> 引用 3億円",
        "> - 引用の項目",
        "・売上高 120億円",
        "| 年 | 売上 |",
        "|---|---:|",
        "| 2024 | **10** |",
        "|||",
        "| a \\| b | <br>2 | 余り |",
        "---",
        "***",
        "===",
        "<table><tr><th rowspan=2>社</th><td>1<br>2</td></tr><tr><td colspan='3'>x</td></tr></table>",
        "<table>",
        "</td></table>",
        "<div>中身 5件</div>",
        "<!-- 隠し 7 -->",
        "<sup>1</sup>は注",
        "本文<sup>(注1)</sup>の続き",
        "[^1]: 脚注 https://example.com/1",
        "本文[^1]の続き",
        "図表 1 売上高の推移",
        "(出所) 各社資料",
        "（注1）概算",
        "```",
        "    code 12",
        "\tx\t1\t2",
        "社名\t売上\t利益",
        "A社\t10\t1",
        "社名 売上 利益",
        "A社 10億円 1億円",
        "B社 20億円 2億円",
        "C D社 30億円 3億円",
        "売上　1,234　2,345",
        "![図](a.png)",
        "&nbsp;1&amp;2 &lt;",
        "\\*印\\* 5\\% ~~消す~~",
        "　全角の字下げ。",
        "売上高：100億円",
        "利益: 10億円",
        "**目的:**",
        "第1章 はじめに",
        "レポート¹では",
        "- ",
        "*",
        "1.",
        "",
        "",
        "",
        "\u3000",
        "\x0c",
        "a  \nb",
        "x\\\ny",
        "_a_ __b__ *c",
        "[a][b] [c]: d",
        "[r]: http://e.x",
    ]
)
DEEP = st.integers(18, 40).map(lambda n: "> " * n + "深い引用 5件")
SOURCES = st.lists(
    st.one_of(PIECES, DEEP, st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=12)), max_size=14
)
NEWLINES = st.sampled_from(["\n", "\n", "\r\n", "\r"])
HEADS = st.sampled_from(
    ["", "", '---\ntitle: 題 "x"\ndate: 2025-05-13\ntags: [a]\n---\n', "+++\ntitle = 'T'\n+++\n", "---\n: :\n---\n"]
)


@settings(max_examples=300, deadline=None)
@given(SOURCES, NEWLINES, HEADS, st.booleans())
def test_text_is_the_file_and_spans_hold(pieces: list[str], newline: str, head: str, plain: bool) -> None:
    source = head + newline.join(pieces)
    data = source.encode()
    reader, kind = (read_text, Format.TEXT) if plain else (read_markdown, Format.MARKDOWN)
    try:
        document = reader(data, name="x")
    except ReadError as error:
        assert error.code in ("empty-file", "unknown-type", "wrong-encoding")
        return
    assert document.text == source.removeprefix("\ufeff")
    assert document.format is kind
    check_spans(document)
    if not head:
        assert not any(c.isalnum() for c in uncovered(document)), uncovered(document)


TAGS = st.sampled_from(
    [
        "<p>本文の段落です。売上高は10億円。</p>",
        "<table><tr><td rowspan=3>社</td><th colspan=2>年</th></tr><tr><td>1<br>2</table>",
        "<ul><li>一<ul><li>二</ul><li>三<p>四</p></ul>",
        "<dl><dt>語<dd>意味</dl>",
        "<h2>見出し</h2>",
        "<pre>  code\n  x = 1</pre>",
        "<a href=x>リンク</a>",
        "</div></table><td>",
        "<div><b>太字</b>と<sup>1</sup>の注</div>",
        "文<br><br>次の文<br>続き",
        "<!-- 隠し --><script>var x = 1</script>",
        "<svg><title>絵</title></svg><math>1</math>",
        "&nbsp;&#x3042;&bogus;<",
        "<table><caption>表</caption><thead><tr><td></td></tr></thead><tr><td><table><tr><td>内</td></tr></table></td></tr></table>",
    ]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(TAGS, st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)), max_size=10))
def test_any_page_gives_true_spans_or_a_clear_error(pieces: list[str]) -> None:
    try:
        document = read_html(f"<html><body>{''.join(pieces)}</body></html>".encode(), name="x.html")
    except ReadError as error:
        assert error.code
        return
    check_spans(document)
    places = [run.span for run in document.elements]
    assert all(a.end <= b.start for a, b in pairwise(places))
    assert all(document.xpath_of(span) for span in places)

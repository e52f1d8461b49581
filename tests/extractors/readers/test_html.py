from __future__ import annotations

from datetime import date

import pytest
from lxml import html as lxml_html

from extractors.readers.html import read_html
from schemas import BlockKind, CellRole, Document, ReadError
from tests.extractors.readers.laws import check_spans
from tests.extractors.readers.pages import PARAGRAPHS, page


def read(source: str, codec: str = "utf-8", url: str | None = None) -> Document:
    document = read_html(source.encode(codec), name="a.html", url=url)
    check_spans(document)
    return document


@pytest.fixture(scope="module")
def article() -> Document:
    return read(page())


def quotes(document: Document, kind: BlockKind) -> list[str]:
    return [document.quote(b.span) for b in document.blocks if b.kind is kind]


def test_article_without_boilerplate(article: Document) -> None:
    assert quotes(article, BlockKind.PARAGRAPH)[-4:] == list(PARAGRAPHS)
    for words in ("人気記事", "別の記事", "Copyright"):
        assert words not in article.text


def test_title_first_and_headings(article: Document) -> None:
    assert article.text.startswith("蓄電池市場の一年を振り返る\n")
    assert article.metadata.title == "蓄電池市場の一年を振り返る"
    assert quotes(article, BlockKind.TITLE) == [article.metadata.title]
    assert quotes(article, BlockKind.HEADING) == ["用途別に見る"]
    assert article.metadata.publisher == "架空研究所"
    assert article.metadata.language == "ja"


def test_list_items(article: Document) -> None:
    items = [b for b in article.blocks if b.kind is BlockKind.LIST_ITEM]
    assert [article.quote(b.span) for b in items] == ["家庭用は15万台", "うち集合住宅向けは2万台", "産業用は横ばい"]
    assert [b.level for b in items] == [0, 1, 0]
    assert items[1].parent == article.blocks.index(items[0])


def test_table_with_spans(article: Document) -> None:
    (table,) = article.tables
    assert (table.rows, table.columns, table.header_rows, table.header_columns) == (4, 3, 2, 1)
    texts = [[cell.text if (cell := table.at(r, c)) else None for c in range(3)] for r in range(4)]
    assert texts == [
        ["用途", "市場規模", "市場規模"],
        ["用途", "2023年", "2024年"],
        ["家庭用", "5,100", "6,300"],
        ["産業用", "6,000", "5,700"],
    ]
    corner = table.at(1, 0)
    assert corner is not None
    assert (corner.role, corner.row, corner.last_row) == (CellRole.CORNER, 0, 1)
    assert table.caption is not None
    assert article.quote(table.caption) == "表1 用途別の市場(単位:億円)"
    assert table.unit_note is not None
    assert article.quote(table.unit_note) == "(単位:億円)"
    assert table.source is not None
    assert article.quote(table.source) == "(出所) 各社資料"
    assert [article.quote(m) for m in article.marks] == ["1"]


def test_every_letter_has_its_element(article: Document) -> None:
    tree = lxml_html.document_fromstring(page().encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    covered = set()
    for run in article.elements:
        covered.update(range(run.span.start, run.span.end))
        element = tree.xpath(run.xpath)[0]  # type: ignore[index]
        own = " ".join(filter(None, [element.text, *(child.tail for child in element)]))
        assert article.quote(run.span).strip() in " ".join(own.split()) or element.tag == "title"
    assert all(c.isspace() for i, c in enumerate(article.text) if i not in covered)


@pytest.mark.parametrize(
    ("codec", "declared"),
    [
        ("cp932", "Shift_JIS"),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp", "ISO-2022-JP"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("euc_jp", "utf-8"),
        ("utf-8", "Shift_JIS"),
    ],
)
def test_encodings_give_one_text(article: Document, codec: str, declared: str) -> None:
    source = page(charset=declared).replace("©", "(c)")
    assert read(source, codec).text == article.text


def ld(source: str) -> str:
    return f'<script type="application/ld+json">{source}</script>'


GRAPH = '//<![CDATA[\n{"@graph":[{"@type":["Article"],"datePublished":"2025-03-10"}]}//]]>'
TIMES = (
    '<time class="entry-date" datetime="2025-03-08">先週</time> <time class="updated" datetime="2025-04-01">更新</time>'
)
META = '<meta property="article:published_time" content="2025-03-09T09:00:00+09:00">'
DATES = [
    ("head", ld('{"@type":"NewsArticle","datePublished":"2025-03-10T22:00:00Z"}'), date(2025, 3, 11), "json-ld", True),
    ("head", ld(GRAPH), date(2025, 3, 10), "json-ld", True),
    ("head", ld('{"@type":"BlogPosting","datePublished":"2025-03-10",}'), date(2025, 3, 10), "json-ld", True),
    ("head", META, date(2025, 3, 9), "meta:article:published_time", True),
    ("date", TIMES, date(2025, 3, 8), "time:published", True),
    ("date", "<i itemprop='datePublished'>2025年3月7日</i>", date(2025, 3, 7), "itemprop:datePublished", True),
    ("date", "公開日：令和7年3月6日　更新日：2025年4月2日", date(2025, 3, 6), "visible:label", True),
    ("date", "2025.03.05", date(2025, 3, 5), "visible", False),
]


@pytest.mark.parametrize(("part", "source", "day", "evidence", "strong"), DATES)
def test_published_with_its_evidence(part: str, source: str, day: date, evidence: str, strong: bool) -> None:
    found = read(page(**{part: source})).metadata
    assert (found.published, found.published_evidence, found.published_strong) == (day, evidence, strong)


def test_date_in_the_address_is_weak() -> None:
    found = read(page(date=""), url="https://example.com/2025/03/04/a").metadata
    assert (found.published, found.published_evidence, found.published_strong) == (date(2025, 3, 4), "url", False)


def test_two_dates_without_labels_are_no_date() -> None:
    assert read(page(date="2025.03.05 2024.02.03")).metadata.published is None


def test_layout_tables_are_text() -> None:
    first, second = PARAGRAPHS[:2]
    rows = f"<table><tr><td><p>{first}</p></td></tr><tr><td><div>{second}</div></td></tr></table>"
    named = '<table role="presentation"><tr><td>左</td><td>右</td></tr><tr><td>上</td><td>下</td></tr></table>'
    document = read(page(body=rows + named))
    assert len(document.tables) == 1
    assert document.text.count(PARAGRAPHS[0]) == 2


def test_ruby_and_hidden_text() -> None:
    extra = "<p>架空の<ruby>典拠<rp>(</rp><rt>てんきょ</rt><rp>)</rp></ruby>という語は、出どころを示す言葉である。</p>"
    hidden = '<p style="display: none">隠した文は読者の目に触れない文である。</p>'
    document = read(page(body=extra + hidden))
    assert "典拠という語" in document.text
    assert "隠した文" not in document.text


SHORT = "<html><head><title>{title}</title></head><body>{body}</body></html>"
SHELL = '<div id="root"></div><noscript>Please enable JavaScript.</noscript><script>1</script>'
GATES = [
    ("Just a moment...", "<p>Checking your browser before accessing</p>", "bot-challenge"),
    ("404 Not Found", "<h1>404</h1>", "soft-404"),
    ("架空新聞", "<p>お探しのページは見つかりませんでした。</p>", "soft-404"),
    ("App", SHELL, "needs-javascript"),
    ("記事", "<p>JavaScriptを有効にしてください。</p>", "needs-javascript"),
    ("x", "<h1>Before you continue</h1><button>Accept all</button>", "consent-wall"),
    ("", "<img src='a.png'>", "no-text"),
]


@pytest.mark.parametrize(("title", "body", "code"), GATES)
def test_pages_without_an_article(title: str, body: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(SHORT.format(title=title, body=body))
    assert caught.value.code == code


@pytest.mark.parametrize("figure", ["18,404", "1404", "404億円", "40.404"])
def test_the_numbers_of_a_short_page_are_no_status(figure: str) -> None:
    document = read(SHORT.format(title="速報", body=f"<p>北浜製鉄の売上高は{figure}だった。</p>"))
    assert figure in document.text


def test_a_paywall_stub_is_named() -> None:
    head = ld('{"@type":"NewsArticle","isAccessibleForFree":"False"}')
    body = f"<article><h1>題の言葉</h1><p>{PARAGRAPHS[0]}</p><p>この記事は有料会員限定です。</p></article>"
    stub = f"<html lang='ja'><head><title>題</title>{head}</head><body>{body}</body></html>"
    document = read(stub)
    assert [issue.code for issue in document.issues] == ["paywall"]
    assert read(page()).issues == ()


def test_a_page_too_short_for_the_engines_is_read_whole() -> None:
    body = "<nav><a href='/'>先頭へ</a></nav><h1>お知らせ</h1><p>価格は10円。</p>"
    document = read(SHORT.format(title="お知らせ", body=body))
    assert "価格は10円。" in document.text
    assert "先頭へ" not in document.text

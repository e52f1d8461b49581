"""Listing pages: which links, and which title and date go with each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from extractors.listings import page_facts, parse_page
from schemas import OntologyError, ReadError, Source

BASE = "https://institute.example/report/index.html"


def source(**changes: Any) -> Source:
    values = {
        "id": "x",
        "kind": "listing",
        "address": BASE,
        "publisher": "総研",
        "language": "ja",
        "include": (r"\.pdf$",),
    }
    return Source.model_validate(values | changes)


def entries(body: str, **changes: Any) -> list[tuple[str, str | None, date | None]]:
    listing = parse_page(f"<html><body>{body}</body></html>".encode(), address=BASE, source=source(**changes))
    return [(e.address.removeprefix("https://institute.example"), e.title, e.published) for e in listing.entries]


DAY = date(2025, 3, 30)
LAYOUTS = {
    "list": "<ul><li>2025年3月30日 <a href='a.pdf'>題A</a></li><li>2025年4月1日 <a href='b.pdf'>題B</a></li></ul>",
    "table": "<table><tr><th>日付</th><th>題名</th></tr><tr><td>2025/03/30</td><td><a href='a.pdf'>題A</a></td></tr>"
    "<tr><td>2025/04/01</td><td><a href='b.pdf'>題B</a></td></tr></table>",
    "cards": "<div><div class=c><time>2025.3.30</time><h3><a href='a.pdf'>題A</a></h3></div>"
    "<div class=c><time>2025.4.1</time><h3><a href='b.pdf'>題B</a></h3></div></div>",
    "definitions": "<dl><div><dt>令和7年3月30日</dt><dd><a href='a.pdf'>題A</a></dd></div>"
    "<div><dt>令和7年4月1日</dt><dd><a href='b.pdf'>題B</a></dd></div></dl>",
    "english": "<ul><li><a href='a.pdf'>題A</a> March 30, 2025</li><li><a href='b.pdf'>題B</a> April 1, 2025</li></ul>",
    "icon-link": "<ul><li>2025-03-30 <a href='a.pdf'>題A</a> <a href='a.pdf'><img alt='PDF'></a></li>"
    "<li>2025-04-01 <a href='b.pdf'>題B</a></li></ul>",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_title_and_date_around_a_link(layout: str) -> None:
    assert entries(LAYOUTS[layout]) == [("/report/a.pdf", "題A", DAY), ("/report/b.pdf", "題B", date(2025, 4, 1))]


def test_two_dates_are_none() -> None:
    assert entries("<p>2025年3月30日（2025年4月2日更新） <a href='a.pdf'>題</a></p>") == [("/report/a.pdf", "題", None)]
    assert entries("<p>2025年3月 <a href='a.pdf'>題</a></p>") == [("/report/a.pdf", "題", None)]
    assert entries("<p>2025年13月40日 <a href='a.pdf'>題</a></p>") == [("/report/a.pdf", "題", None)]


def test_a_date_of_the_page_is_not_each_documents() -> None:
    body = "<p>2025年3月30日更新</p><ul><li><a href='a.pdf'>A</a></li><li><a href='b.pdf'>B</a></li></ul>"
    assert [published for _, _, published in entries(body)] == [None, None]


def test_xpaths_and_date_format_of_the_source() -> None:
    body = "<div class=row><b>A</b><i>掲載 30.03.25</i><a href='a.pdf'>PDF</a><a href='b.pdf'>English</a></div>"
    made = {"item": "//div[@class='row']", "title": ".//b", "date": ".//i", "date_format": "%d.%m.%y"}
    assert entries(body, **made) == [("/report/a.pdf", "A", DAY), ("/report/b.pdf", "A", DAY)]
    with pytest.raises(OntologyError, match=r"source x: XPath '//div\['"):
        entries(body, item="//div[")


def test_include_exclude_and_base() -> None:
    body = (
        "<base href='/files/'><a href='a.pdf'>A</a><a href='a_en.pdf'>E</a><a href='c.html'>C</a><a href='#a.pdf'>D</a>"
    )
    assert entries(body, exclude=("_en",)) == [("/files/a.pdf", "A", None)]
    assert len(entries(body, include=())) == 4


def test_titles_without_words() -> None:
    body = "<a href='a.pdf'><img alt='図の題'></a><a href='b.pdf' title='札'></a>"
    body += "<a href='c.pdf' aria-label='声'></a><a href='d.pdf'></a>"
    assert [title for _, title, _ in entries(body)] == ["図の題", "札", "声", None]


def test_next_page_and_shape() -> None:
    body = b"<ul class='list x'><li><a href='a.pdf'>A</a></li></ul><a rel='next' href='?page=2'>next</a>"
    listing = parse_page(body, address=BASE, source=source())
    assert listing.next == f"{BASE}?page=2" and listing.links == 2
    assert listing.shape == ("html/body/ul.list/li/a",)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
def test_encodings(encoding: str) -> None:
    body = "<html><body><p>2025年3月30日 <a href='a.pdf'>半導体産業の設備投資動向について</a></p></body></html>"
    listing = parse_page(body.encode(encoding), address=BASE, source=source(), charset="utf-8")
    assert listing.entries[0].title == "半導体産業の設備投資動向について" and listing.entries[0].published == DAY


def test_no_page_at_all() -> None:
    with pytest.raises(ReadError):
        parse_page(b"", address=BASE, source=source())
    with pytest.raises(ReadError):
        parse_page(b"\x00\x01\x02" * 100, address=BASE, source=source())


def test_page_facts() -> None:
    made = source(attachments=(r"\.pdf$",))
    head = "<head><link rel='canonical' href='/report/1.html'><script>%s</script></head>"
    body = "<body><p>本文</p><a href='1.pdf#page=2'>PDF</a><a href='1.pdf'>PDF</a></body>"
    one, two = (
        page_facts(f"<html>{head % token}{body}</html>".encode(), address=f"{BASE}?x=1", source=made) for token in "ab"
    )
    assert one == two
    assert one.canonical == "https://institute.example/report/1.html"
    assert one.attachments == ("https://institute.example/report/1.pdf",)
    elsewhere = page_facts(b"<link rel=canonical href='https://evil.example/'><p>x", address=BASE, source=made)
    assert elsewhere.canonical is None and elsewhere.words_sha256 != one.words_sha256

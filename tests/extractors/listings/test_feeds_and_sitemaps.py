from __future__ import annotations

from datetime import date

import pytest

from extractors.listings import parse_feed, parse_sitemap
from schemas import ReadError

ADDRESS = "https://blog.example/feed"
ATOM = """<?xml version="1.0" encoding="{encoding}"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>技術帖</title>
<entry><title>推論の費用を半分にした話</title><link rel="alternate" href="/entry/1"/><id>tag:1</id>
<published>2025-03-30T23:30:00+09:00</published><updated>2025-04-02T00:00:00Z</updated></entry>
<entry><title>リンクのない記事</title><id>tag:2</id></entry>
<entry><title>番地が印の記事</title><id>https://blog.example/entry/3</id></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="x"><title>t</title></channel>
<item rdf:about="https://blog.example/1"><title>一</title><link>https://blog.example/1</link>
<dc:date>2025-03-30T10:00:00+09:00</dc:date></item></rdf:RDF>"""


@pytest.mark.parametrize("encoding", ["utf-8", "shift_jis", "euc-jp"])
def test_atom(encoding: str) -> None:
    feed = parse_feed(ATOM.format(encoding=encoding).encode(encoding), address=ADDRESS)
    first, second = feed.entries
    assert first.address == "https://blog.example/entry/1" and first.title == "推論の費用を半分にした話"
    assert first.published == date(2025, 3, 30) and first.updated == "2025-04-02T00:00:00+00:00"
    assert second.address == "https://blog.example/entry/3" and second.published is None and second.updated is None
    assert feed.links == 3


def test_rdf() -> None:
    (entry,) = parse_feed(RDF.encode(), address=ADDRESS).entries
    assert entry.title == "一" and entry.published == date(2025, 3, 30)


def test_a_feed_without_entries_is_a_feed() -> None:
    assert parse_feed(b"<rss version='2.0'><channel><title>t</title></channel></rss>", address=ADDRESS).entries == ()


@pytest.mark.parametrize("data", [b"", b"<html><body>404</body></html>", b"http://127.0.0.1/feed", b"/etc/passwd"])
def test_no_feed(data: bytes) -> None:
    with pytest.raises(ReadError, match="neither RSS nor Atom"):
        parse_feed(data, address=ADDRESS)


def test_sitemaps() -> None:
    space = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
    xml = f"<?xml version='1.0'?><urlset {space}><url><loc>https://x.example/1</loc><lastmod>2025-03-30</lastmod></url></urlset>"
    (entry,) = parse_sitemap(xml.encode(), address=ADDRESS).entries
    assert entry.address == "https://x.example/1" and entry.updated and entry.updated.startswith("2025-03-30")
    assert [
        e.address for e in parse_sitemap(b"https://x.example/1\nhttps://x.example/2\n", address=ADDRESS).entries
    ] == [
        "https://x.example/1",
        "https://x.example/2",
    ]
    index = f"<?xml version='1.0'?><sitemapindex {space}><sitemap><loc>https://x.example/s.xml</loc></sitemap></sitemapindex>"
    assert parse_sitemap(index.encode(), address=ADDRESS).children == ("https://x.example/s.xml",)
    assert parse_sitemap(f"<?xml version='1.0'?><urlset {space}></urlset>".encode(), address=ADDRESS).entries == ()
    with pytest.raises(ReadError):
        parse_sitemap(b"<html><body>404</body></html>", address=ADDRESS)

"""Sitemaps, read by ultimate-sitemap-parser: XML (with lastmod and news tags), text, and indexes of such."""

from __future__ import annotations

import logging

from extractors.readers.decode import decode
from schemas import Listing, ListingEntry, ReadError


def parse_sitemap(data: bytes, *, address: str) -> Listing:
    """Return the pages of a sitemap, or the sitemaps an index names as `children`; the bytes are not compressed.

    Raises `ReadError` with code "not-a-sitemap", or why the bytes are no text.
    """
    from usp.objects.sitemap import AbstractIndexSitemap, InvalidSitemap
    from usp.tree import sitemap_from_str

    logging.getLogger("usp").setLevel(logging.CRITICAL)  # it logs each child it is not allowed to fetch
    sitemap = sitemap_from_str(decode(data).text.lstrip())
    if isinstance(sitemap, AbstractIndexSitemap):
        children = tuple(child.url for child in sitemap.sub_sitemaps)
        return Listing(children=children, links=len(children))
    entries = [] if isinstance(sitemap, InvalidSitemap) else [_entry(page) for page in sitemap.pages]
    if not entries and b"<urlset" not in data:
        raise ReadError("not-a-sitemap", f"{address}: neither an XML nor a text sitemap")
    return Listing(entries=tuple(entries), links=len(entries))


def _entry(page: object) -> ListingEntry:
    news = getattr(page, "news_story", None)
    changed = getattr(page, "last_modified", None)
    published = getattr(news, "publish_date", None)
    return ListingEntry(
        address=str(getattr(page, "url", "")),
        title=getattr(news, "title", None),
        published=published.date() if published else None,
        updated=changed.isoformat() if changed else None,
    )

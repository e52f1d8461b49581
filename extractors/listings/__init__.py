"""From the bytes of a feed, a sitemap or a listing page to the documents it names. Nothing is fetched here.

parse_feed(data, address=…)  parse_sitemap(data)  parse_page(data, address=…, source=…)
"""

from __future__ import annotations

from extractors.listings.feeds import parse_feed
from extractors.listings.pages import PageFacts, page_facts, parse_page
from extractors.listings.sitemaps import parse_sitemap

__all__ = ["PageFacts", "page_facts", "parse_feed", "parse_page", "parse_sitemap"]

"""RSS and Atom feeds, read by feedparser."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta, timezone
from time import struct_time
from typing import Any
from urllib.parse import urljoin

from schemas import Listing, ListingEntry, ReadError

# A feed gives instants; a report of 1 April, 03:00 in Tokyo was not published on 31 March.
_TOKYO = timezone(timedelta(hours=9))


def parse_feed(data: bytes, *, address: str, content_type: str = "") -> Listing:
    """Return the entries of a feed, in its order.

    Raises `ReadError` with code "not-a-feed" when the bytes are no feed at all; a damaged feed gives what it can.
    """
    import feedparser

    headers = {"content-location": address, **({"content-type": content_type} if content_type else {})}
    # A stream, never a string: feedparser would take a string for an address and fetch it.
    feed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    version = feed.get("version") or ""
    if not feed.entries and not version:
        raise ReadError("not-a-feed", f"{address}: neither RSS nor Atom")
    entries = [entry for item in feed.entries if (entry := _entry(item, address, version))]
    return Listing(entries=tuple(entries), links=len(feed.entries))


def _entry(item: Any, address: str, version: str) -> ListingEntry | None:
    target = next((found for key in ("link", "id") if (found := _absolute(address, item.get(key)))), None)
    if not target:
        return None
    published = _instant(item.get("published_parsed"))
    updated = _instant(dict.get(item, "updated_parsed"))  # without feedparser's fall-back to the other date
    words = item.get("published")
    if published is None and version.startswith("rss"):  # RSS has no date of change: a dc:date is the item's own
        published, words = updated, dict.get(item, "updated")
    return ListingEntry(
        address=target,
        title=_line(item.get("title")),
        published=published.astimezone(_TOKYO).date() if published else None,
        published_text=_line(words),
        updated=updated.isoformat() if updated else None,
    )


def _absolute(base: str, link: str | None) -> str | None:
    try:
        target = urljoin(base, (link or "").strip()) if link else ""
    except ValueError:
        return None
    return target if target.startswith(("http://", "https://")) else None


def _instant(parsed: struct_time | None) -> datetime | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC) if parsed else None
    except ValueError:
        return None


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None

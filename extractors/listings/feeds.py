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
    if not feed.entries and not feed.version:
        raise ReadError("not-a-feed", f"{address}: neither RSS nor Atom")
    entries = [entry for item in feed.entries if (entry := _entry(item, address))]
    return Listing(entries=tuple(entries), links=len(feed.entries))


def _entry(item: Any, address: str) -> ListingEntry | None:
    link = item.get("link") or (item.get("id") if str(item.get("id", "")).startswith("http") else None)
    if not link:
        return None
    published = _instant(item.get("published_parsed"))
    updated = _instant(dict.get(item, "updated_parsed"))  # without feedparser's fall-back to the other date
    return ListingEntry(
        address=urljoin(address, link.strip()),
        title=_line(item.get("title")),
        published=published.astimezone(_TOKYO).date() if published else None,
        published_text=_line(item.get("published")),
        updated=updated.isoformat() if updated else None,
    )


def _instant(parsed: struct_time | None) -> datetime | None:
    try:
        return datetime(*parsed[:6], tzinfo=UTC) if parsed else None
    except ValueError:
        return None


def _line(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None

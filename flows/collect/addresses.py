"""One spelling for each address, and names for files."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import httpx

from flows.collect.guard import FetchError
from flows.discover import ABOUT

# Says where a click came from, never which document: utm_* (Urchin), the click ids of advertising networks, mailings.
_TRACKERS = re.compile(r"^(utm_\w+|gclid|dclid|fbclid|yclid|msclkid|twclid|mc_cid|mc_eid|_hsenc|_hsmi)$", re.IGNORECASE)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]')
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
_LONGEST_STEM = 100  # bytes; file systems allow 255, a suffix and ".meta.json" must fit


def canonical(address: str) -> str:
    """Return the one spelling of an address that is compared: scheme and host folded, no fragment, no trackers.

    Nothing that could name another document is touched. Raises `FetchError` "bad-address" for what is not http(s).
    """
    try:
        scheme, colon, rest = address.strip().split("#", 1)[0].partition(":")
        url = httpx.URL(scheme.lower() + colon + rest)  # httpx drops the default port of a scheme in small letters
        if url.scheme not in ("http", "https") or not url.host:
            raise httpx.InvalidURL("not http or https")
        url = url if urlsplit(str(url)).path else url.copy_with(path="/")
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise FetchError("bad-address", f"{address[:200]!r}: not an address to fetch ({error})") from None
    if url.userinfo:
        raise FetchError("bad-address", f"{url.host}: addresses with a user name are not fetched")
    query = url.query.decode("ascii")
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [pair for pair in pairs if not _TRACKERS.match(pair[0])]
    if len(kept) != len(pairs):
        query = urlencode(kept)
        url = url.copy_with(query=query.encode("ascii") or None)
    return str(url)


def host_of(address: str) -> str:
    """Return host and port: what a server is, for politeness and robots.txt."""
    return urlsplit(address).netloc.lower()


def file_stem(address: str) -> str:
    """Return a file name without suffix for an address: its last step, safe on every file system, never hidden."""
    parts = urlsplit(address)
    steps = [step for step in parts.path.split("/") if step]
    last = unquote(steps[-1], errors="replace") if steps else parts.hostname or "document"
    stem = re.sub(r"\.(pdf|html?|xhtml|php|aspx?|md|txt)$", "", last, flags=re.IGNORECASE)
    if parts.query:
        stem += f"_{unquote(parts.query, errors='replace')}"
    return safe_stem(stem)


def safe_stem(name: str) -> str:
    """Return `name` without what a file system, a shell or a reader of listings could trip over."""
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", name)).strip(" .~#_-")
    name = name.encode("utf-8", "replace")[:_LONGEST_STEM].decode("utf-8", "ignore").rstrip(" .~")
    if not name or _RESERVED.match(name) or name.split(".")[0].lower() in ABOUT:
        return f"document_{name}".rstrip("_")
    return name

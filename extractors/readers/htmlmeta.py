"""What a page says about itself: title, author, site, language, address; from JSON-LD, meta tags and headings."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from extractors.readers.htmlnodes import Element, collect_lines, is_hidden, key_of, tag_of

_ARTICLES = re.compile(r"(?:article|posting|report|newsarticle|techarticle|webpage|liveblog)$", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s+[|｜\-–—―:：•·»«/]\s+|\s*[|｜]\s*|\s*»\s*|\s+::\s+|[　\s]+[-–—―][　\s]*|【|】")
_WRAPPING = re.compile(r"^\s*(?://)?\s*(?:<!\[CDATA\[|<!--)|(?://)?\s*(?:\]\]>|-->)\s*$")
_FIELD = re.compile(r'"(datePublished|dateModified|headline)"\s*:\s*"((?:[^"\\]|\\.)*)"')
_ARTICLE_TYPE = re.compile(r'"@type"\s*:\s*\[?\s*"\w*(?:Article|Posting|Report)"', re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f]+")


class PageData:
    """The structured data of a page."""

    def __init__(self, root: Element) -> None:
        self.root = root

    @cached_property
    def meta(self) -> dict[str, tuple[str, Element]]:
        """Return meta values by name, property or itemprop (lower case); the first of each wins."""
        found: dict[str, tuple[str, Element]] = {}
        for element in self.root.iter("meta"):
            content = (element.get("content") or element.get("value") or "").strip()
            for attribute in ("property", "name", "itemprop"):
                name = (element.get(attribute) or "").strip().lower()
                if name and content:
                    found.setdefault(name, (content, element))
        return found

    @cached_property
    def json_ld(self) -> list[dict[str, Any]]:
        """Return the JSON-LD objects, articles first."""
        objects: list[dict[str, Any]] = []
        for element in self.root.iter("script"):
            if "ld+json" in (element.get("type") or ""):
                objects += _objects(element.text or "")
        return sorted(objects, key=lambda o: not _is_article(o, strict=True))

    def articles(self) -> list[dict[str, Any]]:
        """Return the JSON-LD objects that describe an article or the page."""
        return [o for o in self.json_ld if _is_article(o)]

    def value(self, *names: str) -> str | None:
        """Return the first meta value among `names`."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)


def _objects(source: str) -> list[dict[str, Any]]:
    """Return the objects of a JSON-LD script; of one that is no valid JSON the plain article fields."""
    source = _WRAPPING.sub("", _CONTROL.sub(" ", source)).strip().rstrip(";")
    try:
        return list(_flatten(json.loads(source, strict=False)))
    except ValueError:
        fields = dict(reversed(_FIELD.findall(source)))
        return [{"@type": "Article", **fields}] if fields and _ARTICLE_TYPE.search(source) else []


def _flatten(data: Any) -> Iterator[dict[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _flatten(item)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            if isinstance(data.get(key), (dict, list)):
                yield from _flatten(data[key])


def _is_article(data: dict[str, Any], *, strict: bool = False) -> bool:
    kinds = data.get("@type")
    names = [str(k) for k in (kinds if isinstance(kinds, list) else [kinds])]
    return any(_ARTICLES.search(n) and not (strict and n.lower().endswith("webpage")) for n in names)


def named(value: Any) -> str | None:
    """Return the name in a JSON-LD value: text, an object with a name, or a list of these."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(filter(None, map(named, value)))) or None
    if isinstance(value, dict):
        value = value.get("name")
    text = re.sub(r"\s+", " ", value).strip() if isinstance(value, str) else ""
    return text if text and not text.startswith(("http://", "https://")) else None


def site_name(page: PageData) -> str | None:
    """Return the publisher's name as the page states it."""
    for data in page.articles():
        if name := named(data.get("publisher")):
            return name
    return page.value("og:site_name", "application-name", "dc.publisher", "dcterms.publisher", "citation_publisher")


def author(page: PageData) -> str | None:
    """Return the author from JSON-LD or meta tags."""
    for data in page.articles():
        if name := named(data.get("author")):
            return name
    found = page.value("author", "dc.creator", "dcterms.creator", "citation_author", "article:author", "parsely-author")
    return found if found and not found.startswith(("http://", "https://")) and len(found) < 100 else None


def language(page: PageData) -> str | None:
    """Return the language code the page declares."""
    declared = page.root.get("lang") or page.root.get("{http://www.w3.org/XML/1998/namespace}lang")
    declared = declared or page.value("og:locale", "content-language", "dc.language")
    code = (declared or "").strip().lower()[:2]
    return code if re.fullmatch(r"[a-z]{2}", code) else None


def address(page: PageData) -> str | None:
    """Return the canonical address the page states."""
    for link in page.root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (link.get("href") or "").startswith("http"):
            return link.get("href")
    found = page.value("og:url")
    return found if found and found.startswith("http") else None


def title(page: PageData, region: Element | None) -> list[tuple[str, Element]]:
    """Return the title as pieces of text with the elements they stand in; empty where the page has none.

    A heading that the page's own title or og:title repeats is the title as shown; else the stated title without
    the site's name.
    """
    stated = [t for t in _stated(page) if t[0]]
    headings = _headings(page, region)
    for test in (_same_title, _alike):
        for text, _ in stated:
            for heading in headings:
                if test(text, "".join(p for p, _ in heading)):
                    return heading
    if stated:
        text, element = stated[0]
        short = _without_site(text, site_name(page)) if tag_of(element) == "title" else text
        return [(short, element)]
    return headings[0] if headings else []


def _stated(page: PageData) -> list[tuple[str, Element]]:
    found = [
        page.meta[n]
        for n in ("parsely-title", "og:title", "twitter:title", "citation_title", "dc.title")
        if n in page.meta
    ]
    tags = [
        e
        for e in page.root.iter("title")
        if (e.text or "").strip() and not any(tag_of(a) == "svg" for a in e.iterancestors())
    ]
    found += [(re.sub(r"\s+", " ", tags[0].text or "").strip(), tags[0])] if tags else []
    name = site_name(page)
    return [(_without_site(text, name) if tag_of(e) != "title" else text, e) for text, e in found]


def _headings(page: PageData, region: Element | None) -> list[list[tuple[str, Element]]]:
    """Return the visible headings, those of the first rank and of the article first."""
    found: list[tuple[int, bool, int, list[tuple[str, Element]]]] = []
    inside = set(region.iter()) if region is not None else set()
    for rank, tag in enumerate(("h1", "h2", "h3")):
        for element in page.root.iter(tag):
            if is_hidden(element):
                continue
            pieces = [p for line in collect_lines(element) for p in line.pieces]
            if pieces:
                found.append((rank, element not in inside, len(found), pieces))
    return [pieces for *_, pieces in sorted(found, key=lambda f: f[:3])]


def _same_title(stated: str, heading: str) -> bool:
    a, b = key_of(stated), key_of(heading)
    if not a or not b:
        return False
    if a == b:
        return True
    pieces = [key_of(p) for p in _SEPARATORS.split(stated) if p.strip()]
    return (b in pieces and len(b) >= len(a) * 0.3) or (len(b) >= 8 and a.startswith(b) and len(b) >= len(a) * 0.4)


def _alike(stated: str, heading: str) -> bool:
    """Say whether a heading is the stated title in slightly other words."""
    pairs = [{key[i : i + 2] for i in range(len(key) - 1)} for key in (key_of(stated), key_of(heading))]
    return len(pairs[1]) >= 6 and len(pairs[0] & pairs[1]) >= 0.7 * len(pairs[1])


def _without_site(text: str, name: str | None) -> str:
    """Return a stated title without the site's name at its end or start."""
    text = unicodedata.normalize("NFC", text).strip()
    cuts = [m for m in _SEPARATORS.finditer(text) if m.group() not in ("【", "】")]
    if not cuts:
        return text
    last, first = cuts[-1], cuts[0]
    if name:
        if key_of(text[last.end() :]) == key_of(name):
            return text[: last.start()].strip()
        if key_of(text[: first.start()]) == key_of(name):
            return text[first.end() :].strip()
        at = next((c for c in cuts if key_of(text[c.end() :]) == key_of(name)), None)
        if at is not None:
            return text[: at.start()].strip()
    tail = text[last.end() :]
    return text[: last.start()].strip() if len(tail) <= len(text[: last.start()]) * 0.6 else text

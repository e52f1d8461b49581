"""Listing pages: web pages that link to documents, with the title and date that stand around each link."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from extractors.listings.dates import day_in
from extractors.readers.decode import decode
from schemas import Listing, ListingEntry, OntologyError, ReadError, Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_LONGEST_CONTEXT = 600  # characters: more than one document's words
_SHAPE_DEPTH = 4


def parse_page(data: bytes, *, address: str, source: Source, charset: str | None = None) -> Listing:
    """Return the documents a listing page links to, in reading order, each once.

    A link's title is its own words, or those of `source.title`; its date the one day that stands in the largest
    element around the link that holds no other document (or in `source.item`). More than one day there: none is
    taken. Raises `ReadError` when the page is no text, `OntologyError` for an XPath that does not hold.
    """
    root = _tree(data, charset)
    base = _base(root, address)
    links = list(_links(root, base))
    taken = [(element, target) for element, target in links if source.takes(target)]
    targets = {target for _, target in taken}
    marked = set(_xpath(root, source.item, source)) if source.item else set()
    found: dict[str, ListingEntry] = {}
    for element, target in taken:
        entry = _entry(element, target, _item(element, targets, base, marked), source)
        known = found.get(target)
        if known is None or (not known.title and entry.title):
            found[target] = entry
    shape = Counter(_path(element) for element, _ in taken)
    return Listing(
        entries=tuple(found.values()),
        next=_next(root, base),
        links=len(links),
        shape=tuple(path for path, _ in shape.most_common(5)),
    )


class PageFacts(NamedTuple):
    """What a collected web page says of itself: its canonical address, the documents it attaches, its words' hash."""

    canonical: str | None
    attachments: tuple[str, ...]
    words_sha256: str


def page_facts(data: bytes, *, address: str, source: Source, charset: str | None = None) -> PageFacts:
    """Return what a page at `address` says of itself. Raises `ReadError` when it is no web page.

    The hash is of the visible words alone: pages change their scripts and tokens with every request.
    """
    root = _tree(data, charset)
    links = (target for _, target in _links(root, _base(root, address)))
    return PageFacts(
        canonical=_canonical(root, address),
        attachments=tuple(dict.fromkeys(target for target in links if source.attaches(target))),
        words_sha256=hashlib.sha256(words(root).encode("utf-8", "replace")).hexdigest(),
    )


def _canonical(root: HtmlElement, address: str) -> str | None:
    """Return the address the page calls its own, if that is an http(s) one on the same host."""
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            target = _absolute(address, link.get("href"))
            if target and urlsplit(target).hostname == urlsplit(address).hostname:
                return target
    return None


def _tree(data: bytes, charset: str | None) -> HtmlElement:
    from lxml import etree, html

    declared = charset or ((found := _CHARSET.search(data[:4096])) and found[1].decode("ascii")) or None
    text = decode(data, declared=declared).text
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("not-a-web-page", f"no web page: {error}") from None


def _base(root: HtmlElement, address: str) -> str:
    for element in root.iter("base"):
        if element.get("href"):
            return _absolute(address, element.get("href")) or address
    return address


def _absolute(base: str, link: str) -> str | None:
    try:
        target = urljoin(base, "".join(link.split()))
        parts = urlsplit(target)
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return None
    except ValueError:
        return None
    return target.split("#", 1)[0]


def _links(root: HtmlElement, base: str) -> Iterator[tuple[HtmlElement, str]]:
    for element in root.iter("a", "area"):
        target = _absolute(base, element.get("href") or "") if (element.get("href") or "").strip() else None
        if target:
            yield element, target


def _entry(element: HtmlElement, target: str, item: HtmlElement, source: Source) -> ListingEntry:
    context = words(item)[:_LONGEST_CONTEXT]
    title = _part(item, source.title, source) or _own_title(element)
    dated = _part(item, source.date, source)
    published, text = day_in(dated if dated is not None else context, source.date_format)
    return ListingEntry(address=target, title=title, published=published, published_text=text, context=context or None)


def _item(element: HtmlElement, targets: set[str], base: str, marked: set[HtmlElement]) -> HtmlElement:
    """Return the element around one document's link: the source's, or the largest with no other document in it."""
    if marked:
        return next((above for above in [element, *element.iterancestors()] if above in marked), element)
    item, own = element, {_absolute(base, element.get("href") or "")}
    while (above := item.getparent()) is not None and above.tag not in ("body", "html", "main"):
        if any(target in targets for _, target in _links(above, base) if target not in own):
            break
        if len(words(above)) > _LONGEST_CONTEXT:
            break
        item = above
    return item


def _xpath(element: HtmlElement, expression: str, source: Source) -> list[Any]:
    from lxml import etree

    try:
        found = element.xpath(expression)
    except etree.XPathError as error:
        raise OntologyError(f"source {source.id}: XPath {expression!r}: {error}") from None
    return list(found) if isinstance(found, list) else [found]


def _part(item: HtmlElement, expression: str | None, source: Source) -> str | None:
    if not expression:
        return None
    for found in _xpath(item, expression, source):
        text = found if isinstance(found, str) else words(found) if hasattr(found, "itertext") else str(found)
        if text.strip():
            return " ".join(text.split())
    return None


def _own_title(element: HtmlElement) -> str | None:
    pictures = [image.get("alt") or "" for image in element.iter("img")]
    for text in (words(element), element.get("title") or "", element.get("aria-label") or "", *pictures):
        if text.strip():
            return " ".join(text.split())
    return None


def words(element: HtmlElement) -> str:
    """Return the visible words of an element, blanks collapsed."""
    parts = []
    for node in element.iter():
        if node.tag in ("script", "style", "template") or not isinstance(node.tag, str):
            parts.append(node.tail or "")
        else:
            parts.extend(((node.text or ""), "") if node is element else (" " + (node.text or ""), node.tail or ""))
    return " ".join("".join(parts).split())


def _path(element: HtmlElement) -> str:
    """Return where a link stands: the names and first classes of the elements around it, innermost last."""
    steps = []
    for above in [element, *element.iterancestors()][: _SHAPE_DEPTH + 1]:
        classes = (above.get("class") or "").split()
        steps.append(f"{above.tag}.{classes[0]}" if classes else str(above.tag))
    return "/".join(reversed(steps))


def _next(root: HtmlElement, base: str) -> str | None:
    for element in root.iter("link", "a"):
        if "next" in (element.get("rel") or "").lower().split():
            return _absolute(base, element.get("href") or "")
    return None

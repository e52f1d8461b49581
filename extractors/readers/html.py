"""HTML to Document: the article of a page, its lists and tables, each character with its element's XPath.

The canonical text is rebuilt from the source's own tree: the title first, then the article in reading order, one
block a line; table cells are separated by tabs. Navigation and other boilerplate is no part of it.
"""

from __future__ import annotations

import hashlib
import re

from lxml import etree

from extractors.readers.blocks import language_of, spans
from extractors.readers.decode import Decoded, decode
from extractors.readers.htmldates import FoundDate, guessed, is_split, published, updated
from extractors.readers.htmlengines import parse, run_engines
from extractors.readers.htmlgates import check_article, check_page
from extractors.readers.htmlmeta import PageData, address, author, language, site_name, title
from extractors.readers.htmlnodes import Element, Line, collect_lines, key_of
from extractors.readers.htmlregion import find_region
from extractors.readers.htmltext import PageText
from extractors.readers.surroundings import attach
from schemas import Document, Format, Metadata, ReadError, Span

VERSION = "html/1"
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]+)""", re.IGNORECASE)
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_html(data: bytes, *, name: str, url: str | None = None) -> Document:
    """Return the document of a page.

    Raises `ReadError`: "empty-file", "wrong-encoding", "unknown-type", "no-text", and for pages that hold no article
    "needs-javascript", "bot-challenge", "soft-404", "consent-wall", "paywall". An article that is only partly there
    has the issue "paywall".
    """
    decoded = decode(data, declared=declared_charset(data))
    source = _XML_HEAD.sub("", decoded.text).replace("\x00", "")
    try:
        root = parse(source)
    except ValueError as error:
        raise ReadError("no-text", f"{name} has no elements to read") from error
    page = PageData(root)
    body = next(root.iter("body"), root)
    lines = collect_lines(body)
    check_page(page, source, lines, name)
    region = find_region(lines, run_engines(source), body)
    issues = check_article(page, lines, region.lines, name)
    return _document(data, decoded, source, page, lines, region.root, region.lines, name, url).model_copy(
        update={"issues": ((decoded.issue,) if decoded.issue else ()) + tuple(issues)}
    )


def declared_charset(data: bytes) -> str | None:
    """Return the charset that the page's head declares, None where it declares none."""
    found = _DECLARED.search(data[:4096])
    return found[1].decode("ascii") if found else None


def _document(
    data: bytes,
    decoded: Decoded,
    source: str,
    page: PageData,
    lines: list[Line],
    root: Element,
    kept: list[Line],
    name: str,
    url: str | None,
) -> Document:
    writer = PageText(etree.ElementTree(page.root))
    pieces = title(page, root)
    heading = "".join(text for text, _ in pieces)
    title_span = writer.title(pieces) if pieces else None
    writer.lines(kept, title=heading)
    text = writer.text
    metadata = _metadata(page, source, lines, root, kept, heading, title_span, url or address(page))
    if metadata.language is None:
        metadata = metadata.model_copy(update={"language": language_of(text)})
    return Document(
        sha256=hashlib.sha256(data).hexdigest(),
        name=name,
        format=Format.HTML,
        text=text,
        metadata=metadata,
        blocks=tuple(writer.flow.blocks),
        tables=attach(text, writer.flow.blocks, writer.tables),
        elements=tuple(writer.elements),
        marks=spans(writer.marks),
        reader=VERSION,
    )


def _metadata(
    page: PageData,
    source: str,
    lines: list[Line],
    root: Element,
    kept: list[Line],
    heading: str,
    title_span: Span | None,
    url: str | None,
) -> Metadata:
    tongue = language(page)
    japanese = (tongue or language_of(" ".join(line.text for line in kept[:50]))) == "ja"
    at = _title_line(lines, kept, heading)
    found = published(page, lines=lines, title_at=at, url=url, japanese=japanese)
    if found is None and not is_split(lines, at):
        found = guessed(source, url)
    return Metadata(
        title=heading.strip() or None,
        title_span=title_span,
        author=author(page),
        publisher=site_name(page),
        published=found.day if found else None,
        published_text=found.day.isoformat() if found else None,
        published_evidence=found.evidence if found else None,
        published_strong=_strong(found),
        updated=updated(page, lines=lines, title_at=at, japanese=japanese),
        language=tongue,
        url=url,
    )


def _strong(found: FoundDate | None) -> bool:
    return found is None or found.strong


def _title_line(lines: list[Line], kept: list[Line], heading: str) -> int | None:
    """Return the index of the line that shows the title, else of the article's first line."""
    key = key_of(heading)
    places = [i for i, line in enumerate(lines) if key and line.key == key]
    first = next((i for i, line in enumerate(lines) if kept and line is kept[0]), None)
    if first is None:
        return places[0] if places else None
    return min(places, key=lambda i: abs(i - first)) if places else first

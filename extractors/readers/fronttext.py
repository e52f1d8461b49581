"""The text in front matter: titles, descriptions and block scalars are read like the paragraphs of the page.

Slugs, tags, addresses and switches stay metadata. An entry that holds text is split: its key (with `|` or a quote)
is metadata, the value a title or paragraphs, a closing quote and YAML's escapes are marks.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.readers.drafts import Draft, split_lines
from extractors.readers.frontmatter import Entry
from extractors.readers.mdinline import read_inline
from extractors.readers.source import paragraphs
from extractors.readers.words import ordered
from schemas import BlockKind

Place = tuple[int, int]
_BLOCK = re.compile(r"[|>][+\-0-9]*[ \t]*(?:#.*)?\r?\n")
_MORE = re.compile(r"(?:\r?\n(?:[ \t]+\S.*|[ \t]*(?=\r?\n)))*")  # lines that are indented, or blank
_QUOTES = ('"""', "'''", '"', "'")
_NO_TEXT = re.compile(r"(?:https?:|[\[{/!&*]|[\w./:%+-]*$|\d{4}-\d\d-\d\d[T ]?[\d:]*)", re.ASCII)
_SENTENCE = re.compile(r"[。．！？]|[a-z)%\d][.!?](?:\s|$)")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_TITLE = "title"


class Text(NamedTuple):
    """Blocks in order, and the places of markup in them."""

    drafts: list[Draft]
    marks: list[Place]


def read_entry(text: str, entry: Entry) -> Text:
    """Return the blocks of an entry: one of metadata, or its key and the text it holds."""
    place = _value(text, entry)
    if place is None:
        return Text([Draft(BlockKind.METADATA, entry.span.start, entry.span.end)], [])
    start, end, quote = place
    kind = BlockKind.TITLE if entry.key == _TITLE else BlockKind.PARAGRAPH
    found = Text([Draft(BlockKind.METADATA, *_trimmed(text, entry.span.start, start))], [])
    for places in paragraphs(text, start, end):
        _write(text, places, kind, found)
    if quote:
        found.marks.append((end, end + len(quote)))
        found.marks.extend(_escapes(text, start, end, quote))
    rest = _trimmed(text, end + len(quote), entry.span.end)
    if rest[0] < rest[1]:
        found.drafts.append(Draft(BlockKind.METADATA, *rest))
    return found


def _value(text: str, entry: Entry) -> tuple[int, int, str] | None:
    """Return where the text of an entry stands and the quote that closes it; None where its value is no text."""
    start, stop = entry.value, entry.span.end
    if block := _BLOCK.match(text, start, stop):
        more = _MORE.match(text, block.end() - 1, stop)
        end = len(text[: more.end() if more else stop].rstrip())
        return (block.end(), end, "") if end > block.end() else None
    quote = next((q for q in _QUOTES if text.startswith(q, start)), "")
    if quote:
        start += len(quote)
        end = text.rfind(quote, start, stop)
    else:
        line = text.find("\n", start, stop)
        more = _MORE.match(text, line if line >= 0 else stop, stop)
        end = len(text[: more.end() if more else stop].rstrip())
    value = text[start:end].strip()
    if not value or _NO_TEXT.match(value):
        return None
    named = entry.key in ordered("front_matter", "texts")
    return (start, end, quote) if named or (len(value) >= 20 and _SENTENCE.search(value)) else None


def _write(text: str, places: list[Place], kind: BlockKind, found: Text) -> None:
    first, last = places[0][0], places[-1][1]
    found.marks.extend((first + a, first + b) for a, b in read_inline(text[first:last]).marks)
    if kind is BlockKind.TITLE:
        found.drafts.append(Draft(kind, first, last))
        return
    while places and (mark := _HEADING.match(text, *places[0])):
        found.marks.append((places[0][0], mark.end()))
        found.drafts.append(Draft(kind, *places.pop(0)))
    found.drafts.extend(split_lines(text, places, parent=None, plain=False, wrap=None))


def _escapes(text: str, start: int, end: int, quote: str) -> list[Place]:
    """Return the characters that only escape the next one in a quoted scalar."""
    pattern = r"\\(?=[\"\\/])" if quote[0] == '"' else r"'(?=')" if quote == "'" else r"(?!)"
    return [(start + m.start(), start + m.end()) for m in re.finditer(pattern, text[start:end])]


def _trimmed(text: str, start: int, end: int) -> Place:
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return start, start
    start += piece.index(stripped)
    return start, start + len(stripped)

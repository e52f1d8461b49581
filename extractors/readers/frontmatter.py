"""Front matter (YAML between `---`, TOML between `+++`, or `Key: value` lines at the head) with its places."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime
from typing import Any, NamedTuple

from extractors.readers.dates import find_month, parse_day
from extractors.readers.words import ordered
from schemas import Metadata, Span

_YAML = re.compile(r"\s*---[ \t]*\r?\n(?P<body>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\s*\+\+\+[ \t]*\r?\n(?P<body>.*?)^\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL | re.MULTILINE)
_HEADER = re.compile(r"\s*(?P<body>(?:[A-Za-z][\w .-]{0,30}:[ \t]*\S.*(?:\r?\n[ \t]+\S.*)*(?:\r?\n|$)){2,})(?=\s|$)")
_KEY = re.compile(r"^(?P<key>[A-Za-z_][\w .-]*?)[ \t]*[:=][ \t]*(?P<value>.*?)[ \t]*\r?$", re.MULTILINE)


class Entry(NamedTuple):
    """A top-level key with all that stands under it; `value` is where the value begins."""

    key: str
    span: Span
    value: int


class FrontMatter(NamedTuple):
    """The head of a file: where it ends, its entries in order, what it says."""

    end: int
    entries: list[Entry]
    metadata: Metadata


def read_front_matter(text: str) -> FrontMatter | None:
    """Return the front matter at the start of `text`, None where there is none.

    A head without fences (Pelican, MultiMarkdown) is taken for one when it names two or more of the usual keys.
    """
    found = _YAML.match(text) or _TOML.match(text) or _header(text)
    if found is None or not _KEY.search(found["body"]):
        return None
    keys = list(_KEY.finditer(text, found.start("body"), found.end("body")))
    values = _parse(found)
    entries = []
    for key, following in zip(keys, [*keys[1:], None], strict=True):
        end = following.start() if following else found.end("body")
        span = Span(start=key.start(), end=key.start() + len(text[key.start() : end].rstrip()))
        entries.append(Entry(key["key"].lower(), span, key.start("value")))
    return FrontMatter(found.end(), entries, _metadata(values, {k["key"].lower(): k for k in keys}))


def _header(text: str) -> re.Match[str] | None:
    found = _HEADER.match(text)
    if found is None:
        return None
    usual = {
        name for field in ("title", "author", "published", "updated", "language", "other") for name in _order(field)
    }
    keys = {key["key"].lower() for key in _KEY.finditer(found["body"])}
    return found if len(keys & usual) >= 2 and len(keys & usual) * 2 >= len(keys) else None


def _parse(found: re.Match[str]) -> dict[str, Any]:
    """Return the values; a head that does not parse gives none (its lines stay readable as they are)."""
    import yaml

    try:
        values = tomllib.loads(found["body"]) if found.re is _TOML else None
        values = yaml.safe_load(found["body"]) if found.re is _YAML else values
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError):
        values = None
    if values is None:
        values = {k["key"]: k["value"].strip("\"' ") for k in _KEY.finditer(found["body"])}
    return {str(k).lower(): v for k, v in values.items()} if isinstance(values, dict) else {}


def _order(field: str) -> dict[str, int]:
    return {name: i for i, name in enumerate(ordered("front_matter", field))}


def _first(values: dict[str, Any], field: str) -> tuple[str, Any] | None:
    order = _order(field)
    keys = sorted((k for k in values if k in order and values[k] not in (None, "", [])), key=order.__getitem__)
    return (keys[0], values[keys[0]]) if keys else None


def _plain(value: Any) -> str | None:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_plain, value))) or None
    if isinstance(value, dict):
        return _plain(value.get("name"))
    return re.sub(r"^\[\[|\]\]$", "", str(value)).strip() or None


def _day(value: Any) -> date | None:
    if isinstance(value, list):
        return _day(value[0]) if value else None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else parse_day(str(value))


def _metadata(values: dict[str, Any], keys: dict[str, re.Match[str]]) -> Metadata:
    def place(entry: tuple[str, Any] | None, as_text: str | None) -> Span | None:
        key = keys.get(entry[0]) if entry else None
        if key is None or not as_text:
            return None
        at = key["value"].find(as_text)
        if at < 0:
            return None
        return Span(start=key.start("value") + at, end=key.start("value") + at + len(as_text))

    title, published = _first(values, "title"), _first(values, "published")
    updated, language = _first(values, "updated"), _first(values, "language")
    day = _day(published[1]) if published else None
    month = find_month(str(published[1])) if published and day is None else None
    written = keys[published[0]]["value"].strip("\"' ") if published and published[0] in keys else None
    addresses = [
        str(values[k])
        for k in ordered("front_matter", "url")
        if str(values.get(k, "")).startswith(("http://", "https://"))
    ]
    spoken = language[1][0] if language and isinstance(language[1], list) else language[1] if language else None
    return Metadata(
        title=_plain(title[1]) if title else None,
        title_span=place(title, _plain(title[1]) if title else None),
        author=_plain(entry[1]) if (entry := _first(values, "author")) else None,
        publisher=_plain(entry[1]) if (entry := _first(values, "publisher")) else None,
        published=day,
        published_text=day.isoformat() if day else month[0] if month else None,
        published_evidence="front-matter" if day or month else None,
        published_span=place(published, written) if day or month else None,
        updated=_day(updated[1]) if updated else None,
        language=str(spoken).lower()[:2] if spoken else None,
        url=addresses[0] if addresses else None,
    )

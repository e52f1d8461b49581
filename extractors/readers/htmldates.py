"""The day a page was published and updated, with the evidence; where evidence is weak or split, none.

Order: JSON-LD, meta tags, itemprop, `<time>`, a labelled date near the title, then the weak ones: an only date at the
head of the article, a labelled date further down, the day of the last update where no other is stated, the address,
htmldate. The first of January without a written day is never believed from weak evidence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

from extractors.readers.dates import find_days, label_before, parse_day
from extractors.readers.htmlmeta import PageData
from extractors.readers.htmlnodes import Element, Line, inner_text
from extractors.readers.htmlparts import is_boilerplate

_META = (
    "article:published_time", "og:published_time", "article:published", "datepublished", "date.issued",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "citation_publication_date", "citation_date",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish_date", "publish-date", "release_date",
    "article.published", "cxenseparse:recs:publishtime", "originalpublicationdate", "date_published", "dcterms.created",
    "weibo:article:create_at", "bt:pubdate",
)  # fmt: skip
_META_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod",
    "article:updated_time", "revised",
)  # fmt: skip
_PUBLISHED_CLASS = re.compile(r"(?:publish|posted|entry-date|post-date|pubdate|created|date-header|postdate)", re.I)
_UPDATED_CLASS = re.compile(r"(?:updat|modif|revis)", re.IGNORECASE)
_URL_DAY = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|\d{0,6}[/._-]|$)")
_JAPAN = timezone(timedelta(hours=9))
_NEAR = 12  # lines before and after the title in which its date may stand
_LONG = 100  # letters of a line that is body text: dates from there on are the text's, not the article's
_SENTENCE = 40  # the same for a line that ends as a sentence


class FoundDate(NamedTuple):
    """A day and where it stands; `strong` is false for guesses."""

    day: date
    evidence: str
    strong: bool


def published(
    page: PageData, *, lines: list[Line], title_at: int | None, url: str | None, japanese: bool
) -> FoundDate | None:
    """Return the day of publication, or None where the page does not state it clearly."""
    for data in page.articles():
        if day := _stamp(data.get("datePublished"), japanese):
            return FoundDate(day, "json-ld", True)
    for name in _META:
        if name in page.meta and (day := _stamp(page.meta[name][0], japanese)):
            return FoundDate(day, f"meta:{name}", True)
    return (
        _itemprop(page.root, "datePublished", japanese)
        or _time(page.root, japanese)
        or _visible(lines, title_at)
        or _further_down(lines)
        or _last_update(lines, title_at)
        or _address(url)
    )


def updated(page: PageData, *, lines: list[Line], title_at: int | None, japanese: bool) -> date | None:
    """Return the day of the last update, or None."""
    for data in page.articles():
        if day := _stamp(data.get("dateModified"), japanese):
            return day
    for name in _META_UPDATED:
        if name in page.meta and (day := _stamp(page.meta[name][0], japanese)):
            return day
    found = _itemprop(page.root, "dateModified", japanese)
    if found:
        return found.day
    labelled = {day for _, day, label in _dated(_near(lines, title_at)) if label == "updated"}
    return labelled.pop() if len(labelled) == 1 else None


def _stamp(value: Any, japanese: bool) -> date | None:
    """Return the day of a timestamp; UTC stamps of Japanese pages are read as the day in Japan."""
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str) or not value.strip():
        return None
    text = value.strip()
    if japanese and re.search(r"T\d\d:\d\d.*(?:Z|\+00:?00)$", text):
        try:
            stamp = datetime.fromisoformat(text.replace("Z", "+00:00"))
        except ValueError:
            return parse_day(text)
        return stamp.astimezone(_JAPAN).date()
    return parse_day(text)


def _itemprop(root: Element, name: str, japanese: bool) -> FoundDate | None:
    for element in root.iter():
        if isinstance(element.tag, str) and (element.get("itemprop") or "").lower() == name.lower():
            value = element.get("datetime") or element.get("content") or inner_text(element)
            if day := _stamp(value, japanese):
                return FoundDate(day, f"itemprop:{name}", True)
    return None


def _time(root: Element, japanese: bool) -> FoundDate | None:
    """A `time` element marked as publication, or the only day all `time` elements agree on."""
    days = set()
    for element in root.iter("time"):
        text = element.get("datetime") or inner_text(element)
        day = _stamp(text, japanese)
        if day is None:
            continue
        marks = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.get("pubdate") is not None or (_PUBLISHED_CLASS.search(marks) and not _UPDATED_CLASS.search(marks)):
            return FoundDate(day, "time:published", True)
        days.add(day)
    return FoundDate(days.pop(), "time", True) if len(days) == 1 else None


def _near(lines: list[Line], title_at: int | None) -> list[Line]:
    middle = title_at or 0
    return lines[max(0, middle - _NEAR) : middle + _NEAR + 1]


def _dated(lines: Iterable[Line]) -> list[tuple[Line, date, str | None]]:
    """Return the dates in short lines or after a label."""
    found = []
    above = ""
    for line in lines:
        for day in find_days(line.text):
            label = label_before(line.text, day.start)
            if label is None and not line.text[: day.start].strip(" :：【[("):
                label = label_before(above + " ", len(above) + 1)
            if label or len(line.text) - (day.end - day.start) <= 40:
                found.append((line, day.day, label))
        above = line.text
    return found


def _visible(lines: list[Line], title_at: int | None) -> FoundDate | None:
    dated = _dated(_near(lines, title_at))
    labelled = {day for _, day, label in dated if label == "published"}
    if len(labelled) == 1:
        return FoundDate(labelled.pop(), "visible:label", True)
    if title_at is None or labelled:
        return None
    head = _dated(_head(lines, title_at))
    bare = {day for line, day, label in head if label is None and line.link_share < 0.5 and not _aside(line)}
    return FoundDate(bare.pop(), "visible", False) if len(bare) == 1 else None


def _head(lines: list[Line], title_at: int) -> list[Line]:
    """Return the lines near the title up to the second one of body text: the first may be the summary above a date."""
    after = lines[title_at + 1 : title_at + 1 + _NEAR]
    prose = [i for i, line in enumerate(after) if _is_prose(line)]
    return lines[max(0, title_at - _NEAR) : title_at + 1] + after[: prose[1] if len(prose) > 1 else len(after)]


def _is_prose(line: Line) -> bool:
    least = _SENTENCE if line.text.rstrip().endswith(("。", "．", ".", "!", "！", "?", "？")) else _LONG
    return len(line.key) >= least and line.link_share < 0.5


def _further_down(lines: list[Line]) -> FoundDate | None:
    """A labelled date anywhere on the page, as tables of facts have it, when all of them agree."""
    days = {day for line, day, label in _dated(lines) if label == "published" and not _aside(line)}
    return FoundDate(days.pop(), "visible:label", False) if len(days) == 1 else None


def _last_update(lines: list[Line], title_at: int | None) -> FoundDate | None:
    days = {day for _, day, label in _dated(_near(lines, title_at)) if label == "updated"}
    return FoundDate(days.pop(), "visible:updated", False) if len(days) == 1 else None


def _aside(line: Line) -> bool:
    """Say whether a line stands in navigation, a ranking or the like."""
    return any(is_boilerplate(element) for element in (line.block, *list(line.block.iterancestors())[:4]))


def _address(url: str | None) -> FoundDate | None:
    found = _URL_DAY.search(url or "")
    if found is None:
        return None
    try:
        return FoundDate(date(int(found[1]), int(found[2]), int(found[3])), "url", False)
    except ValueError:
        return None


def is_split(lines: list[Line], title_at: int | None) -> bool:
    """Say whether several days stand near the title and no label tells which is which."""
    return len({day for line, day, _ in _dated(_near(lines, title_at)) if not _aside(line)}) > 1


def guessed(source: str, url: str | None) -> FoundDate | None:
    """Return htmldate's reading; weak, and not believed when it is a first of January or of a month."""
    from htmldate import find_date

    try:
        found = find_date(source, url=url, original_date=True, extensive_search=False)
    except Exception:  # a guess that fails is no guess
        return None
    day = parse_day(found) if found else None
    return FoundDate(day, "htmldate", False) if day and day.day != 1 else None

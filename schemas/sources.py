"""Sources: where documents are collected from, and what a listing says of them."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from pydantic import Field, field_validator, model_validator

from schemas.spans import Frozen


class SourceKind(StrEnum):
    """How a source names its documents."""

    FEED = "feed"  # RSS, Atom
    SITEMAP = "sitemap"  # XML or text sitemap, or an index of such
    LISTING = "listing"  # a web page that links to the documents
    PAGE = "page"  # one web page, itself the document
    PDF = "pdf"  # one file, itself the document
    FOLDER = "folder"  # a folder of files on this machine


class Source(Frozen):
    """One entry of the source registry.

    `id` is also the folder under `raw/`. `address` is http(s), or a path for a folder (relative: to the registry).
    `include` and `exclude` are regular expressions searched in the absolute address of a link (in the path below the
    folder for a folder); a link is taken when some `include` (or there is none) and no `exclude` is found in it.
    `attachments` are such expressions for links on a collected web page that are documents of their own (the PDF of
    a report's page). `item`, `title` and `date` are XPaths for listing pages: the element around one document, and
    within it its title and date; without them the words around the link are read. `date_format` (strptime; %Y %y %m
    %d %B %b) is tried before the usual ways of writing a day.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,62}$")
    kind: SourceKind
    address: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    language: str = Field(pattern=r"^[a-z]{2,3}$")
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    item: str | None = None
    title: str | None = None
    date: str | None = None
    date_format: str | None = None
    pages: int = Field(default=1, ge=1, le=50)  # of a listing, followed by rel=next
    limit: int = Field(default=100, ge=1)  # new documents a run
    delay_seconds: float = Field(default=2.0, ge=0)  # between requests to a host; robots.txt may ask for more
    robots: bool = True  # false only with the publisher's leave
    allow: tuple[str, ...] = ()  # hosts (".corp.example": and below) or networks that may be private
    schedule: str = "0 0 * * *"  # cron, Asia/Tokyo: from then on it is due, and the next nightly run takes it
    licence: str = ""  # what may be done with the documents, and where that is said
    enabled: bool = True

    @field_validator("include", "exclude", "attachments")
    @classmethod
    def _patterns(cls, patterns: tuple[str, ...]) -> tuple[str, ...]:
        for pattern in patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise ValueError(f"{pattern!r} is not a regular expression: {error}") from None
        return patterns

    @field_validator("schedule")
    @classmethod
    def _cron(cls, schedule: str) -> str:
        if len(schedule.split()) != 5:
            raise ValueError(f"{schedule!r} is not a cron line of five fields")
        return schedule

    @model_validator(mode="after")
    def _address(self) -> Source:
        web = re.match(r"https?://[^/?#\s]+", self.address, re.IGNORECASE)
        if self.kind == SourceKind.FOLDER:
            if "://" in self.address:
                raise ValueError(f"a folder's address is a path, not {self.address!r}")
        elif not web:
            raise ValueError(f"{self.address!r} is not an http or https address")
        return self

    def takes(self, address: str) -> bool:
        """Say whether a link is one of the source's documents."""
        if self.include and not any(re.search(pattern, address) for pattern in self.include):
            return False
        return not any(re.search(pattern, address) for pattern in self.exclude)

    def attaches(self, address: str) -> bool:
        """Say whether a link on a collected page is a document of its own."""
        return any(re.search(pattern, address) for pattern in self.attachments)


class ListingEntry(Frozen):
    """A document as a listing names it; `context` are the words around the link, `published_text` its date there."""

    address: str
    title: str | None = None
    published: date | None = None
    published_text: str | None = None
    updated: str | None = None  # ISO timestamp, as the listing has it
    context: str | None = None


class Listing(Frozen):
    """What a feed, sitemap or listing page holds.

    `children` are sitemaps of an index, `next` the following page of a listing, `links` how many links there were
    before the source's patterns, `shape` where in the page the entries stand, to notice when that changes.
    """

    entries: tuple[ListingEntry, ...] = ()
    children: tuple[str, ...] = ()
    next: str | None = None
    links: int = 0
    shape: tuple[str, ...] = ()

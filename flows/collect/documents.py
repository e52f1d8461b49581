"""The documents of one source: asked for, compared with what is known, stored."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from extractors.listings import PageFacts, page_facts
from flows.collect.addresses import canonical, file_stem
from flows.collect.fetcher import Fetched, Fetcher
from flows.collect.guard import FetchError
from flows.collect.plan import issue
from flows.collect.report import Outcome, SourceReport
from flows.collect.sniff import mismatch, sniff, suffix
from flows.collect.state import Known, State
from flows.collect.store import Store, sha256_of
from schemas import Format, ListingEntry, ReadError, Source, SourceKind

KEPT_HEADERS = ("content-type", "content-length", "content-disposition", "date", "etag", "last-modified")
_GIVE_UP = 5  # failures of the server, one after another, after which a source is left alone for this run
_FAILURES = 20  # documents that may fail in a run before no more new ones are asked for
_SERVER_FAILURES = frozenset(["unreachable", "too-slow", "asked-to-wait", "no-such-host", "http-429", "http-503"])


@dataclass
class Collector:
    """Collects the documents of one source; `writing` keeps sources from storing the same bytes at once."""

    source: Source
    fetcher: Fetcher
    state: State
    store: Store
    report: SourceReport
    now: datetime
    writing: threading.Lock = field(default_factory=threading.Lock)

    def collect(self, entries: Sequence[ListingEntry]) -> None:
        """Ask for every entry, and for what its page attaches; new documents up to the source's limit."""
        queue = deque(entries)
        done: set[str] = set()
        failures = 0
        while queue:
            entry = queue.popleft()
            if entry.address in done:
                continue
            done.add(entry.address)
            outcome, attachments, code = self._one(entry)
            self.report.count(outcome)
            failures = failures + 1 if code in _SERVER_FAILURES else 0
            if failures >= _GIVE_UP or code == "asked-to-wait":
                message = f"{self.source.id}: left alone with {len(queue)} documents to go, its server does not answer"
                self.report.issues.append(issue("source-unreachable", message, error=True))
                return
            queue.extendleft(
                entry.model_copy(update={"address": address})
                for address in reversed(attachments)
                if address not in done
            )

    def _one(self, entry: ListingEntry) -> tuple[Outcome, Sequence[str], str]:
        known = self.state.known(entry.address)
        standing = known if known and self.state.path_of(known.sha256) else None
        if standing is None and self._full:
            return Outcome.LATER, (), ""
        if standing and self._listed_unchanged(entry, standing):
            return Outcome.UNCHANGED, standing.attachments, ""
        try:
            etag, modified = (standing.etag, standing.modified) if standing else (None, None)
            got = self.fetcher.get(entry.address, etag=etag, modified=modified)
            if got.status == 304 and standing:
                self.state.remember(replace(standing, checked_at=self.now.isoformat()), commit=False)
                return Outcome.UNCHANGED, standing.attachments, ""
            outcome, attachments = self._take(entry, got, known, standing)
        except (FetchError, ReadError) as error:
            return self._failed(error, known), (), error.code
        return outcome, attachments, ""

    def _listed_unchanged(self, entry: ListingEntry, standing: Known) -> bool:
        """Say whether a sitemap's lastmod is of a day before we last asked: then asking again tells nothing."""
        return (
            self.source.kind == SourceKind.SITEMAP
            and entry.updated is not None
            and entry.updated[:10] < standing.checked_at[:10]
        )

    @property
    def _full(self) -> bool:
        counts = self.report.counts
        stored = counts[Outcome.NEW] + counts[Outcome.VERSION]
        return stored >= self.source.limit or counts[Outcome.FAILED] >= max(self.source.limit, _FAILURES)

    def _take(
        self, entry: ListingEntry, got: Fetched, known: Known | None, standing: Known | None
    ) -> tuple[Outcome, Sequence[str]]:
        content_type = got.headers.get("content-type", "")
        format = sniff(got.body, address=got.final_address, content_type=content_type)
        if format is None:
            raise ReadError("not-a-document", f"{entry.address}: neither PDF nor web page nor text ({content_type})")
        page = self._page(got) if format == Format.HTML else None
        seen = self._known(entry, got, page)
        with self.writing:
            outcome = self._outcome(got, seen, known, standing)
            if outcome in (Outcome.NEW, Outcome.VERSION):
                self._warn(got, format, content_type)
                self._put(entry, got, seen, known, page, format)
            elif outcome == Outcome.UNCHANGED and standing:
                seen = replace(seen, sha256=standing.sha256)
            self.state.remember(seen)
        return outcome, seen.attachments

    def _outcome(self, got: Fetched, seen: Known, known: Known | None, standing: Known | None) -> Outcome:
        if standing and (
            standing.sha256 == seen.sha256 or (seen.words_sha256 and seen.words_sha256 == standing.words_sha256)
        ):
            return Outcome.UNCHANGED
        if self._stands(got.body, seen.sha256):
            return Outcome.KNOWN
        return Outcome.VERSION if known and known.sha256 != seen.sha256 else Outcome.NEW

    def _stands(self, data: bytes, sha256: str) -> bool:
        """Say whether these bytes stand in raw/, and remember where."""
        if self.state.path_of(sha256):
            return True
        path = self.store.same_bytes(data, sha256)
        if path:
            self.state.remember_document(sha256, path, len(data))
        return path is not None

    def _put(
        self,
        entry: ListingEntry,
        got: Fetched,
        seen: Known,
        known: Known | None,
        page: PageFacts | None,
        format: Format,
    ) -> None:
        about = self._about(entry, got, seen, known, page)
        day, stem = self.now.date().isoformat(), file_stem(got.final_address)
        path = self.store.put(got.body, source=self.source.id, day=day, stem=stem, suffix=suffix(format), about=about)
        self.state.remember_document(seen.sha256, path, len(got.body))
        self.report.stored.append(path)

    def _page(self, got: Fetched) -> PageFacts | None:
        try:
            return page_facts(got.body, address=got.final_address, source=self.source, charset=got.charset)
        except ReadError:
            return None  # stored all the same; the reader says what is wrong with it

    def _warn(self, got: Fetched, format: Format, content_type: str) -> None:
        called = mismatch(format, address=got.final_address, content_type=content_type)
        if called:
            message = f"{got.final_address}: called a {called}, its bytes are {format.value}; stored as what it is"
            self.report.issues.append(issue("content-mismatch", message))

    def _failed(self, error: FetchError | ReadError, known: Known | None) -> Outcome:
        code = error.code
        if code in ("http-404", "http-410"):
            code = "document-gone" if known else "document-missing"
        self.report.issues.append(issue(code, str(error)))
        return Outcome.FAILED

    def _known(self, entry: ListingEntry, got: Fetched, page: PageFacts | None) -> Known:
        attachments = (canonical(address) for address in page.attachments) if page else ()
        return Known(
            address=entry.address,
            source=self.source.id,
            final_address=got.final_address,
            sha256=sha256_of(got.body),
            etag=got.headers.get("etag"),
            modified=got.headers.get("last-modified"),
            checked_at=self.now.isoformat(),
            words_sha256=page.words_sha256 if page else None,
            attachments=tuple(dict.fromkeys(attachments)),
        )

    def _about(
        self, entry: ListingEntry, got: Fetched, seen: Known, known: Known | None, page: PageFacts | None
    ) -> dict[str, Any]:
        """Return the sidecar: where the document came from and what is known of it beside its bytes."""
        return {
            "url": entry.address,
            "final_url": got.final_address,
            "canonical_url": page.canonical if page else None,
            "redirected_from": list(got.hops),
            "fetched_at": self.now.isoformat(timespec="seconds"),
            "headers": {name: got.headers[name] for name in KEPT_HEADERS if name in got.headers},
            "sha256": seen.sha256,
            "words_sha256": seen.words_sha256,
            "bytes": len(got.body),
            "source": self.source.id,
            "publisher": self.source.publisher,
            "language": self.source.language,
            "licence": self.source.licence,
            "attachments": list(seen.attachments),
            "supersedes": known.sha256 if known and known.sha256 != seen.sha256 else None,
            "listing": {"address": self.source.address, **entry.model_dump(mode="json", exclude={"address"})},
        }

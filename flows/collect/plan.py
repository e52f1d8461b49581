"""What a source's listing names now, and whether that looks like what it named before."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.listings import parse_feed, parse_page, parse_sitemap
from flows.collect.addresses import canonical
from flows.collect.bodies import gunzip
from flows.collect.fetcher import Fetched, Fetcher
from flows.collect.guard import FetchError
from flows.collect.state import Seen
from schemas import Issue, Listing, ListingEntry, ReadError, Severity, Source, SourceKind

_MOST_SITEMAPS = 50  # of an index; a source that needs more is better registered by its parts
_FEW = 0.2  # a listing that shrinks below this share of what it held is suspicious


@dataclass
class Plan:
    """The documents a source names, in its order and each once. `links` counts what stood in the listing at all."""

    entries: list[ListingEntry] = field(default_factory=list)
    excluded: int = 0
    links: int = 0
    shape: tuple[str, ...] = ()
    issues: list[Issue] = field(default_factory=list)

    @property
    def seen(self) -> Seen:
        """What the next run compares with."""
        return Seen(len(self.entries), sum(entry.published is not None for entry in self.entries), self.shape)


def make_plan(source: Source, fetcher: Fetcher) -> Plan:
    """Fetch the source's listing and return what it names; documents themselves are not fetched.

    Raises `FetchError`, or `ReadError` when what comes is no feed, sitemap or web page.
    """
    if source.kind in (SourceKind.PAGE, SourceKind.PDF):
        return Plan([ListingEntry(address=canonical(source.address))], links=1)
    read = {SourceKind.FEED: _feed, SourceKind.SITEMAP: _sitemaps, SourceKind.LISTING: _pages}[source.kind]
    plan = Plan()
    found: dict[str, ListingEntry] = {}
    for listing in read(source, fetcher):
        plan.links += listing.links
        plan.excluded += listing.links - len(listing.entries) - len(listing.children)
        plan.shape = plan.shape or listing.shape
        for entry in listing.entries:
            try:
                address = canonical(entry.address)
            except FetchError as error:
                plan.issues.append(issue(error.code, str(error)))
                continue
            if source.takes(address):
                found.setdefault(address, entry.model_copy(update={"address": address}))
            else:
                plan.excluded += 1
    plan.entries = list(found.values())
    return plan


def compare(plan: Plan, before: Seen | None, source: Source) -> list[Issue]:
    """Return what is suspicious about a listing: nothing in it, far less than before, another shape, no more dates."""
    if source.kind in (SourceKind.PAGE, SourceKind.PDF, SourceKind.FOLDER):
        return []
    now = plan.seen
    if not now.entries:
        was = f"; it named {before.entries} before" if before else ""
        what = f"none of its {plan.links} links is one the source takes" if plan.links else "it holds no links"
        return [
            issue("source-yields-nothing", f"{source.id}: {what}{was}; look at {source.address}", error=bool(before))
        ]
    if before is None:
        return []
    changes = []
    if now.entries < before.entries * _FEW:
        changes.append(f"{now.entries} documents where there were {before.entries}")
    if now.shape and before.shape and not set(now.shape) & set(before.shape):
        changes.append("the links stand elsewhere on the page")
    if not now.dated and before.dated >= max(1, before.entries / 2):
        changes.append("dates are no longer found")
    if not changes:
        return []
    return [issue("source-changed-shape", f"{source.id}: {'; '.join(changes)}; look at {source.address}")]


def issue(code: str, message: str, *, error: bool = False) -> Issue:
    """Return a signal about a source or an address."""
    return Issue(code=code, message=message[:1000], severity=Severity.ERROR if error else Severity.WARNING)


def _feed(source: Source, fetcher: Fetcher) -> list[Listing]:
    got = fetcher.get(source.address)
    return [parse_feed(got.body, address=got.final_address, content_type=got.headers.get("content-type", ""))]


def _pages(source: Source, fetcher: Fetcher) -> list[Listing]:
    listings: list[Listing] = []
    address: str | None = source.address
    seen: set[str] = set()
    while address and len(listings) < source.pages and canonical(address) not in seen:
        seen.add(canonical(address))
        got = fetcher.get(address)
        listings.append(parse_page(got.body, address=got.final_address, source=source, charset=got.charset))
        address = listings[-1].next
    return listings


def _sitemaps(source: Source, fetcher: Fetcher) -> list[Listing]:
    got = fetcher.get(source.address)
    first = parse_sitemap(_unzipped(got, fetcher), address=got.final_address)
    listings, failures = [first], 0
    for child in first.children[:_MOST_SITEMAPS]:
        try:
            answer = fetcher.get(child)
            listings.append(parse_sitemap(_unzipped(answer, fetcher), address=answer.final_address))
        except (FetchError, ReadError):
            failures += 1
    if failures and failures == len(first.children[:_MOST_SITEMAPS]):
        raise ReadError("not-a-sitemap", f"{source.address}: none of its {failures} sitemaps could be read")
    return listings


def _unzipped(got: Fetched, fetcher: Fetcher) -> bytes:
    return gunzip(got.body, fetcher.limits.bytes, got.final_address)

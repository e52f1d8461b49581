"""robots.txt (RFC 9309), read by protego."""

from __future__ import annotations

from urllib.parse import urlsplit

from protego import Protego

from flows.collect.fetcher import Fetcher
from flows.collect.guard import FetchError

TOKEN = "Tenkyo"  # what we are called in robots.txt
_MOST_BYTES = 500 * 1024  # RFC 9309, 2.5: at least so much is read
_LONGEST_DELAY = 60.0  # a longer crawl-delay would let a nightly run take weeks: the host is then left alone


class Robots:
    """The rules of each host, fetched once a run."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._rules: dict[str, Protego | FetchError] = {}

    def check(self, address: str) -> float:
        """Return the delay in seconds that the host of `address` asks for, 0 for none.

        Raises `FetchError` "robots" when it may not be fetched, or when its rules cannot be had: a server in trouble
        is left alone (RFC 9309, 2.3.1.4).
        """
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = Protego.parse("")  # what robots.txt itself is fetched by
            self._rules[origin] = self._fetch(origin)
        rules = self._rules[origin]
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(address, TOKEN):
            raise FetchError("robots", f"{address}: robots.txt asks not to fetch it")
        delay = float(rules.crawl_delay(TOKEN) or 0)
        if delay > _LONGEST_DELAY:
            raise FetchError("robots", f"{address}: robots.txt asks for {delay:.0f} s between requests")
        return delay

    def _fetch(self, origin: str) -> Protego | FetchError:
        try:
            found = self._fetcher.get(f"{origin}/robots.txt")
        except FetchError as error:
            if (error.status is not None and 400 <= error.status < 500 and error.status not in (408, 429)) or (
                error.code == "empty"
            ):
                return Protego.parse("")  # no rules (RFC 9309, 2.3.1.3)
            if error.code in ("private-address", "no-such-host", "bad-address"):
                return error
            return FetchError("robots", f"{origin}: its robots.txt cannot be read ({error})")
        return Protego.parse(found.body[:_MOST_BYTES].decode("utf-8", "replace").removeprefix("\ufeff"))

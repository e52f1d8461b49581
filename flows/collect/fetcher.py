"""One GET, whatever the server does: redirects, limits, retries, conditional requests."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from types import TracebackType
from urllib.parse import urljoin

import httpx

from flows.collect.addresses import canonical, host_of
from flows.collect.bodies import ACCEPTED, gather, unpack
from flows.collect.guard import FetchError, Guard
from flows.collect.hosts import Hosts, backoff, retry_after
from flows.collect.transport import Deadline, PinnedTransport

_TEMPORARY = frozenset([408, 425, 429, 500, 502, 503, 504])
_REDIRECTS = frozenset([301, 302, 303, 307, 308])


@dataclass(frozen=True)
class Limits:
    """What a document may cost; seconds and bytes. `wait` is the longest rest a Retry-After may ask for."""

    bytes: int = 64 * 1024 * 1024
    seconds: float = 120.0
    connect: float = 15.0
    read: float = 30.0
    redirects: int = 5
    tries: int = 4
    wait: float = 120.0


@dataclass(frozen=True)
class Fetched:
    """An answer: status 200 with the unpacked body, or 304 with none. `hops` are the addresses redirected from."""

    address: str
    final_address: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    hops: tuple[str, ...] = ()

    @property
    def charset(self) -> str | None:
        """The charset the Content-Type header declares."""
        for part in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = part.strip().partition("=")
            if name.lower() == "charset" and value:
                return value.strip("\"' ")
        return None


Check = Callable[[str], float]  # raises FetchError, or returns the delay in seconds that an address asks for


@dataclass
class Fetcher:
    """Fetches over one pool of connections; used by one thread at a time.

    `check` is asked before every request, redirects included: it says whether the address may be fetched (robots.txt)
    and the delay its host wants.
    """

    guard: Guard
    hosts: Hosts = field(default_factory=Hosts)
    limits: Limits = field(default_factory=Limits)
    check: Check = lambda address: 0.0
    requests: int = 0

    def __post_init__(self) -> None:
        self._deadline = Deadline()
        self._client = httpx.Client(
            transport=PinnedTransport(self.guard, self._deadline),
            timeout=httpx.Timeout(self.limits.read, connect=self.limits.connect),
            headers={
                "User-Agent": user_agent(),
                "Accept": "text/html, application/pdf, application/xml;q=0.9, */*;q=0.5",
                "Accept-Language": "ja, en;q=0.8",
                "Accept-Encoding": ACCEPTED,
            },
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def get(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Return the answer to a GET; with `etag` or `modified` it may be a 304.

        Raises `FetchError`, whose `code` is one of bad-address, no-such-host, private-address, robots, redirect-loop,
        too-many-redirects, too-big, too-slow, damaged-body, unknown-encoding, unreachable, asked-to-wait, http-404 (…),
        empty.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        hops: list[str] = []
        current = canonical(address)
        while True:
            status, answer, body = self._tried(current, headers)
            if status not in _REDIRECTS or "location" not in answer:
                break
            hops.append(current)
            current = canonical(urljoin(current, answer["location"]))
            if current in hops:
                raise FetchError("redirect-loop", f"{address}: redirected in a circle by {current}")
            if len(hops) > self.limits.redirects:
                raise FetchError("too-many-redirects", f"{address}: more than {self.limits.redirects} redirects")
        if status == 200 and not body:
            raise FetchError("empty", f"{address}: the answer is empty", status=status)
        if status not in (200, 304) or (status == 304 and not headers):
            raise FetchError(f"http-{status}", f"{address}: HTTP status {status}", status=status)
        return Fetched(address, current, status, answer, body, tuple(hops))

    def _tried(self, address: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        """Ask until there is an answer that more asking would not change."""
        for attempt in range(1, self.limits.tries + 1):
            delay = self.check(address)
            self.hosts.wait(host_of(address), delay)
            last = attempt == self.limits.tries
            try:
                status, answer, body = self._once(address, headers)
            except httpx.TransportError as error:
                if last:
                    raise FetchError("unreachable", f"{address}: {_said(error)}") from None
                self.hosts.sleep(backoff(attempt))
                continue
            if status not in _TEMPORARY:
                return status, answer, body
            self._rest(address, status, answer.get("retry-after"), attempt, last)
        raise AssertionError("the last try returns or raises")

    def _rest(self, address: str, status: int, asked: str | None, attempt: int, last: bool) -> None:
        wanted = retry_after(asked)
        if wanted is not None and wanted > self.limits.wait:
            self.hosts.close(host_of(address), wanted)
            raise FetchError(
                "asked-to-wait", f"{address}: HTTP status {status}, try again in {wanted:.0f} s", status=status
            )
        if last:
            raise FetchError(f"http-{status}", f"{address}: HTTP status {status}, {attempt} times", status=status)
        self.hosts.sleep(wanted if wanted is not None else backoff(attempt))

    def _once(self, address: str, headers: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        self.requests += 1
        self._deadline.start(self.limits.seconds)
        with self._timed(address), self._client.stream("GET", address, headers=dict(headers)) as response:
            answer = {name.lower(): value for name, value in response.headers.items()}
            if response.status_code != 200:
                return response.status_code, answer, b""
            length = answer.get("content-length", "")
            if length.isdigit() and int(length) > self.limits.bytes:
                raise FetchError("too-big", f"{address}: {int(length):,} bytes")
            packed = self._limited(response.iter_raw(), address)
            body = gather(unpack(packed, answer.get("content-encoding", ""), address), self.limits.bytes, address)
            return 200, answer, body

    def _limited(self, pieces: Iterator[bytes], address: str) -> Iterator[bytes]:
        total = 0
        for piece in pieces:
            total += len(piece)
            if total > self.limits.bytes:
                raise FetchError("too-big", f"{address}: more than {self.limits.bytes:,} bytes")
            if self._deadline.passed:
                raise httpx.ReadTimeout("the time for this document is up")
            yield piece

    @contextmanager
    def _timed(self, address: str) -> Iterator[None]:
        """Turn a time-out of the whole exchange into an error that is not tried again."""
        try:
            yield
        except httpx.TimeoutException:
            if self._deadline.passed:
                raise FetchError("too-slow", f"{address}: not done within {self.limits.seconds:g} s") from None
            raise


def user_agent() -> str:
    """Return what we call ourselves to servers."""
    return f"Tenkyo/{version('tenkyo')} (report collector; python-httpx)"


def _said(error: httpx.TransportError) -> str:
    return " ".join(str(error).split()) or type(error).__name__

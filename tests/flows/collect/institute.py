"""A research institute on loopback: a real HTTP server with a listing, a feed, a sitemap, PDFs, and every bad habit."""

from __future__ import annotations

import gzip
import hashlib
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType


class Handler(BaseHTTPRequestHandler):
    """One request; the page is found in `server.institute`."""

    protocol_version = "HTTP/1.1"
    timeout = 20

    def do_GET(self) -> None:
        institute: Institute = self.server.institute  # type: ignore[attr-defined]
        path = self.path.split("?", 1)[0]
        with institute.lock:
            institute.hits[path] += 1
            institute.times.append((path, time.monotonic()))
        page = institute.pages.get(self.path) or institute.pages.get(path)
        try:
            if page is None:
                self.reply(404, b"<html><body>not here</body></html>")
            else:
                page(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def reply(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        names.setdefault("Content-Length", str(len(body)))
        for name, value in names.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


Page = Callable[[Handler], None]


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that gives up is what many tests are about


class Institute:
    """The server; `pages` maps a path to what it does, `hits` counts requests."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.pages: dict[str, Page] = {}
        self.hits: Counter[str] = Counter()
        self.times: list[tuple[str, float]] = []
        self.lock = threading.Lock()
        self._server = Server((host, 0), Handler)
        self._server.institute = self  # type: ignore[attr-defined]
        self.port = self._server.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Institute:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def page(
        self, path: str, body: bytes | str, content_type: str = "text/html; charset=utf-8", **headers: str
    ) -> None:
        """Serve bytes with an ETag, and 304 to who has them."""
        data = body.encode() if isinstance(body, str) else body
        tag = f'"{hashlib.md5(data).hexdigest()}"'

        def answer(request: Handler) -> None:
            if request.headers.get("If-None-Match") == tag:
                request.reply(304, ETag=tag)
            else:
                request.reply(200, data, Content_Type=content_type, ETag=tag, **headers)

        self.pages[path] = answer

    def pdf(self, path: str, words: str, content_type: str = "application/pdf") -> bytes:
        """Serve a small PDF."""
        data = make_pdf(words)
        self.page(path, data, content_type)
        return data

    def status(self, path: str, status: int, body: bytes = b"", **headers: str) -> None:
        """Serve a status."""
        self.pages[path] = lambda request: request.reply(status, body, **headers)

    def redirect(self, path: str, target: str, status: int = 302) -> None:
        """Serve a redirect."""
        self.status(path, status, Location=target)

    def sometimes(self, path: str, failures: int, status: int, body: bytes, **headers: str) -> None:
        """Serve a status so many times, then a page."""

        def answer(request: Handler) -> None:
            if self.hits[path] <= failures:
                request.reply(status, b"later", **headers)
            else:
                request.reply(200, body, Content_Type="application/pdf")

        self.pages[path] = answer

    def listing(self, path: str, items: list[tuple[str, str, str]], extra: str = "") -> None:
        """Serve a listing page of (address, title, date)."""
        rows = "".join(
            f'<li class="item"><span class="day">{day}</span><p><a href="{href}">{title}</a></p></li>'
            for href, title, day in items
        )
        nav = '<nav><a href="/">ホーム</a> <a href="/about.html">研究所について</a></nav>'
        self.page(path, f"<html><body>{nav}<ul class='list'>{rows}</ul>{extra}</body></html>")


def make_pdf(words: str) -> bytes:
    """Return a PDF of one page with `words` on it."""
    import pymupdf

    with pymupdf.open() as pdf:
        pdf.new_page().insert_text((72, 72), words)
        data: bytes = pdf.tobytes(no_new_id=True)
        return data


def endless(request: Handler) -> None:
    """Send a body that never ends, fast."""
    request.send_response(200)
    request.send_header("Content-Type", "application/pdf")
    request.send_header("Transfer-Encoding", "chunked")
    request.end_headers()
    piece = b"%PDF-1.4 " + b"x" * 65527
    while True:
        request.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))


def dripping_body(request: Handler) -> None:
    """Send a byte now and then, each soon enough for a read time-out."""
    request.send_response(200)
    request.send_header("Content-Length", "100000")
    request.end_headers()
    for _ in range(400):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


def dripping_headers(request: Handler) -> None:
    """Send headers that never come to an end."""
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(400):
        request.wfile.write(b"X-%d: y\r\n" % number)
        request.wfile.flush()
        time.sleep(0.05)


def silent(request: Handler) -> None:
    """Take the request and say nothing."""
    time.sleep(5)
    request.close_connection = True


@cache
def bomb() -> bytes:
    """Return 200 MB of zeros as 200 KB of gzip."""
    return gzip.compress(b"\0" * 200_000_000, 6)


@cache
def bomb_of_members() -> bytes:
    """Return gzip member after member, small each, 60 MB in all."""
    return gzip.compress(b"\0" * 1_000_000, 6) * 60


def cut_gzip(request: Handler) -> None:
    """Send half of a gzip body and say that was all."""
    body = gzip.compress(b"<html><body>" + bytes(range(256)) * 400)
    request.reply(200, body[: len(body) // 2], Content_Encoding="gzip")


def short(request: Handler) -> None:
    """Announce more than is sent."""
    request.reply(200, b"%PDF-1.4 half", Content_Length="5000", Content_Type="application/pdf")
    request.close_connection = True


def reset(request: Handler) -> None:
    """Break the connection off in the middle of the body."""
    request.send_response(200)
    request.send_header("Content-Length", "5000")
    request.end_headers()
    request.wfile.write(b"%PDF-1.4")
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    request.connection.close()
    request.close_connection = True


def garbage(request: Handler) -> None:
    """Answer with something that is not HTTP."""
    request.wfile.write(b"\x00\x01\x02 what?\r\n\r\n" * 10)
    request.close_connection = True


def huge_headers(request: Handler) -> None:
    """Send megabytes of headers."""
    request.send_response(200)
    for number in range(3000):
        request.send_header(f"X-{number}", "y" * 1000)
    request.end_headers()

"""The connection goes to the checked address, while the name stays in the request and in TLS."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
import trustme

from flows.collect.guard import FetchError, Guard
from flows.collect.transport import Deadline, PinnedTransport
from tests.flows.collect.institute import Institute

NAME = "reports.institute.example"


class Echo(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = f"{self.headers['Host']} {self.server.asked[-1]}".encode()  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def tls_port(authority: trustme.CA) -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Echo)
    server.asked = []  # type: ignore[attr-defined]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(NAME).configure_cert(context)
    context.sni_callback = lambda socket, name, context: server.asked.append(name)  # type: ignore[attr-defined]
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def client(authority: trustme.CA | None, *answers: str) -> httpx.Client:
    """A client for which every name resolves to the next of `answers`."""
    left = list(answers)

    def resolve(host: str, port: int, type: int) -> list[tuple[Any, ...]]:
        return [(2, 1, 6, "", (left.pop(0) if len(left) > 1 else left[0], port))]

    context = ssl.create_default_context()
    if authority:
        authority.configure_trust(context)
    guard = Guard(["127.0.0.1"], resolve=resolve)
    return httpx.Client(transport=PinnedTransport(guard, Deadline(), verify=context), trust_env=False)


def test_host_and_sni_keep_the_name(authority: trustme.CA, tls_port: int) -> None:
    with client(authority, "127.0.0.1") as ours:
        assert ours.get(f"https://{NAME}:{tls_port}/").text == f"{NAME}:{tls_port} {NAME}"


def test_the_certificate_is_checked_against_the_name(authority: trustme.CA, tls_port: int) -> None:
    with client(authority, "127.0.0.1") as ours, pytest.raises(httpx.ConnectError, match=r"other\.example"):
        ours.get(f"https://other.example:{tls_port}/")
    with client(None, "127.0.0.1") as ours, pytest.raises(httpx.ConnectError, match=r"self-signed|verify failed"):
        ours.get(f"https://{NAME}:{tls_port}/")


def test_a_name_that_changes_its_address_is_checked_each_time() -> None:
    """DNS rebinding: the first answer is allowed, the second leads inwards."""
    with Institute() as institute, client(None, "127.0.0.1", "127.0.0.2") as ours:
        institute.page("/", b"hello")
        address = f"http://{NAME}:{institute.port}/"
        assert ours.get(address, headers={"Connection": "close"}).text == "hello"
        with pytest.raises(FetchError, match="not on the open internet"):
            ours.get(address)
        assert institute.hits["/"] == 1


def test_time_is_for_the_whole_exchange() -> None:
    deadline = Deadline()
    assert deadline.within(5) == 5
    deadline.start(0)
    assert deadline.passed
    with pytest.raises(Exception, match="time for this document is up"):
        deadline.within(5)

"""The parts of collecting on their own: guard, bodies, addresses, politeness, sniffing, registry, sidecars."""

from __future__ import annotations

import gzip
import ipaddress
import re
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flows.collect.addresses import canonical, file_stem
from flows.collect.bodies import gather, gunzip, unpack
from flows.collect.guard import FetchError, Guard, is_public
from flows.collect.hosts import retry_after
from flows.collect.registry import chosen, load_sources
from flows.collect.sniff import sniff
from flows.collect.state import Known, State
from flows.discover import is_candidate
from schemas import Format, OntologyError, TenkyoError

PRIVATE = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "192.168.1.1", "192.0.2.1",
    "198.18.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1", "ff02::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "2001:db8::1", "100::1",
]  # fmt: skip
PUBLIC = ["1.1.1.1", "203.104.0.1", "2606:4700::1111", "2001:200::8", "64:ff9b::101:101", "::ffff:1.1.1.1"]


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_address_in_disguise_is_judged_as_itself(address: ipaddress.IPv4Address) -> None:
    number = int(address)
    for disguise in (f"::ffff:{address}", ipaddress.IPv6Address((0x64FF9B << 96) | number)):
        assert is_public(ipaddress.ip_address(str(disguise))) == is_public(address)
    assert is_public(address) or not is_public(ipaddress.IPv6Address((0x2002 << 112) | (number << 80)))


def resolver(*addresses: str) -> Any:
    return lambda host, port, type: [(2, 1, 6, "", (address, port)) for address in addresses]


def test_the_guard_lets_only_checked_addresses_through() -> None:
    assert Guard(resolve=resolver("1.1.1.1", "10.0.0.1")).addresses("x.example", 80) == ["1.1.1.1"]
    with pytest.raises(FetchError, match="not on the open internet"):
        Guard(resolve=resolver("10.0.0.1", "::1")).addresses("x.example", 80)
    assert Guard(["10.0.0.0/8"], resolve=resolver("10.1.2.3", "192.168.0.1")).addresses("x", 80) == ["10.1.2.3"]
    assert Guard(["10.0.0.0/8"], resolve=resolver("::ffff:10.1.2.3")).addresses("x", 80) == ["::ffff:10.1.2.3"]
    assert Guard([".corp.example"], resolve=resolver("10.1.2.3")).addresses("a.corp.example.", 80)
    assert Guard(["wiki.corp.example"], resolve=resolver("10.1.2.3")).addresses("WIKI.corp.example", 80)
    for host in ("corp.example", "evilcorp.example", "a.corp.example.evil.example"):
        with pytest.raises(FetchError):
            Guard([".corp.example"], resolve=resolver("10.1.2.3")).addresses(host, 80)
    for wrong in ("10.0.0.0/99", "*.corp.example", ""):
        with pytest.raises(ValueError, match="neither"):
            Guard([wrong])


@given(st.binary(max_size=5000), st.integers(1, 700))
def test_bodies_unpack_to_what_was_packed(data: bytes, step: int) -> None:
    raw_deflate = zlib.compressobj(wbits=-15)
    packings = {
        "gzip": gzip.compress(data),
        "deflate": zlib.compress(data),
        "x-gzip": gzip.compress(data[:100]) + gzip.compress(data[100:]) + b"\0\0",
        "identity": data,
        "Deflate": raw_deflate.compress(data) + raw_deflate.flush(),
    }
    for encoding, packed in packings.items():
        pieces = [packed[i : i + step] for i in range(0, len(packed), step)]
        try:
            assert gather(unpack(pieces, encoding, "x"), 5000, "x") == data, encoding
        except FetchError:
            assert encoding == "Deflate", "a wrapperless body can look as if it had a wrapper"


def test_bombs_stop_at_the_limit() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with pytest.raises(FetchError, match="more than 1,000,000 bytes"):
        gunzip(bomb, 1_000_000, "x")
    largest = max(len(piece) for piece in unpack([bomb], "gzip", "x"))
    assert largest <= 1 << 18
    assert gunzip(b"plain", 100, "x") == b"plain"


SPELLINGS = [
    ("HTTP://Example.COM:80/a?id=2#top", "http://example.com/a?id=2"),
    ("https://example.com:443/a", "https://example.com/a"),
    ("https://example.com:80/a", "https://example.com:80/a"),
    ("https://example.com:443", "https://example.com/"),
    ("https://example.com/a?utm_source=x&utm_medium=y", "https://example.com/a"),
    ("https://example.com/a?ref=1&gclid=2&id=3", "https://example.com/a?ref=1&id=3"),
    ("https://例え.jp/報告.pdf", "https://xn--r8jz45g.jp/%E5%A0%B1%E5%91%8A.pdf"),
    ("https://example.com/a?b=%E3%81%82&c", "https://example.com/a?b=%E3%81%82&c"),
    ("https://example.com/a%2Fb/%252e.pdf?q=%2F", "https://example.com/a%2Fb/%252e.pdf?q=%2F"),
]


@pytest.mark.parametrize(("written", "one"), SPELLINGS)
def test_one_spelling(written: str, one: str) -> None:
    assert canonical(written) == one == canonical(one)


@pytest.mark.parametrize(
    "wrong", ["", "ftp://x/", "file:///etc/passwd", "http://", "//x/", "http://u:p@x/", "http://[::1", "x" * 99999]
)
def test_what_is_no_address(wrong: str) -> None:
    with pytest.raises(FetchError):
        canonical(wrong)


@given(st.text(max_size=300))
@example("readme.pdf")
@example("LICENSE.txt.pdf")
@example("~$a.pdf")
def test_file_names_are_safe(path: str) -> None:
    stem = file_stem(f"https://x.example/{path}")
    assert stem and "/" not in stem and "\\" not in stem and "\0" not in stem
    assert stem not in (".", "..") and not stem.startswith((".", "-", "~")) and len(stem.encode()) <= 120
    assert not re.search(r"[\x00-\x1f\u202e]", stem)
    assert is_candidate(Path(f"{stem}.pdf"))


def test_retry_after() -> None:
    assert retry_after("120") == 120 and retry_after(" 0 ") == 0
    soon = retry_after(format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True))
    assert soon is not None and 80 < soon <= 90
    assert retry_after("Fri, 31 Dec 1999 23:59:59 GMT") == 0
    for nothing in (None, "", "soon", "-5", "1e9", "²"):
        assert retry_after(nothing) is None


SNIFFED = [
    (b"%PDF-1.7 ...", "x.html", "text/html", Format.PDF),
    (b"\xef\xbb\xbf\n%PDF-1.4", "x", "", Format.PDF),
    (b"<!DOCTYPE html><html>", "x.pdf", "application/pdf", Format.HTML),
    (b"\n\n<!-- c --><HTML lang=ja>", "x", "text/plain", Format.HTML),
    ("<html>".encode("utf-16"), "x", "", Format.HTML),
    (b"# Note\n\n- one", "x/note.md?v=2", "text/plain", Format.MARKDOWN),
    (b"# Note", "x", "text/markdown; charset=utf-8", Format.MARKDOWN),
    ("売上高".encode("iso2022_jp"), "x.txt", "text/plain", Format.TEXT),
    ("売上高".encode("cp932"), "x.txt", "text/plain", Format.TEXT),
    (b"\x89PNG\r\n\x1a\n\0\0", "x.pdf", "application/pdf", None),
    (b"PK\x03\x04\x14\x00\x06\x00", "x.docx", "", None),
    (b"GIF89a", "x", "image/gif", None),
]


@pytest.mark.parametrize(("data", "address", "kind", "format"), SNIFFED)
def test_sniffing(data: bytes, address: str, kind: str, format: Format | None) -> None:
    assert sniff(data, address=address, content_type=kind) == format


def test_the_registry_as_shipped() -> None:
    sources = load_sources()
    kinds = {source.kind.value for source in sources}
    assert kinds >= {"listing", "feed", "folder"} and len(sources) >= 6
    daiwa = next(source for source in sources if source.id == "daiwa-ai")
    assert daiwa.takes("https://www.dir.co.jp/report/research/capital-mkt/it/20250401_025000.html")
    assert not daiwa.takes("https://www.dir.co.jp/report/research/index.html")
    assert daiwa.attaches("https://www.dir.co.jp/report/research/capital-mkt/it/20250401_025000.pdf")
    mizuho = next(source for source in sources if source.id == "mizuho-industry")
    assert mizuho.takes("https://www.mizuhobank.co.jp/corporate/industry/pdf/msif_200.pdf")
    assert mizuho.takes("https://www.mizuhobank.co.jp/corporate/industry/sangyou/pdf/1061_all.pdf")
    assert [source.id for source in chosen(sources, ["zenn-llm", "zenn-llm"])] == ["zenn-llm"]
    assert all(source.enabled for source in chosen(sources, []))
    with pytest.raises(TenkyoError, match="no source 'none'; registered: ai-shift"):
        chosen(sources, ["none"])


GOOD = 'id = "a"\nkind = "feed"\naddress = "https://x.example/feed"\npublisher = "P"\nlanguage = "ja"\n'
WRONG = {
    "id: String should match": GOOD.replace('"a"', '"../a"'),
    "kind: Input should be": GOOD.replace('"feed"', '"ftp"', 1),
    "not an http or https address": GOOD.replace("https://", "ftp://"),
    "not a regular expression": GOOD + "include = ['(']\n",
    "not a cron line": GOOD + 'schedule = "nightly"\n',
    "Extra inputs are not permitted": GOOD + "includes = []\n",
    "limit: Input should be greater": GOOD + "limit = 0\n",
    "id is used twice": GOOD + "[[source]]\n" + GOOD,
    "not valid TOML": "id = \n",
}


@pytest.mark.parametrize("reason", WRONG)
def test_a_wrong_registry_says_where_and_why(reason: str, tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(f"[[source]]\n{WRONG[reason]}", "utf-8")
    with pytest.raises(OntologyError, match=re.escape(reason)) as caught:
        load_sources(file)
    assert str(file) in str(caught.value) and "\n" not in str(caught.value)


def test_a_missing_or_empty_registry(tmp_path: Path) -> None:
    with pytest.raises(TenkyoError, match="cannot be read"):
        load_sources(tmp_path / "none.toml")
    (tmp_path / "empty.toml").write_text("", "utf-8")
    with pytest.raises(OntologyError, match="no \\[\\[source\\]\\]"):
        load_sources(tmp_path / "empty.toml")


def test_state_comes_back(tmp_path: Path) -> None:
    known = Known("https://x/1", "s", "https://x/2", "0" * 64, '"e"', None, "2025-04-01", "f" * 64, ("https://x/3",))
    with State(tmp_path) as state:
        assert state.known(known.address) is None
        state.remember(known, commit=False)
    with State(tmp_path) as state:
        assert state.known(known.address) == known
        assert state.path_of("0" * 64) is None

from __future__ import annotations

import pytest

from extractors.readers import read, sniff
from schemas import Format, ReadError

PAGE = "<!DOCTYPE html><html><head><title>題</title></head><body><p>本文</p></body></html>"


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (b"%PDF-1.7\n...", "a.txt", Format.PDF),
        (b"\x00\r\n%PDF-1.4", "report", Format.PDF),
        (PAGE.encode(), "a.pdf", Format.HTML),
        (PAGE.encode("utf-16"), "a.txt", Format.HTML),
        (b"\xef\xbb\xbf" + PAGE.encode(), "a.md", Format.HTML),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<html><body>1</body></html>", "a", Format.HTML),
        (b"<p>only a piece</p>", "a.htm", Format.HTML),
        (b"<div>only a piece</div>", "piece", Format.HTML),
        (b"<table><tr><td>1</td></tr></table>", "a.md", Format.MARKDOWN),
        (b"# heading", "a.MARKDOWN", Format.MARKDOWN),
        (b"# heading", "a.txt", Format.TEXT),
        (b"plain words", "README", Format.TEXT),
    ],
)
def test_sniff(data: bytes, name: str, expected: Format) -> None:
    assert sniff(data, name) is expected


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.pdf", "empty-file"),
        (b"  \n", "a.md", "empty-file"),
        (b"no header here", "a.pdf", "unknown-type"),
        (b"PK\x03\x04....", "a.docx", "unknown-type"),
        (b"\x89PNG\r\n", "a.txt", "unknown-type"),
        (b"a,b\n1,2\n", "a.csv", "unknown-type"),
        (bytes(range(256)) * 4, "a.txt", "unknown-type"),
    ],
)
def test_refused(data: bytes, name: str, code: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(data, name=name)
    assert caught.value.code == code
    assert "\n" not in str(caught.value)


def test_identity_is_the_hash_of_the_bytes() -> None:
    import hashlib

    for name in ("a.md", "a.txt"):
        data = "売上高は10億円。".encode()
        assert read(data, name=name).sha256 == hashlib.sha256(data).hexdigest()

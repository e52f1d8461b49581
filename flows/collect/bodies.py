"""Bodies of limited size: compressed ones are unpacked piece by piece, so that a bomb stops at the limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from flows.collect.guard import FetchError

ACCEPTED = "gzip, deflate"  # what `unpack` knows; brotli and zstd have no streaming limit in the standard library
_PIECE = 1 << 18
_GZIP = b"\x1f\x8b"


def gather(pieces: Iterable[bytes], limit: int, address: str) -> bytes:
    """Return the pieces as one; raises `FetchError` "too-big" as soon as they are more than `limit` bytes."""
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit:
            raise FetchError("too-big", f"{address}: more than {limit:,} bytes")
    return bytes(body)


def unpack(pieces: Iterable[bytes], encoding: str, address: str) -> Iterator[bytes]:
    """Yield the content of a body whose Content-Encoding is `encoding`, never more than 256 KiB at a time.

    Raises `FetchError` "unknown-encoding" or "damaged-body".
    """
    coding = encoding.strip().lower()
    if coding in ("", "identity"):
        yield from pieces
        return
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError("unknown-encoding", f"{address}: Content-Encoding {encoding!r}, which was not asked for")
    try:
        yield from _inflate(pieces, coding)
    except (zlib.error, EOFError) as error:
        raise FetchError("damaged-body", f"{address}: the compressed body is damaged ({error})") from None


def _inflate(pieces: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """Yield what the members of a compressed body hold; raises `EOFError` when the last one is cut off."""
    unzip, pending, members = None, b"", 0
    for piece in pieces:
        pending += piece
        while pending:
            if unzip is None:
                pending = pending.lstrip(b"\0") if members else pending  # members may be padded
                if len(pending) < 2:
                    break
                if members and not pending.startswith(_GZIP):
                    return  # debris behind the last member, which browsers ignore too
                unzip = zlib.decompressobj(_window(pending, coding))
            yield unzip.decompress(pending, _PIECE)
            pending = unzip.unused_data if unzip.eof else unzip.unconsumed_tail
            if unzip.eof:
                unzip, members = None, members + 1
    while unzip is not None and not unzip.eof:
        more = unzip.decompress(b"", _PIECE)
        if not more:
            raise EOFError("it ends too early")
        yield more
    if pending and not members and unzip is None:
        raise EOFError("it ends too early")


def _window(head: bytes, coding: str) -> int:
    """Return zlib's `wbits`: gzip, zlib, or the bare deflate that some servers send as "deflate"."""
    if coding != "deflate" or head.startswith(_GZIP):
        return 31
    return 15 if head[0] & 0x0F == 8 and (head[0] << 8 | head[1]) % 31 == 0 else -15


def gunzip(data: bytes, limit: int, address: str) -> bytes:
    """Return what a gzip file holds, up to `limit` bytes; other bytes as they are."""
    return gather(unpack([data], "gzip", address), limit, address) if data.startswith(_GZIP) else data

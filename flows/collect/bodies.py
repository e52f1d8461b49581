"""Bodies of limited size: compressed ones are unpacked piece by piece, so that a bomb stops at the limit."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from flows.collect.guard import FetchError

ACCEPTED = "gzip, deflate"  # what `unpack` knows; brotli and zstd have no streaming limit in the standard library
_PIECE = 1 << 18


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
    elif coding in ("gzip", "x-gzip", "deflate"):
        yield from _inflate(pieces, address)
    else:
        raise FetchError("unknown-encoding", f"{address}: Content-Encoding {encoding!r}, which was not asked for")


def _inflate(pieces: Iterable[bytes], address: str) -> Iterator[bytes]:
    unzip, finished, first = zlib.decompressobj(wbits=47), False, True
    try:
        for piece in pieces:
            if first and piece:
                first = False
                if piece[0] & 0x0F != 8 and piece[:2] != b"\x1f\x8b":
                    unzip = zlib.decompressobj(wbits=-15)  # "deflate" without the zlib wrapper, as some servers send
            rest = piece
            while rest:
                yield unzip.decompress(rest, _PIECE)
                finished = unzip.eof
                rest = unzip.unconsumed_tail
                if unzip.eof:
                    rest = unzip.unused_data.lstrip(b"\0")
                    if not rest.startswith(b"\x1f\x8b"):
                        break  # padding or debris behind the last member, as browsers ignore it
                    unzip = zlib.decompressobj(wbits=47)  # a gzip body may have several members
        while not finished and not first:
            more = unzip.decompress(b"", _PIECE)
            if not more:
                raise FetchError("damaged-body", f"{address}: the compressed body ends too early")
            yield more
            finished = unzip.eof
    except zlib.error as error:
        raise FetchError("damaged-body", f"{address}: the compressed body is damaged ({error})") from None


def gunzip(data: bytes, limit: int, address: str) -> bytes:
    """Return what a gzip file holds, up to `limit` bytes; other bytes as they are."""
    return gather(unpack([data], "gzip", address), limit, address) if data.startswith(b"\x1f\x8b") else data

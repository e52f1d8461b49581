"""Rows as bytes: what hashes are made over, and a check that both engines can store them."""

from __future__ import annotations

from typing import Any

import orjson


def encode(rows: Any) -> bytes:
    """Return rows (texts, numbers, truth values, None, in tuples and lists) as JSON, the same for equal rows.

    Raises `ValueError` for text that no engine stores: half a surrogate pair, which is no character, and NUL,
    which Postgres has no room for.
    """
    try:
        encoded = orjson.dumps(rows)
    except orjson.JSONEncodeError as error:
        raise ValueError(f"what was read cannot be stored: {error}") from None
    if b"\\u0000" in encoded and b"\\u0000" in encoded.replace(b"\\\\", b""):
        raise ValueError("what was read holds a NUL character, which Postgres cannot store")
    return encoded

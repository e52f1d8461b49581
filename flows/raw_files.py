"""Raw files found again by what the warehouse says of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from flows.places import reason
from flows.settings import found_path
from schemas.errors import TenkyoError


def raw_bytes(sha256: str, paths: Iterable[str]) -> bytes:
    """Return a document's bytes from one of its recorded paths.

    Raises `TenkyoError` when no file is there, or when those that are there hold other bytes.
    """
    reasons = []
    for stored in paths:
        if not stored:
            continue
        try:
            data = found_path(stored).read_bytes()
        except OSError as error:
            reasons.append(f"{stored}: {reason(error)}")
            continue
        except TenkyoError as error:  # an address whose protocol is not known here
            reasons.append(str(error))
            continue
        if hashlib.sha256(data).hexdigest() == sha256:
            return data
        reasons.append(f"{stored}: holds other bytes than were read (SHA-256 differs)")
    raise TenkyoError("; ".join(reasons) or f"document {sha256[:12]}: no path is recorded")

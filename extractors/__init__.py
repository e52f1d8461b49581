"""From bytes to documents to claims: pure functions, no database and no Prefect.

    document = read(data, name="report.pdf")
    extraction = extract_claims(document)

Heavy parsers are imported only where a document needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from schemas import Document, Extraction

__all__ = ["extract_claims", "read"]


def read(data: bytes, *, name: str, url: str | None = None) -> Document:
    """Return the document that `data` holds; the format is told by the bytes first, then by `name`.

    Raises `schemas.ReadError` when it is empty, encrypted, damaged or of no known format.
    """
    from extractors.readers import read as read_bytes

    return read_bytes(data, name=name, url=url)


def extract_claims(document: Document) -> Extraction:
    """Return the claims, the ledger of number-like tokens and the issues of `document`."""
    from extractors.claims import extract

    return extract(document)

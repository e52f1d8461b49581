"""Reading a PDF into a Document: text in reading order, blocks, tables, and a box for every character."""

from __future__ import annotations

import hashlib

from schemas import Document

READER = "pdf/1"


def read_pdf(data: bytes, *, name: str) -> Document:
    """Return the document that the bytes of a PDF hold.

    The canonical text holds everything a person can see on the pages in reading order: on each page running heads and
    feet first (blocks of kind HEADER and FOOTER), then the flow, then the footnotes; pages are parted by an empty line.
    A paragraph or table that continues on the next page is written as one, before that page's running heads.
    Table rows are lines, their cells parted by tabs. Footnote marks are raised digits (¹), listed in `marks`.

    Raises:
        ReadError: the PDF is empty, encrypted, damaged or no PDF at all; `code` says which.
    """
    from extractors.readers.pdf.document import build

    return build(data, name, hashlib.sha256(data).hexdigest(), READER)

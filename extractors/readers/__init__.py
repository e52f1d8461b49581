"""Readers: bytes to Document, one file a format. The format is told by the bytes first, then by the name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from schemas import Document, Format, ReadError

__all__ = ["read", "sniff"]

_BY_NAME = {
    ".pdf": Format.PDF,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".txt": Format.TEXT,
    ".text": Format.TEXT,
    "": Format.TEXT,
}
_BINARY = (
    (b"PK\x03\x04", "a zip archive or an Office file (docx, xlsx, pptx)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls, ppt)"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "an RTF file"),
)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:div|p|span|table|h[1-6]|a|meta|title|article|section|ul|img|br)[\s>/]", re.IGNORECASE)
_HEAD = 4096


def read(data: bytes, *, name: str, url: str | None = None) -> Document:
    """Return the document that `data` holds.

    Raises `ReadError`; its codes are "empty-file", "unknown-type", "wrong-encoding", what the PDF reader adds
    ("encrypted-pdf", …) and what the HTML reader adds ("needs-javascript", "bot-challenge", "soft-404", …).
    """
    kind = sniff(data, name)
    if kind is Format.PDF:
        from extractors.readers.pdf import read_pdf

        return read_pdf(data, name=name)
    if kind is Format.HTML:
        from extractors.readers.html import read_html

        return read_html(data, name=name, url=url)
    if kind is Format.MARKDOWN:
        from extractors.readers.markdown import read_markdown

        return read_markdown(data, name=name)
    from extractors.readers.text import read_text

    return read_text(data, name=name)


def sniff(data: bytes, name: str) -> Format:
    """Return the format: by the bytes where they are telling, else by the name's ending.

    Raises `ReadError` with code "empty-file" or "unknown-type".
    """
    if not data.strip():
        raise ReadError("empty-file", f"{name} is empty")
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    for magic, what in _BINARY:
        if data.startswith(magic):
            raise ReadError("unknown-type", f"{name} is {what}; PDF, HTML, Markdown and plain text can be read")
    named = _BY_NAME.get(PurePosixPath(name.lower()).suffix)
    if _PAGE.match(_ascii(data[:_HEAD])):
        return Format.HTML
    if named is Format.PDF:
        raise ReadError("unknown-type", f"{name} is called a PDF but has no PDF header")
    if named is None:
        raise ReadError("unknown-type", f"{name}: unknown file type; PDF, HTML, Markdown and plain text can be read")
    if named is Format.TEXT and name.lower().endswith((".txt", ".text")) is False and _TAG.search(data[:_HEAD]):
        return Format.HTML
    return named


def _ascii(head: bytes) -> bytes:
    """Return the head with byte order mark and the zero bytes of UTF-16 left off, for looking at its tags."""
    for mark in (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"):
        if head.startswith(mark):
            head = head[len(mark) :]
    return head.replace(b"\x00", b"")

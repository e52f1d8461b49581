"""What bytes are, whatever a server calls them."""

from __future__ import annotations

import re

from schemas import Format

_HTML = re.compile(
    rb"<(!doctype\s+html|html[\s>]|head[\s>]|body[\s>]|title[\s>]|meta\s|article[\s>]|table[\s>]|div[\s>]|p[\s>])", re.I
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SUFFIXES = {Format.PDF: ".pdf", Format.HTML: ".html", Format.MARKDOWN: ".md", Format.TEXT: ".txt"}
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")  # 0x1b stands in ISO-2022-JP


def sniff(data: bytes, *, address: str, content_type: str = "") -> Format | None:
    """Return the format of a fetched document; None for pictures, archives and other bytes that are no text.

    The bytes decide (PDF 32000 lets the header stand in the first 1024 bytes); name and content type only tell
    Markdown from plain text, which look alike.
    """
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    wide = data.startswith(_MARKS[1:]) or data[:400].count(0) > 50
    head = data[:4096].replace(b"\0", b"") if wide else data[:4096]
    if _HTML.search(head):
        return Format.HTML
    if not wide and _BINARY.search(data[:4096]):
        return None
    path = address.split("?", 1)[0].lower()
    kind = content_type.split(";")[0].strip().lower()
    if path.endswith((".md", ".markdown")) or kind == "text/markdown":
        return Format.MARKDOWN
    if kind.startswith(("image/", "audio/", "video/", "font/")):
        return None
    return Format.TEXT


def suffix(format: Format) -> str:
    """Return the file suffix of a format."""
    return _SUFFIXES[format]


def mismatch(format: Format, *, address: str, content_type: str = "") -> str | None:
    """Say what the address or the server calls the document, where that is a PDF or a web page and it is not."""
    path = address.split("?", 1)[0].lower()
    kind = content_type.split(";")[0].strip().lower()
    if format != Format.PDF and (kind == "application/pdf" or path.endswith(".pdf")):
        return "PDF"
    if format == Format.PDF and kind in ("text/html", "application/xhtml+xml"):
        return "web page"
    return None

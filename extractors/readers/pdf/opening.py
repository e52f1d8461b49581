"""Opening a PDF: what cannot be read is refused in one clear line."""

from __future__ import annotations

from typing import Any

from schemas import Issue, ReadError, Severity

MAX_PAGES = 5000


def open_pdf(data: bytes, name: str) -> Any:
    """Return the opened PyMuPDF document.

    Raises:
        ReadError: `empty-file`, `not-a-pdf`, `encrypted-pdf`, `damaged-pdf`, `no-pages`, `too-many-pages`.
    """
    import pymupdf

    if not data:
        raise ReadError("empty-file", f"{name}: the file is empty")
    if b"%PDF" not in data[:2048]:
        raise ReadError("not-a-pdf", f"{name}: not a PDF (no %PDF header)")
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)
    try:
        document = pymupdf.open(stream=data, filetype="pdf")
    except Exception as error:
        raise ReadError("damaged-pdf", f"{name}: damaged PDF: {_line(error)}") from error
    if document.needs_pass and not document.authenticate(""):
        document.close()
        raise ReadError("encrypted-pdf", f"{name}: encrypted; store a copy without password")
    try:
        count = document.page_count
    except Exception as error:
        raise ReadError("damaged-pdf", f"{name}: damaged PDF: {_line(error)}") from error
    if count == 0:
        raise ReadError("no-pages", f"{name}: the PDF has no readable page (truncated?)")
    if count > MAX_PAGES:
        raise ReadError("too-many-pages", f"{name}: {count} pages; more than {MAX_PAGES} are not read")
    return document


def carried(document: Any, data: bytes) -> list[Issue]:
    """Return what a PDF carries besides pages and is left alone: embedded files, scripts."""
    issues = []
    if document.embfile_count():
        message = f"{document.embfile_count()} embedded files are not read"
        issues.append(Issue(code="embedded-files", message=message, severity=Severity.INFO))
    if b"/JavaScript" in data:
        message = "the PDF carries JavaScript, which is never run"
        issues.append(Issue(code="javascript", message=message, severity=Severity.INFO))
    return issues


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__

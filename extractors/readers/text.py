"""Plain text to Document. The canonical text is the decoded file itself; every offset is an offset into it.

A byte order mark is no part of the text; newlines stay as they are. Extracts of reports often hold Markdown
(headings, lists, pipe tables), so these are read as such; beside that a line is a paragraph unless lines were
broken at a fixed width, numbered or lone short lines are headings, and tables flattened to lines are found.
"""

from __future__ import annotations

from extractors.readers.markdown import build
from schemas import Document, Format

VERSION = "text/1"


def read_text(data: bytes, *, name: str) -> Document:
    """Return the document of a plain text file.

    Raises `ReadError` with code "empty-file", "wrong-encoding" or "unknown-type".
    """
    return build(data, name=name, plain=True, kind=Format.TEXT, reader=VERSION)

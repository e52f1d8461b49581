"""Small PDFs written with PyMuPDF for the tests, in our own words."""

from __future__ import annotations

from typing import Any

import pymupdf

from extractors.readers.pdf import read_pdf
from schemas import Block, BlockKind, Document


def new_page(document: Any, width: float = 420, height: float = 595) -> Any:
    return document.new_page(width=width, height=height)


def write(page: Any, x: float, y: float, text: str, size: float = 10, **more: Any) -> None:
    page.insert_text((x, y), text, fontname="japan", fontsize=size, **more)


def ruled(page: Any, x: float, y: float, widths: list[float], rows: list[list[str]], height: float = 16) -> None:
    """Draw a fully ruled table with its top left corner at (x, y)."""
    for r, row in enumerate(rows):
        left = x
        for width, text in zip(widths, row, strict=True):
            page.draw_rect(pymupdf.Rect(left, y + r * height, left + width, y + (r + 1) * height), width=0.5)
            write(page, left + 4, y + r * height + 11.5, text)
            left += width


def read(document: Any) -> Document:
    return read_pdf(document.tobytes(), name="paper.pdf")


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [document.quote(b.span) for b in document.blocks if b.kind is kind]


def blocks(document: Document, kind: BlockKind) -> list[Block]:
    return [b for b in document.blocks if b.kind is kind]

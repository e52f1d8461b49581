"""A page as a picture, with the boxes of a claim's evidence drawn on it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from schemas.errors import TenkyoError

ZOOM = 2.0  # pixels a point: 144 dots an inch
COLOURS = {  # value first: the last to be drawn, so that it is never hidden
    "value": (0.85, 0.1, 0.1),
    "unit": (0.95, 0.55, 0.0),
    "entity": (0.1, 0.35, 0.85),
    "metric": (0.1, 0.6, 0.25),
    "period": (0.55, 0.2, 0.7),
    "modality": (0.4, 0.4, 0.4),
    "attribution": (0.4, 0.4, 0.4),
}
WIDTH = 1.2  # of a line, in points


def draw_evidence(pdf: bytes, page: int, evidence: Sequence[dict[str, Any]], output: Path) -> int:
    """Draw the boxes that lie on `page` (from 1) and write it as PNG; return how many boxes were drawn.

    Boxes are in points, origin top left, on the page as it is shown. Raises `TenkyoError` when the file cannot be
    opened as a PDF or has no such page, or when the picture cannot be written.
    """
    import pymupdf

    try:
        with pymupdf.open(stream=pdf, filetype="pdf") as source:
            if not 1 <= page <= source.page_count:
                raise TenkyoError(f"the document has {source.page_count} pages, not a page {page}")
            shown = source[page - 1]
            picture = shown.get_pixmap(matrix=pymupdf.Matrix(ZOOM, ZOOM))
            canvas = pymupdf.open()
            sheet = canvas.new_page(width=shown.rect.width, height=shown.rect.height)
    except (RuntimeError, ValueError) as error:
        raise TenkyoError(f"the page cannot be drawn: {error}") from None
    sheet.insert_image(sheet.rect, pixmap=picture)  # a picture: rotation and the page's own transforms are in it
    drawn = 0
    for part in sorted(evidence, key=lambda part: list(COLOURS).index(part["part"]), reverse=True):
        for box in _boxes(part, page):
            frame = pymupdf.Rect(box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1)
            sheet.draw_rect(frame, color=COLOURS[part["part"]], width=WIDTH)
            drawn += 1
    try:
        output.write_bytes(sheet.get_pixmap(matrix=pymupdf.Matrix(ZOOM, ZOOM)).tobytes("png"))
    except OSError as error:
        raise TenkyoError(f"{output}: {error.strerror}") from None
    return drawn


def _boxes(part: dict[str, Any], page: int) -> list[tuple[float, float, float, float]]:
    return [(x0, top, x1, bottom) for number, x0, top, x1, bottom in part["boxes"] if number == page]

"""A page made of what OCR read, for engines that need text and drawn lines: a stand-in of the same size."""

from __future__ import annotations

from typing import Any

from extractors.readers.pdf.segments import Segment, is_wide
from extractors.readers.pdf.tables.rules import Rules

WIDTH = 0.5  # points: how wide lines are drawn


def stand_in(page: Any, segments: list[Segment], rules: Rules) -> Any:
    """Return a page of the same size with the text and the lines that OCR found as real text and lines."""
    import pymupdf

    document = pymupdf.open()
    copy = document.new_page(width=page.rect.width, height=page.rect.height)
    for segment in segments:
        wide = any(is_wide(c) for c in segment.text)
        font = "japan" if wide else "helv"
        length = pymupdf.get_text_length(segment.text, fontname=font, fontsize=10) or 1.0
        size = min(segment.size, 10 * (segment.x1 - segment.x0) / length)
        copy.insert_text((segment.x0, segment.baseline), segment.text, fontname=font, fontsize=max(1.0, size))
    shape = copy.new_shape()
    for start, end in _ends(rules):  # each a path of its own: engines take a path's box for a frame
        shape.draw_line(start, end)
        shape.finish(width=WIDTH)
    shape.commit()
    document.reload_page(copy)
    copy = document[0]
    setattr(copy, "kept", document)  # noqa: B010 -- a page does not keep its document alive
    return copy


def _ends(rules: Rules) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    across = [((x0, y), (x1, y)) for y, x0, x1 in rules.across]
    return across + [((x, top), (x, bottom)) for x, top, bottom in rules.down]


def outlines_of(rules: Rules) -> list[tuple[tuple[float, float, float, float], bool]]:
    """Return the boxes around lines, as they come for drawn paths."""
    half = WIDTH / 2
    return [((a, y - half, b, y + half), True) for y, a, b in rules.across] + [
        ((x - half, a, x + half, b), True) for x, a, b in rules.down
    ]

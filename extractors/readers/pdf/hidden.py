"""Text that a person cannot see is kept out of the document and raised as an issue."""

from __future__ import annotations

from typing import Any

from extractors.readers.pdf.drawings import drawings_of
from extractors.readers.pdf.segments import PALE, Segment, luminance
from schemas import Issue


def visible(page: Any, segments: list[Segment], number: int, issues: list[Issue]) -> list[Segment]:
    """Return the segments of a page that can be seen; the others are counted in an issue by reason."""
    pale = [s for s in segments if not s.hidden and luminance(s.color) > PALE]
    if pale:
        _white_on_white(page, pale)
    reasons: dict[str, list[Segment]] = {}
    for segment in segments:
        if segment.hidden:
            reasons.setdefault(segment.hidden, []).append(segment)
    for reason, found in reasons.items():
        count = sum(len(s.text) for s in found)
        issues.append(
            Issue(
                code="hidden-text",
                message=f"{count} characters on page {number} are hidden ({reason}); left out",
                page=number,
            )
        )
    return [s for s in segments if not s.hidden]


def _white_on_white(page: Any, pale: list[Segment]) -> None:
    """Mark pale segments that stand on no darker fill or image."""
    drawings = drawings_of(page)
    darker = [tuple(image["bbox"]) for image in page.get_image_info()] + drawings.fills + drawings.shapes
    for segment in pale:
        x, y = (segment.x0 + segment.x1) / 2, segment.middle
        if segment.quarter == 0 and not any(r[0] - 1 <= x <= r[2] + 1 and r[1] - 1 <= y <= r[3] + 1 for r in darker):
            segment.hidden = "white"

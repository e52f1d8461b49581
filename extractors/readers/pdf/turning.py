"""Pages turned upright, so that engines which know only horizontal text can read them."""

from __future__ import annotations

from typing import Any

TURN = {0: 0, 1: 270, 2: 180, 3: 90}  # clockwise degrees that bring the text of a frame's quarter upright


def upright(page: Any, quarter: int = 0) -> Any:
    """Return `page` as it is displayed, turned so that text of `quarter` is upright, with no /Rotate entry of its own.

    The same page is returned where nothing needs turning; else a copy, whose coordinates are those of the frame.
    """
    import pymupdf

    if not page.rotation and not quarter:
        return page
    copy = pymupdf.open()
    copy.insert_pdf(page.parent, from_page=page.number, to_page=page.number, links=False, annots=False, widgets=False)
    turned = copy[0]
    turned.set_rotation((page.rotation + TURN[quarter]) % 360)
    turned.remove_rotation()
    turned = copy[0]
    setattr(turned, "kept", copy)  # noqa: B010 -- a page does not keep its document alive
    return turned

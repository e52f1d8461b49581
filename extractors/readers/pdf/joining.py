"""How the end of one line meets the start of the next: Japanese without a blank, Latin with one."""

from __future__ import annotations

from extractors.readers.pdf.segments import is_wide


def joiner(left: str, right: str) -> str:
    """Return what stands between two wrapped lines of one paragraph or cell: "" or a blank.

    Wide characters take none on either side; a hyphen at the end of a line keeps its word together, a slash its
    address.
    """
    if not left or not right:
        return ""
    a, b = left[-1], right[0]
    if a.isspace() or b.isspace() or is_wide(a) or is_wide(b):
        return ""
    if a in "-\u2010\u00ad" and b.isalpha() and left[-2:-1].isalpha():
        return ""
    if a == "/" and "://" in left:
        return ""
    return " "


def beside(left: str, right: str, gap: float, size: float) -> str:
    """Return what stands between two pieces on one line, `gap` points apart, set in `size` points."""
    if not left or not right or left[-1].isspace() or right[0].isspace():
        return ""
    if gap > 0.8 * size:
        return " "
    if is_wide(left[-1]) or is_wide(right[0]):
        return ""
    return " " if gap > 0.2 * size else ""

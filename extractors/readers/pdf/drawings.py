"""What is drawn on a page, read once: lines, filled boxes (bars, backgrounds) and boxes of any kind (panels)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extractors.readers.pdf.tables.rules import Rules

Rect = tuple[float, float, float, float]
MOST = 20_000  # items of a page's drawings that are looked at


@dataclass(slots=True)
class Drawings:
    """Lines, filled boxes, all boxes and filled shapes of an upright page, in points.

    `too_many` says that some were not looked at. `paths` are all of it, for charts.
    """

    rules: Rules = field(default_factory=Rules)
    fills: list[Rect] = field(default_factory=list)
    boxes: list[Rect] = field(default_factory=list)
    shapes: list[Rect] = field(default_factory=list)  # around other filled paths
    too_many: bool = False
    paths: list[dict[str, Any]] = field(default_factory=list)  # as PyMuPDF's `get_cdrawings` gives them


def drawings_of(page: Any) -> Drawings:
    """Return what is drawn on an upright PyMuPDF page."""
    found = Drawings(paths=page.get_cdrawings())
    seen = 0
    for path in found.paths:
        fill = path.get("fill")
        solid = fill is not None and path.get("fill_opacity", 1.0) != 0 and min(fill, default=1.0) <= 0.97
        if solid and any(item[0] != "re" for item in path["items"]):
            found.shapes.append(tuple(path["rect"]))
        for item in path["items"]:
            seen += 1
            if seen > MOST:
                found.too_many = True
                break
            if item[0] == "l":
                (ax, ay), (bx, by) = item[1], item[2]
                found.rules.add((min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)))
            elif item[0] == "re":
                box = tuple(item[1])
                found.rules.add_box(box)
                found.boxes.append(box)
                if solid:
                    found.fills.append(box)
    found.rules.join()
    return found

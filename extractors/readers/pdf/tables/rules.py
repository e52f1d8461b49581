"""The drawn lines of a page: thin strokes and thin filled rectangles, horizontal and vertical."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from extractors.readers.pdf.tables.grid import Rect

THIN = 2.5  # points: a filled rectangle no thicker than this is a line
MOST = 20_000  # items of a page's drawings that are looked at


@dataclass(slots=True)
class Rules:
    """Horizontal lines as (y, x0, x1) and vertical lines as (x, top, bottom), in points."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)

    def between(self, x0: float, x1: float, top: float, bottom: float) -> bool:
        """Say whether a horizontal line parts what stands at `top` from what stands at `bottom`, over half of x0..x1."""
        need = 0.5 * (x1 - x0)
        return any(top <= y <= bottom and min(x1, b) - max(x0, a) >= need for y, a, b in self.across)

    def beside(self, x0: float, x1: float, y: float) -> bool:
        """Say whether a vertical line stands between x0 and x1 at the height `y`."""
        return any(x0 <= x <= x1 and top <= y <= bottom for x, top, bottom in self.down)

    def under(self, x0: float, x1: float, top: float, bottom: float) -> tuple[float, float] | None:
        """Return the extent of the line drawn below a text at x0..x1, looked for between `top` and `bottom`."""
        middle = (x0 + x1) / 2
        found = [(a, b) for y, a, b in self.across if top <= y <= bottom and a <= middle <= b]
        return min(found, key=lambda e: e[1] - e[0]) if found else None


def rules_of(page: Any) -> Rules:
    """Return the lines drawn on an upright PyMuPDF page."""
    rules = Rules()
    _collect(page, rules)
    rules.across = _joined(rules.across)
    rules.down = _joined(rules.down)
    return rules


def _joined(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join lines at one height that touch."""
    out: list[tuple[float, float, float]] = []
    for place, start, end in sorted(lines, key=lambda e: (round(e[0]), e[1])):
        if out and abs(out[-1][0] - place) <= 1 and start <= out[-1][2] + 1.5:
            out[-1] = (out[-1][0], out[-1][1], max(out[-1][2], end))
        else:
            out.append((place, start, end))
    return out


def _collect(page: Any, rules: Rules) -> None:
    seen = 0
    for path in page.get_cdrawings():
        for item in path["items"]:
            seen += 1
            if seen > MOST:
                return
            for box in _boxes(item):
                _sort_in(rules, box)


def _boxes(item: Any) -> list[Rect]:
    if item[0] == "l":
        (ax, ay), (bx, by) = item[1], item[2]
        return [(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))]
    if item[0] == "re":
        x0, top, x1, bottom = item[1]
        if min(x1 - x0, bottom - top) <= THIN:
            return [(x0, top, x1, bottom)]
        return [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]
    return []


def _sort_in(rules: Rules, box: Rect) -> None:
    x0, top, x1, bottom = box
    if bottom - top <= THIN and x1 - x0 > 3:
        rules.across.append(((top + bottom) / 2, x0, x1))
    elif x1 - x0 <= THIN and bottom - top > 3:
        rules.down.append(((x0 + x1) / 2, top, bottom))

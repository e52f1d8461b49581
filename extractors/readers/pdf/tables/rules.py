"""The drawn lines of a page: thin strokes and thin filled rectangles, horizontal and vertical."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.readers.pdf.tables.grid import Rect

THIN = 2.5  # points: a filled rectangle no thicker than this is a line


@dataclass(slots=True)
class Rules:
    """Horizontal lines as (y, x0, x1) and vertical lines as (x, top, bottom), in points."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, box: Rect) -> None:
        """Take in a stroke or a thin filled rectangle; anything thick is no line."""
        x0, top, x1, bottom = box
        if bottom - top <= THIN and x1 - x0 > 3:
            self.across.append(((top + bottom) / 2, x0, x1))
        elif x1 - x0 <= THIN and bottom - top > 3:
            self.down.append(((x0 + x1) / 2, top, bottom))

    def add_box(self, box: Rect) -> None:
        """Take in a rectangle: a line where it is thin, else its four edges."""
        x0, top, x1, bottom = box
        if min(x1 - x0, bottom - top) <= THIN:
            self.add(box)
        else:
            for edge in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
                self.add(edge)

    def join(self) -> None:
        """Join the pieces of lines that touch."""
        self.across = _joined(self.across)
        self.down = _joined(self.down)

    def grid_like(self) -> bool:
        """Say whether the lines may span cells: they cross or meet at six places at least."""
        crossings = 0
        for x, top, bottom in self.down:
            for y, x0, x1 in self.across:
                crossings += x0 - 3 <= x <= x1 + 3 and top - 3 <= y <= bottom + 3
                if crossings >= 6:
                    return True
        return False

    def between(self, x0: float, x1: float, top: float, bottom: float) -> bool:
        """Say whether a horizontal line over half of x0..x1 parts `top` from `bottom`."""
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


def _joined(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    """Join lines at one height, to a point, that touch."""
    out: list[tuple[float, float, float]] = []
    same: list[tuple[float, float, float]] = []
    for line in [*sorted(lines), None]:
        if same and (line is None or line[0] - same[0][0] > 1):
            out.extend(_touching(sorted(same, key=lambda e: e[1:])))
            same = []
        if line is not None:
            same.append(line)
    return out


def _touching(lines: list[tuple[float, float, float]]) -> list[tuple[float, float, float]]:
    out = lines[:1]
    for place, start, end in lines[1:]:
        if start <= out[-1][2] + 1.5:
            out[-1] = (out[-1][0], out[-1][1], max(out[-1][2], end))
        else:
            out.append((place, start, end))
    return out

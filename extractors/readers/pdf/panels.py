"""Drawn panels of a slide: boxes whose lines are read together, before what stands beside them."""

from __future__ import annotations

from typing import TypeVar

from extractors.readers.pdf.order import Item, Line, read_order
from extractors.readers.pdf.sheet import Sheet
from extractors.readers.pdf.structure import is_bar

Rect = tuple[float, float, float, float]
T = TypeVar("T")
MOST = 60  # boxes; more are a drawing


def panels_of(sheet: Sheet) -> list[Rect]:
    """Return the boxes on a page that may hold several lines: a twelfth to half of its area, not a table's cells."""
    width, height = sheet.width, sheet.height
    if not sheet.sized((0.15 * width, 0.1 * height), (width, height), filled=False):
        return []
    found: list[Rect] = []
    for x0, top, x1, bottom in sheet.drawings.boxes:
        wide, high = x1 - x0, bottom - top
        big = wide > 0.15 * width and high > 0.1 * height and wide * high < 0.6 * width * height
        if big and not any(_near((x0, top, x1, bottom), f) for f in found):
            found.append((x0, top, x1, bottom))
            if len(found) > MOST:
                return []
    return found


def _near(a: Rect, b: Rect) -> bool:
    return all(abs(x - y) < 4 for x, y in zip(a, b, strict=True))


def set_grounds(lines: list[Line], sheet: Sheet) -> None:
    """Note for each line the smallest filled box that it stands on; text on two grounds does not run on."""
    if not sheet.sized((20, 8), (sheet.width, sheet.height), filled=True):
        return
    drawn = sheet.drawings.fills + sheet.drawings.shapes
    fills = sorted((f for f in drawn if f[2] - f[0] >= 20 and f[3] - f[1] >= 8), key=_area)
    if len(fills) > MOST:
        return
    for line in lines:
        x0, top, x1, bottom = line.box
        middle = (top + bottom) / 2
        line.ground = next((f for f in fills if f[0] - 2 <= x0 and x1 <= f[2] + 2 and f[1] <= middle <= f[3]), None)


def titled_panels(lines: list[Line], height: float) -> list[Rect]:
    """Return the panels under title bars that stand side by side: down to the next bar below, or the page's foot."""
    bars = sorted({line.ground for line in lines if line.ground is not None and is_bar(line)}, key=lambda b: b[1])
    panels = []
    for bar in bars:
        beside = [b for b in bars if abs(b[1] - bar[1]) < 3 and (b[2] <= bar[0] or b[0] >= bar[2])]
        if beside:
            below = [b[1] for b in bars if b[1] > bar[3] and b[0] < bar[2] and b[2] > bar[0]]
            panels.append((bar[0], bar[1], bar[2], min(below, default=height)))
    return panels


def read_panels(items: list[Item[T]], panels: list[Rect]) -> list[tuple[T, float, float, int]]:
    """Return the loads in reading order like `read_order`, the lines of one panel together."""
    groups: dict[int, list[Item[T]]] = {}
    rest: list[Item[T]] = []
    for item in items:
        homes = [i for i, p in enumerate(panels) if _inside(item.box, p)]
        if homes:
            groups.setdefault(min(homes, key=lambda i: _area(panels[i])), []).append(item)
        else:
            rest.append(item)
    outer: list[Item[tuple[int, T | None]]] = [Item(i.box, i.size, (-1, i.load), i.bold, i.solid) for i in rest]
    for index, inside in groups.items():
        if len(inside) < 2 or len(groups) < 2:
            outer += [Item(i.box, i.size, (-1, i.load), i.bold, i.solid) for i in inside]
        else:
            outer.append(Item(panels[index], inside[0].size, (index, None), solid=True))
    out: list[tuple[T, float, float, int]] = []
    region = 0
    for (index, load), left, right, number in read_order(outer):
        if load is not None:
            out.append((load, left, right, region + number))
            continue
        region += 1000
        out.extend((ld, lf, rt, region + n) for ld, lf, rt, n in read_order(groups[index]))
        region += 1000
    return out


def _inside(box: Rect, panel: Rect) -> bool:
    return panel[0] - 2 <= box[0] and box[2] <= panel[2] + 2 and panel[1] - 2 <= box[1] and box[3] <= panel[3] + 2


def _area(box: Rect) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])

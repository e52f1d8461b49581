"""A page as a scan: its image set straight, the ink on it, the lines that are drawn, the text that no one detected.

Coordinates are pixels of the straightened image unless said otherwise. OpenCV comes with RapidOCR.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from extractors.readers.pdf.tables.rules import THIN, Rules

DPI = 200
MOST_PIXELS = 24_000_000  # a larger page is rendered at a lower resolution
MOST_TURN = 5.0  # degrees of skew that are looked for
DARK = 12  # grey levels below its surroundings from which a pixel is ink
Pixels = tuple[int, int, int, int]  # x0, top, x1, bottom


@dataclass
class Scan:
    """The straightened image of a page (BGR), the points a pixel measures, and the radians it was turned back."""

    image: Any
    scale: float
    turn: float

    @cached_property
    def ink(self) -> Any:
        """Where the page is darker than around: an array of 0 and 1."""
        return ink_of(_grey(self.image))

    def whiten(self, lines: Rules) -> None:
        """Paint lines (in points) over in the colour beside them, so that they are not read as letters."""
        import cv2

        mask = _mask(lines, self.scale, self.image.shape[:2])
        self.image = cv2.inpaint(self.image, mask, 2, cv2.INPAINT_TELEA)
        self.ink[mask > 0] = 0


def scan_of(page: Any) -> Scan:
    """Return the image of a displayed page at 200 dpi, set straight."""
    import cv2
    import numpy
    import pymupdf

    zoom = DPI / 72
    pixels = page.rect.width * page.rect.height * zoom * zoom
    if pixels > MOST_PIXELS:
        zoom *= math.sqrt(MOST_PIXELS / pixels)
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csRGB, alpha=False)
    array = numpy.frombuffer(pixmap.samples, dtype=numpy.uint8).reshape(pixmap.height, pixmap.width, 3)
    image: Any = array[:, :, ::-1].copy()
    turn = skew_of(ink_of(_grey(image)))
    if turn:
        centre = (page.rect.width * zoom / 2, page.rect.height * zoom / 2)
        matrix = cv2.getRotationMatrix2D(centre, math.degrees(turn), 1.0)
        size = (pixmap.width, pixmap.height)
        image = cv2.warpAffine(image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return Scan(image, 1 / zoom, turn)


def _grey(image: Any) -> Any:
    import cv2

    return cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)


def ink_of(grey: Any) -> Any:
    """Return 1 where a grey image is darker than its surroundings, else 0."""
    import cv2

    smooth = cv2.GaussianBlur(grey, (3, 3), 0)
    return cv2.adaptiveThreshold(smooth, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, DARK)


def skew_of(ink: Any) -> float:
    """Return the angle in radians by which lines of text run downwards, 0 where no angle stands out.

    The projection profile: at the right angle the rows of the page are either full of ink or empty (Postl 1986).
    """
    import numpy

    ys, xs = numpy.nonzero(ink[::2, ::2])
    if len(ys) < 500:
        return 0.0
    chosen = slice(None, None, max(1, len(ys) // 200_000))
    ys, xs = ys[chosen].astype(numpy.float32), xs[chosen].astype(numpy.float32)

    def clear(degrees: float) -> float:
        places = ys - xs * math.tan(math.radians(degrees))
        rows = numpy.bincount((places - places.min()).astype(numpy.int64))
        return float((rows.astype(numpy.float64) ** 2).sum())

    steps = [i / 5 for i in range(int(-5 * MOST_TURN), int(5 * MOST_TURN) + 1)]
    best = max(steps, key=clear)
    best = max((best + i / 50 for i in range(-10, 11)), key=clear)
    if abs(best) < 0.03 or abs(best) > MOST_TURN - 0.1 or clear(best) < 1.02 * clear(0):
        return 0.0
    return math.radians(best)


def lines_of(scan: Scan, em: float, texts: list[Pixels]) -> Rules:
    """Return the drawn lines of a scan in points; `em` is the usual size of its type, `texts` where text stands.

    A line is ink at least two ems long and no thicker than a line. What lies inside a text is a stroke of it.
    """
    import cv2

    found = Rules()
    for across, least in ((True, 2.0 * em), (False, 1.7 * em)):
        length, gap = max(12, round(least)), max(3, round(0.15 * em))
        shape = (lambda n: (n, 1)) if across else (lambda n: (1, n))
        thick = cv2.dilate(scan.ink, cv2.getStructuringElement(cv2.MORPH_RECT, shape(3)[::-1]))
        long = cv2.morphologyEx(thick, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, shape(length)))
        long = cv2.morphologyEx(long, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, shape(gap)))
        _, _, stats, _ = cv2.connectedComponentsWithStats(long, connectivity=8)
        for x, y, width, height, _ in stats[1:].tolist():
            box = (x, y + 1, x + width, y + height - 1) if across else (x + 1, y, x + width - 1, y + height)
            thin = min(box[2] - box[0], box[3] - box[1]) * scan.scale <= 2 * THIN
            if thin and not any(_stroke(box, t, across) for t in texts):
                _add(found, box, scan.scale, across)
    found.join()
    return found


def _add(rules: Rules, box: Pixels, scale: float, across: bool) -> None:
    x0, top, x1, bottom = (v * scale for v in box)
    if across:
        rules.across.append(((top + bottom) / 2, x0, x1))
    else:
        rules.down.append(((x0 + x1) / 2, top, bottom))


def _stroke(line: Pixels, text: Pixels, across: bool) -> bool:
    """Say whether a line is a stroke of a text: a dash in the middle of its height, an upright no taller than it."""
    x0, top, x1, bottom = text
    slack = 0.15 * (bottom - top)
    if across:
        middle, inner = (line[1] + line[3]) / 2, 0.25 * (bottom - top)
        return top + inner < middle < bottom - inner and line[0] > x0 - slack and line[2] < x1 + slack
    return line[1] > top - slack and line[3] < bottom + slack and x0 - slack < line[0] and line[2] < x1 + slack


def _mask(lines: Rules, scale: float, shape: tuple[int, int], wide: float = 0.0) -> Any:
    """Return where lines run, as wide as their strokes or `wide` pixels."""
    import cv2
    import numpy

    mask = numpy.zeros(shape, numpy.uint8)
    width = max(3, round(wide or 1.6 / scale))
    for y, a, b in lines.across:
        cv2.line(mask, (round(a / scale), round(y / scale)), (round(b / scale), round(y / scale)), (1,), width)
    for x, a, b in lines.down:
        cv2.line(mask, (round(x / scale), round(a / scale)), (round(x / scale), round(b / scale)), (1,), width)
    return mask


def pieces_of(scan: Scan, box: Pixels, em: float) -> list[Pixels]:
    """Return the parts of a detected line of text, cut where a gap is about an em wide, each tight around its ink."""
    import numpy

    x0, top, _, bottom = box
    columns = _marked(scan, box).any(axis=0)
    places = numpy.nonzero(columns)[0]
    if not len(places):
        return []
    cuts = numpy.nonzero(numpy.diff(places) > em)[0]
    firsts = [int(places[0]), *(int(places[i + 1]) for i in cuts)]
    lasts = [*(int(places[i]) for i in cuts), int(places[-1])]
    return [(x0 + a, top, x0 + b + 1, bottom) for a, b in zip(firsts, lasts, strict=True)]


def _marked(scan: Scan, box: Pixels) -> Any:
    """Return where a part of the page differs from its ground: dark on light or light on dark; specks left out."""
    import cv2

    x0, top, x1, bottom = box
    grey = cv2.GaussianBlur(_grey(scan.image[top:bottom, x0:x1]), (3, 3), 0)
    _, dark = cv2.threshold(grey, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    ink = dark if dark.mean() <= 0.5 else 1 - dark
    return cv2.morphologyEx(ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (2, 2)))


def missed(scan: Scan, em: float, texts: list[Pixels], lines: Rules) -> list[Pixels]:
    """Return boxes around ink of the size of a few letters that stands outside of `texts`: small figures, dashes.

    What touches one of the `lines` is a rest of it; what is much paler than the texts is the edge of a shade.
    """
    import cv2
    import numpy

    ink = cv2.morphologyEx(scan.ink, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (2, 2)))
    for x0, top, x1, bottom in texts:
        ink[max(0, top) : bottom, max(0, x0) : x1] = 0
    near = _mask(lines, scan.scale, ink.shape, 0.3 * em)
    usual = float(numpy.median([_contrast(scan, t) for t in texts])) if texts else 0.0
    spread = cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_RECT, (max(3, round(0.6 * em)), 3)))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(spread, connectivity=8)
    found = []
    for label, (x, y, width, height, _) in enumerate(stats.tolist()):
        if not label or not 0.3 * em < width < 8 * em or not height < 1.6 * em:
            continue
        part = ink[y : y + height, x : x + width] * (labels[y : y + height, x : x + width] == label)
        ys, xs = part.any(axis=1).nonzero()[0], part.any(axis=0).nonzero()[0]
        if not len(xs):
            continue
        box = (x + int(xs[0]), y + int(ys[0]), x + int(xs[-1]) + 1, y + int(ys[-1]) + 1)
        rest = (part * near[y : y + height, x : x + width]).any() and min(box[2] - box[0], box[3] - box[1]) < 0.3 * em
        if rest or _contrast(scan, box) < 0.6 * usual:
            continue
        if is_dash(box, em) or (box[3] - box[1] > 0.4 * em and part.sum() > 0.08 * em * em):
            found.append(box)
    return found


def _contrast(scan: Scan, box: Pixels) -> float:
    """Return by how many grey levels the ink in a box stands out from the ground around it."""
    import numpy

    x0, top, x1, bottom = box
    part = _grey(scan.image[max(0, top - 4) : bottom + 4, max(0, x0 - 4) : x1 + 4])
    low, middle, high = numpy.percentile(part, (4, 50, 96))
    return float(max(middle - low, high - middle))


def is_dash(box: Pixels, em: float) -> bool:
    """Say whether ink has the shape of a dash."""
    width, height = box[2] - box[0], box[3] - box[1]
    return 0.2 * em < width < 1.4 * em and height < 0.25 * em and width > 1.6 * height

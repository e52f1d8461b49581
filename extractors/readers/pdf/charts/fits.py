"""Whether figures belong to what is drawn: values that grow with lengths, or lie on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from extractors.readers.pdf.charts.figures import Figure

DRAWN = 0.9  # points by which a drawn end may be off
LOOSE = 0.006  # share of the largest difference that may be lost in rounding what is drawn
TRIALS = 1500  # pairs of readings from which a scale is tried


@dataclass(frozen=True, slots=True)
class Scale:
    """A value at each place along an axis: `zero + slope * place`; `span` is how much it tells apart, in values."""

    zero: float
    slope: float
    span: float

    def at(self, place: float) -> float:
        """Return the value at a place."""
        return self.zero + self.slope * place

    def fits(self, place: float, figure: Figure) -> bool:
        """Say whether a figure is the value at a place, as exactly as both are given."""
        slack = 1.2 * figure.step + DRAWN * abs(self.slope) + LOOSE * self.span
        return abs(self.at(place) - figure.value) <= slack


def proportion(readings: Sequence[tuple[float, Figure]]) -> Scale | None:
    """Return the scale from zero on which all figures are the values of their lengths; None if there is none.

    Two readings at least; lengths that hardly differ prove nothing.
    """
    lengths = [length for length, _ in readings]
    if len(readings) < 2 or _spread(lengths) < 4 * DRAWN:
        return None
    total = sum(length * length for length in lengths)
    most = max(abs(f.value) for _, f in readings)
    scale = Scale(0.0, sum(length * f.value for length, f in readings) / total, most) if total else None
    return scale if scale and scale.slope > 0 and all(scale.fits(*r) for r in readings) else None


def common_scale(readings: Sequence[tuple[float, Figure]]) -> Scale | None:
    """Return the rising scale on which all figures lie, from three different places at least; else None."""
    places = sorted({round(place) for place, _ in readings})
    if len(places) < 3 or places[-1] - places[0] < 12 * DRAWN:
        return None
    scale = line_through(readings)
    middle = [p for p in places if places[0] + 3 * DRAWN < p < places[-1] - 3 * DRAWN]
    return scale if scale and scale.slope > 0 and middle and all(scale.fits(*r) for r in readings) else None


def line_through(readings: Sequence[tuple[float, Figure]]) -> Scale | None:
    """Return the scale nearest to all readings (least squares)."""
    count = len(readings)
    mean = sum(p for p, _ in readings) / count
    level = sum(f.value for _, f in readings) / count
    spread = sum((p - mean) ** 2 for p, _ in readings)
    if not spread:
        return None
    slope = sum((p - mean) * (f.value - level) for p, f in readings) / spread
    return Scale(level - slope * mean, slope, _spread([f.value for _, f in readings]))


def best_scale(options: Sequence[tuple[Figure, Sequence[float]]]) -> Scale | None:
    """Return the rising scale on which the most figures lie at one of their places; None without two of them."""
    flat = [(place, figure, i) for i, (figure, places) in enumerate(options) for place in places]
    best, most = None, 1
    span = _spread([f.value for f, _ in options])
    for (p, f, i), (q, g, j) in islice(combinations(flat, 2), TRIALS):
        if i == j or abs(p - q) < 6 * DRAWN or (g.value - f.value) * (q - p) <= 0:
            continue
        slope = (g.value - f.value) / (q - p)
        scale = Scale(f.value - slope * p, slope, span)
        count = sum(any(scale.fits(place, figure) for place in places) for figure, places in options)
        if count > most:
            best, most = scale, count
    return best


def _spread(numbers: Sequence[float]) -> float:
    return max(numbers) - min(numbers)

"""Column boundaries moved into the gap that words leave: a predicted line may cut off the start of a header."""

from __future__ import annotations

from extractors.readers.pdf.tables.lattice import Lattice
from extractors.readers.pdf.tables.words import Word, is_number, is_time


def snap_columns(lattice: Lattice) -> None:
    """Move boundaries between two columns of figures into the widest gap that all their words leave there."""
    for c in range(1, lattice.columns):
        pair = [w for r in range(lattice.rows) for k in (c - 1, c) for w in lattice.slots.get((r, k), [])]
        low = max((w.x1 for w in _column_figures(lattice, c - 1)), default=None)
        high = min((w.x0 for w in _column_figures(lattice, c)), default=None)
        if low is None or high is None or high - low < 2:
            continue
        gaps = _gaps(pair, low, high)
        x = lattice.xs[c]
        now = next((b - a for a, b in gaps if a <= x <= b), 0.0)
        best = max(gaps, key=lambda g: g[1] - g[0], default=(x, x))
        place = (best[0] + best[1]) / 2
        if best[1] - best[0] > 1.5 * now and not _takes_from_figures(lattice, c, place):
            _move(lattice, c, place)


def _column_figures(lattice: Lattice, column: int) -> list[Word]:
    found = [w for r in range(lattice.rows) for w in lattice.slots.get((r, column), []) if is_number(w.text)]
    return [w for w in found if not is_time(w.text)] if len(found) > 1 else []


def _gaps(words: list[Word], low: float, high: float) -> list[tuple[float, float]]:
    """Return the stretches between `low` and `high` that no word covers."""
    out, place = [], low
    for word in sorted((w for w in words if w.x1 > low and w.x0 < high), key=lambda w: w.x0):
        if word.x0 > place:
            out.append((place, word.x0))
        place = max(place, word.x1)
    return [*out, (place, high)] if place < high else out


def _takes_from_figures(lattice: Lattice, column: int, x: float) -> bool:
    """Say whether a boundary at `x` would part a sign from its figure: only words of rows without figures may move."""
    for r in range(lattice.rows):
        left, right = lattice.slots.get((r, column - 1), []), lattice.slots.get((r, column), [])
        moved = any(w.middle[0] >= x for w in left) or any(w.middle[0] < x for w in right)
        if moved and any(is_number(w.text) and not is_time(w.text) for w in [*left, *right]):
            return True
    return False


def _move(lattice: Lattice, column: int, x: float) -> None:
    """Move a boundary, and the words between the old place and the new one to the other column."""
    lattice.xs[column] = x
    for r in range(lattice.rows):
        words = lattice.slots.pop((r, column - 1), []) + lattice.slots.pop((r, column), [])
        for word in words:
            lattice.slots.setdefault((r, column - 1 if word.middle[0] < x else column), []).append(word)

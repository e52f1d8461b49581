"""Several readings of one drawing: bars and a line over the same categories are one chart, no label is used twice."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.readers.pdf.charts.chart import Chart
from extractors.readers.pdf.charts.labels import Label, around


def merged(charts: Sequence[Chart]) -> list[Chart]:
    """Return charts that share no label: those over the same categories as one, of others the better proven."""
    kept: list[Chart] = []
    for chart in sorted(charts, key=lambda c: (not c.proven, -len(c.cells))):
        rivals = [k for k in kept if _labels(k) & _labels(chart)]
        if not rivals:
            kept.append(chart)
        elif len(rivals) == 1 and (both := _together(rivals[0], chart)) is not None:
            kept[kept.index(rivals[0])] = both
    return sorted(kept, key=lambda c: (c.box[1], c.box[0]))


def _labels(chart: Chart) -> set[tuple[int, int]]:
    return {(id(p.segment), p.start) for n in chart.used for p in n.pieces}


def _together(one: Chart, two: Chart) -> Chart | None:
    """Return two charts over the same categories as one; None where they share more than categories, or lack names."""
    names = {_key(n) for n in one.categories} & {_key(n) for n in two.categories}
    shared = _labels(one) & _labels(two)
    if None in (*one.series, *two.series) or not shared <= names:
        return None
    categories = list(one.categories)
    places = {_key(n): i for i, n in enumerate(categories)}
    cells = dict(one.cells)
    for (row, column), label in two.cells.items():
        name = two.categories[row]
        if _key(name) not in places:
            places[_key(name)] = len(categories)
            categories.append(name)
        cells[places[_key(name)], column + len(one.series)] = label
    order = sorted(range(len(categories)), key=lambda i: (categories[i].x, categories[i].y))
    rows = {old: new for new, old in enumerate(order)}
    scales = [*one.scales, *(n for n in two.scales if n not in one.scales)]
    return Chart(
        f"{one.kind}-{two.kind}",
        around([one.box, two.box]),
        [categories[i] for i in order],
        [*one.series, *two.series],
        {(rows[r], c): n for (r, c), n in cells.items()},
        one.proven and two.proven,
        scales,
    )


def _key(label: Label) -> tuple[int, int]:
    piece = label.pieces[0]
    return id(piece.segment), piece.start

"""A chart that was read: categories, series and the data label of each pair that is certain."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.readers.pdf.builder import Piece
from extractors.readers.pdf.charts.labels import Label, around
from extractors.readers.pdf.charts.shapes import Shape
from extractors.readers.pdf.segments import Segment
from extractors.readers.pdf.tables.grid import Grid, GridCell, Rect

PROVEN = 0.9  # score of a chart whose figures agree with what is drawn


@dataclass(slots=True, eq=False)
class Drawing:
    """What a page offers for charts: its shapes and the labels among its texts; `keys` finds legends in them."""

    shapes: list[Shape]
    labels: list[Label]
    width: float
    height: float


@dataclass(slots=True, eq=False)
class Chart:
    """Data labels by category and series; `series` is [None] where the chart has one without a name.

    `proven` says that the figures fit what is drawn. `box` is the plot; `scales` are the labels of its axes.
    """

    kind: str
    box: Rect
    categories: list[Label]
    series: list[Label | None]
    cells: dict[tuple[int, int], Label]
    proven: bool = True
    scales: list[Label] = field(default_factory=list)

    @property
    def used(self) -> list[Label]:
        """All labels that are cells of its grid."""
        return [*self.categories, *(s for s in self.series if s is not None), *self.cells.values()]

    @property
    def region(self) -> Rect:
        """The box around plot and labels."""
        return around([self.box, *(n.box for n in self.used), *(n.box for n in self.scales)])


def trimmed(chart: Chart) -> Chart | None:
    """Return a chart without the categories and series that have no figure; None when too little is left.

    Categories of one name leave open which is meant, so that nothing is read.
    """
    rows = sorted({r for r, _ in chart.cells})
    columns = sorted({c for _, c in chart.cells})
    categories = [chart.categories[r] for r in rows]
    series = [chart.series[c] for c in columns]
    cells = {(rows.index(r), columns.index(c)): n for (r, c), n in chart.cells.items()}
    figures = [n.box for n in cells.values()]
    if not cells or len({n.text for n in categories}) < len(categories) or len(set(figures)) < len(figures):
        return None
    return Chart(chart.kind, chart.box, categories, series, cells, chart.proven, chart.scales)


def to_grid(chart: Chart, rest: list[Segment]) -> Grid:
    """Return a chart as a grid: a row for each category, a column for each series, heads where series have names."""
    heads = int(any(s is not None for s in chart.series))
    cells = []
    for column, name in enumerate(chart.series):
        if name is not None:
            cells.append(_cell(0, column + 1, name))
    for row, category in enumerate(chart.categories):
        cells.append(_cell(row + heads, 0, category))
    for (row, column), label in sorted(chart.cells.items()):
        cells.append(_cell(row + heads, column + 1, label))
    score = PROVEN if chart.proven else 0.75
    return Grid(chart.region, cells, f"chart-{chart.kind}", score, header_rows=heads, header_columns=1, rest=rest)


def _cell(row: int, column: int, label: Label) -> GridCell:
    lines: list[list[Piece]] = [list(line) for line in label.lines]
    return GridCell(row, column, row, column, label.box, lines)

"""Columns of a predicted grid that are one, or one that is several: by where the words of its rows stand."""

from __future__ import annotations

from extractors.readers.pdf.tables.lattice import Lattice, bounds, phrases
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.pdf.tables.words import Word, is_filler, is_number, is_time


def join_columns(lattice: Lattice, rules: Rules) -> None:
    """Join neighbouring columns whose words overlap and never share a row: one column whose entries are not aligned."""
    c = 0
    while c < lattice.columns - 1:
        left = {r: lattice.slots[(r, c)] for r in range(lattice.rows) if lattice.slots.get((r, c))}
        right = {r: lattice.slots[(r, c + 1)] for r in range(lattice.rows) if lattice.slots.get((r, c + 1))}
        apart = left and right and not set(left) & set(right) and not _ruled(lattice, c + 1, rules)
        one = apart and (_overlap(left, right) or _head_and_body(left, right) or _head_and_body(right, left))
        if one or (apart and _lone_head(lattice, c)):
            lattice.merge_columns(c, c + 1)
        else:
            c += 1


def _overlap(left: dict[int, list[Word]], right: dict[int, list[Word]]) -> bool:
    """Say whether most entries of one column stand over or under entries of the other."""
    a = (min(w.x0 for ws in left.values() for w in ws), max(w.x1 for ws in left.values() for w in ws))
    boxes = [bounds(ws) for ws in right.values()]
    hits = sum(min(a[1], b[2]) - max(a[0], b[0]) > 0.5 * (b[2] - b[0]) for b in boxes)
    return hits > 0.5 * len(boxes)


def _lone_head(lattice: Lattice, column: int) -> bool:
    """Say whether a column of entries has no head but the one that stands alone in the next column, first row.

    The column after that must have a head of its own, so that the head can belong to no other.
    """
    filled = [{r for r in range(lattice.rows) if lattice.slots.get((r, c))} for c in range(lattice.columns)]
    if not 0 < column < lattice.columns - 2 or filled[column + 1] != {0} or 0 in filled[column]:
        return False
    return 0 in filled[column - 1] and 0 in filled[column + 2] and len(filled[column]) >= 3


def _head_and_body(head: dict[int, list[Word]], body: dict[int, list[Word]]) -> bool:
    """Say whether one column holds nothing but a header and its neighbour nothing but the figures under it.

    A header over both may stand in the neighbour, above.
    """
    under = {r: ws for r, ws in body.items() if r > max(head)}
    figures = [w for ws in under.values() for w in ws]
    above = [w for r, ws in body.items() if r not in under for w in ws]
    if len(under) < 2 or any(is_filler(w.text) or (is_number(w.text) and not is_time(w.text)) for w in above):
        return False
    return all(is_number(w.text) or is_filler(w.text) for w in figures)


def _ruled(lattice: Lattice, column: int, rules: Rules) -> bool:
    x = lattice.xs[column]
    return any(
        abs(v - x) < 6 and min(bottom, lattice.ys[-1]) - max(top, lattice.ys[0]) > 10 for v, top, bottom in rules.down
    )


def split_columns(lattice: Lattice) -> None:
    """Part a column in which several rows hold two figures, where one gutter parts them all."""
    for c in reversed(range(lattice.columns)):
        pairs = []
        for r in range(lattice.rows):
            found = sorted((w for w in lattice.slots.get((r, c), []) if is_number(w.text)), key=lambda w: w.x0)
            if len(found) == 2 and found[1].x0 - found[0].x1 > 0.8 * found[0].piece.segment.size:
                same = abs(found[0].piece.segment.baseline - found[1].piece.segment.baseline)
                if same < 0.4 * found[0].piece.segment.size:
                    pairs.append(found)
        if len(pairs) < 2:
            continue
        low, high = max(p[0].x1 for p in pairs), min(p[1].x0 for p in pairs)
        if high - low > 0.5:
            _part_column(lattice, c, (low + high) / 2)


def split_labels(lattice: Lattice, rules: Rules) -> None:
    """Part a first column in which most rows hold a label and, flush right across a gutter, a figure."""
    ends: list[tuple[float, float, float]] = []  # where the label ends, where the figure starts and ends
    rows = [r for r in range(lattice.rows) if lattice.slots.get((r, 0))]
    size = 1.0
    for r in rows:
        found = phrases(lattice.slots[(r, 0)], rules, figures=False)
        label, figure = bounds(found[0]), found[-1]
        value = len(figure) == 1 and (is_number(figure[0].text) or is_filler(figure[0].text))
        if len(found) == 2 and value and not is_number(found[0][0].text):
            size = figure[0].piece.segment.size
            ends.append((label[2], figure[0].x0, figure[0].x1))
    if len(ends) < 3 or len(ends) < 0.6 * len(rows):
        return
    low, high = max(e[0] for e in ends), min(e[1] for e in ends)
    flush = max(e[2] for e in ends) - min(e[2] for e in ends) < 0.8 * size
    if flush and high - low > 0.8 * size:
        _part_column(lattice, 0, (low + high) / 2)


def _part_column(lattice: Lattice, column: int, x: float) -> None:
    slots: dict[tuple[int, int], list[Word]] = {}
    for (r, c), words in lattice.slots.items():
        for word in words:
            new = c if c < column else c + 1 if c > column else column + (word.middle[0] > x)
            slots.setdefault((r, new), []).append(word)
    lattice.slots = slots
    lattice.xs.insert(column + 1, x)

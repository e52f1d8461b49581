"""Merged cells of a lattice: headers over several columns, wrapped headers, labels beside several rows."""

from __future__ import annotations

from extractors.readers.pdf.tables.lattice import Lattice, bounds, phrases
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.pdf.tables.words import Word, is_filler, is_number, is_time


def span_cells(lattice: Lattice, rules: Rules) -> Lattice:
    """Find the merged cells of a refined lattice, in place, and return it."""
    _join_header_lines(lattice, rules)
    for r in range(lattice.rows):
        _span_row(lattice, r, rules)
    for r in range(lattice.body):
        _span_brackets(lattice, r)
    _drop_leading(lattice)
    for r in range(lattice.body - 1):
        _span_header(lattice, r, rules)
    _stretch_headers(lattice)
    _span_labels(lattice, rules)
    return lattice


def _span_row(lattice: Lattice, row: int, rules: Rules) -> None:
    """Merge the slots that one phrase crosses; a slot two phrases reach into goes to the one that covers more."""
    home = {id(w): c for c in range(lattice.columns) for w in lattice.slots.get((row, c), [])}
    found = phrases(lattice.row_words(row), rules, figures=row < lattice.body)
    wide = [(p, {home[id(w)] for w in p}) for p in found]
    if not any(len(columns) > 1 for _, columns in wide):
        return
    for i, (phrase, columns) in enumerate(wide):
        for other, others in wide[i + 1 :]:
            for c in columns & others:
                if abs(bounds(phrase)[1] - bounds(other)[1]) > 3 and (len(columns) == 1 or len(others) == 1):
                    continue  # lines of one wrapped header
                _give(lattice, row, c, (phrase, columns), (other, others))
    for _, columns in wide:
        if len(columns) > 1:
            _merge(lattice, row, min(columns), max(columns))


def _give(
    lattice: Lattice, row: int, column: int, a: tuple[list[Word], set[int]], b: tuple[list[Word], set[int]]
) -> None:
    """Give a slot to that of two phrases that covers more of it; the other's words move to its own nearest slot."""
    x0, x1 = _extent(lattice, column)

    def cover(phrase: list[Word]) -> float:
        box = bounds(phrase)
        return min(x1, box[2]) - max(x0, box[0])

    loser = b if cover(a[0]) >= cover(b[0]) else a
    if (bounds(a[0])[2] > bounds(b[0])[0] and bounds(b[0])[2] > bounds(a[0])[0]) or len(loser[1]) < 2:
        return  # one above the other: lines of the same header
    loser[1].discard(column)
    near = min(loser[1], key=lambda c: abs(c - column))
    moved = [w for w in lattice.slots.get((row, column), []) if any(w is x for x in loser[0])]
    lattice.slots[(row, column)] = [w for w in lattice.slots[(row, column)] if not any(w is x for x in moved)]
    lattice.slots.setdefault((row, near), []).extend(moved)


def _span_brackets(lattice: Lattice, row: int) -> None:
    """Merge header slots between an opening bracket and the closing one in a later slot."""
    start = None
    depth = 0
    for c in lattice.filled(row):
        text = lattice.text(row, c)
        change = sum(t in "(（[［" for t in text) - sum(t in ")）]］" for t in text)
        if start is None and change > 0:
            start = c
        depth = max(0, depth + change)
        if start is not None and depth == 0:
            if c > start:
                _merge(lattice, row, start, c)
            start = None


def _drop_leading(lattice: Lattice) -> None:
    """Take out columns in which nothing stands but parts of merged cells."""
    for c in reversed(range(1, lattice.columns)):
        own = [r for r in range(lattice.rows) if lattice.slots.get((r, c)) and (r, c) not in lattice.spans]
        starts = [r for (r, k) in lattice.spans if k == c]
        if own or lattice.columns < 3:
            continue
        if any(lattice.spans[(r, c)][1] == c for r in starts):
            continue
        _without(lattice, c)


def _without(lattice: Lattice, column: int) -> None:
    slots = {}
    for (r, c), words in lattice.slots.items():
        slots[(r, c if c <= column else c - 1)] = words
    lattice.slots = slots
    spans = {}
    for (r, c), (r1, c1) in lattice.spans.items():
        new, last = (c if c <= column else c - 1), (c1 if c1 < column else c1 - 1)
        if last > new or r1 > r:
            spans[(r, new)] = (r1, last)
    lattice.spans = spans
    del lattice.xs[column]


def _merge(lattice: Lattice, row: int, first: int, last: int, last_row: int | None = None) -> None:
    """Merge slots, taking in merged cells that they touch."""
    for (r, c), (r1, c1) in list(lattice.spans.items()):
        if r <= row <= r1 and c <= last and c1 >= first:
            first, last = min(first, c), max(last, c1)
            del lattice.spans[(r, c)]
    words = [w for c in range(first, last + 1) for w in lattice.slots.pop((row, c), [])]
    lattice.slots[(row, first)] = words
    lattice.spans[(row, first)] = (row if last_row is None else last_row, last)


def _span_header(lattice: Lattice, row: int, rules: Rules) -> None:
    """Let a header of an upper row reach over the empty slots beside it, by the line under it or by its centre."""
    taken = {c for c in range(lattice.columns) if lattice.slots.get((row, c))}
    for (r, c), (_, c1) in lattice.spans.items():
        if r == row:
            taken |= set(range(c, c1 + 1))
    below = {c for r in range(row + 1, lattice.body) for c in lattice.filled(r)}
    for c in sorted(lattice.filled(row)):
        words = lattice.slots[(row, c)]
        last = lattice.spans.get((row, c), (row, c))[1]
        low, high = c, last
        while low - 1 >= 1 and low - 1 not in taken:
            low -= 1
        while high + 1 < lattice.columns and high + 1 not in taken:
            high += 1
        if (low, high) == (c, last) or not any(k in below for k in range(low, high + 1) if not c <= k <= last):
            continue
        first, final = _reach(lattice, row, words, (low, c, last, high), rules)
        if (first, final) != (c, last):
            _merge(lattice, row, first, final)
            taken |= set(range(first, final + 1))


def _reach(
    lattice: Lattice, row: int, words: list[Word], limits: tuple[int, int, int, int], rules: Rules
) -> tuple[int, int]:
    """Return the columns a header reaches over; `limits` are lowest, first, last and highest column."""
    low, c, last, high = limits
    x0, top, x1, bottom = bounds(words)
    line = rules.under(x0, x1, bottom - 3, bottom + (bottom - top))
    extents = {k: _extent(lattice, k) for k in range(low, high + 1)}
    if line is not None and line[1] - line[0] < 0.97 * (lattice.xs[-1] - lattice.xs[0]):
        over = [k for k, e in extents.items() if min(e[1], line[1]) - max(e[0], line[0]) > 0.4 * (e[1] - e[0])]
        return min([*over, c]), max([*over, last])
    middle = (x0 + x1) / 2
    best, distance = (c, last), abs(middle - (extents[c][0] + extents[last][1]) / 2)
    wide = max(4.0, words[0].piece.segment.size)
    for a in range(low, c + 1):
        for b in range(last, high + 1):
            away = abs(middle - (extents[a][0] + extents[b][1]) / 2)
            bigger = b - a > best[1] - best[0]
            if away < distance - wide or (away < wide and bigger):
                best, distance = (a, b), min(distance, away)
    return best


def _extent(lattice: Lattice, column: int) -> tuple[float, float]:
    """Return left and right of what stands in a column below the first header row."""
    words = [
        w
        for r in range(1, lattice.rows)
        if (r, column) not in lattice.spans
        for w in lattice.slots.get((r, column), [])
    ]
    if not words:
        return lattice.xs[column], lattice.xs[column + 1]
    return min(w.x0 for w in words), max(w.x1 for w in words)


def _join_header_lines(lattice: Lattice, rules: Rules) -> None:
    """Join header rows that are lines of one row of wrapped headers."""
    r = 0
    while r < lattice.body - 1:
        if _same_header(lattice, r, r + 1, rules):
            lattice.merge_rows(r, r + 1)
        else:
            r += 1


def _same_header(lattice: Lattice, upper: int, lower: int, rules: Rules) -> bool:
    """Say whether two header rows are lines of one: each upper entry stands alone over its own lower entry."""
    up, low = lattice.filled(upper), lattice.filled(lower)
    if not up or not low or _crosses(lattice, upper, rules):
        return False
    size = lattice.row_words(lower)[0].piece.segment.size
    for c in set(up) & set(low):
        a, b = bounds(lattice.slots[(upper, c)]), bounds(lattice.slots[(lower, c)])
        if b[1] - a[3] > 0.75 * size or rules.between(a[0], a[2], a[3] - 3, b[1] + 3):
            return False
        if (
            any(is_number(w.text) for w in lattice.slots[(lower, c)])
            and not any(is_number(w.text) for w in lattice.slots[(upper, c)])
            and len(set(up) & set(low)) < len(low)
        ):
            return False
    shared = set(up) & set(low)
    if not shared:
        gap = bounds(lattice.row_words(lower))[1] - bounds(lattice.row_words(upper))[3]
        return gap < -0.2 * size
    return not _reaches_over(lattice, upper, lower)


def _crosses(lattice: Lattice, row: int, rules: Rules) -> bool:
    home = {id(w): c for c in range(lattice.columns) for w in lattice.slots.get((row, c), [])}
    return any(len({home[id(w)] for w in p}) > 1 for p in phrases(lattice.row_words(row), rules))


def _reaches_over(lattice: Lattice, upper: int, lower: int) -> bool:
    """Say whether upper entries stand over empty upper slots whose lower slots are filled: a level of its own."""
    up, low = set(lattice.filled(upper)), set(lattice.filled(lower))
    missing = [c for c in low if c not in up and c > 0]
    if not missing:
        return False
    for c in sorted(up):
        if c == 0:
            continue
        x0, _, x1, _ = bounds(lattice.slots[(upper, c)])
        if c in low:
            left, _, right, _ = bounds(lattice.slots[(lower, c)])
        else:
            left, right = _extent(lattice, c)
        size = lattice.slots[(upper, c)][0].piece.segment.size
        apart = abs((x0 + x1) / 2 - (left + right) / 2) > 1.2 * size
        if apart and abs(x0 - left) > size and abs(x1 - right) > size:
            return True
    return False


def _stretch_headers(lattice: Lattice) -> None:
    """Let a header reach over the empty slots above and below it, within the header rows."""
    taken = {
        (r, c) for (r0, c0), (r1, c1) in lattice.spans.items() for r in range(r0, r1 + 1) for c in range(c0, c1 + 1)
    }
    for c in range(lattice.columns):
        rows = [r for r in range(lattice.body) if lattice.slots.get((r, c)) or (r, c) in taken]
        if len(rows) != 1 or (rows[0], c) in taken or lattice.body < 2 or not _headed(lattice, rows[0]):
            continue
        words = lattice.slots.pop((rows[0], c))
        lattice.slots[(0, c)] = words
        lattice.spans[(0, c)] = (lattice.body - 1, c)


def _headed(lattice: Lattice, row: int) -> bool:
    """Say whether a header row has other entries: a lone entry is a section, not a header."""
    return len(lattice.filled(row)) > 1 or any(r == row for r, _ in lattice.spans)


def _span_labels(lattice: Lattice, rules: Rules) -> None:
    """Let a label beside several rows reach over the empty slots above and below it, where that is plain."""
    for c in range(min(2, lattice.columns - 1)):
        rows = [r for r in range(lattice.body, lattice.rows) if lattice.slots.get((r, c))]
        if any(is_number(t) and not is_time(t) for t in (lattice.text(r, c) for r in rows)):
            continue
        if (
            not _labels(lattice, c + 1)
            or not rows
            or len(rows) > 0.7 * (lattice.rows - lattice.body)
            or any(lattice.spans.get((r, c)) for r in rows)
        ):
            continue
        values = [r for r in range(lattice.body, lattice.rows) if _has_value(lattice, r, c)]
        if set(values) != set(range(lattice.body, lattice.rows)):
            continue
        groups = _groups(lattice, c, rows, rules)
        if groups:
            for first, last in groups:
                inside = [r for r in rows if first <= r <= last]
                if len(inside) == 1 and last > first:
                    words = lattice.slots.pop((inside[0], c))
                    lattice.slots[(first, c)] = words
                    lattice.spans[(first, c)] = (last, c)


def _labels(lattice: Lattice, column: int) -> bool:
    """Say whether a column holds labels: words in most rows of the body, hardly any figure."""
    texts = [lattice.text(r, column) for r in range(lattice.body, lattice.rows)]
    filled = [t for t in texts if t]
    return len(filled) > 0.6 * len(texts) and sum(is_number(t) and not is_time(t) for t in filled) < 0.1 * len(filled)


def _has_value(lattice: Lattice, row: int, column: int) -> bool:
    texts = [lattice.text(row, c) for c in lattice.filled(row) if c > column]
    return any(is_number(t) or is_filler(t) for t in texts)


def _groups(lattice: Lattice, column: int, rows: list[int], rules: Rules) -> list[tuple[int, int]]:
    """Return the rows each label stands for, or nothing where that is not plain.

    Labels on the first row of each group stand for the rows down to the next label; labels in the middle of groups
    of one size stand for these groups.
    """
    first, last = lattice.body, lattice.rows - 1
    starts = [first]
    for r in range(first + 1, lattice.rows):
        x0, x1 = lattice.xs[column], lattice.xs[column + 1]
        up, low = bounds(lattice.row_words(r - 1)), bounds(lattice.row_words(r))
        if rules.between(x0, x1, up[3] - 3, low[1] + 3):
            starts.append(r)
    ruled = [(a, b - 1) for a, b in zip(starts, [*starts[1:], last + 1], strict=True)]
    if len(ruled) > 1 and all(sum(a <= r <= b for r in rows) == 1 for a, b in ruled):
        return ruled
    if rows[0] == first:
        return [(a, b - 1) for a, b in zip(rows, [*rows[1:], last + 1], strict=True)]
    size = (last - first + 1) / len(rows)
    if size == int(size) and all(abs(r - (first + (i + 0.5) * size - 0.5)) <= 0.5 for i, r in enumerate(rows)):
        return [(first + int(i * size), first + int((i + 1) * size) - 1) for i in range(len(rows))]
    return []

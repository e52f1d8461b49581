"""Mending a predicted grid by what the words show: rows torn or run together, columns that are one."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from extractors.readers.pdf.tables.columns import join_columns, split_columns, split_labels
from extractors.readers.pdf.tables.grid import Rect
from extractors.readers.pdf.tables.lattice import Lattice, bounds, phrases
from extractors.readers.pdf.tables.rules import Rules
from extractors.readers.pdf.tables.snapping import snap_columns
from extractors.readers.pdf.tables.words import Word, is_filler, is_number, is_time
from extractors.readers.roles import is_caption
from extractors.readers.tableheads import find_unit_note

MOST_HEADER = 7  # rows; a table without figures until then has one header row
BRACKETED = re.compile(r"[(（\[［【〔<＜].{1,40}[)）\]］】〕>＞]")
ENDS = (".", "。", "．", ":", "：", ";")


def refine(lattice: Lattice, rules: Rules) -> Lattice:
    """Mend a lattice in place and return it."""
    drop_empty(lattice)
    snap_columns(lattice)
    join_columns(lattice, rules)
    split_columns(lattice)
    split_labels(lattice, rules)
    split_rows(lattice)
    split_groups(lattice, rules)
    split_at_rules(lattice, rules)
    trim(lattice, rules)
    join_columns(lattice, rules)
    lattice.body = body_start(lattice)
    join_wrapped(lattice, rules)
    drop_empty(lattice)
    return lattice


def drop_empty(lattice: Lattice) -> None:
    """Take out rows and columns without words."""
    for r in reversed(range(lattice.rows)):
        if not lattice.filled(r) and lattice.rows > 1:
            lattice.drop_row(r)
    for c in reversed(range(lattice.columns)):
        if lattice.columns > 1 and not any(lattice.slots.get((r, c)) for r in range(lattice.rows)):
            _drop_column(lattice, c)


def _drop_column(lattice: Lattice, column: int) -> None:
    lattice.slots = {(r, c if c < column else c - 1): words for (r, c), words in lattice.slots.items() if c != column}
    if column == 0:
        del lattice.xs[0]
    elif column == lattice.columns - 1:
        del lattice.xs[-1]
    else:
        left = [w.x1 for r in range(lattice.rows) for w in lattice.slots.get((r, column - 1), [])]
        right = [w.x0 for r in range(lattice.rows) for w in lattice.slots.get((r, column), [])]
        middle = (max(left, default=lattice.xs[column]) + min(right, default=lattice.xs[column + 1])) / 2
        del lattice.xs[column]
        lattice.xs[column] = min(max(middle, lattice.xs[column - 1] + 0.1), lattice.xs[column + 1] - 0.1)


def split_rows(lattice: Lattice) -> None:
    """Part rows in which two columns or more hold figures on different lines."""
    for r in reversed(range(lattice.rows)):
        lines: dict[int, set[int]] = {}
        heights: dict[int, float] = {}
        for c in range(lattice.columns):
            for word in lattice.slots.get((r, c), []):
                if is_number(word.text) or is_filler(word.text):
                    key = _line_key(heights, word)
                    lines.setdefault(key, set()).add(c)
        rich = sorted(k for k, columns in lines.items() if len(columns) >= 2)
        stacked = sum(sum(c in lines[k] for k in rich) >= 2 for c in range(lattice.columns))
        if len(rich) >= 2 and stacked >= 2:
            _part(lattice, r, [heights[k] for k in rich])
        elif len(rich) == 1 and lattice.rows > 2:
            _part_header(lattice, r, heights[rich[0]])


def _line_key(heights: dict[int, float], word: Word) -> int:
    for key, height in heights.items():
        if abs(height - word.middle[1]) < 0.5 * word.piece.segment.size:
            return key
    heights[len(heights)] = word.middle[1]
    return len(heights) - 1


def _part(lattice: Lattice, row: int, heights: list[float]) -> None:
    """Part a row between the lines of figures; words between two lines go to the nearer."""
    heights = sorted(heights)
    lattice.split_row(row, [(a + b) / 2 for a, b in pairwise(heights)])


def _part_header(lattice: Lattice, row: int, height: float) -> None:
    """Part the header from the first line of figures where the two were taken for one row."""
    columns = [lattice.slots.get((row, c), []) for c in range(lattice.columns)]
    size = median([w.piece.segment.size for ws in columns for w in ws])
    both = 0
    for words in columns[1:]:
        above = [w for w in words if w.middle[1] < height - 0.6 * size and not is_number(w.text)]
        on = [w for w in words if abs(w.middle[1] - height) < 0.5 * size and is_number(w.text)]
        both += bool(above and on)
    below = any(w.middle[1] > height + 0.6 * size for ws in columns for w in ws)
    filled = sum(bool(ws) for ws in columns[1:])
    if both >= 2 and both >= 0.6 * filled and not below:
        lattice.split_row(row, [height - 0.55 * size])


def split_groups(lattice: Lattice, rules: Rules) -> None:
    """Part a first row of two lines of heads, each of the upper ones in the middle over two or more lower ones."""
    words = [w for c in range(1, lattice.columns) for w in lattice.slots.get((0, c), [])]
    if not words or any(is_filler(w.text) or (is_number(w.text) and not is_time(w.text)) for w in words):
        return
    lines: dict[int, list[Rect]] = {}
    heights: dict[int, float] = {}
    for phrase in phrases(words, rules):
        lines.setdefault(_line_key(heights, phrase[0]), []).append(bounds(phrase))
    if len(lines) != 2:
        return
    upper, lower = sorted(lines.values(), key=lambda boxes: boxes[0][1])
    groups: list[list[Rect]] = [[] for _ in upper]
    for box in lower:
        away = [abs((u[0] + u[2]) - (box[0] + box[2])) for u in upper]
        groups[away.index(min(away))].append(box)
    for head, group in zip(upper, groups, strict=True):
        left, right = min((b[0] for b in group), default=0.0), max((b[2] for b in group), default=0.0)
        off = abs((head[0] + head[2]) - (left + right)) / 2
        if len(group) < 2 or off > 0.2 * (right - left):
            return
    lattice.split_row(0, [(max(b[3] for b in upper) + min(b[1] for b in lower)) / 2])


def split_at_rules(lattice: Lattice, rules: Rules) -> None:
    """Part rows that a line over most of the table crosses, and the first row where its first line alone is bold."""
    width = lattice.xs[-1] - lattice.xs[0]
    for r in reversed(range(lattice.rows)):
        words = lattice.row_words(r)
        cuts = []
        for y, x0, x1 in rules.across:
            if (
                not lattice.ys[r] < y < lattice.ys[r + 1]
                or min(x1, lattice.xs[-1]) - max(x0, lattice.xs[0]) < 0.8 * width
            ):
                continue
            if any(w.bottom <= y + 0.5 for w in words) and any(w.top >= y - 0.5 for w in words):
                cuts.append(y)
        if cuts:
            lattice.split_row(r, sorted(cuts))
    words = lattice.row_words(0)
    bold = [w for w in words if w.piece.segment.bold]
    plain = [w for w in words if not w.piece.segment.bold]
    if bold and plain and len(lattice.filled(0)) > 1 and max(w.bottom for w in bold) < min(w.top for w in plain) + 3:
        lattice.split_row(0, [(max(w.bottom for w in bold) + min(w.top for w in plain)) / 2])


def trim(lattice: Lattice, rules: Rules) -> None:
    """Take captions and notes off the top and the bottom: sentences that run over the columns."""
    while lattice.rows > 2 and (
        _sentence(lattice, 0, rules) or _unit_row(lattice) or is_caption_row(lattice, 0) or _title(lattice, rules)
    ):
        lattice.drop_row(0)
    while lattice.rows > 2 and _sentence(lattice, lattice.rows - 1, rules):
        lattice.drop_row(lattice.rows - 1)


def _unit_row(lattice: Lattice) -> bool:
    """Say whether the first row is nothing but a note in brackets, such as the unit."""
    text = "".join([lattice.text(0, c) for c in lattice.filled(0)])
    return bool(BRACKETED.fullmatch(text)) and lattice.columns > 1


def is_caption_row(lattice: Lattice, row: int) -> bool:
    """Say whether a row is the line above a table: its caption or title, with nothing but a unit note at the right."""
    texts = [lattice.text(row, c) for c in lattice.filled(row)]
    notes = [t for t in texts if BRACKETED.fullmatch(t)]
    titles = [t for t in texts if not BRACKETED.fullmatch(t)]
    if len(titles) != 1 or titles[0] != texts[0] or lattice.columns < 2:
        return False
    if is_caption(titles[0]):
        return True
    if len(notes) != 1 or lattice.columns < 3 or not find_unit_note(notes[0]) or lattice.filled(row)[0] > 0:
        return False
    below = [lattice.text(row + 1, c) for c in range(lattice.columns)] if row + 1 < lattice.rows else [""]
    return all(below) and not any(_is_value(t) for t in below)


def _is_value(text: str) -> bool:
    return is_filler(text) or (is_number(text) and not is_time(text))


def _title(lattice: Lattice, rules: Rules) -> bool:
    """Say whether the first row is one phrase that starts at the left edge and reaches past the label column."""
    found = phrases(lattice.row_words(0), rules)
    if len(found) != 1 or lattice.columns < 2 or len(lattice.filled(1)) < 2:
        return False
    x0, _, x1, _ = bounds(found[0])
    size = found[0][0].piece.segment.size
    labels = [w.x1 for r in range(1, lattice.rows) for w in lattice.slots.get((r, 0), [])]
    return x0 < lattice.xs[0] + 2 * size and x1 > max(labels, default=lattice.xs[1]) + 0.5 * size


def _sentence(lattice: Lattice, row: int, rules: Rules) -> bool:
    words = lattice.row_words(row)
    found = phrases(words, rules)
    if not found or any(is_number(w.text) and len(p) == 1 for p in found for w in p):
        return False
    longest = bounds(max(found, key=lambda p: bounds(p)[2] - bounds(p)[0]))
    left, right = lattice.xs[0], lattice.xs[-1]
    size = median([w.piece.segment.size for w in words])
    starts = longest[0] < left + 4 * size and lattice.columns > 1
    if not starts or longest[2] < lattice.xs[1] + 2 * size:
        return False
    others = [p for p in found if bounds(p)[0] > longest[2] + size]
    return not others and longest[2] - longest[0] > 0.55 * (right - left) and len(found) <= 1 + len(_baselines(words))


def _baselines(words: list[Word]) -> set[int]:
    return {round(w.piece.segment.baseline / 2) for w in words}


def body_start(lattice: Lattice) -> int:
    """Return the first row with figures that are not periods; 0 when no row has any."""
    for r in range(min(lattice.rows, MOST_HEADER)):
        texts = [lattice.text(r, c) for c in lattice.filled(r) if c > 0]
        values = [t for t in texts if is_number(t) or is_filler(t)]
        if values and not all(is_time(t) for t in values):
            return _with_titles(lattice, r)
    return 1 if lattice.rows > 1 else 0


def _with_titles(lattice: Lattice, first: int) -> int:
    """Return the first row of the body, rows of titles above the first figures included: a label and nothing else."""
    headed = first > 1 and len(lattice.filled(0)) >= max(2, lattice.columns - 1)
    while headed and first > 1 and lattice.filled(first - 1) == [0] and not BRACKETED.match(lattice.text(first - 1, 0)):
        first -= 1
    return first


def join_wrapped(lattice: Lattice, rules: Rules) -> None:
    """Join rows of the body that are lines of one wrapped cell."""
    r = max(lattice.body, 1)
    while r < lattice.rows:
        if r > lattice.body and _wraps(lattice, r - 1, r, rules):
            lattice.merge_rows(r - 1, r)
        else:
            r += 1


def _wraps(lattice: Lattice, upper: int, lower: int, rules: Rules) -> bool:
    """Say whether row `lower` holds further lines of the cells of row `upper`."""
    up, low = lattice.filled(upper), lattice.filled(lower)
    if not low or not set(low) <= set(up) or any(_figures(lattice, lower, c) for c in low):
        return False
    a, b = bounds(lattice.row_words(upper)), bounds(lattice.row_words(lower))
    words = lattice.row_words(lower)
    size = median([w.piece.segment.size for w in words])
    step = words[0].piece.segment.baseline - max(
        w.piece.segment.baseline for c in low for w in lattice.slots[(upper, c)]
    )
    if step > 1.6 * size or rules.between(min(a[0], b[0]), max(a[2], b[2]), a[3] - 3, b[1] + 3):
        return False
    if low[0] > 0:  # nothing in the label column: further lines of the entries beside it
        return True
    return len(low) < len(up) and _goes_on(lattice, upper, lower)


def _figures(lattice: Lattice, row: int, column: int) -> bool:
    text = lattice.text(row, column)
    return is_number(text) or is_filler(text)


def _goes_on(lattice: Lattice, upper: int, lower: int) -> bool:
    """Say whether a label goes on in the row below: a small letter, an open clause, or no room for the next word."""
    before, after = lattice.text(upper, 0), lattice.text(lower, 0)
    if re.match(r"[a-z]", after) or before.endswith((",", "、", "・", " and", " of", " the", "-")):
        return True
    if before.endswith(ENDS):
        return False
    last = max(lattice.slots[(upper, 0)], key=lambda w: (w.piece.segment.baseline, w.x1))
    first = min(lattice.slots[(lower, 0)], key=lambda w: (w.piece.segment.baseline, w.x0))
    room = max(w.x1 for r in range(lattice.rows) for w in lattice.slots.get((r, 0), []))
    step = first.piece.segment.baseline - last.piece.segment.baseline
    usual = _pitch(lattice)
    full = last.x1 + min(first.x1 - first.x0, 4 * first.piece.segment.size) > room
    return full and step < 0.9 * usual


def _pitch(lattice: Lattice) -> float:
    """Return the usual distance of rows with figures, in points."""
    lines = [
        min(w.piece.segment.baseline for w in lattice.row_words(r))
        for r in range(lattice.body, lattice.rows)
        if any(_figures(lattice, r, c) for c in lattice.filled(r))
    ]
    steps = [b - a for a, b in pairwise(lines)]
    return median(steps) if steps else 1e9

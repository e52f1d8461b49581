"""Tables that lost their grid: rows as lines, cells apart by tabs, bars, gaps or single blanks.

Japanese prose has no blanks between words, so a blank between two Japanese words is a cell's end; a blank between
two Latin words more often is not. Where the split of a line stays open the columns in question share one cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import comb

from extractors.readers.flattenedbars import bar_cells, barred, broken_bars, framed_bars
from extractors.readers.flattenedgaps import gaps
from extractors.readers.flattenedglued import find_glued
from extractors.readers.flattenedgroups import grouped
from extractors.readers.flattenedlines import find_stacked
from extractors.readers.flattenedopen import open_bars
from extractors.readers.flattenedrows import BLANK, SENTENCE, Flat, Place, figures, is_figure, pieces_of
from extractors.readers.flattenedruns import find_run
from extractors.readers.flattenedunits import united
from extractors.readers.tableheads import is_period, is_value

DELIMITER = re.compile(r"\s*\|?(?:\s*+:?-{2,}+:?\s*+\|?)+\s*")  # possessive: one way to match a line of dashes
_BORDER = re.compile(r"\s*\+(?:[-=]+\+)+\s*")  # of a table drawn with signs
_DASHES = re.compile(r"\s*[-=─—]{3,}(?:\s+[-=─—]{3,})*+\s*")
_MOST_EXTRA = 6  # blanks inside cells that one line may have
_LEAST_EXACT = 0.35  # share of rows that must have exactly as many pieces as there are heads
_MOST_SPLITS = 3000  # ways to split one line that are tried
_MARGIN = 0.4  # by how much the best split must beat the second


def find_flattened(lines: Sequence[str], *, context: str = "") -> list[Flat]:
    """Return the tables in consecutive lines of one paragraph, top to bottom, without overlap.

    `context` is the whole document: words that stand together elsewhere in it belong together in a cell.
    """
    kept = [i for i in range(len(lines)) if not _is_rule(lines, i)]
    if len(kept) < len(lines):
        return [_renumbered(flat, kept) for flat in find_flattened([lines[i] for i in kept], context=context)]
    for line in lines:
        context = context.replace(line.strip(), "\n") if line.strip() else context
    found: list[Flat] = []
    at = 0
    while at < len(lines) - 1:
        flat = next((f for finder in _FINDERS if (f := finder(lines, at, context)) is not None), None)
        if flat is None:
            at += 1
        else:
            found.append(flat)
            at = flat.last + 1
    return found


def _is_rule(lines: Sequence[str], at: int) -> bool:
    """Say whether line `at` is a rule of dashes between rows."""
    return 0 < at < len(lines) - 1 and _DASHES.fullmatch(lines[at]) is not None and "|" not in lines[at - 1]


def _renumbered(flat: Flat, lines: Sequence[int]) -> Flat:
    """Return a table found in some of the lines with the numbers these have among all."""
    return flat._replace(
        first=lines[flat.first],
        last=lines[flat.last],
        rows=[(lines[i], cells) for i, cells in flat.rows],
        cell_lines=[[lines[i] for i in row] for row in flat.cell_lines],
    )


def _run(lines: Sequence[str], at: int, belongs: Callable[[str], bool]) -> int:
    end = at
    while end < len(lines) and belongs(lines[end]):
        end += 1
    return end


def _tabs(lines: Sequence[str], at: int, context: str) -> Flat | None:
    end = _run(lines, at, lambda line: "\t" in line)
    if end - at < 2 or sum("\t" in line.strip() for line in lines[at:end]) < max(2, (end - at) / 2):
        return None  # a tab at the start of lines only: indented text
    cut = re.compile("\t")
    rows = [(i, pieces_of(lines[i], cut, keep_empty=True)) for i in range(at, end)]
    columns = max(len(cells) for _, cells in rows)
    rows = _spread_heads(lines, rows, columns)
    if columns == 2 and all(_is_mark(lines[i][slice(*cells[0])]) for i, cells in rows):
        return None  # list marks set off by tabs
    ragged = () if len({len(cells) for _, cells in rows}) == 1 else ("ragged-rows",)
    return Flat(at, end - 1, rows, columns, "tabs", 0.95 if not ragged else 0.6, ragged)


def _spread_heads(
    lines: Sequence[str], rows: list[tuple[int, list[Place]]], columns: int
) -> list[tuple[int, list[Place]]]:
    """Give two lines of heads over fewer columns their places: the lower are times, the upper stand over groups.

    A group ends where the times start again (25/3 25/9 | 25/3 25/9): there must be as many groups as upper heads.
    """
    times = [lines[rows[1][0]][a:b] for a, b in rows[1][1]] if len(rows) > 2 else []
    upper = rows[0][1]
    if len(times) != columns - 1 or len(upper) >= columns or not all(map(is_period, times)):
        return rows
    group, groups, seen = 0, list[int](), set[str]()
    for time in times:
        if time in seen:
            group, seen = group + 1, set()
        seen.add(time)
        groups.append(group)
    if group + 1 != len(upper):
        return rows
    spread = [(upper[0][0], upper[0][0]), *(upper[g] for g in groups)]
    corner = (rows[1][1][0][0], rows[1][1][0][0])
    return [(rows[0][0], spread), (rows[1][0], [corner, *rows[1][1]]), *rows[2:]]


def _is_mark(word: str) -> bool:
    """Say whether a word is nothing but a bullet or a list number."""
    return not word or (len(word) <= 4 and not re.search(r"[^\W\d]{2}", word) and not word.isdigit())


def _bars(lines: Sequence[str], at: int, context: str) -> Flat | None:
    end = _run(lines, at, lambda line: line.count("|") >= 2 or bool(_BORDER.fullmatch(line)))
    if end - at < 2:
        return None
    rows = []
    for i in range(at, end):
        if not DELIMITER.fullmatch(lines[i]) and not _BORDER.fullmatch(lines[i]):
            rows.append((i, bar_cells(lines[i])))
    if len(rows) < 2 or len({len(cells) for _, cells in rows}) != 1:
        return None
    return Flat(at, end - 1, rows, len(rows[0][1]), "bars", 0.9)


def _blanks(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Rows of words and figures under a line of heads, cells apart by single blanks."""
    heads = pieces_of(lines[at], BLANK)
    width = len(heads)
    if width < 3 or SENTENCE.search(lines[at]) or any(is_value(lines[at][a:b]) for a, b in heads):
        return None
    if _ARROW.search(lines[at]):  # 株価+1.9% → 全面高 → 様子見, 強気継続 3,850→4,600円: steps, no heads
        return None
    end = _run(lines, at + 1, lambda line: _may_be_row(line, width))
    pieces = {i: pieces_of(lines[i], BLANK) for i in range(at + 1, end)}
    exact = [i for i in pieces if len(pieces[i]) == width]
    if len(exact) < 2 or len(exact) < len(pieces) * _LEAST_EXACT or not _columns_agree(lines, pieces, exact, width):
        return None
    columns = [[lines[i][slice(*pieces[i][c])] for i in exact] for c in range(width)]
    rows = [(at, heads)]
    for i in pieces:
        rows.append((i, pieces[i] if i in exact else _fit(lines[i], pieces[i], columns, context)))
    unsplit = frozenset(r for r, (_, cells) in enumerate(rows) if len(set(cells)) < width)
    return Flat(at, end - 1, rows, width, "blanks", 0.5 if unsplit else 0.7, unsplit=unsplit)


_ARROW = re.compile(r"[→⇒➡]")


def _may_be_row(line: str, width: int) -> bool:
    return width <= len(pieces_of(line, BLANK)) <= width + _MOST_EXTRA and not SENTENCE.search(line)


def _columns_agree(lines: Sequence[str], pieces: dict[int, list[Place]], exact: list[int], width: int) -> bool:
    """Say whether some column after the first holds figures in most lines, or the lines are Japanese words."""
    rows = [[lines[i][a:b] for a, b in pieces[i]] for i in exact]
    for c in range(1, width):
        if sum(any(ch.isdigit() for ch in row[c]) for row in rows) > len(rows) * 0.6:
            return True
    japanese = sum(_script(word[0]) == "japanese" for row in rows for word in row)
    return len(rows) > 2 and japanese > sum(map(len, rows)) * 0.6


def _script(char: str) -> str:
    return "latin" if char.isascii() else "japanese"


def _unlike(word: str, column: list[str]) -> float:
    """Return how badly a word fits the column's surely split cells: figure against word, script, same word seen."""
    if word in column:
        return -1.0
    figures = sum(is_figure(cell) for cell in column) / len(column)
    price = 2.0 * abs(figures - is_figure(word)) if figures in (0.0, 1.0) else 0.0
    for end in (0, -1):
        price += 0.5 * sum(_script(cell[end]) != _script(word[end]) for cell in column) / len(column)
    return price


def _joint(line: str, left: Place, right: Place, context: str) -> float:
    """Return the price of reading the blank between two pieces as part of one cell."""
    words = line[left[0] : right[1]]
    if len(words) > 4 and words in context:
        return -0.5
    ascii_sides = line[left[1] - 1].isascii() + line[right[0]].isascii()
    return (2.0, 1.0, 0.2)[ascii_sides]


def _fit(line: str, pieces: list[Place], columns: list[list[str]], context: str) -> list[Place]:
    """Return the cell of every column; columns that cannot be told apart share one cell.

    Only names at the start of a row may share a cell so; where it is the figures, the whole line is one cell.
    """
    width = len(columns)
    whole = (pieces[0][0], pieces[-1][1])
    if comb(len(pieces) - 1, width - 1) > _MOST_SPLITS:
        return [whole] * width
    joints = [_joint(line, a, b, context) for a, b in pairwise(pieces)]
    scored = []
    for cuts in combinations(range(1, len(pieces)), width - 1):
        cells = [(pieces[a][0], pieces[b - 1][1]) for a, b in pairwise([0, *cuts, len(pieces)])]
        price = sum(joint for i, joint in enumerate(joints, start=1) if i not in cuts)
        price += sum(_unlike(line[a:b], column) for (a, b), column in zip(cells, columns, strict=True))
        scored.append((price, cells))
    best = min(price for price, _ in scored)
    likely = [cells for price, cells in scored if price < best + _MARGIN]
    sure = next(c for c in range(width + 1) if all(cells[c:] == likely[0][c:] for cells in likely))
    if sure == width or any(is_figure(line[a:b]) for a, b in likely[0][:sure] if sure):
        return [whole] * width
    return [(whole[0], likely[0][sure - 1][1])] * sure + likely[0][sure:]


def stacked(lines: Sequence[str], at: int, context: str = "") -> Flat | None:
    """Return the table that starts in line `at`, each cell on a line of its own, a bar behind each or none."""
    numbers = barred(lines, at)
    found = find_stacked([lines[i] for i in numbers], 0) if numbers else find_stacked(lines, at)
    if found is None:
        return None
    places = [numbers[i] if numbers else i for i in range(found.first, found.last + 1)]
    cells = [(i, pieces_of(lines[i], _NOTHING)[0]) for i in places]
    if not found.corner:
        cells.insert(0, (at, (0, 0)))
    grid = [cells[i : i + found.columns] for i in range(0, len(cells), found.columns)]
    rows = [(row[0][0], [place for _, place in row]) for row in grid]
    return Flat(
        at,
        places[-1] + bool(numbers),
        rows,
        found.columns,
        "lines",
        0.7,
        cell_lines=[[i for i, _ in row] for row in grid],
    )


_NOTHING = re.compile(r"$^")
_FINDERS = (
    _tabs,
    find_run,
    find_glued,
    framed_bars,
    broken_bars,
    open_bars,
    _bars,
    united,
    grouped,
    gaps,
    figures,
    _blanks,
    stacked,
)

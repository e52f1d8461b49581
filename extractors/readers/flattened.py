"""Tables that lost their grid: rows as lines, cells apart by tabs, bars, gaps or single blanks.

Japanese prose has no blanks between words, so a blank between two Japanese words is a cell's end; a blank between
two Latin words more often is not. Where the split of a line stays open the line is one cell over the whole width.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise
from math import comb
from typing import NamedTuple

from extractors.readers.tableheads import is_blank, is_period, is_value

Place = tuple[int, int]
_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\u3000[ \u00a0\u3000]*")
_BLANK = re.compile(r"[ \u00a0]+")
DELIMITER = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|?)+\s*")
_SENTENCE = re.compile(r"[。．！？]|[.!?](?:\s|$)")
_MOST_EXTRA = 6  # blanks inside cells that one line may have
_MOST_SPLITS = 3000  # ways to split one line that are tried
_MARGIN = 0.4  # by how much the best split must beat the second


class Flat(NamedTuple):
    """A table found in lines `first..last` (inclusive); `rows` hold places inside each line."""

    first: int
    last: int
    rows: list[tuple[int, list[Place]]]  # (line, cells)
    columns: int
    method: str
    score: float
    alarms: tuple[str, ...] = ()
    unsplit: frozenset[int] = frozenset()  # indices of rows that were left in one piece over the whole width


def find_flattened(lines: Sequence[str], *, context: str = "") -> list[Flat]:
    """Return the tables in consecutive lines of one paragraph, top to bottom, without overlap.

    `context` is the whole document: words that stand together elsewhere in it belong together in a cell.
    """
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


def _pieces(line: str, separator: re.Pattern[str], *, keep_empty: bool = False) -> list[Place]:
    """Split a line, each piece without outer blanks."""
    places, start = [], 0
    for cut in [*separator.finditer(line), None]:
        end = cut.start() if cut else len(line)
        piece = line[start:end]
        left = start + len(piece) - len(piece.lstrip())
        right = max(left, start + len(piece.rstrip()))
        if keep_empty or right > left:
            places.append((left, right))
        start = cut.end() if cut else end
    return places


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
    rows = [(i, _pieces(lines[i], cut, keep_empty=True)) for i in range(at, end)]
    columns = max(len(cells) for _, cells in rows)
    if columns == 2 and all(_is_mark(lines[i][slice(*cells[0])]) for i, cells in rows):
        return None  # list marks set off by tabs
    ragged = () if len({len(cells) for _, cells in rows}) == 1 else ("ragged-rows",)
    return Flat(at, end - 1, rows, columns, "tabs", 0.95 if not ragged else 0.6, ragged)


def _is_mark(word: str) -> bool:
    """Say whether a word is nothing but a bullet or a list number."""
    return not word or (len(word) <= 4 and not re.search(r"[^\W\d]{2}", word) and not word.isdigit())


def _bars(lines: Sequence[str], at: int, context: str) -> Flat | None:
    end = _run(lines, at, lambda line: line.count("|") >= 2)
    if end - at < 2:
        return None
    rows = []
    for i in range(at, end):
        if DELIMITER.fullmatch(lines[i]):
            continue
        cells = bar_cells(lines[i])
        rows.append((i, cells))
    if len(rows) < 2 or len({len(cells) for _, cells in rows}) != 1:
        return None
    return Flat(at, end - 1, rows, len(rows[0][1]), "bars", 0.9)


def bar_cells(line: str) -> list[Place]:
    """Return the cells of a pipe table's row, split at bars without a backslash; outer bars are borders."""
    cuts = [m.start() for m in re.finditer(r"(?<!\\)\|", line)]
    content = line.strip()
    if not cuts:
        return _pieces(line, re.compile("$^"), keep_empty=True)
    edges = [-1, *cuts, len(line)]
    if content.startswith("|"):
        edges = edges[1:]
    if content.endswith("|") and not content.endswith("\\|") and len(edges) > 2:
        edges = edges[:-1]
    places = []
    for left, right in pairwise(edges):
        piece = line[left + 1 : right]
        start = left + 1 + len(piece) - len(piece.lstrip())
        places.append((start, max(start, left + 1 + len(piece.rstrip()))))
    return places


def _gaps(lines: Sequence[str], at: int, context: str) -> Flat | None:
    columns = len(_pieces(lines[at].rstrip(), _GAP))
    if columns < 2 or _SENTENCE.search(lines[at]):
        return None
    end = _run(lines, at, lambda line: len(_pieces(line.rstrip(), _GAP)) == columns and "。" not in line)
    if end - at < (3 if columns == 2 else 2):
        return None
    rows = [(i, _pieces(lines[i].rstrip(), _GAP)) for i in range(at, end)]
    if not any(is_value(lines[i][a:b]) for i, cells in rows for a, b in cells[1:]):
        return None
    return Flat(at, end - 1, rows, columns, "gaps", 0.85)


def _figures(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Rows of a label and the same number of figures, under a line of as many heads (or one more)."""
    heads = _pieces(lines[at], _BLANK)
    words = [lines[at][a:b] for a, b in heads]
    if len(words) < 2 or _SENTENCE.search(lines[at]) or any(is_value(w) for w in words):
        return None
    count = 0
    rows: list[tuple[int, list[Place]]] = []
    for i in range(at + 1, len(lines)):
        split = _label_and_figures(lines[i])
        if split is None or (count and len(split) - 1 != count):
            break
        count = len(split) - 1
        rows.append((i, split))
    if len(rows) < (2 if count > 1 else 3) or len(heads) not in (count, count + 1):
        return None
    if len(heads) == count and not all(is_period(w) for w in words):
        return None
    first = heads if len(heads) == count + 1 else [(heads[0][0], heads[0][0]), *heads]
    return Flat(at, rows[-1][0], [(at, first), *rows], count + 1, "figures", 0.8)


def _label_and_figures(line: str) -> list[Place] | None:
    pieces = _pieces(line, _BLANK)
    first = len(pieces)
    while first > 1 and _is_figure(line[slice(*pieces[first - 1])]):
        first -= 1
    if first == len(pieces) or _SENTENCE.search(line) or any(_is_figure(line[a:b]) for a, b in pieces[:first]):
        return None
    return [(pieces[0][0], pieces[first - 1][1]), *pieces[first:]]


def _is_figure(word: str) -> bool:
    return (is_value(word) and any(c.isdigit() for c in word)) or (is_blank(word) and len(word) < 5)


def _blanks(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Rows of words and figures under a line of heads, cells apart by single blanks."""
    heads = _pieces(lines[at], _BLANK)
    width = len(heads)
    if width < 3 or _SENTENCE.search(lines[at]) or any(is_value(lines[at][a:b]) for a, b in heads):
        return None
    end = _run(lines, at + 1, lambda line: _may_be_row(line, width))
    pieces = {i: _pieces(lines[i], _BLANK) for i in range(at + 1, end)}
    exact = [i for i in pieces if len(pieces[i]) == width]
    if len(exact) < 2 or len(exact) * 2 < len(pieces) or not _columns_agree(lines, pieces, exact, width):
        return None
    profiles = [[_shape(lines[i][slice(*pieces[i][c])]) for i in exact] for c in range(width)]
    rows, unsplit = [(at, heads)], set()
    for i in pieces:
        cells = pieces[i] if i in exact else _fit(lines[i], pieces[i], profiles, context)
        if cells is None:
            unsplit.add(len(rows))
        rows.append((i, cells or [(pieces[i][0][0], pieces[i][-1][1])]))
    return Flat(at, end - 1, rows, width, "blanks", 0.5 if unsplit else 0.7, unsplit=frozenset(unsplit))


def _may_be_row(line: str, width: int) -> bool:
    return width <= len(_pieces(line, _BLANK)) <= width + _MOST_EXTRA and not _SENTENCE.search(line)


def _columns_agree(lines: Sequence[str], pieces: dict[int, list[Place]], exact: list[int], width: int) -> bool:
    """Say whether some column after the first holds figures in most lines, or the lines are Japanese words."""
    rows = [[lines[i][a:b] for a, b in pieces[i]] for i in exact]
    for c in range(1, width):
        if sum(any(ch.isdigit() for ch in row[c]) for row in rows) > len(rows) * 0.6:
            return True
    japanese = sum(_shape(word)[1] == "j" for row in rows for word in row)
    return len(rows) > 2 and japanese > sum(map(len, rows)) * 0.6


def _shape(word: str) -> tuple[bool, str, str, str]:
    """Has a digit, script of the first and last letter, last character (a unit, a closing bracket)."""

    def script(char: str) -> str:
        return "d" if char.isdigit() else "l" if char.isascii() else "j"

    return any(c.isdigit() for c in word), script(word[0]), script(word[-1]), word[-1]


def _unlike(word: str, profile: list[tuple[bool, str, str, str]]) -> float:
    shape = _shape(word)
    weights = (1.0, 0.6, 0.6, 0.3)
    return sum(w * sum(s[k] != shape[k] for s in profile) / len(profile) for k, w in enumerate(weights))


def _joint(line: str, left: Place, right: Place, context: str) -> float:
    """Return the price of reading the blank between two pieces as part of one cell."""
    words = line[left[0] : right[1]]
    if context.count(words) > context.count(line) and len(words) > 4:
        return -0.5
    ascii_sides = line[left[1] - 1].isascii() + line[right[0]].isascii()
    return (2.0, 1.0, 0.2)[ascii_sides]


def _fit(
    line: str, pieces: list[Place], profiles: list[list[tuple[bool, str, str, str]]], context: str
) -> list[Place] | None:
    """Return the one split into as many cells as there are columns that clearly fits best, or None."""
    width = len(profiles)
    if comb(len(pieces) - 1, width - 1) > _MOST_SPLITS:
        return None
    joints = [_joint(line, a, b, context) for a, b in pairwise(pieces)]
    scored = []
    for cuts in combinations(range(1, len(pieces)), width - 1):
        edges = [0, *cuts, len(pieces)]
        cells = [(pieces[a][0], pieces[b - 1][1]) for a, b in pairwise(edges)]
        price = sum(joint for i, joint in enumerate(joints, start=1) if i not in cuts)
        price += sum(_unlike(line[a:b], profile) for (a, b), profile in zip(cells, profiles, strict=True))
        scored.append((price, cells))
    scored.sort()
    if len(scored) > 1 and scored[1][0] - scored[0][0] < _MARGIN:
        return None
    return scored[0][1]


_FINDERS = (_tabs, _bars, _gaps, _figures, _blanks)

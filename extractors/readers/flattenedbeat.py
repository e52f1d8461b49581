"""The beat of cells that stand one below the other: after how many lines cells of the same sort come again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from extractors.readers.tableheads import is_blank, is_period, is_value
from extractors.readers.words import fold, words

_TOLD = re.compile(r"[^\W\d]\s?[+＋\-−▲△]\d[\d.]*\s?[%％]")  # 実質+1.3%: a name with its figure, neither head nor cell
DATE = re.compile(r"(?:19|20)\d\d\s*(?:[年/.-]\s*\d{1,2}\s*(?:月|[/.-])?\s*(?:\d{1,2}\s*日?)?|年)")
_AMOUNT = re.compile(r"\d[\d,.]*")
_SIGNS = re.compile(r"^[約~〜～<>≥≤+＋\-−–▲△±\s]+|[超強弱余]$|\*")
_DAY = re.compile(r"\d{1,2}/\d{1,2}")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_ALIKE = 0.72  # mean likeness of the cells that stand below each other
_LEAST_ALIKE_NAMED = 0.6  # the same where the corner names what the rows are
_LEAST_AHEAD = 0.1  # by how much another beat must be less alike
_HEAD_OF_FIGURES = 0.2  # by how much less likely figures over figures are
_HALF = 0.5  # share of a card's values that are figures and times
_MOSTLY = 0.6  # share of a column's cells that make its kind


class Layout(NamedTuple):
    """A way to lay out cells: so many columns, with a cell for the corner or none."""

    columns: int
    corner: bool


def kind_of(cell: str) -> str:
    """Say whether a cell is a "time", "blank", a "figure", a name with its figure ("told"), or a "word"."""
    if DATE.fullmatch(cell) or is_period(cell):
        return "time"
    if is_blank(cell):
        return "blank"
    if _TOLD.search(cell):
        return "told"
    return "figure" if is_value(cell) and any(map(str.isdigit, cell)) else "word"


def likeliest(cells: Sequence[str], layouts: Sequence[Layout]) -> Layout | None:
    """Return the layout in which all cells make a table, None where no one does or two do about as well."""
    grids = {layout: _grid(cells, layout) for layout in layouts}
    alike = {layout: _alike(grid[1:]) for layout, grid in grids.items() if len(grid) > 2}
    fit = [layout for layout in alike if _is_table(grids[layout], alike[layout])]
    alike = {x: alike[x] - _HEAD_OF_FIGURES * any(_sort(head)[0] == "figure" for head in grids[x][0]) for x in fit}
    fit = [x for x in fit if not any(_is_twice(x, y) and alike[y] > alike[x] - _LEAST_AHEAD for y in fit)]
    best = max(fit, key=lambda layout: alike[layout], default=None)
    rivals = [x for x in fit if best is not None and x.columns != best.columns]
    return None if best is None or any(alike[x] > alike[best] - _LEAST_AHEAD for x in rivals) else best


def _is_twice(layout: Layout, other: Layout) -> bool:
    """Say whether one layout's beat is that of another twice or more often, and so no less alike."""
    return layout.columns > other.columns and layout.columns % other.columns == 0


def _grid(cells: Sequence[str], layout: Layout) -> list[list[str]]:
    filled = [*([] if layout.corner else [""]), *cells]
    return [filled[i : i + layout.columns] for i in range(0, len(filled), layout.columns)]


def _alike(body: Sequence[Sequence[str]]) -> float:
    """Return how alike the cells below each other are, or those beside each other behind the names, from 0 to 1."""
    below = [(a, b) for above, below in pairwise(body) for a, b in zip(above, below, strict=True)]
    beside = [pair for row in body for pair in pairwise(row[1:])] if len(body[0]) > 3 else []
    return max(sum(_likeness(a, b) for a, b in pairs) / len(pairs) for pairs in (below, beside) if pairs)


@lru_cache(maxsize=4096)
def _sort(cell: str) -> tuple[str, str]:
    """Return a cell's kind, "mixed" for words round a figure, and what it looks like without its figures."""
    cell = cell.strip("*")
    kind = kind_of(cell)
    if kind in ("word", "told") and any(map(str.isdigit, cell)):
        kind = "figure" if all(map(is_value, re.split(r"\s/\s", cell))) else "mixed"  # 1T / 32B
    return kind, _AMOUNT.sub("9", _SIGNS.sub("", fold(cell)))


def _likeness(one: str, other: str) -> float:
    (kind, shape), (kind2, shape2) = _sort(one), _sort(other)
    if "blank" in (kind, kind2):
        return 1.0 if kind == kind2 else 0.7
    if kind == kind2:
        return 1.0 if kind in ("word", "time") or shape == shape2 else 0.8
    return _BETWEEN.get(frozenset((kind, kind2)), 0.0)


_BETWEEN = {
    frozenset(("figure", "mixed")): 0.6,
    frozenset(("word", "mixed")): 0.6,
    frozenset(("time", "mixed")): 0.4,
    frozenset(("time", "word")): 0.3,
    frozenset(("time", "figure")): 0.3,
}


def _is_table(grid: Sequence[Sequence[str]], alike: float) -> bool:
    heads, body = grid[0], grid[1:]
    columns = [[row[c] for row in body] for c in range(len(heads))]
    named = names_rows(heads[0])
    if alike < (_LEAST_ALIKE_NAMED if named else _LEAST_ALIKE) or not _are_names(columns[0], columns[1]):
        return False
    if not all(may_stand_over(head, column) for head, column in zip(heads[1:], columns[1:], strict=True)):
        return False
    sorts = [_sort(head) for head in heads[1:]]
    if sum(kind == "figure" for kind, _ in sorts) * 2 > len(sorts) and len({x for x in sorts if x[0] == "figure"}) > 1:
        return False  # but 20代, 30代, 40代
    if len(heads) == 2:
        told = _share(columns[1], "figure", "mixed", "time")
        return named and ((told >= _HALF and _holds_values(heads[1])) or _share(columns[1], "figure") == 1)
    return any(
        any(told) and (named or 2 * (sum(told) + sum(timed)) >= len(told))
        for told, timed in (_figures_and_times(columns[1:]), _figures_and_times([row[1:] for row in body]))
    )


def _figures_and_times(lines: Sequence[Sequence[str]]) -> tuple[list[bool], list[bool]]:
    """Say of each column, or row, whether it holds mostly figures, and whether mostly times."""
    told = [_share(line, "figure", "mixed") >= _MOSTLY and _share(line, "figure") > 0 for line in lines]
    return told, [_share(line, "time") >= _MOSTLY for line in lines]


def names_rows(corner: str) -> bool:
    """Say whether a corner says what the rows are: 項目, Company, 順位."""
    word = fold(corner)
    return word in {*words("cells", "names"), *words("cells", "ranks")} or word.endswith(words("cells", "items"))


def _holds_values(head: str) -> bool:
    return fold(head) in {*words("cells", "values"), *words("cells", "texts")}


def _are_names(column: Sequence[str], following: Sequence[str]) -> bool:
    """Say whether a first column names the rows: words, times, ranks, or bands (20代, 30代), hardly one twice."""
    kinds = [_sort(cell)[0] for cell in column]
    ranks = [int(cell) for word in column if (cell := word.rstrip(".位")).isdecimal()]
    if len(ranks) == len(column) and ranks[0] == 1 and ranks == sorted(ranks):
        return ranks[-1] > 1 and _share(following, "word", "mixed") >= _MOSTLY
    if kinds.count("blank") and _share(following, "word", "mixed") < 1:
        return False
    shapes = {_sort(cell)[1] for cell, kind in zip(column, kinds, strict=True) if kind == "figure"}
    bands = len(set(column)) == len(column) and all(_LETTER.search(shape) for shape in shapes)
    filled = [cell for cell, kind in zip(column, kinds, strict=True) if kind != "blank"]
    return (not shapes or bands) and len(set(filled)) * 3 >= len(filled) * 2


def may_stand_over(head: str, column: Sequence[str]) -> bool:
    """Say whether a cell may stand over a column: no figure, or one with letters that looks like none below it."""
    kind, shape = _sort(head)
    if kind in ("word", "time"):
        return kind == "time" or _share(column, "word") == 1 or head not in column
    if kind == "blank":
        return False
    return (bool(_LETTER.search(shape)) or _DAY.fullmatch(head) is not None) and shape not in {
        _sort(x)[1] for x in column
    }


def _share(column: Sequence[str], *kinds: str) -> float:
    """Return the share of a column's filled cells that are of some kinds."""
    found = [kind for cell in column if (kind := _sort(cell)[0]) != "blank"]
    return sum(kind in kinds for kind in found) / len(found) if found else 0.0

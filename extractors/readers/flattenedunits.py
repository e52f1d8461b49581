"""Tables flattened to lines whose heads stand over a line of units, as in short reports of results (決算短信).

親会社株主に帰属する            heads too long for their columns are broken: what stands above and below the line
売上高 営業利益 経常利益        of whole heads belongs together and comes behind these
当期純利益
百万円 % 百万円 % 百万円 % 百万円 %      a rate of change stands beside each amount, under the same head
2025年3月期 1,200 2.0 130 △1.5 131 △1.2 90 0.3
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.flattenedrows import BLANK, SENTENCE, Flat, Place, pieces_of
from extractors.readers.tableheads import is_period

_UNIT = re.compile(r"(?:百万|千|億|十億|百)?(?:円|米?ドル|株|人|台|件|社|トン)|%|％|倍|銭|ポイント|回|日")
_MOST_LINES = 4  # of heads
_NUMBERED = re.compile(r"\s*(?:[（(][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[.．]|[（(※注])")
_FIGURE = re.compile(r"[△▲+\-−–]?[(（]?[△▲]?\d[\d,.]*[)）]?[%％]?|[-－―–—ー]")
_SHORTEST = 2  # columns
Head = tuple[int, Place]  # a piece of a head: its line, its place there


def united(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Return the table whose heads begin in line `at`, None where no line of units follows them."""
    under = next((i for i in range(at + 1, min(at + _MOST_LINES + 1, len(lines))) if _units(lines[i])), None)
    if under is None or any(not may_head(lines[i]) for i in range(at, under)):
        return None
    units = _units(lines[under])
    columns = _heads([(i, pieces_of(lines[i], BLANK)) for i in range(at, under)], _groups(lines[under], units))
    rows = rows_of(lines, under + 1, len(units))
    if columns is None or not rows:
        return None
    corner = (at, (0, 0))
    height = max(map(len, columns))
    heads = [[head[n] if n < len(head) else corner for head in columns] for n in range(height)]
    grid = [*([corner, *head] for head in heads), [corner, *((under, place) for place in units)]]
    grid += [[(i, place) for place in cells] for i, cells in rows]
    places = [(row[0][0], [place for _, place in row]) for row in grid]
    at_lines = [[i for i, _ in row] for row in grid]
    return Flat(at, rows[-1][0], places, len(units) + 1, "units", 0.7, cell_lines=at_lines, tall=height)


def may_head(line: str) -> bool:
    """Say whether a line may be one of heads: words without figures and sentences."""
    pieces = pieces_of(line, BLANK)
    return (
        bool(pieces)
        and not SENTENCE.search(line)
        and not _NUMBERED.match(line)
        and len(line) < 120
        and not any(_FIGURE.fullmatch(line[slice(*place)]) for place in pieces)
    )


def _units(line: str) -> list[Place]:
    """Return the places of a line of units, yen and sen as one; none where something else stands in it."""
    places = pieces_of(line, BLANK)
    if len(places) < _SHORTEST or not all(_UNIT.fullmatch(line[slice(*place)]) for place in places):
        return []
    kept = [place for place in places if line[slice(*place)] != "銭"]
    return kept if len(kept) >= _SHORTEST else []


def rows_of(lines: Sequence[str], at: int, count: int) -> list[tuple[int, list[Place]]]:
    """Return the rows from line `at` on: a name and as many figures as there are units."""
    rows: list[tuple[int, list[Place]]] = []
    for i in range(at, len(lines)):
        pieces = pieces_of(lines[i], BLANK)
        numbers = [_FIGURE.fullmatch(lines[i][slice(*place)]) is not None for place in pieces]
        first = len(pieces) - count
        if first < 1 or not all(numbers[first:]) or SENTENCE.search(lines[i]):
            break
        if numbers[first - 1] and not (first == 1 and is_period(lines[i][slice(*pieces[0])])):
            break
        rows.append((i, [(pieces[0][0], pieces[first - 1][1]), *pieces[first:]]))
    return rows


def _heads(pieces: list[tuple[int, list[Place]]], groups: Sequence[int]) -> list[list[Head]] | None:
    """Return the pieces of each unit's head, the lines' pieces dealt to `groups` (how many units each head is over).

    One line has a piece for every head, or its whole heads come first and broken ones behind them; the other lines
    have a piece for each of the last heads.
    """
    count = len(groups)
    most = max(len(places) for _, places in pieces)
    broken = {len(places) for _, places in pieces if len(places) != most}
    if most == count:
        if len(broken) > 1:
            return None
        first = {i: count - len(places) for i, places in pieces}
        heads = [[(i, places[c - first[i]]) for i, places in pieces if c >= first[i]] for c in range(count)]
    else:
        heads = _mixed(pieces, count)
    return [head for head, over in zip(heads, groups, strict=True) for _ in range(over)] if heads else None


def _mixed(pieces: list[tuple[int, list[Place]]], count: int) -> list[list[Head]]:
    """Return the heads of one line of whole heads and other lines that hold the pieces of the rest; none where no line
    is so."""
    for whole in range(len(pieces)):
        first = [[(pieces[whole][0], place)] for place in pieces[whole][1]]
        others = [line for n, line in enumerate(pieces) if n != whole]
        if len(others) > 1 and all(len(places) == count - len(first) for _, places in others):
            return [*first, *([(i, places[c]) for i, places in others] for c in range(count - len(first)))]
    return []


def _groups(line: str, units: list[Place]) -> list[int]:
    """Return over how many units each head stands: two where every amount has a rate behind it, else one."""
    words = [line[slice(*place)] for place in units]
    kinds = [word in "%％" for word in words]
    paired = len(kinds) % 2 == 0 and kinds == [False, True] * (len(kinds) // 2)
    return [2] * (len(words) // 2) if paired else [1] * len(words)

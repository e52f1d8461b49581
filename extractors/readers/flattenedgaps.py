"""Tables drawn with blanks: the cells of a row set apart by gaps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.flattenedbeat import may_stand_over, names_rows
from extractors.readers.flattenedrows import SENTENCE, Flat, Place, pieces_of
from extractors.readers.tableheads import is_value

_GAP = re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\u3000[ \u00a0\u3000]*")


def gaps(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Rows of cells set apart by two blanks or more, or by wide ones, under their heads."""
    heads = _gap_heads(lines, at)
    body = at + len(heads)
    columns = len(pieces_of(lines[body].rstrip(), _GAP)) if body < len(lines) else 0
    if columns < 2 or SENTENCE.search(lines[body]):
        return None
    rows = _gap_rows(lines, body, columns)
    end = body + len(rows)
    if end - at < (3 if columns == 2 else 2):
        return None
    if not any(is_value(lines[i][a:b].strip("*")) for i, cells in rows for a, b in cells[1:]):
        named = not heads and names_rows(lines[at][slice(*rows[0][1][0])])
        if not named or len(rows) < _LEAST_WORDED:  # a table of words
            return None
    return Flat(at, end - 1, [*heads, *rows], columns, "gaps", 0.85)


def _gap_rows(lines: Sequence[str], body: int, columns: int) -> list[tuple[int, list[Place]]]:
    """Return the rows from line `body` on; a lone word between them (（歳出）) heads those below it."""
    rows: list[tuple[int, list[Place]]] = []
    for i in range(body, len(lines)):
        pieces = pieces_of(lines[i].rstrip(), _GAP)
        if len(pieces) == 1 and columns > 2 and i > body and _heads_section(lines, i, pieces[0], columns):
            pieces += [(pieces[0][1], pieces[0][1])] * (columns - 1)
        if len(pieces) != columns or "。" in lines[i]:
            break
        rows.append((i, pieces))
    return rows


def _heads_section(lines: Sequence[str], at: int, place: Place, columns: int) -> bool:
    word = lines[at][slice(*place)]
    below = pieces_of(lines[at + 1].rstrip(), _GAP) if at + 1 < len(lines) else []
    plain = len(word) <= 20 and not any(map(str.isdigit, word)) and not SENTENCE.search(word)
    return plain and len(below) == columns and any(is_value(lines[at + 1][a:b]) for a, b in below[1:])


def _gap_heads(lines: Sequence[str], at: int) -> list[tuple[int, list[Place]]]:
    """Return up to two indented lines of heads above the rows: one piece fewer than the rows have, for the corner is
    empty; in the upper of two lines one piece may stand over several columns."""
    end = at
    while end < len(lines) and _INDENT.match(lines[end]):
        end += 1
    body = pieces_of(lines[end].rstrip(), _GAP) if at < end < len(lines) and end - at <= 2 else []
    count, heads = len(body) - 1, []
    for i in range(at, end):
        pieces = pieces_of(lines[i].rstrip(), _GAP)
        words = [lines[i][a:b] for a, b in pieces]
        over = count // len(pieces) if pieces else 0
        if over * len(pieces) != count or (over > 1 and i == end - 1):
            return []
        below = [lines[end][a:b] for a, b in body[1:]] if over == 1 else []
        if any(
            is_value(word) and (not below or not may_stand_over(word, below[n : n + 1])) for n, word in enumerate(words)
        ):
            return []  # but 20代, 1株当たり純利益
        corner = (pieces[0][0], pieces[0][0])
        heads.append((i, [corner, *(piece for piece in pieces for _ in range(over))]))
    return heads


_LEAST_WORDED = 4  # rows of a table without a figure, its heads' among them
_INDENT = re.compile(r"[ \u00a0]{4,}\S|[\u3000]{2,}\S")

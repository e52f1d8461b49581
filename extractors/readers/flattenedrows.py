"""Tables flattened to lines: what is found of one, and those whose rows are a label and figures apart by blanks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from extractors.readers.tableheads import is_blank, is_period, is_value
from extractors.readers.words import fold
from extractors.readers.words import words as words_of

Place = tuple[int, int]
BLANK = re.compile(r"[ \u00a0]+")
SENTENCE = re.compile(r"[。．！？]|(?<!\bNo)[.!?](?:\s|$)")

_CHANGE = re.compile(
    r"%?(?:Change|Growth|YoY|QoQ|Variance|Diff(?:erence)?|増減率?|前年(?:同期)?比|前期比|伸び率)[%.]?", re.I
)


class Flat(NamedTuple):
    """A table found in lines `first..last` (inclusive); `rows` hold places inside each line."""

    first: int
    last: int
    rows: list[tuple[int, list[Place]]]  # (line, cells); a place that is repeated is one cell over several columns
    columns: int
    method: str
    score: float
    alarms: tuple[str, ...] = ()
    unsplit: frozenset[int] = frozenset()  # indices of rows with cells that could not be told apart
    cell_lines: Sequence[Sequence[int]] = ()  # the line of every cell of each row, where a row has several
    tall: int = 1  # how many of the first rows hold the pieces of one row of heads


def pieces_of(line: str, separator: re.Pattern[str], *, keep_empty: bool = False) -> list[Place]:
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


def figures(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Rows of a label and the same number of figures, under a line of as many heads (or one more)."""
    heads = pieces_of(lines[at], BLANK)
    words = [lines[at][a:b] for a, b in heads]
    if len(words) < 2 or SENTENCE.search(lines[at]) or any(is_value(w) for w in words):
        return None
    count = 0
    rows: list[tuple[int, list[Place]]] = []
    below = _second_heads(lines, at, len(heads)) if all(map(is_period, words)) else None
    for i in range(at + 1 + (below is not None), len(lines)):
        split = _label_and_figures(lines[i])
        if split is None or (count and len(split) - 1 != count):
            break
        count = len(split) - 1
        rows.append((i, split))
    if len(rows) < (2 if count > 1 else 3) or len(heads) not in (count, count + 1):
        return None
    if not any(c.isdigit() for i, split in rows for a, b in split[1:] for c in lines[i][a:b]):
        return None  # 売上高：82億円（予想80億円） ○ over EPS：4.2円 ○: signs of a verdict are no figures
    named = fold(words[0]) in words_of("cells", "names")  # 銘柄 株価 前日比 over A 2,500 +30 +1.2%: two under the last
    timed = all(is_period(w) or _CHANGE.fullmatch(w) for w in words) and is_period(words[0])
    if len(heads) == count and not (timed or (count > 2 and not named and all(map(_is_japanese, words)))):
        return None  # nothing stands over the labels
    first = heads if len(heads) == count + 1 else [(heads[0][0], heads[0][0]), *heads]
    seconds = [(at + 1, [first[0][:1] * 2, *below] if len(below) == count else below)] if below else []
    return Flat(at, rows[-1][0], [(at, first), *seconds, *rows], count + 1, "figures", 0.8)


def _second_heads(lines: Sequence[str], at: int, count: int) -> list[Place] | None:
    """Return the words below a line of as many periods that tell how their figures are held: 実績 実績 予測 予測."""
    pieces = pieces_of(lines[at + 1], BLANK) if at + 1 < len(lines) else []
    held = len(pieces) == count and all(_HELD.fullmatch(lines[at + 1][a:b]) for a, b in pieces)
    return pieces if held else None


_HELD = re.compile(r"[（(]?(?:実績?|見込み?|予測|予想|予|見通し|計画|推計|速報値?|確報値?)[値)）]?")


def _is_japanese(word: str) -> bool:
    return not word.isascii()


def _joined(line: str, pieces: list[Place]) -> list[Place]:
    """Join a sign of percent or currency that stands apart with its figure (5 %, $ 291.7)."""
    found: list[Place] = []
    for place in pieces:
        word, before = line[slice(*place)], line[slice(*found[-1])] if found else ""
        behind = word in ("%", "％") and is_value(before) and before[-1:].isdigit()
        if behind or (before in ("$", "€", "£", "¥") and is_value(word) and word[:1].isdigit()):
            found[-1] = (found[-1][0], place[1])
        else:
            found.append(place)
    return found


def _label_and_figures(line: str) -> list[Place] | None:
    pieces = _joined(line, pieces_of(line, BLANK))
    first = len(pieces)
    while first > 1 and is_figure(line[slice(*pieces[first - 1])]):
        first -= 1
    if first == len(pieces) or SENTENCE.search(line) or any(is_figure(line[a:b]) for a, b in pieces[:first]):
        return None
    return [(pieces[0][0], pieces[first - 1][1]), *pieces[first:]]


def is_figure(word: str) -> bool:
    """Say whether a word is a figure or the sign for a missing one."""
    return (is_value(word) and any(c.isdigit() for c in word)) or (is_blank(word) and len(word) < 5)

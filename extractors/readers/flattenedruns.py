"""Tables whose cells ran together under heads of times: 1Q242Q243Q24 over ゲーム2,2402,4862,856.

The heads tell how many figures a row has. A row is split where that can be done in one way: groups of three digits
behind a comma, signs, percent signs and units end figures, and the figures of a row have as many decimals each. Of
several ways the one counts whose figures are by far the nearest to each other, as are those of one thing in all years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.flattenedrows import SENTENCE, Flat, Place, pieces_of
from extractors.readers.tableheads import find_unit_note, is_period

_LONGEST = 160  # characters of a line
_MOST = 12  # columns of figures
_TIME = re.compile(
    r"\d[QH]'?\d\d(?!\d*年)|[QH]\d\s?'?(?:20)?\d\d|(?:FY|CY)\s?(?:20)?\d\d(?:[EF](?![A-Za-z]))?|\d\d年(?:度|\d{1,2}月期)|"
    r"(?:19|20)\d\d年?度?(?:\d{1,2}月期?|[1-4]Q)?(?:実績|予想|見込み?|計画|[(（][^()（）]{1,6}[)）]|[EF](?![a-z]))?|"
    r"(?:1[0-2]|[1-9])月期?|第[1-4]四半期|通期|上期|下期"
)
_OTHER = re.compile(
    r"前[年期](?:同期|同月|度)?比(?:[(（][%％][)）])?|増減[率額]?(?:[(（][%％][)）])?|構成比|CAGR|YoY|合計"
)
_UNIT = r"(?:[兆億万千]?(?:円|ドル|人|台|件|社|倍)|[%％]|pt|ポイント|[KMBT](?![a-z]))?"
_NUMBER = re.compile(
    rf"[+＋△▲−-]?(?P<whole>\d{{1,3}}(?:,\d{{3}})+|0|[1-9]\d*)(?:\.(?P<part>\d{{1,3}}))?{_UNIT}|[-－―–—](?!\d)"
)
_WIDEST = 16  # characters of a figure
_MOST_WAYS = 200  # to cut a line
_FEW = 3  # figures
_NEAR, _FARTHER = 5.0, 2.0  # how many times the least figure the greatest may be, and that of the second way is
_NOTHING = re.compile(r"$^")
_START = re.compile(r"(?<![\d,.])[+＋△▲−]?\d|[-－―–—]")


def find_run(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Return the table whose heads end with times run together in line `at`, None where there is none."""
    heads = _heads(lines[at].rstrip())
    if heads is None or SENTENCE.search(lines[at]):
        return None
    rows: list[tuple[int, list[Place]]] = [(at, heads)]
    for i in range(at + 1, len(lines)):
        if i == at + 1 and _is_unit(lines[i]):
            unit = pieces_of(lines[i], _NOTHING)
            rows.append((i, [*unit, *[(0, 0)] * (len(heads) - 1)]))  # below the corner
            continue
        cells = _cells(lines[i].rstrip(), len(heads) - 1)
        if cells is None:
            break
        rows.append((i, cells))
    tall = 1 + (len(rows) > 1 and _is_unit(lines[at + 1]))
    return Flat(at, rows[-1][0], rows, len(heads), "glued", 0.6, tall=tall) if len(rows) > tall + 1 else None


def _is_unit(line: str) -> bool:
    found = find_unit_note(line)
    return found is not None and found[1] - found[0] == len(line.strip())


def _heads(line: str) -> list[Place] | None:
    """Return the places of the corner and of the times that end a line; None where there are no two."""
    if len(line) > _LONGEST:
        return None
    for found in _TIME.finditer(line):
        start, heads = found.start(), [(0, found.start())]
        while start < len(line) and (head := _TIME.match(line, start) or _OTHER.match(line, start)):
            heads.append(head.span())
            start = head.end()
        times = sum(is_period(line[slice(*place)]) for place in heads[1:])
        if start == len(line) and times > 1 and len(heads) <= _MOST + 1:
            return heads
    return None


def _cells(line: str, count: int) -> list[Place] | None:
    """Return the places of a row's name and figures, None where they cannot be told apart in one way."""
    if not 0 < len(line) <= _LONGEST or SENTENCE.search(line):
        return None
    for found in _START.finditer(line):
        name = line[: found.start()].rstrip()
        if not name or not (name[-1].isalpha() or name[-1] in ")）*※"):
            continue
        splits = _splits(line, found.start(), count)
        if splits:
            return [(0, len(name)), *nearest] if (nearest := _nearest(line, splits)) else None
    return None


def _nearest(line: str, splits: list[list[Place]]) -> list[Place] | None:
    """Return the only split, or the one whose figures are far nearer to each other than those of the second."""
    if len(splits) == 1:
        return splits[0]
    ratios = sorted((_ratio(line, split), split) for split in splits)
    return ratios[0][1] if ratios[0][0] < _NEAR and ratios[0][0] * _FARTHER < ratios[1][0] else None


def _ratio(line: str, split: Sequence[Place]) -> float:
    """Return how many times the least figure the greatest is, rates aside."""
    found = [m for a, b in split if (m := _NUMBER.fullmatch(line, a, b)) and m["whole"] and m.group()[-1] not in "%％"]
    sizes = [float(f"{m['whole'].replace(',', '')}.{m['part'] or 0}") for m in found]
    return max(sizes) / min(sizes) if sizes and min(sizes) > 0 else float("inf")


def _splits(line: str, start: int, count: int) -> list[list[Place]]:
    """Return the ways to cut `line[start:]` into `count` figures; none where there are too many to tell apart.

    Digits alone are cut into three figures at most, or into equal lengths.
    """
    length = len(line) - start
    if line[start:].isdigit() and count > _FEW:
        wide = length // count
        cuts = range(start, len(line), wide) if wide and length % count == 0 else ()
        return [[(at, at + wide) for at in cuts]] if cuts and all(line[at] != "0" for at in cuts) else []
    ends = {
        at: [end for end in range(at + 1, min(len(line), at + _WIDEST) + 1) if _NUMBER.fullmatch(line, at, end)]
        for at in range(start, len(line))
    }
    ways: dict[int, list[list[Place]]] = {len(line): [[]]}
    for _ in range(count):
        longer: dict[int, list[list[Place]]] = {}
        for at, stops in ends.items():
            found = [[(at, end), *rest] for end in stops for rest in ways.get(end, ())]
            if len(found) > _MOST_WAYS:
                return []
            longer[at] = found
        ways = longer
    return [split for split in ways.get(start, []) if _is_even(line, split)]


def _is_even(line: str, split: Sequence[Place]) -> bool:
    """Say whether figures have as many decimals each, and commas where one has them and another is as large."""
    numbers = [found for a, b in split if (found := _NUMBER.fullmatch(line, a, b)) and found["whole"]]
    plain = [found for found in numbers if not found.group().endswith(("%", "％"))]
    rates = [found for found in numbers if found.group().endswith(("%", "％"))]
    for same in (plain, rates):
        if len({len(found["part"] or "") for found in same}) > 1:
            return False
    commas = any("," in found["whole"] for found in numbers)
    return not (commas and any(len(found["whole"]) > 3 and "," not in found["whole"] for found in numbers))

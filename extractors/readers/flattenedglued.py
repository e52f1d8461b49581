"""Tables whose cells ran together when a page was copied: nothing at all stands between them.

BenchmarkKestrel 3.1 70BFalcon 8x7B      the heads: names that the text has elsewhere, behind a word for the corner
HumanEval84.180.5                        figures of one shape: dates, prices, percentages, sizes, decimals of one length
Output price$0.4/1M tokens$0.45/1M tokens
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.flattenedrows import SENTENCE, Flat, Place

_LONGEST = 120  # characters of a line
_MOST = 4  # columns of figures
_MOST_CUTS = 12
_LEAST_NAME = 3  # characters of a name
_MONEY = r"[$€£¥][\d.,]+\s?[KMBT]?(?:\s?/\s?[^$€£¥]{1,16}?)?"
_SHAPES = (
    r"(?:19|20)\d\d-\d\d-\d\d",
    r"(?:19|20)\d\d-\d\d",
    _MONEY,
    r"[+-]?\d{1,3}(?:\.\d+)?%",
    r"\d{1,4}(?:\.\d)?[KMBT]",
    *(rf"\d{{1,4}}\.\d{{{n}}}" for n in (1, 2, 3)),
)
_ABSENT = r"[-–—](?!\d{1,3}(?!\d))|N/A"


def find_glued(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Return the table whose heads stand run together in line `at`, None where there is none."""
    if not 8 <= len(lines[at]) <= _LONGEST or SENTENCE.search(lines[at]) or _SEPARATED.search(lines[at]):
        return None
    below = lines[at + 1] if at + 1 < len(lines) else ""
    if not any(_cells(below, count) for count in range(2, _MOST + 1)):
        return None
    heads = _names(lines[at], context)
    if heads is None:
        return None
    rows = [(at, heads)]
    for i in range(at + 1, len(lines)):
        cells = _cells(lines[i], len(heads) - 1)
        if cells is None:
            break
        rows.append((i, cells))
    return Flat(at, rows[-1][0], rows, len(heads), "glued", 0.6) if len(rows) > 2 else None


_SEPARATED = re.compile(r"[\t|,、。:：;]|\s{2}")
_GLUE = re.compile(r"(?<=[^\s(（「/-])(?=[A-Z])")  # a capital with no blank before it may begin a cell


def _names(line: str, context: str) -> list[Place] | None:
    """Return the places of the corner (may be empty) and of two names or more that stand apart elsewhere."""
    text = line.rstrip()
    cuts = [m.start() for m in _GLUE.finditer(text)][:_MOST_CUTS]
    for start in [0, *cuts]:
        if start and (start < 2 or not text[:start].isalpha() or not text[:start].isascii()):
            continue
        found = _split(text, start, cuts, context, _MOST)
        if found is not None and len(found) >= 2:
            return [(0, start), *found]
    return None


def _split(text: str, start: int, cuts: list[int], context: str, most: int) -> list[Place] | None:
    """Return the names that `text[start:]` is made of, the shortest first; None where it is not made of `most` names or
    fewer."""
    if not most:
        return None
    for end in [*(cut for cut in cuts if cut > start), len(text)]:
        if end - start < _LEAST_NAME or (start, end) == (0, len(text)) or not _stands(text[start:end], context):
            continue
        rest = [] if end == len(text) else _split(text, end, cuts, context, most - 1)
        if rest is not None:
            return [(start, end), *rest]
    return None


def _stands(name: str, context: str) -> bool:
    """Say whether a name stands by itself somewhere in the text."""
    return name in context and re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", context) is not None


def _cells(line: str, count: int) -> list[Place] | None:
    """Return the places of a row's label and of its figures, None where they cannot be told apart in one way."""
    text = line.rstrip()
    if len(text) > _LONGEST or not text:
        return None
    for shape in _SHAPES:
        values = rf"((?:{shape})|{_ABSENT})" * count
        found = re.fullmatch(rf"(?P<label>[^\d$€£¥%]*[^\d$€£¥%.,+\s-]|[A-Z][A-Za-z-]*\d{{1,2}}[A-Z])\s?{values}", text)
        if found is not None and any(map(str.isdigit, "".join(found.groups()[1:]))):
            return [found.span("label"), *(found.span(n) for n in range(2, count + 2))]
    return None

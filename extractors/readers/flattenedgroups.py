"""Tables flattened to lines whose lower heads come again under each upper one.

Real GDP (%) Unemployment Rate (%)       the upper heads: apart by gaps, behind brackets, or a word each
Previous New Previous New                the lower ones, as often as there are upper ones
2024:Q1 0.8 2.1 4.0 3.8
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.flattenedrows import BLANK, SENTENCE, Flat, pieces_of
from extractors.readers.flattenedunits import may_head, rows_of

_CUTS = (re.compile(r"[ \u00a0]{2,}|[ \u00a0]*\u3000\s*"), re.compile(r"(?<=[)）])[ \u00a0]+"), BLANK)


def grouped(lines: Sequence[str], at: int, context: str) -> Flat | None:
    """Return the table whose upper heads stand in line `at`, None where no lower heads come again below them."""
    if at + 3 >= len(lines) or SENTENCE.search(lines[at]) or not may_head(lines[at]):
        return None
    lower = pieces_of(lines[at + 1], BLANK)
    words = [lines[at + 1][slice(*place)] for place in lower]
    groups = next((k for k in range(2, len(words) // 2 + 1) if _comes_again(words, k)), 0)
    if not groups:
        return None
    upper = next((found for cut in _CUTS if len(found := pieces_of(lines[at], cut)) in (groups, groups + 1)), None)
    below = at + 2 + (not rows_of(lines, at + 2, len(words)))  # a line that heads a section
    rows = rows_of(lines, below, len(words))
    if upper is None or len(rows) < 2:
        return None
    corner = (0, 0) if len(upper) == groups else upper.pop(0)
    over = [place for place in upper for _ in range(len(words) // groups)]
    heads = [(at, [corner, *over]), (at + 1, [(0, 0), *lower])]
    return Flat(at, rows[-1][0], [*heads, *rows], len(words) + 1, "groups", 0.7)


def _comes_again(words: Sequence[str], groups: int) -> bool:
    """Say whether words are the same different ones `groups` times over."""
    first = words[: len(words) // groups]
    return list(words) == list(first) * groups and len(set(first)) == len(first) > 1

"""Where an English text says that it is told from: the place at its head is no bearer of its figures.

LONDON (Heron News) --        PORTLAND, Ore., Dec 6 (Heron) -
AUSTIN, Texas – Jan. 25, 2011
Reno, Nevada, March 3, 2026 — Plover today announced
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas import Mention

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_STATE = r"(?:,\s[A-Z][A-Za-z.]{1,12}(?:\s[A-Z][A-Za-z.]{1,12})?){0,2}"
_BREAK = r"(?:[–—-]|--)\s"
_DATELINE = re.compile(
    rf"[\s*_>]{{0,8}}(?P<place>[A-Z][A-Z.'’ -]{{2,28}}[A-Z.]{_STATE})"
    rf"\*{{0,2}}(?:\s?(?:--)?\([^()\n]{{2,30}}\)\s?(?:{_BREAK}|--|/|$)|,?\s?(?:{_BREAK})?{_MONTH}\s\d|\s?{_BREAK})"
    rf"|[\s*_>]{{0,8}}(?P<town>(?:[A-Z][a-z'’.]{{1,20}}\s?){{1,3}}{_STATE}),?\s?(?:{_BREAK}|\()?"
    rf"{_MONTH}\s\d{{1,2}},?\s(?:19|20)\d\d\)?\s?(?:\([^()\n]{{2,30}}\)\s?)?(?:{_BREAK}|/|$)",
    re.M,
)


def without_place(entities: Sequence[Mention], text: str) -> list[Mention]:
    """Return the entities of a block without the place that its dateline names."""
    found = _DATELINE.match(text)
    if found is None:
        return list(entities)
    group = "place" if found["place"] else "town"
    told = {"region", None} if "," in found[group] else {"region"}
    return [m for m in entities if m.span.end > found.end(group) or m.type not in told]

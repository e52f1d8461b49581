"""Brackets at the end of a table's head: a remark on the thing before them, not the thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas import Mention

_LAST_BRACKET = re.compile(r"[（(][^（()）]*[)）]\s*$")
_PLACE = re.compile(r"[^\W\d_]{1,8}[市区町村郡島港駅]$")


def before_bracket(text: str, entities: Sequence[Mention]) -> list[Mention]:
    """Return the names of a head that stand before the bracket at its end, where some do: H100（NVIDIA）; a name in it
    is where the place before it lies: 横浜市（神奈川県）."""
    tail = _LAST_BRACKET.search(text)
    if tail is None:
        return list(entities)
    before = [m for m in entities if m.span.start < tail.start()]
    if not before and _PLACE.search(text[: tail.start()].rstrip()):
        return []
    return before or list(entities)

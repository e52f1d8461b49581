"""What 同 before a percentage stands for where two are told in parallel: that of the item before at the same place.

甲が前年度比104%の11億円(構成比49%)、乙が同101%の5億円(同23%)    101% against 前年度, 23% a 構成比
甲は57万台(シェア18%、前年比2%減)、乙は56万台(同17%、同3%増)     the first in the brackets, and the second
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.claims.entity_candidates import Candidate
from extractors.claims.scene import Scene
from schemas import Mention, QuantityKind

_DITTO = re.compile(r"同(?:約|じく|[ 　])?\Z")
_OPEN, _CLOSE = "（(", "）)"


@dataclass(slots=True, frozen=True)
class Told:
    """A percentage that has been read: its mention and the metric that it is of."""

    mention: Mention
    metric: Candidate


def parallel(scene: Scene, mention: Mention, told: Sequence[Told]) -> Candidate | None:
    """Return the metric of the percentage that a 同 before `mention` points to, None where it points to none.

    `told` are the percentages of the sentence before, first to last. Figures that say which way they moved need none.
    """
    text, start = scene.view.text, mention.span.start
    if not scene.japanese or not _is_ditto(text, scene.start, mention):
        return None
    mine = _place(scene, start)
    same = [t for t in told if _place(scene, t.mention.span.start) == mine]
    return same[-1].metric if same and not _is_directed(same[-1].mention) else None


def _is_directed(mention: Mention) -> bool:
    return mention.quantity is None or mention.quantity.direction is not None or mention.text[0] in "+＋-−－▲△"


def _is_ditto(text: str, first: int, mention: Mention) -> bool:
    quantity, start = mention.quantity, mention.span.start
    if quantity is None or quantity.kind != QuantityKind.PERCENT or _is_directed(mention):
        return False
    return _DITTO.search(text, max(first, start - 3), start) is not None


def _place(scene: Scene, start: int) -> int:
    """Return which figure of its bracket begins at `start`, 0 where it stands in none."""
    text = scene.view.text
    opened = max(text.rfind(mark, scene.start, start) for mark in _OPEN)
    if opened < 0 or any(text.rfind(mark, opened, start) >= 0 for mark in _CLOSE):
        return 0
    return 1 + sum(opened < m.span.start < start for m in scene.quantities)

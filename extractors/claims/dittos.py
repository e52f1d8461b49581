"""What 同 before a percentage stands for where two are told in parallel: that of the item before at the same place.

甲が前年度比104%の11億円(構成比49%)、乙が同101%の5億円(同23%)    101% against 前年度, 23% a 構成比
甲は57万台(シェア18%、前年比2%減)、乙は56万台(同17%、同3%増)     the first in the brackets, and the second

A series of years goes on with what was told before where nothing says what it is of:
世界の成長率は3.2%となる。米国は2024年が2.8%、2025年が2.7%     growth rates, no shares
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


def series(scene: Scene, mention: Mention, metric: Candidate, carried: Candidate | None, told: Sequence[Told]) -> bool:
    """Say whether a percentage behind a year, or listed behind such a one, is of the metric `carried` from before: no
    word of its sentence names a metric and only its unit would make it a share."""
    if not scene.japanese or metric.source != "kind" or metric.id != "share" or carried is None:
        return False
    if carried.id is None or carried.id == "share" or any(m.id is not None for m in scene.metrics):
        return False
    text, start = scene.view.text, mention.span.start
    dated = any(_OF_YEAR.fullmatch(text, m.span.end, start) for m in scene.periods if m.span.end <= start)
    return dated or (bool(told) and told[-1].metric.id == carried.id)


_OF_YEAR = re.compile(
    r"(?:度)?の?(?:実績|予測|見通し|推計|見込み?)?(?:[（(][^（()）]{1,8}[）)])?[がをは](?:それぞれ)?(?:約|およそ)?[+＋]?"
)


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

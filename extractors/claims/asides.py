"""Times that hold for a part of their sentence only: 55%（2022年は52.8%）, 2022年6月の13万台から, 1990年は1兆円だが.

What such a time is told of is what other figures are compared with. On marked documents a figure beside it, or in the
sentences that follow, never held for it.
"""

from __future__ import annotations

import re

from extractors.claims.cues import is_founding
from extractors.claims.entity_candidates import Candidate
from extractors.claims.period_readings import period_of
from extractors.claims.scene import Scene
from schemas import Mention, QuantityKind

_BRACKET = re.compile(  # behind （2022年
    r"(?:度|末|時点|実績)?(?:[はのにで]{1,2}|[:：])[^（()）。\n]{0,20}[0-9０-９][^（()）。\n]{0,16}[)）]"
)
_CLAUSE = re.compile(
    r"(?:時点|末|実績|同[期月])?(?:の[^、。はがを（()）\n]{0,22}?[0-9０-９][^、。はがを（()）\n]{0,14}から(?![のは])|"
    r"(?:に|で|の[^、。はが\n]{1,12})?[はが][^、。\n]{0,16}?[0-9０-９][^。\n]{0,24}?"
    r"(?:だった|であった|あった|でした|にすぎなかった|にとどまっていた)(?:が|ので|ため|のに|もの|とこ))|"
    # by how much something differs from what it was: 前年度を0.2%下回る, 2016年から19%増えた
    r"(?:実績|の同[期月])?を(?=(?:約|およそ)?[0-9０-９.,．]+[^、。]{0,10}?(?:上回|下回))|"
    r"度?から(?=(?:約|およそ)?[0-9０-９.,．]+(?:％|%|ポイント|万|億|円|倍|人|件|台)[^、。]{0,6}?(?:増|減|上昇|低下|拡大|縮小|伸))"
)
_ENGLISH = re.compile(  # ahead of 2022: up from 18.4% in
    r"\b(?:from|versus|vs\.?|compared (?:with|to)|than|against)\s+[^,;()\n]{0,24}\d[^,;()\n]{0,18}"
    r"\s(?:in|for|at|during)\s(?:the )?\Z",
    re.I,
)
_OWN = frozenset(["here", "base", "back", "carried"])
_NEAR, _FAR = 60, 80  # characters in which such words stand


def reach(scene: Scene, start: int, end: int) -> tuple[int, int] | None:
    """Return where the time at `[start, end)` of a scene's view holds; None where that is not only a part of it."""
    text = scene.view.text
    if is_founding(text[max(scene.start, start - _NEAR) : start], text[end : min(scene.end, end + _NEAR)]):
        return start, end
    if not scene.japanese:
        found = _ENGLISH.search(text[max(scene.start, start - _NEAR) : start])
        return None if found is None else (max(scene.start, start - _NEAR) + found.start(), end)
    stop = min(scene.end, end + _FAR)
    if text[max(scene.start, start - 1) : start] in ("(", "（") and (bracket := _BRACKET.match(text, end, stop)):
        return start, bracket.end()
    clause = _CLAUSE.match(text, end, stop)
    return None if clause is None else (start, clause.end())


def is_aside(scene: Scene, candidate: Candidate) -> bool:
    """Say whether a candidate is a time of the sentence that holds for a part of it only."""
    return candidate.start >= 0 and reach(scene, candidate.start, candidate.end) is not None


def beyond(scene: Scene, candidates: list[Candidate], start: int) -> set[int]:
    """Return which candidates do not reach the figure at `start`: asides of the sentence, and from elsewhere times that
    are open to the past (2030年までに: no fact holds until then; what is told with it may hold for that year).
    """
    found = {i for i, c in enumerate(candidates) if c.start < 0 and _is_until(c)}
    asides = set()
    for mention in scene.periods:
        place = reach(scene, mention.span.start, mention.span.end)
        if place is not None and not place[0] <= start < place[1]:
            asides.add(scene.span(mention.span.start, mention.span.end))
    said = (i for i, c in enumerate(candidates) if c.source.split(".")[0] in _OWN)
    return found | {i for i in said if candidates[i].span in asides}


_FROM_THERE = re.compile(
    r"(?:時点)?の?(?:前回)?(?:調査|見通し|予測|予想|推計|計画|想定|見込み|改定値?|値)?[）)]?"
    r"(?:から|対?比|より|(?:と|に)比べて?)で?(?:は|、)?\s?(?:約|およそ)?"
)
_PAST_THERE = re.compile(r"の[^、。はが]{0,24}を(?:約|およそ)?")  # 23年の年間実績（3,484億円）を38.9%上回った
_PASSES = re.compile(r"(?:ほど|近く|以上|も)?(?:上回|下回)")


def measured_from(candidates: list[Candidate], scene: Scene, figure: Mention) -> set[int]:
    """Return which candidates a change at hand only is measured from: 前四半期から148%の増加."""
    quantity, start, text = figure.quantity, figure.span.start, scene.view.text
    if not scene.japanese or quantity is None:
        return set()
    joint = _PAST_THERE if _PASSES.match(text, figure.span.end, scene.end) else _FROM_THERE
    if joint is _FROM_THERE and quantity.direction is None and quantity.kind != QuantityKind.PERCENT_POINT:
        return set()
    told = (i for i, c in enumerate(candidates) if 0 <= c.end <= start)
    return {i for i in told if joint.fullmatch(text, candidates[i].end, start) is not None}


def _is_until(candidate: Candidate) -> bool:
    period = period_of(candidate)
    return period is not None and period.start is None and period.end is not None

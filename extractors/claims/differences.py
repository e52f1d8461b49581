"""By how much one of two is more than the other: no growth, but a difference of what they are compared in.

AI経由の訪問者の継続率は通常の訪問者より42%高い     retention_rate_difference
売上高は前年より42%高い                             growth: it is compared with itself, in another time
"""

from __future__ import annotations

import re

from extractors.claims.entity_candidates import Candidate
from extractors.claims.levels import is_change_word
from extractors.claims.scene import Scene
from schemas import Mention, QuantityKind

_REACH = 36  # characters before a figure
_THAN = re.compile(
    r"(?P<other>[^、。，（）()\n]{2,24}?)(?:よりも?|に比べて?|と比べて?|と比較(?:して|すると))[^、。，\n0-9０-９]{0,10}\Z"
)
_BEFORE = re.compile(  # itself: as it was, as it was thought to be
    r"[前昨去旧]|先[年月週期]|従来|当初|過去|現在|現状|現行|予想|予測|想定|計画|目標|見込|見通し|(?:通常|(?<![界国社内])平均|平時|当時|[年月期週日頃時代])$"
)
_MORE = re.compile(
    r"[^、。，\n%％]{0,8}[%％](?:ほど|程度|以上|近く|も)?\s?(?:高|低|長|短|多|少な|大き|小さ|速|早|遅|安|重|軽)[いくかめ]"
)


def apart(scene: Scene, mention: Mention, candidates: list[Candidate], scores: list[float]) -> Candidate | None:
    """Return the known metric in which a percentage tells two apart, or None where it does not."""
    quantity, start, text = mention.quantity, mention.span.start, scene.view.text
    if quantity is None or quantity.kind != QuantityKind.PERCENT or _MORE.match(text, start, scene.end) is None:
        return None
    than = _THAN.search(text, max(scene.start, start - _REACH), start)
    if than is None or _is_itself(scene, than):
        return None
    known = [i for i, c in enumerate(candidates) if _is_compared(c, start)]
    best = max(known, key=lambda i: (candidates[i].end, scores[i]), default=None)
    return None if best is None else candidates[best]


def _is_itself(scene: Scene, than: re.Match[str]) -> bool:
    """Say whether something is compared with what it was at another time, or was foreseen to be."""
    low, high = than.span("other")
    told = (*scene.periods, *scene.quantities)
    words = than["other"].rpartition("は")[2].rpartition("が")[2]
    return _BEFORE.search(words) is not None or any(m.span.start < high and low < m.span.end for m in told)


def _is_compared(candidate: Candidate, start: int) -> bool:
    here = candidate.source == "here" and 0 <= candidate.start < candidate.end <= start
    return here and candidate.id is not None and not is_change_word(candidate) and candidate.type != "verb"

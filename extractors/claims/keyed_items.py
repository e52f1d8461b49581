"""Items "- key: value" most of whose keys are measures: the keys name what is told, the heading whose it is.

### 潮見電機 / - **解約率**: 3% / - **平均単価**: 12万円 / - **稼働店**: 40店     all three are 潮見電機's
### 地域 / - 関東: 40% / - 関西: 30%                                      but these keys are what the figures are of
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.entity_candidates import Candidate
from extractors.claims.measures_of import FALLS
from extractors.claims.scene import Scene
from extractors.ontology import Ontology
from extractors.recognizers.measures.heads import is_measure
from schemas import BlockKind

_KEY = re.compile(r"\W*(?P<key>[^\n:：|。]{1,60}?)(?:\*\*|__)?\s?[:：]")
_ASIDE = re.compile(r"\s*[（(][^（()）]*[）)]\s*\Z")
_FEWEST = 3  # items that are a list
_FAR = 12  # items of it that are looked at in each direction


def without_keys(scene: Scene, candidates: list[Candidate], scores: list[float], ontology: Ontology) -> list[float]:
    """Return the scores of entity candidates with unknown words of the key put last, where the keys are measures and
    a heading names somebody.
    """
    own = _key(scene)
    if own is None or not any(_is_above(c) and c.type != "phrase" for c in candidates):
        return scores
    keyed = [c.id is None and scene.start <= c.start and c.end <= own.end() and not _is_above(c) for c in candidates]
    if not any(keyed):
        return scores
    told = [_is_measure(item, key, ontology) for item, key in [(scene, own), *_siblings(scene)]]
    if len(told) < _FEWEST or sum(told) * 2 < len(told):
        return scores
    return [s - FALLS if last else s for s, last in zip(scores, keyed, strict=True)]


def _is_above(candidate: Candidate) -> bool:
    return candidate.source.startswith("heading")


def _siblings(scene: Scene) -> Iterator[tuple[Scene, re.Match[str]]]:
    """Yield the other items of the list that an item stands in, and their keys, as far as they have keys."""
    for way in ("before", "after"):
        item, seen = getattr(scene, way), 0
        while item is not None and item.kind == BlockKind.LIST_ITEM and _is_under(item, scene.lead) and seen < _FAR:
            if item.first and item.lead is scene.lead:
                if (key := _key(item)) is None:
                    break
                yield item, key
                seen += 1
            item = getattr(item, way)


def _is_under(item: Scene | None, lead: Scene | None) -> bool:
    """Say whether `lead` leads an item or one that it belongs to: beyond its items no more of the list can come."""
    while item is not None and item.lead is not lead:
        item = item.lead
    return item is not None


def _key(scene: Scene) -> re.Match[str] | None:
    if scene.kind != BlockKind.LIST_ITEM or not scene.first:
        return None
    return _KEY.match(scene.view.text, scene.start, scene.end)


def _is_measure(item: Scene, found: re.Match[str], ontology: Ontology) -> bool:
    key = _ASIDE.sub("", found["key"]).strip("* ")
    if any(m.span.start <= found.end("key") and m.span.end > found.start("key") for m in item.entities):
        return False
    end = found.start("key") + len(key)
    return is_measure(key, ontology) or any(m.span.end == end for m in item.metrics)

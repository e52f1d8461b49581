"""Items "- key: value" most of whose keys are measures: the keys name what is told, the heading whose it is.

### 潮見電機 / - **解約率**: 3% / - **平均単価**: 12万円 / - **稼働店**: 40店     all three are 潮見電機's
### 地域 / - 関東: 40% / - 関西: 30%                                      but these keys are what the figures are of
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.entity_candidates import Candidate
from extractors.claims.scene import Scene
from extractors.ontology import Ontology
from extractors.recognizers.measures.heads import is_measure
from schemas import BlockKind

_KEY = re.compile(r"\W*(?P<key>[^\n:：|。]{1,60}?)(?:\*\*|__)?\s?[:：]")
_ASIDE = re.compile(r"\s*[（(][^（()）]*[）)]\s*\Z")
_FEWEST = 3  # items that are a list
_FAR = 12  # items of it that are looked at in each direction
_FALLS = 20.0  # more than any reason for it


def without_keys(scene: Scene, candidates: list[Candidate], scores: list[float], ontology: Ontology) -> list[float]:
    """Return the scores of entity candidates with unknown words of the key put last, where the keys are measures and
    a heading names somebody.
    """
    own = _key(scene)
    if own is None or not any(c.source.startswith("heading") and c.type != "phrase" for c in candidates):
        return scores
    told = [_is_measure(item, ontology) for item in _items(scene)]
    if len(told) < _FEWEST or sum(told) * 2 < len(told):
        return scores
    return [
        s - _FALLS if c.id is None and scene.start <= c.start and c.end <= own.end() and not _above(c) else s
        for c, s in zip(candidates, scores, strict=True)
    ]


def _above(candidate: Candidate) -> bool:
    return candidate.source.startswith("heading")


def _items(scene: Scene) -> Iterator[Scene]:
    """Yield the items of the list that an item stands in, itself included, as far as they have keys."""
    yield scene
    for way in ("before", "after"):
        item, seen = getattr(scene, way), 0
        while item is not None and item.kind == BlockKind.LIST_ITEM and seen < _FAR:
            if item.first and item.lead is scene.lead and item.headings == scene.headings:
                if _key(item) is None:
                    break
                yield item
                seen += 1
            item = getattr(item, way)


def _key(scene: Scene) -> re.Match[str] | None:
    if scene.kind != BlockKind.LIST_ITEM or not scene.first:
        return None
    return _KEY.match(scene.view.text, scene.start, scene.end)


def _is_measure(item: Scene, ontology: Ontology) -> bool:
    found = _key(item)
    if found is None:
        return False
    key = _ASIDE.sub("", found["key"]).strip("* ")
    if any(m.span.start <= found.end("key") and m.span.end > found.start("key") for m in item.entities):
        return False
    end = found.start("key") + len(key)
    return is_measure(key, ontology) or any(m.span.end == end for m in item.metrics)

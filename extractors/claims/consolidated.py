"""Figures of a whole company: 連結営業利益は98億円, Consolidated net income was $4.8 billion are no product's."""

from __future__ import annotations

import re

from extractors.claims.entity_candidates import ORGANISATION, Candidate
from extractors.claims.scene import Scene

_WHOLE = re.compile(r"(?:(?:連結|全社)(?:の|ベースの)?|\bconsolidated (?:(?:total|adjusted|operating) )*)\Z", re.I)
_WITHIN = re.compile(r"(?:連結|全社|consolidated\b)", re.I)
_REACH = 40  # characters


def of_the_whole(scene: Scene, entities: list[Candidate], best: int, metric: Candidate, scores: list[float]) -> int:
    """Return the best company where a metric is told of the whole of one and the best entity is none, else the best."""
    if entities[best].type in ORGANISATION or metric.start < 0:
        return best
    before = _WHOLE.search(scene.view.text, max(scene.start, metric.start - _REACH), metric.start)
    if before is None and _WITHIN.match(metric.text) is None:
        return best
    companies = [i for i, c in enumerate(entities) if c.type in ORGANISATION]
    return max(companies, key=lambda i: scores[i], default=best)

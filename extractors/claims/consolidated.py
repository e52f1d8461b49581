"""Figures of a whole company, and of none of its products and divisions.

連結営業利益は98億円, Consolidated net income was $4.8 billion     words for the whole right before a metric
…、配送部門が3億円。また通期では、売上高は…                        or at the head of a sentence that names none, and
…、配送部門が3億円。純利益は…                                      what no division has
"""

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
    if _is_left(scene, entities[best], metric):
        return _company(entities, best, scores)
    before = _WHOLE.search(scene.view.text, max(scene.start, metric.start - _REACH), metric.start)
    if before is None and _WITHIN.match(metric.text) is None:
        return best
    return _company(entities, best, scores)


def _company(entities: list[Candidate], best: int, scores: list[float]) -> int:
    companies = [i for i, c in enumerate(entities) if c.type in ORGANISATION]
    return max(companies, key=lambda i: scores[i], default=best)


def _is_left(scene: Scene, entity: Candidate, metric: Candidate) -> bool:
    """Say whether a sentence leaves a division that only one before it tells of."""
    if entity.start >= 0 or _DIVISION.search(entity.text) is None:
        return False
    return metric.id in _OF_WHOLE or _ON_WHOLE.match(scene.view.text, scene.start, scene.end) is not None


_DIVISION = re.compile(r"(?:部門|事業|セグメント|\b(?:segment|division|unit))$", re.I)
_OF_WHOLE = frozenset(
    ["net_income", "ordinary_income", "eps", "dividend_per_share", "share_price", "market_cap", "roe", "total_assets"]
)
_ON_WHOLE = re.compile(
    r"[\s　]*(?:(?:また|なお|一方|その結果|この結果)、?)?(?:通期|通年|年間|全社|会社全体|グループ全体|連結|全体)"
    r"(?:ベース)?(?:[（(][^（()）]{1,16}[）)])?(?:では|で|は|の[^、。]{1,10}は)、?"
)

"""Metrics that only explain another one, or are part of a name: no figure beside them is theirs.

エンゲル係数（消費支出に占める食料の割合）は20.7%     the coefficient, not the share
消費者物価指数                                        one name
"""

from __future__ import annotations

import re

from extractors.claims.scene import Scene
from schemas import Mention

_GLOSS = re.compile(r"[（(][^（()）\n]{2,40}[）)]")


def no_metrics(scene: Scene) -> list[Mention]:
    """Return the metric mentions of a sentence inside the names of its indices and the glosses of its metrics."""
    places = [(m.span.start, m.span.end) for m in scene.entities if m.type == "index"]
    for mention in scene.metrics:
        gloss = _GLOSS.match(scene.view.text, mention.span.end, scene.end) if mention.id is not None else None
        if gloss is not None and not any(gloss.start() < q.span.start < gloss.end() for q in scene.quantities):
            places.append(gloss.span())
    return [m for m in scene.metrics if any(a <= m.span.start and m.span.end <= b for a, b in places)]

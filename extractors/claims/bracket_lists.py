"""Names listed in brackets behind those they count: 大手3社（港南、東浜、西浦）の売上高 is that of the three."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from extractors.claims.entity_candidates import Candidate, from_words
from extractors.claims.scene import Scene

_LIST = re.compile(
    r"(?P<whole>[一-龥々ァ-ヺーA-Za-z]{1,14}[0-9０-９]{1,3}"
    r"(?:社|行|[カかヵヶ]国|者|人|名|モデル|製品|分野|業種|地域|都市|県|市|団体|機種|銘柄|ブランド|強))"
    r"(?P<names>[（(][^（）()\n0-9０-９%％]{1,24}(?:(?:、|，|,\s|・|／)[^（）()\n%％]{1,24}){1,12}[）)])"
    r"(?=の|は|が|では|で|における|合計|全体|合わせて)"
)


def wholes(scene: Scene, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates for what is counted before a list in brackets, where none stands there."""
    found = ((listed.span("whole"), listed["whole"]) for listed in _lists(scene, scene.end))
    return [
        from_words(scene, "phrase", words, *place)
        for place, words in found
        if all((c.start, c.end) != place for c in candidates)
    ]


def as_wholes(scene: Scene, candidates: Sequence[Candidate], scores: list[float], start: int) -> list[float]:
    """Return scores for a figure at `start` where what is counted stands in for those listed in brackets behind it."""
    found = list(scores)
    for listed in _lists(scene, start):
        first, last = listed.span("names")
        inside = [i for i, c in enumerate(candidates) if first < c.start and c.end < last]
        best = max((found[i] for i in inside), default=-math.inf)
        for i, candidate in enumerate(candidates):
            if (candidate.start, candidate.end) == listed.span("whole"):
                found[i] = max(found[i], best)
        for i in inside:
            found[i] -= _LISTED
    return found


_LISTED = 4.0  # what a name loses that is only listed in brackets


def _lists(scene: Scene, end: int) -> Iterator[re.Match[str]]:
    return _LIST.finditer(scene.view.text, scene.start, end) if scene.japanese else iter(())

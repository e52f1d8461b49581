"""What bears no figure, being a measure of somebody, or saying nothing: 営業利益率, クライアント数, 中央値, Fiscal.

甲社の利用者数は伸びた。3月末は12万人     the figure is 甲社's, not that of 利用者数
OPM 8.7%, Comps declined 0.4%              of the company that the text is about
実質GDPは1.2%増, 輸出は3%減                but an economy's measures are told of no owner: they bear figures
"""

from __future__ import annotations

import re

from extractors.claims.entity_candidates import Candidate
from extractors.claims.scene import Scene
from extractors.ontology import Ontology
from extractors.recognizers.measures.heads import is_measure
from extractors.recognizers.names.spelling import fold
from schemas import MentionKind

FALLS = 20.0  # more than any reason for it
_QUANTITY = re.compile(  # words for measures; others may be things too: メモリ, ソフトウエア, users
    r"(?:率|数|額|高|益|損失|損益|費|費用|コスト|単価|残高|倍率|売上|収益)$|"
    r"(?:rate|ratio|margin|revenue|profit|income|earning|sale|loss|expense|cost|count|backlog|flow|share|valuation|cap)s?$",
    re.I,
)
_MARKS = " 　「」『』*:："


def without_measures(scene: Scene, candidates: list[Candidate], scores: list[float], ontology: Ontology) -> list[float]:
    """Return the scores of entity candidates with those put last that are measures of somebody, or say nothing.

    Of 52 figures on marked documents that were told of such words none was theirs.
    """
    words = _words(ontology)
    owned = [
        (m.span.start, m.span.end) for m in scene.metrics if m.kind == MentionKind.METRIC and fold(m.text) in words
    ]
    return [s - FALLS if _bears_none(c, words, owned, ontology) else s for c, s in zip(candidates, scores, strict=True)]


def _bears_none(candidate: Candidate, words: frozenset[str], owned: list[tuple[int, int]], ontology: Ontology) -> bool:
    if candidate.id is not None:
        return False
    plain = fold(candidate.text.strip(_MARKS))
    if plain in words or (plain.endswith(ontology.words("owned_measure")) and is_measure(plain, ontology)):
        return True
    return candidate.source == "stem" and any(a <= candidate.start < candidate.end <= b for a, b in owned)


def _words(ontology: Ontology) -> frozenset[str]:
    """Return the labels of measures that have an owner, and the words that bear nothing, folded."""
    if "measures_of" not in ontology.cache:
        free = frozenset(ontology.words("free_metric"))
        labels = (w for id_, m in ontology.metrics.items() if id_ not in free for w in (*m.ja, *m.en))
        measures = {fold(w) for w in labels if _QUANTITY.search(w) or (w.isascii() and w.isupper())}
        ontology.cache["measures_of"] = frozenset(measures | {fold(w) for w in ontology.words("no_bearer")})
    found: frozenset[str] = ontology.cache["measures_of"]
    return found

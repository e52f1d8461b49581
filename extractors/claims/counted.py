"""Numbers of things: what is counted tells the metric where nothing else names one.

85以上の言語, 119言語, 40 languages   language_count
120カ国, 35の業種                     country_count, industry_count
"""

from __future__ import annotations

from dataclasses import replace

from extractors.claims.build import Named
from extractors.ontology import Ontology
from extractors.recognizers.names.spelling import fold
from schemas import Quantity, QuantityKind

_NUMBERS = frozenset([QuantityKind.COUNT, QuantityKind.NUMBER])


def as_counted(metric: Named, quantity: Quantity, ontology: Ontology) -> Named:
    """Return the metric that the number of what is counted is, where `metric` is but the words for that."""
    if metric.id is not None or quantity.kind not in _NUMBERS:
        return metric
    counted = _counted(ontology)
    unit = fold(quantity.unit_text or "")  # エキスパートを深くする（24→40層）: layers
    words = unit if unit in counted else fold(metric.text)
    at = next((n for n in range(len(words)) if words[n:] in counted and _begins_word(words, n)), None)
    known = counted[words[at:]] if at is not None else None
    return replace(metric, name=known, id=known, type=None) if known is not None else metric


def _begins_word(words: str, at: int) -> bool:
    """Say whether a noun at the end of a phrase is a word: of Latin letters only behind a blank."""
    return at == 0 or not words[at].isascii() or not words[at - 1].isalnum()


def _counted(ontology: Ontology) -> dict[str, str]:
    if "counted" not in ontology.cache:
        ontology.cache["counted"] = {fold(noun): id_ for id_, m in ontology.metrics.items() for noun in m.counted}
    known: dict[str, str] = ontology.cache["counted"]
    return known

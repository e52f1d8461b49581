"""What a noun is by its last word alone: a measure (定着率, 荷揚高, mooring costs), whether a list knows it or not."""

from __future__ import annotations

import re

from extractors.ontology import Ontology

_TAIL = re.compile(r"\s*[（(\[［][^（()）\[\]［］]*[）)\]］]?\s*$")
_MARKS = " 　「」『』*:：・"


def is_measure(words: str, ontology: Ontology) -> bool:
    """Say whether a noun names a quantity that is somebody's: it ends in 率, 数, 額, rate, cost, and no everyday word
    (効率, 複数, 最高) is its end."""
    plain = _TAIL.sub("", words.strip(_MARKS)).strip(_MARKS)
    return len(plain) > 1 and _heads(ontology).search(plain) is not None


def is_rate(words: str, ontology: Ontology) -> bool:
    """Say whether a measure is a rate, told in per cent or times (定着率, profit margin)."""
    plain = _TAIL.sub("", words.strip(_MARKS)).strip(_MARKS).lower()
    return plain.endswith(ontology.words("measure_rate"))


def _heads(ontology: Ontology) -> re.Pattern[str]:
    if "measure_heads" not in ontology.cache:
        japanese = "|".join(_longest(ontology.words("measure_head_ja")))
        english = "|".join(_longest(ontology.words("measure_head_en")))
        never = "".join(rf"(?<!{re.escape(word)})" for word in ontology.words("no_measure"))
        ontology.cache["measure_heads"] = re.compile(
            rf"(?<=[一-鿿々ァ-ヺーA-Za-zぁ-ん])(?:{japanese}){never}$|(?:^|[\s-])(?:{english})$", re.I
        )
    found: re.Pattern[str] = ontology.cache["measure_heads"]
    return found


def _longest(words: tuple[str, ...]) -> list[str]:
    return sorted(map(re.escape, words), key=len, reverse=True)

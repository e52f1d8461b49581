"""Classes of companies with what tells them apart: 量子コンピューターのスタートアップ, 医療分野のベンチャー企業."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.ontology import Ontology

_WORD = r"[一-鿿々ァ-ヺーA-Za-z0-9&/]"
_LINK = r"(?:(?:領域|分野|業界|関連|系|向け|発)の?|の)"
_NO_SORT = re.compile(  # of how many, of when, of which: nothing that tells a sort of company
    r"(?:[年月日期度間時中内外上下前後]|以[上下内]|未満|一部|多数|全て|全体|複数|最大|有力|有望|主要|著名|気鋭|注目|大手|"
    r"新興|[同他各両当]|[同当自他]社|一般|以外|[次先方件社者的ら等])$|"
    r"\A(?:分野|領域|業界|業種|地域|国|企業|会社|セクター)\Z"
)


class Classes:
    """Finds classes of companies with the word list `class_noun` of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        nouns = "|".join(sorted(map(re.escape, ontology.words("class_noun")), key=len, reverse=True))
        sort = rf"(?<!{_WORD})(?P<sort>{_WORD}{{2,16}}?)(?:{_LINK}|(?<=[A-Za-z0-9]))"
        self._found = re.compile(rf"{sort}(?:{nouns})(?!{_WORD})")

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where a class stands with what tells it apart."""
        for match in self._found.finditer(text):
            if _NO_SORT.search(match["sort"]) is None:
                yield match.span()

"""Models, chips and products that the document itself introduces: they are names wherever they stand in it.

大規模言語モデル「△△」, AI半導体「△△」   a name in quotes behind what it is one of
「△△ M.1」（225Bパラメータ）            a name in quotes that parameters are told of
| モデル | over △△ 3.0                   the cells of a column that names models
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.claims.lower_names import lower_names
from schemas import Document, Table

_NAME = r"[「『“\"]\*{0,2}(?P<name>[A-Za-zァ-ヶ][A-Za-z0-9ァ-ヶー .+_\-]{1,30}?)\*{0,2}[」』”\"]"
_SORTS = (
    ("model", r"(?<!ビジネス)(?<!収益)(?<!料金)(?<!課金)(?<!事業)(?<!成長)(?<!価格)モデル|[LMVS]LM"),
    ("chip", r"チップ|半導体|GPU|アクセラレータ|アクセラレーター|プロセッサー?"),
    ("product", r"チャットボット|AIエージェント|AIアシスタント|(?:対話型?|生成|会話)AI"),
)
_INTRODUCED = re.compile("|".join(rf"(?P<{sort}>{words})" for sort, words in _SORTS))
_BEHIND = re.compile(rf"(?:\s?[（(][^（()）\n]{{1,16}}[)）])?(?:の|である)?\s?{_NAME}")
_SIZED = re.compile(
    rf"{_NAME}\s?[（(][^（()）\n]{{0,12}}?\d[\d.,]*\s?(?:[BMT](?![A-Za-z])|[億兆])\s?(?:の)?(?:パラメー?タ|param)", re.I
)
_HEAD = re.compile(r"(?:AI|LLM|言語|基盤|対応|主要|代表)?モデル名?|models?(?: name)?", re.I)
_CELL = re.compile(r"(?=[^\n]*[A-Za-z])(?=[^\n]*\d)[A-Za-z][A-Za-z0-9 .+_\-]{2,30}")


def told_models(document: Document) -> dict[str, str]:
    """Return the names that the document introduces as those of models, chips or products, each with its type."""
    found: dict[str, str] = {}
    for match in _INTRODUCED.finditer(document.text):
        name = _BEHIND.match(document.text, match.end())
        if name is not None and match.lastgroup is not None and re.search("[A-Za-z]", name["name"]):
            found.setdefault(name["name"].strip(), match.lastgroup)
    found |= {match["name"].strip(): "model" for match in _SIZED.finditer(document.text)}
    found |= dict.fromkeys(lower_names(document.text, "product"), "product")
    for table in document.tables:
        found |= dict.fromkeys(_named_in(table), "model")
    return found


def _named_in(table: Table) -> Iterator[str]:
    """Yield the names of models in the columns of a table that are headed モデル or Model."""
    heads = {c.column: c.text.strip() for c in table.cells if c.row == 0}
    columns = {column for column, text in heads.items() if _HEAD.fullmatch(text)}
    for cell in table.cells:
        name = cell.text.strip()
        if cell.row and cell.column in columns and _CELL.fullmatch(name):
            yield name

"""Names of companies and products written all in lower-case Latin letters in Japanese text.

△△社, △△のCEO, △△が1億ドルを調達, スタートアップの△△   a word with what only companies have
# △△とは, ## △△の決算                                   what the title or a heading opens with, a topic again
"""

from __future__ import annotations

import re

_FREE = r"(?<![A-Za-z0-9_&.\-/`@#=\\~])(?<![A-Za-z] )"
_WORD = rf"{_FREE}(?P<name>[a-z][a-z0-9]{{3,19}}(?:-[a-z0-9]{{1,19}}){{0,3}})(?![A-Za-z0-9_/.=`(\-]| [A-Za-z])"
_HEAD = r"(?:最高経営責任者|共同創業者|創業者|創業|社長|会長|CEO|CFO|COO|CTO|株価|決算|親会社|子会社)"
_COMPANY = re.compile(
    rf"{_WORD}(?=社(?![会長員内外])|の{_HEAD}|(?:が|は)[^。\n]{{0,60}}(?:を調達|資金調達|上場し))"
    rf"|(?:スタートアップ|ベンチャー|企業|メーカー|大手)の?{_WORD.replace('name', 'other')}(?=[はがの、。（(])"
)
_HEADED = re.compile(rf"^#{{1,4}} (?:[^\W\d_A-Za-z]{{1,8}}[:：] ?)?{_WORD}(?=[はがのと、：:（(「])", re.M)
_LEAST = 3  # times that a text names its company or product
_COMMON = re.compile(
    r"(?:about|agents?|api|apps?|benchmarks?|build|cache|capex|chat|cloud|code|company|context|data|docker|edge|engine|"
    r"fine-tuning|framework|gate|github|input|json|latency|linux|media|metadata|mini|miss|models?|nano|news|open|output|"
    r"organization|platform|prompts?|python|repo|results?|servers?|service|skills?|startup|system|tasks?|tests?|tokens?|"
    r"tools?|update|users?|vector|version|web|words|workflow)"
)


def lower_names(text: str, sort: str) -> tuple[str, ...]:
    """Return the names in lower case of companies or products, as `sort` says, that the words beside them tell."""
    told = {match["name"] or match["other"] for match in _COMPANY.finditer(text)}
    if sort != "company":
        heads = {match["name"] for match in _HEADED.finditer(text)} - told
        told = {name for name in heads if re.search(rf"{_FREE}{re.escape(name)}[はが]", text)}
    return tuple(name for name in sorted(told) if not _COMMON.fullmatch(name) and _often(name, text))


def _often(name: str, text: str) -> bool:
    return len(re.findall(rf"(?<![A-Za-z0-9_\-/`]){re.escape(name)}(?![A-Za-z0-9\-/_])", text)) >= _LEAST

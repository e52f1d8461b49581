"""Companies that English prose tells to be such, in lists that know them or not.

Zukon's revenue, shares of Zukon                    who has what only companies have
the chipmaker Zukon, two companies, Zukon and Rikor words for companies, and who they are
Zukon raised $5 million                             who does what only companies do
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from itertools import dropwhile

from extractors.claims.titled_names import LATIN, is_company_name
from extractors.ontology import load_ontology
from extractors.recognizers.names.ordinary import is_ordinary

_NAME = rf"(?<![\w&.$/@#-])(?P<name>{LATIN})(?![\w&]|\.\w)"
_HAS = (
    r"(?:revenues?|sales|profits?|losses|earnings|net income|operating income|shares|stock|stake|valuation|"
    r"market (?:cap|value|share)|CEO|CFO|chief executive|chair(?:man|woman)|(?:co-)?founders?|board|shareholders|"
    r"investors|customers|IPO|headquarters|subsidiary|guidance|backlog|free cash flow|balance sheet|capex|"
    r"capital expenditures?|(?:gross|operating|profit) margins?|spokes(?:man|woman|person)|data centers?)"
)
_OWNS = re.compile(rf"{_NAME}['’]s? (?:[\w-]{{1,24}} ){{0,3}}?{_HAS}\b")
_OF = re.compile(
    rf"\b(?:[Ss]hares (?:of|in)|[Ss]tock of|[Ss]takes? in|[Ss]hareholders (?:of|in)|[Ii]nvestors in|CEO (?:of|at)|"
    rf"[Cc]hief [Ee]xecutive (?:of|at)|[Aa]cquisition of|acquired|[Rr]evenues? (?:of|at)|co-?founder of) {_NAME}"
)
_SORT = (
    r"(?:company|firm|start-?up|[a-z]*maker|giant|retailer|bank|lender|unicorn|insurer|carrier|airline|developer|rival|"
    r"subsidiary|manufacturer|vendor|supplier|conglomerate|brokerage|automaker)"
)
_SORTS = (
    r"(?:companies|firms|start-?ups|[a-z]*makers|giants|retailers|banks|lenders|unicorns|labs|insurers|carriers|airlines|"
    r"developers|rivals|manufacturers|vendors|suppliers|hyperscalers|competitors|peers|providers|customers|investors|"
    r"organizations|players)"
)
_AT_FIRST = r"(?:^|(?<=[.!?:] )|(?<=\n))"  # Chipmaker Zukon said: a capital that only opens the sentence
_APPOSED = re.compile(rf"(?:\b{_SORT}|{_AT_FIRST}(?i:{_SORT})) {_NAME}")
_LISTED = re.compile(
    rf"(?:\b{_SORTS}|{_AT_FIRST}(?i:{_SORTS})),? (?:(?:such as|like|including|led by|namely|are|were|include) )?"
    rf"(?P<names>{LATIN}(?:, {LATIN}){{0,5}},? (?:and|or) (?:others?\b|{LATIN}))(?![\w&])"
)
_DOES = re.compile(
    rf"{_NAME} (?:has |had |have |just |recently |today |also )*"
    r"(?:raised|secured|launched|unveiled|posted|acquired|earned|filed for|closed an?|is valued|was valued|went public|"
    r"reported (?:a|an|record|net|quarterly|annual|revenue|sales|earnings|profit))\b"
)
_AND = re.compile(r",? (?:and|or) |, ")


def english_names(text: str, noise: Collection[str]) -> tuple[str, ...]:
    """Return the names of companies that the English of `text` tells; words of `noise` name none."""
    folded = {word.casefold() for word in noise}
    found = dict.fromkeys(_led(name) for name in _named(text))
    return tuple(name for name in found if len(name) > 3 and is_company_name(name, folded, text))


def _named(text: str) -> Iterator[str]:
    for pattern in (_OWNS, _OF, _APPOSED, _DOES):
        for match in pattern.finditer(text):
            if _PART_OF.search(text, max(0, match.start("name") - _BEFORE), match.start("name")) is None:
                yield match["name"]
    for match in _LISTED.finditer(text):
        yield from (name for name in _AND.split(match["names"]) if not name.startswith("other"))


_BEFORE = 30
_PART_OF = re.compile(  # the end of a longer name: Bank of Zukon, University of Zukon
    r"\b(?:Bank|University|College|School|Institute|Academy|Ministry|Department|Bureau|Office|House|Republic|Kingdom|State|City|"
    r"Port|Province|Government|Museum|Church|Association|Chamber|League) (?:of|for) (?:the )?\Z"
)


def _led(name: str) -> str:
    """Return a name without the words before it that owe their capital to where they stand: While Zukon.

    Of a person (John Rivas) nothing is left.
    """
    found = list(dropwhile(lambda word: word == "&" or (is_ordinary(word) and word not in _given()), name.split(" ")))
    return "" if found and found[0] in _given() and len(found) > 1 else " ".join(found)


@cache
def _given() -> frozenset[str]:
    return frozenset(load_ontology().words("given_name"))

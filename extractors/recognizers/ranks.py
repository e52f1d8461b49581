"""Ranks written with a hash: rated #1 against, #3 on the board; not issue #12."""

from __future__ import annotations

import re
from decimal import Decimal

from extractors.recognizers.build import make_quantity
from extractors.recognizers.scanner import Scan

_RANK = re.compile(r"(?P<n>[0-9]{1,4})(?:\s?(?:/|of|out of)\s?[0-9][0-9,]*)?(?![0-9.,/-]?[0-9a-z])")
_RANKED_BEFORE = re.compile(
    r"(?:\b(?:rank(?:s|ed|ing)?|rated|placed|finish(?:ed|es)|hits?|reach(?:ed|es)|takes?|took|holds?)"
    r"(?: (?:the|at|as))?|ランキング|順位|ランク)\s?[:はで]?\s?[*_]{0,2}#$"
)
_RANKED_BEHIND = re.compile(r"\s(?:on|in|among(?! others\b)|spot|position|globally|worldwide|overall|nationally)\b")
_NUMBERED = re.compile(
    r"\b(?:issue|part|pr|bug|ticket|episode|post|chapter|pull request|vol\.?|no\.?|volume|question|room|"
    r"apartment|apt\.?|suite|unit|colou?r|item|case|order|step|tip|table|figure|fig\.?|section|lesson|rule|version|page|"
    r"comment|note|fix(?:e[sd])?|close[sd]?|resolve[sd]?|merge[sd]?|see|refs?) #$"
)


def hashed_rank(scan: Scan, position: int) -> int:
    """Take a rank written with a hash: rated #1 against, #3 on the board, ranked #131 of 2,622; 0 where it is none."""
    text = scan.text
    match = _RANK.match(text, position)
    before = text[max(scan.floor, position - 24) : position]
    if match is None or _NUMBERED.search(before):
        return 0
    end = match.end("n")
    if not _RANKED_BEFORE.search(before) and not _RANKED_BEHIND.match(text, end):
        return 0
    quantity = make_quantity("rank", Decimal(match["n"]), None, None, "eq", False, False, "rank", "", None, None)
    return scan.add_quantity(position - 1, end, quantity, "hash")

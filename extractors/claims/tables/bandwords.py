"""Words for groups of those counted (sexes and ages, in English), and for lengths of texts."""

from __future__ import annotations

import re

_OLD = (
    r"(?:\s*(?:years?|yrs?)?(?:\s*(?:of age|old))?\s*(?:(?:and|or|&)\s*(?:over|older|above|under|younger|more|up)|\+))"
)
GROUP = re.compile(  # Men, Aged 6 and older, 20–24, Under 20, 25 to 59 years; no term (1 to 5 years)
    r"(?:both sexes|(?:all )?(?:males?|females?|men|women|boys|girls)(?: (?:students|pupils|children|workers|adults))?|"
    rf"(?:ages?|aged)\s*(?:(?:under|over)\s*)?\d{{1,3}}(?:\s*(?:[-–]|to)\s*\d{{1,3}})?(?:\s*years?)?{_OLD}?|"
    rf"(?:under|over|below)\s*\d{{2,3}}(?:\s*years(?: of age| old)?)?|\d{{1,3}}{_OLD}|"
    r"\d{1,3}\s*(?:[-–]|to)\s*\d{1,3}(?:\s*(?:years|months)? (?:of age|old))?|\d{1,2}\s*(?:[-–]|to)\s*[2-9]\d\s*years)",
    re.I,
)
LENGTHS = re.compile(  # ≤200K tokens, 128K〜1M: how long what a price is for is
    r"(?=.*[≤≥<>＜＞〜~]|.*(?:tokens?|トークン))[\\≤≥<>＜＞=〜~\s]*\d[\d.,]*\s?[KkM万]+\s?(?:tokens?|トークン)?"
    r"(?:\s?[〜~–-]\s?\d[\d.,]*\s?[KkM万]+\s?(?:tokens?|トークン)?)?(?:以下|以上|超|未満|まで)?"
)

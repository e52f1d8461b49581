r"""LaTeX mathematics in running Markdown: which characters are markup, so that `$400\mathrm{B}$` reads as 400B.

Marks are the dollar signs, font commands with their braces, braces round a separator, and thin blanks. Signs that
say something (`\times`, `\%`, `\sim`) stay: the recognisers know them as writings of ×, % and 約.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

Place = tuple[int, int]
_FONT = r"math(?:rm|bf|it|sf|tt|bb|cal|frak|scr)|text(?:rm|bf|it|sf|tt|normal)?|operatorname\*?|boldsymbol|bm|rm|mbox"
_INLINE = re.compile(r"(?<![\\$])\$(?P<body>(?![\s$])(?:\\.|[^$\\\n]){0,200}?(?<![\s\\]))\$(?![$0-9])")
_COMMAND = re.compile(r"\\[A-Za-z]{2,}")
_PLAIN = re.compile(r"[-+]?[0-9][0-9.,]*|[A-Za-z](?:\s*[=<>]\s*[-+]?[0-9][0-9.,]*)?")
_SIGNS = re.compile(r"[\\^_{}=]")
_WORDS = re.compile(r"[A-Za-z]{3,}\s+[A-Za-z]{2,}|[\u3041-\u30ff\u4e00-\u9fff、。]")
_DROPPED = (
    re.compile(rf"(?P<open>\\(?:{_FONT})\s*\{{)[^{{}}]*(?P<close>\}})"),
    re.compile(r"(?P<open>\{)[,.](?P<close>\})"),
    re.compile(r"(?P<open>\\[,;:!>](?=[^A-Za-z]|[A-Za-z]))"),
    re.compile(r"(?P<open>\\(?:q?quad|left|right|displaystyle)(?![A-Za-z]))"),
    re.compile(r"(?P<open>\\)[%$#&_]"),
)


def math_marks(source: str, code: Iterable[Place] = ()) -> list[Place]:
    """Return the places of markup in the formulas of `source` that lie outside the places of code."""
    if source.count("$") < 2:
        return []
    skipped = list(code)
    marks: list[Place] = []
    at = 0
    while (found := _INLINE.search(source, at)) is not None:
        if not is_formula(found["body"]) or any(a < found.end() and found.start() < b for a, b in skipped):
            at = found.start() + 1
            continue
        at = found.end()
        start, end = found.span("body")
        marks += [(found.start(), start), (end, found.end())]
        for pattern in _DROPPED:
            for piece in pattern.finditer(source, start, end):
                marks += [piece.span(name) for name in pattern.groupindex]
    return marks


def is_formula(body: str) -> bool:
    """Say whether what stands between two dollar signs is mathematics rather than text between two prices."""
    without_text = re.sub(rf"\\(?:{_FONT})\s*\{{[^{{}}]*\}}", "", body)
    if _WORDS.search(without_text):
        return False
    return bool(_PLAIN.fullmatch(body) or _COMMAND.search(body) or _SIGNS.search(body))

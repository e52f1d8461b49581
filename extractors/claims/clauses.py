"""Where the clause of a figure begins."""

from __future__ import annotations

import re

DIGIT = r"[0-9０-９〇一二三四五六七八九十百千万億兆]"  # what a figure begins with
_VERBAL = re.compile(r"[はがもを]|[いきしちにりっえけせてねべめれ]、|て|[るたう]")


def clause_start(text: str, low: int, start: int, japanese: bool) -> int:
    """Return where the clause of a figure begins: an enumeration of figures is one (2025年度0.9％、2026年度0.8％)."""
    cuts = [low, *(low + m.end() for m in re.finditer(r"[。；;、]|, |[.]\s", text[low:start]))]
    at = len(cuts) - 1
    while at > 0 and text[cuts[at] - 1] == "、" and not _VERBAL.search(text[cuts[at] : start]):
        at -= 1
        if not re.search(DIGIT, text[cuts[at] : cuts[at + 1]]):
            at += 1
            break
    if not japanese:
        while at > 0 and re.match(
            r"(?:up|down|or|and|roughly|about|equal|likely|an? \w+ of)\b", text[cuts[at] : start]
        ):
            at -= 1
    position = cuts[at]
    return max(low, min(position, start - 1) if position >= start else position, start - (60 if japanese else 90))

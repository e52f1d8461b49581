"""Assembly: scans a text once and dispatches each anchor to its reader."""

from __future__ import annotations

import re
from datetime import date

from extractors.recognizers.anchors import next_anchor
from extractors.recognizers.digits import at_digit
from extractors.recognizers.english_words import at_english
from extractors.recognizers.letters import at_japanese, at_kanji, at_mark
from extractors.recognizers.notes import parse_note
from extractors.recognizers.scanner import Scan
from schemas import Mention, NoiseReason

_BARE_NOTE = re.compile(  # 来客数(千人): a unit, no figure
    r"(?:[十百千]万?|百億|[十千]億)(?![^)]{0,20}(?:以上|以下|以内|未満|前後|程度|超|余|弱|強))[^\W\d_ぁ-ん]{0,4}(?=\))"
)
_KANJI = frozenset("〇零一二三四五六七八九十百千万億兆京数壱弐拾")


def assemble(
    text: str, reference: date | None, fiscal_start: int, table_unit: str | None, told: int | None
) -> list[Mention]:
    """Return the mentions of a text, in order."""
    if not 1 <= fiscal_start <= 12:
        raise ValueError(f"fiscal_year_start must be a month 1..12, not {fiscal_start}")
    scan = Scan(text, reference, fiscal_start, parse_note(table_unit) if table_unit else None, told)
    scan.prepare()
    notes = iter(scan.notes)
    note = next(notes, None)
    position = 0
    while (match := next_anchor(scan.text, position)) is not None:
        start = match.start()
        while note is not None and start >= note[1]:
            note = next(notes, None)
        if note is not None and note[0] <= start < note[1]:
            position = scan.add_noise(note[0], note[1], NoiseReason.UNIT_BASE, "unit_note")
            continue
        first = scan.text[start]
        if first in "十百千" and (bare := _BARE_NOTE.match(scan.text, start)) and scan.text[start - 1 : start] == "(":
            position = scan.add_noise(start, bare.end(), NoiseReason.UNIT_BASE, "unit_note")
            continue
        end = at_digit(scan, start) if "0" <= first <= "9" else _dispatch(scan, start, match[0])
        position = end if end > start else start + 1
    return scan.mentions


def _dispatch(scan: Scan, start: int, found: str) -> int:
    first = found[0]
    if len(found) == 1 and first in _KANJI:
        return at_kanji(scan, start)
    if first.isascii():
        return at_english(scan, start)
    if len(found) == 1 and first != "第":
        return at_mark(scan, start)
    return at_japanese(scan, start, found)

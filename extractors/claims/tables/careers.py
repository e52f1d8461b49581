"""Careers of officers: cells under 略歴 whose lines each open with a date.

| 監査役 | 岩瀬　保 | 1981年４月 甲野銀行入行⏎2015年６月 当社監査役(現任) |
Each line is an event of the person of the row: what its last words tell, else that the person took the post it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.claims.build import Draft, Named
from extractors.claims.cues import row_event
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.corners import whole
from extractors.claims.tables.dated_lines import event_draft
from extractors.claims.tables.officers import person_in
from extractors.claims.tables.parts import Parts
from extractors.claims.view import View
from schemas import EvidenceRole, Mention, MentionKind, Span

_GOES_ON = re.compile(r"(?:\d|より|から|まで|以降|現在|に|の|は|付|[～〜~)）])")  # a time told within a line
_APART = " \u3000\t\n、,:：・"
_POST = "appointment_date"


def is_career(parts: Parts) -> bool:
    """Say whether a cell stands under the head of a column of careers."""
    heads = [x.text.strip() for x in parts.labels if x.role == EvidenceRole.COLUMN_HEADER]
    return any(whole("careers").match(re.sub(r"\s", "", head)) for head in heads)


def career_drafts(parts: Parts, view: View) -> Iterator[tuple[Draft, Span]]:
    """Yield a draft for each dated line of a career."""
    if not is_career(parts):
        return
    person = person_in(parts.reading, parts.cell.row) or parts.owner()
    for mention, start, end in _lines(view.text, parts.reading.context.mentions(view.text)):
        name = row_event(view.text, start, end) or _POST
        words = re.sub(r"\s+", " ", view.text[start:end])
        metric = Named(name, words, view.span(start, end), EvidenceRole.VALUE_CELL)
        date = view.span(mention.span.start, mention.span.end)
        draft = event_draft(parts, person, metric, date, mention.period)
        yield draft, draft.span


def _lines(text: str, found: list[Mention]) -> Iterator[tuple[Mention, int, int]]:
    """Yield each date that opens a line, with where the words of its line stand."""
    dated = sorted((m for m in found if m.kind == MentionKind.PERIOD and is_dated(m)), key=lambda m: m.span.start)
    opens = [m for m in dated if _opens(text, m)]
    for mention, after in pairwise([*opens, None]):
        assert mention is not None
        start, end = mention.span.end, len(text) if after is None else after.span.start
        while start < end and text[start] in _APART:
            start += 1
        while end > start and text[end - 1] in _APART:
            end -= 1
        if end > start:
            yield mention, start, end


def _opens(text: str, mention: Mention) -> bool:
    """Say whether a date opens a line: outside brackets, with words behind it that it does not belong to."""
    before, behind = text[: mention.span.start], text[mention.span.end :]
    closed = len(re.findall(r"[（(]", before)) <= len(re.findall(r"[）)]", before))
    return closed and not _GOES_ON.match(behind.lstrip(_APART))

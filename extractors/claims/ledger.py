"""The ledger: every number-like token of a document ends as claimed, rejected with a reason, or unparsed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from schemas import BlockKind, Document, LedgerEntry, NoiseReason, Outcome, Span, TableKind

TOKEN = re.compile(r"[0-9０-９]+(?:[.,．，][0-9０-９]+)*")
_NOTE_MARK = re.compile(r"\s*(?:\d{1,3}|\[\^\w+\])\s*")


class _Cover:
    """Spans that can be asked whether they cover a token; sorted once."""

    def __init__(self, spans: Iterable[tuple[int, int, NoiseReason | None]]) -> None:
        self.spans = sorted(spans, key=lambda s: s[:2])
        self.starts = [s[0] for s in self.spans]
        self.longest = max((e - s for s, e, _ in self.spans), default=0)

    def find(self, start: int, end: int) -> tuple[int, int, NoiseReason | None] | None:
        index = bisect_left(self.starts, start - self.longest)
        while index < len(self.spans) and self.spans[index][0] < end:
            if self.spans[index][1] > start:
                return self.spans[index]
            index += 1
        return None


def ledger_of(
    document: Document, claimed: Iterable[Span], rejected: Iterable[tuple[Span, NoiseReason]]
) -> tuple[LedgerEntry, ...]:
    """Return one entry for each digit run of the document's text."""
    claims = _Cover((s.start, s.end, None) for s in claimed)
    reasons = _Cover((s.start, s.end, reason) for s, reason in [*rejected, *_structural(document)])
    entries = []
    for found in TOKEN.finditer(document.text):
        span = Span(start=found.start(), end=found.end())
        if claims.find(*found.span()):
            entries.append(LedgerEntry(span=span, text=found.group(), outcome=Outcome.CLAIMED))
            continue
        reason = reasons.find(*found.span())
        if reason is not None and reason[2] is not None:
            entries.append(LedgerEntry(span=span, text=found.group(), outcome=Outcome.REJECTED, reason=reason[2]))
        else:
            entries.append(LedgerEntry(span=span, text=found.group(), outcome=Outcome.UNPARSED))
    return tuple(entries)


def _structural(document: Document) -> Iterable[tuple[Span, NoiseReason]]:
    for block in document.blocks:
        if block.kind in (BlockKind.HEADER, BlockKind.FOOTER):
            yield block.span, NoiseReason.RUNNING_HEAD
        elif block.kind == BlockKind.AXIS:
            yield block.span, NoiseReason.FIGURE_AXIS
        elif block.kind == BlockKind.CODE:
            yield block.span, NoiseReason.CODE
        if block.marker is not None:
            footnote = block.kind == BlockKind.FOOTNOTE
            yield block.marker, NoiseReason.FOOTNOTE if footnote else NoiseReason.LIST_NUMBER
    for mark in document.marks:
        note = _NOTE_MARK.fullmatch(document.quote(mark))
        yield mark, NoiseReason.FOOTNOTE if note else NoiseReason.MARKUP
    for table in document.tables:
        if table.kind == TableKind.LAYOUT:
            yield table.span, NoiseReason.LAYOUT_TABLE

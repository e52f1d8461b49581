"""What the head of a text source says about it: title, day, as far as front matter leaves them open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from extractors.readers.dates import find_days, find_month, label_before
from extractors.readers.mdinline import read_inline
from schemas import Block, BlockKind, Metadata, Span

_HEAD_BLOCKS = 14  # blocks from the start of the text in which its day may stand
_RANGE = re.compile(r"\s*(?:[-–—~〜～]\s*\d|から\s*\d)")  # the days that a text is about: 2025年9月16日-9月30日
_RANGED = re.compile(r"\d\s*日?\s*(?:[-–—~〜～]|から)\s*$")
_DATE_SHARE = 0.35  # a date line consists mostly of the date


def complete_metadata(text: str, metadata: Metadata, blocks: Sequence[Block]) -> Metadata:
    """Return `metadata` with title and published day taken from the head of the text where they are missing."""
    flow = [b for b in blocks if b.kind is not BlockKind.METADATA]
    update: dict[str, object] = {}
    if metadata.title is None:
        title = _title(flow)
        if title is not None:
            start = title.marker.end if title.marker else title.span.start
            update = {"title": read_inline(text[start : title.span.end]).text, "title_span": title.span}
    if metadata.published is None and metadata.published_text is None:
        update |= _published(text, flow[:_HEAD_BLOCKS])
    return metadata.model_copy(update=update)


def _title(flow: Sequence[Block]) -> Block | None:
    headings = [b for b in flow if b.kind in (BlockKind.TITLE, BlockKind.HEADING)]
    first = next((b for b in headings if b.level <= 1), None)
    return first or (headings[0] if headings and headings[0] in flow[:4] else None)


def _published(text: str, head: Sequence[Block]) -> dict[str, object]:
    """A line at the head that is mostly a date, or a date after a label ("公開日:", "Published:")."""
    for block in head:
        for start, line in _lines(block, text):
            for found in find_days(line):
                label = label_before(line, found.start)
                if label == "updated" or _RANGE.match(line, found.end) or _RANGED.search(line[: found.start]):
                    continue
                if label == "published" or found.end - found.start >= len(line) * _DATE_SHARE:
                    return _entry(found.day, found.day.isoformat(), start + found.start, start + found.end)
            month = find_month(line)
            if month and month[2] - month[1] >= len(line) * 0.6:
                return _entry(None, month[0], start + month[1], start + month[2])
    return {}


def _entry(day: date | None, written: str, start: int, end: int) -> dict[str, object]:
    return {
        "published": day,
        "published_text": written,
        "published_evidence": "visible",
        "published_span": Span(start=start, end=end),
    }


def _lines(block: Block, text: str) -> list[tuple[int, str]]:
    if block.kind in (BlockKind.TABLE, BlockKind.CODE):
        return []
    out, at = [], block.span.start
    for line in block.span.quote(text).split("\n"):
        out.append((at, line))
        at += len(line) + 1
    return out

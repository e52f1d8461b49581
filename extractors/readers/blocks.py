"""The flow of a document's blocks, with the headings above each one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemas import Block, BlockKind, Span

MINOR_HEADING = 7  # level of a heading without a mark of its own, below every numbered or marked one
_KANA = re.compile(r"[぀-ヿ]")
_ENGLISH = re.compile(r"\b(the|and|of|to|in|is|for|with|that|are|was)\b", re.IGNORECASE)


class Flow:
    """Collects blocks in reading order and gives each the path of headings above it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._open: list[tuple[int, int]] = []  # (level, index) of the headings that are open

    def add(
        self,
        kind: BlockKind,
        start: int,
        end: int,
        *,
        level: int = 0,
        marker: tuple[int, int] | None = None,
        parent: int | None = None,
        table: int | None = None,
    ) -> int:
        """Append a block and return its index; a heading closes the headings of its level and below."""
        if kind in (BlockKind.HEADING, BlockKind.TITLE):
            self._open = [entry for entry in self._open if entry[0] < level]
        index = len(self.blocks)
        self.blocks.append(
            Block(
                kind=kind,
                span=Span(start=start, end=end),
                level=level,
                heading_path=tuple(i for _, i in self._open),
                parent=parent,
                marker=Span(start=marker[0], end=marker[1]) if marker else None,
                table=table,
            )
        )
        if kind in (BlockKind.HEADING, BlockKind.TITLE):
            self._open.append((level, index))
        return index

    def close(self) -> None:
        """Close all headings that are open."""
        self._open = []


def spans(places: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Return places as sorted spans; overlapping and touching ones become one, empty ones go."""
    merged: list[list[int]] = []
    for start, end in sorted(p for p in places if p[0] < p[1]):
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    return tuple(Span(start=start, end=end) for start, end in merged)


def language_of(text: str) -> str | None:
    """Return "ja" or "en" where the letters and commonest words say so, else None."""
    head = text[:20000]
    if len(_KANA.findall(head)) > max(4, len(head) * 0.02):
        return "ja"
    return "en" if len(_ENGLISH.findall(head)) > max(2, len(head.split()) * 0.06) else None

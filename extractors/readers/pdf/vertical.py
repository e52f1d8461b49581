"""Vertical Japanese text that a producer placed one character a line, put together as lines that run downwards."""

from __future__ import annotations

from extractors.readers.pdf.segments import Frame, Segment, is_wide

SHORTEST = 5  # characters; fewer may be a narrow table cell


def join_vertical(segments: list[Segment], frame: Frame) -> list[Segment]:
    """Return the segments with each chain of single wide characters under one another as one downward segment."""
    singles = [s for s in segments if s.quarter == 0 and _single(s)]
    if len(singles) < SHORTEST:
        return segments
    chains: list[list[Segment]] = []
    for segment in sorted(singles, key=lambda s: (round((s.x0 + s.x1) / 2), s.top)):
        if chains and _follows(chains[-1][-1], segment):
            chains[-1].append(segment)
        else:
            chains.append([segment])
    long = [
        c
        for c in chains
        if len(c) >= SHORTEST and sum(is_wide(s.text[0]) and not s.text.isdigit() for s in c) > 0.7 * len(c)
    ]
    taken = {id(s) for c in long for s in c}
    return [s for s in segments if id(s) not in taken] + [_downward(c, frame) for c in long]


def _single(segment: Segment) -> bool:
    """Say whether a segment is one wide character, or two digits set side by side in the place of one."""
    text = segment.text
    if len(text) == 1:
        return is_wide(text)
    return len(text) == 2 and text.isdigit() and segment.x1 - segment.x0 < 1.2 * segment.size


def _follows(a: Segment, b: Segment) -> bool:
    size = a.size
    return (
        abs(a.size - b.size) < 0.1 * size
        and abs((a.x0 + a.x1) - (b.x0 + b.x1)) < 0.4 * size
        and -0.3 * size < b.top - a.bottom < 0.35 * size
    )


def _downward(chain: list[Segment], frame: Frame) -> Segment:
    edges: list[float] = []
    for s in chain:
        step = (s.bottom - s.top) / len(s.text)
        edges.extend(s.top + i * step for i in range(len(s.text)))
    edges.append(chain[-1].bottom)
    first = chain[0]
    left, right = min(s.x0 for s in chain), max(s.x1 for s in chain)
    top, bottom = frame.width - right, frame.width - left
    return Segment(
        "".join([s.text for s in chain]), edges, top, bottom, bottom, first.size, first.bold, first.color, first.font,
        1,
    )  # fmt: skip


def take_ruby(segments: list[Segment]) -> tuple[list[Segment], list[Segment]]:
    """Return the segments without the small kana that stand above a word as its reading, and these readings."""
    kana = [s for s in segments if all("\u3040" <= c <= "\u30ff" for c in s.text)]
    if not kana:
        return segments, []
    ruby = {id(k) for k in kana if any(_above(k, s) for s in segments if s.size >= 1.6 * k.size)}
    return [s for s in segments if id(s) not in ruby], [s for s in segments if id(s) in ruby]


def _above(small: Segment, base: Segment) -> bool:
    inside = base.x0 - small.size <= small.x0 and small.x1 <= base.x1 + small.size
    return small.quarter == base.quarter and inside and abs(small.bottom - base.top) < 0.5 * small.size

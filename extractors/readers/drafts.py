"""Blocks in the making: lines told apart by role, headings found, before the flow is fixed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.readers.blocks import MINOR_HEADING
from extractors.readers.dates import find_days, find_month
from extractors.readers.roles import (
    ends_sentence,
    may_head,
    number_mark,
    outline_kind,
    outline_level,
    outline_mark,
    role_of,
)
from extractors.readers.tableheads import is_value
from schemas import BlockKind

Place = tuple[int, int]
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<inner>(?:(?!\1).)+)\1[:：]?")
_LABELLED = re.compile(r"[^:：。、\n]{1,30}[:：][ 　]*\S")
_CLOSING = {"【": "】", "＜": "＞", "〈": "〉", "《": "》"}
_ARROWS = "➡→⇒⇨➔►▶↓⬇※"
_FIGURE = re.compile(r"\d[\d,.]*\s*(?:[億兆万千百]|円|ドル|%|％|人|社|件|倍)|[¥$€£]\s?\d")
_HEADLINE = re.compile(r"\S[、，　…＝―]|・・・")  # headlines join what they say by these where sentences have particles
_OUTLINE_SHARE = 0.4  # share of the text that headings of one numbering must reach over to be its outline
_WRAP_SHARE = 0.8  # share of the page's line width at which a line counts as full


@dataclass
class Draft:
    """A block in the making. `alone`: the only line between two blank lines."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    marker: Place | None = None
    parent: Draft | None = None
    table: int | None = None
    alone: bool = False


@dataclass
class OpenItem:
    """A list item that is open: its mark, and its block once its first text has come."""

    marker: Place
    depth: int
    draft: Draft | None = None
    before: int = 0  # how many blocks stood before it


def wrap_width(lines: Sequence[str]) -> int | None:
    """Return the width at which a plain text's lines were broken by a machine, None when a line is a paragraph."""
    followed = [_width(a) for a, b in itertools.pairwise(lines) if a.strip() and b.strip()]
    if len(followed) < 5:
        return None
    width = sorted(followed)[int(len(followed) * 0.95)]
    full = [a for a in lines if _width(a) >= width * _WRAP_SHARE]
    unfinished = sum(not ends_sentence(a) for a in full)
    share = sum(w >= width * _WRAP_SHARE for w in followed) / len(followed)
    return width if width <= 130 and share >= 0.6 and unfinished >= len(full) * 0.5 else None


def _width(line: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in line.rstrip())


def split_lines(
    text: str, places: Sequence[Place], *, parent: Draft | None, plain: bool, wrap: int | None
) -> list[Draft]:
    """Return the blocks of one paragraph's lines: captions, notes, list items, and paragraphs joined of lines.

    In Markdown lines belong together until one starts with a mark or label of its own; in plain text each line is
    a paragraph unless a machine broke lines at `wrap`.
    """
    drafts: list[Draft] = []
    labelled = [bool(_LABELLED.match(text[a:b])) and not ends_sentence(text[a:b]) for a, b in places]
    for i, (start, end) in enumerate(places):
        line = text[start:end]
        if not line:
            continue
        role = role_of(line)
        beside = any(labelled[max(0, i - 1) : i]) or any(labelled[i + 1 : i + 2])
        own_line = role.kind is not BlockKind.PARAGRAPH or (labelled[i] and beside) or line.startswith("　")
        if drafts and not own_line and _continues(text, drafts[-1], places[i - 1], plain, wrap, labelled[i - 1]):
            drafts[-1].end = end
            continue
        marker = (start, start + role.marker) if role.marker else None
        drafts.append(Draft(role.kind, start, end, marker=marker, parent=parent, alone=len(places) == 1))
    return drafts


def _continues(text: str, last: Draft, above: Place, plain: bool, wrap: int | None, labelled: bool) -> bool:
    if last.kind in (BlockKind.CAPTION, BlockKind.FOOTER):
        return False
    if plain:
        return wrap is not None and _width(text[above[0] : above[1]]) >= wrap * _WRAP_SHARE
    return not (labelled and last.end == above[1] and last.start == above[0])


def promote_headings(text: str, drafts: list[Draft], *, plain: bool) -> None:
    """Make headings of lines that stand as such: bold lines; in plain text numbered and lone short lines."""
    numbered: dict[int, list[Draft]] = {}
    for i, draft in enumerate(drafts):
        if draft.parent is not None or draft.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            continue
        line = text[draft.start : draft.end]
        following = drafts[i + 1] if i + 1 < len(drafts) else None
        bold = _BOLD_LINE.fullmatch(line)
        if bold and draft.kind is BlockKind.PARAGRAPH and may_head(bold["inner"]) and following:
            draft.kind, draft.level = BlockKind.HEADING, MINOR_HEADING
        elif plain and "\n" not in line and following and may_head(line):
            level = _heading_level(text, drafts, i)
            if level is not None:
                draft.kind, draft.level = BlockKind.HEADING, level
                if level < MINOR_HEADING - 1:
                    numbered.setdefault(level, []).append(draft)
                if number_mark(line) and draft.marker is None:
                    draft.marker = (draft.start, draft.start + number_mark(line))

    for level, headings in numbered.items():
        if headings[-1].start - headings[0].start < len(text) * _OUTLINE_SHARE:
            for draft in headings:  # a numbered passage, not the outline of the whole: below unnumbered headings
                draft.level = level + MINOR_HEADING


def _heading_level(text: str, drafts: list[Draft], i: int) -> int | None:
    draft, following = drafts[i], drafts[i + 1]
    line = text[draft.start : draft.end]
    if _is_date_line(line) or is_value(line[outline_mark(line) :]):
        return None
    if _FIGURE.search(line):
        return MINOR_HEADING if _HEADLINE.search(line) and _over_prose(text, drafts, i) else None
    outline = outline_level(line)
    if line[0] in _CLOSING and not line.endswith(_CLOSING[line[0]]):
        outline = None
    if outline is not None:
        return None if _in_list(text, drafts, i) else outline
    if draft.kind is BlockKind.LIST_ITEM or line[0] in _ARROWS:
        return None
    below = text[following.start : following.end]
    if draft.alone:
        if following.alone and following.kind is BlockKind.PARAGRAPH and may_head(below) and not ends_sentence(below):
            return MINOR_HEADING - 1
        starts = following.kind in (BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.HEADING)
        return MINOR_HEADING if starts or _is_prose(line, following, below, 1.5) else None
    return MINOR_HEADING if _over_prose(text, drafts, i) else None


def _is_prose(line: str, following: Draft, below: str, longer: float) -> bool:
    sentence = ends_sentence(below) or "。" in below
    return following.kind is BlockKind.PARAGRAPH and sentence and len(below) > len(line) * longer


def _over_prose(text: str, drafts: list[Draft], i: int) -> bool:
    """Say whether a short line stands over a long paragraph, and nothing unfinished before it."""
    draft, following, above = drafts[i], drafts[i + 1], drafts[i - 1] if i else None
    line = text[draft.start : draft.end]
    after_sentence = above is None or above.kind is not BlockKind.PARAGRAPH or ends_sentence(text[: above.end])
    prose = _is_prose(line, following, text[following.start : following.end], 2.5)
    return prose and after_sentence and len(line) <= 40


def _in_list(text: str, drafts: list[Draft], i: int) -> bool:
    """Say whether a numbered line has a numbered neighbour: then it is an item of a list."""
    kind = outline_kind(text[drafts[i].start : drafts[i].end])
    for j in (i - 1, i + 1):
        if 0 <= j < len(drafts) and drafts[j].kind in (BlockKind.LIST_ITEM, BlockKind.PARAGRAPH):
            line = text[drafts[j].start : drafts[j].end]
            if outline_kind(line) == kind:
                return True
    return any(d.parent is drafts[i] for d in drafts[i + 1 : i + 2])


def _is_date_line(line: str) -> bool:
    days = find_days(line)
    if days:
        return days[0].end - days[0].start > len(line) * 0.4
    month = find_month(line)
    return month is not None and month[2] - month[1] > len(line) * 0.5

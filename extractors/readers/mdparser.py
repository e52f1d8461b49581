"""The Markdown parser, with what pages saved as text have in place of Markdown: tables drawn with blanks and rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, code, hr, lheading, list_block

from extractors.readers.flattenedrows import is_figure

_NUMBERED = re.compile(r"\d{1,2}[.)] +\S")
_RULER = re.compile(r"\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?")
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*")
_APART = re.compile(r"\S(?:[ \u00a0]{2,}|\t|\u3000)\s*\S")
_GAP = re.compile(r"[ \u00a0]{2,}")
_TALLEST = 2  # lines of an underlined heading, or of heads over columns apart by tabs


@lru_cache(maxsize=2)
def parser(plain: bool = False) -> MarkdownIt:
    """Return the Markdown parser; for plain text indented code and underlined headings are off."""
    markdown = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable(["reference", "text_join"])
    ruler = markdown.block.ruler
    ruler.before("table", "unindented_table", _unindented_table, {"alt": ["paragraph"]})
    ruler.at("code", _indented)
    ruler.at("lheading", _underlined)
    ruler.at("hr", _rule, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    ruler.at("list", _listed, {"alt": ["paragraph", "reference", "blockquote"]})
    return markdown.disable(["code", "lheading"]) if plain else markdown


def _unindented_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """End a list item's paragraph before a table at the margin, as pages saved as text have below a numbered title."""
    if not silent or start + 1 >= end or state.sCount[start] >= state.blkIndent:
        return False
    head, ruler = (_raw(state, i) for i in (start, start + 1))
    return "|" in head and _RULER.fullmatch(ruler) is not None


def _indented(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read indented code. A line that a tab begins, over text at the margin with tabs in it, is the head of a table
    whose corner is empty; so is one with gaps over two lines at the margin that each have a gap more."""
    below = start + 1
    while below < end and not state.isEmpty(below) and state.is_code_block(below):
        below += 1
    tabbed = below < end and "\t" in state.src[state.bMarks[below] : state.eMarks[below]].lstrip()
    heads = tabbed and state.src.startswith("\t", state.bMarks[start]) and below - start <= _TALLEST
    drawn = below - start == 1 and below + 1 < end and _heads_gaps([_raw(state, i) for i in range(start, below + 2)])
    return not heads and not drawn and code(state, start, end, silent)


def _heads_gaps(lines: Sequence[str]) -> bool:
    head, *rows = (len(_GAP.split(line)) for line in lines)
    return head > 1 and all(cells == head + 1 for cells in rows)


def _underlined(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read an underlined heading. A lone dash below words is the empty cell of a table set one cell a line; a rule
    below several lines ends their paragraph, one between rows with gaps belongs to their table."""
    rule = next((i for i in range(start + 1, end) if state.isEmpty(i) or _UNDERLINE.fullmatch(_raw(state, i))), end)
    if rule == end or len(_raw(state, rule)) < 2 or rule - start > _TALLEST or _between_rows(state, rule, end):
        return False
    return lheading(state, start, end, silent)


def _rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a thematic break, unless the rule stands between the head of a table drawn with blanks and its rows."""
    return not _between_rows(state, start, end) and hr(state, start, end, silent)


def _listed(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a list, unless nothing but figures stand on the lines below its first number: a ranked table (1. Name,
    61.4, 19.0%) set one cell a line."""
    cells = [_raw(state, i) for i in range(start, min(start + 3, end))]
    if _NUMBERED.match(cells[0]) and len(cells) > 2 and all(map(is_figure, cells[1:])):
        return False
    return list_block(state, start, end, silent)


def _between_rows(state: StateBlock, line: int, end: int) -> bool:
    """Say whether words set apart by gaps stand right above and right below a line."""
    around = (line - 1, line + 1)
    return 0 < line < end - 1 and all(_APART.search(_raw(state, i)) for i in around)


def _raw(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] : state.eMarks[line]].strip()

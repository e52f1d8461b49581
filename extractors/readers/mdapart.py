"""Tables whose every cell is a paragraph, as text copied from a page has them: blank lines between all cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it.token import Token

from extractors.readers.flattened import stacked
from extractors.readers.flattenedrows import Flat
from extractors.readers.mdinline import closing
from extractors.readers.source import Lines

_LEAST_CELLS = 6  # of the smallest such table


class Apart(NamedTuple):
    """A table found in paragraphs: its lines start at `starts`, it holds the tokens to `last`."""

    flat: Flat
    starts: list[int]
    place: tuple[int, int]
    last: int


class _Cell(NamedTuple):
    line: int
    first: int
    last: int


def find_apart(tokens: Sequence[Token], lines: Lines, offset: int) -> dict[int, Apart]:
    """Return the tables by the token each starts with; `offset` is the line the tokens count from."""
    found: dict[int, Apart] = {}
    for run in _runs(tokens, offset):
        texts = [lines.raw(cell.line) for cell in run]
        at = 0
        while at + _LEAST_CELLS <= len(run):
            flat = stacked(texts, at)
            if flat is None or not _is_whole(run, flat):
                at += 1
                continue
            starts = [lines.starts[cell.line] for cell in run]
            place = (lines.trimmed(run[at].line)[0], lines.trimmed(run[flat.last].line)[1])
            found[run[at].first] = Apart(flat, starts, place, run[flat.last].last)
            at = flat.last + 1
    return found


def _runs(tokens: Sequence[Token], offset: int) -> Iterator[list[_Cell]]:
    """Yield the runs of paragraphs of a line each, lone dashes (which Markdown takes for empty items) among them."""
    run: list[_Cell] = []
    i = 0
    while i < len(tokens):
        last = closing(list(tokens), i) if tokens[i].nesting == 1 else i
        inside = tokens[i : last + 1]
        places = [token.map for token in inside if token.type in ("inline", "list_item_open") and token.map]
        cells = [_Cell(first + offset, i, last) for first, _ in places]
        dashes = tokens[i].type == "bullet_list_open" and all(token.type != "inline" for token in inside)
        single = tokens[i].type == "paragraph_open" and [end - first for first, end in places] == [1]
        if dashes or single:
            run += cells
        else:
            yield run
            run = []
        i = last + 1
    yield run


def _is_whole(run: Sequence[_Cell], flat: Flat) -> bool:
    """Say whether a table ends where a paragraph, or a list of dashes, does."""
    opens = not flat.first or run[flat.first - 1].first != run[flat.first].first
    return opens and (flat.last + 1 == len(run) or run[flat.last + 1].first != run[flat.last].first)

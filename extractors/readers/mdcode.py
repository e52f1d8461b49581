"""Blocks that Markdown takes for code and are none: tables set out in a fence of no language, text set in."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.readers.flattened import find_flattened
from extractors.readers.flattenedrows import Flat

_NO_LANGUAGE = frozenset(["", "text", "txt", "plain", "plaintext"])
_FIGURE = re.compile(r"[^\w\s]{0,2}\d[\d,.]*\s*\S{0,6}")
_CODE = re.compile(r"[{};=]|\b(?:def|import|return|const|let|var)\b|^\s*(?:#|//|\$ )")


def table_in_code(lines: Sequence[str], language: str, context: str) -> Flat | None:
    """Return the table that makes up a block of code, None for code. `language` is what stands behind the fence."""
    filled = [line for line in lines if line.strip()]
    if language.strip().lower() not in _NO_LANGUAGE or len(filled) < 3 or sum(map(_is_code, filled)) * 4 > len(filled):
        return None
    flat = next((f for f in find_flattened(lines, context=context) if not f.unsplit), None)
    if flat is None or 2 * (flat.last - flat.first + 1) < len(filled):
        return None
    cells = [lines[row][a:b] for row, places in flat.rows for a, b in places[1:] if b > a]
    figures = sum(_FIGURE.fullmatch(cell.strip()) is not None for cell in cells)
    return flat if 2 * figures >= len(cells) > 0 else None


def _is_code(line: str) -> bool:
    return _CODE.search(line) is not None


_SENTENCE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff][^。]*。|(?:[A-Za-z'’-]+,? ){5,}[A-Za-z]+[.!?]\s*$")
_LEAST_SENTENCES = 2  # that make an indented block text, set in by whoever copied it


def is_prose_block(code: str) -> bool:
    """Say whether an indented block, which Markdown takes for code, is text: more sentences than lines of code."""
    lines = [line for line in code.split("\n") if line.strip()]
    told = sum(_SENTENCE.search(line) is not None and not _is_code(line) for line in lines)
    return told >= _LEAST_SENTENCES and sum(map(_is_code, lines)) < told

"""Another engine for pages whose text MuPDF cannot name: pdfium reads some fonts that come out as mojibake.

Judged by characters no text is made of: replacement and private-use characters, C1 controls, Latin-1 signs in bulk
(a Shift_JIS font read as Latin-1).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

from extractors.readers.pdf.radicals import repair
from extractors.readers.pdf.segments import Segment, is_wide

WORST = 0.1  # part of bad characters from which a page counts as garbled


def garbled(segments: list[Segment]) -> float:
    """Return the part of a page's characters that are plainly wrong, 0 for pages with next to no text."""
    text = "".join([s.text for s in segments])
    if len(text) < 20:
        return 0.0
    high = {c: n for c, n in Counter(text).items() if c > "\x7f"}
    wrong = sum(
        n for c, n in high.items() if c == "\ufffd" or "\x80" <= c <= "\x9f" or unicodedata.category(c) in ("Co", "Cn")
    )
    signs = sum(n for c, n in high.items() if "\xa1" <= c <= "\xbf")
    letters = sum(n for c, n in high.items() if "\xc0" <= c <= "\xff")
    if signs + letters > 0.3 * len(text):
        wrong += signs + letters
    return wrong / len(text)


def read_by_pdfium(data: bytes, index: int) -> list[Segment]:
    """Return the lines pdfium reads on page `index` (from 0); nothing where pdfium cannot read it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        page = document[index]
        if page.get_rotation():
            return []
        chars = _chars(page)
    except pypdfium2.PdfiumError:
        return []
    return _lines(chars)


Char = tuple[str, float, float, float, float, float]  # character, x0, top, x1, bottom, size


def _chars(page: Any) -> list[Char]:
    import ctypes

    from pypdfium2 import raw

    left, bottom, _, top = page.get_mediabox()
    textpage = page.get_textpage()
    found: list[Char] = []
    a, b, c, d = (ctypes.c_double() for _ in range(4))
    for i in range(textpage.count_chars()):
        char = chr(raw.FPDFText_GetUnicode(textpage.raw, i))
        if char in "\r\n\x00" or not raw.FPDFText_GetCharBox(textpage.raw, i, a, b, c, d):
            continue
        size = raw.FPDFText_GetFontSize(textpage.raw, i)
        found.append((char, a.value - left, top - d.value, b.value - left, top - c.value, size))
    del bottom
    return found


def _lines(chars: list[Char]) -> list[Segment]:
    lines: list[list[Char]] = []
    for char in chars:
        if lines and _follows(lines[-1], char):
            lines[-1].append(char)
        elif not char[0].isspace():
            lines.append([char])
    return [_segment(line) for line in lines]


def _follows(line: list[Char], char: Char) -> bool:
    last = line[-1]
    size = max(last[5], char[5], 1.0)
    if char[0].isspace():
        return True
    gap = char[1] - last[3]
    middle = abs((char[2] + char[4]) - (last[2] + last[4])) / 2
    return -0.5 * size < gap < 0.8 * size and middle < 0.6 * size


def _segment(line: list[Char]) -> Segment:
    while line[-1][0].isspace():
        line = line[:-1]
    line = [c for i, c in enumerate(line) if c[0] != " " or not (is_wide(line[i - 1][0]) or is_wide(line[i + 1][0]))]
    edges = [line[0][1]]
    for char in line[1:]:
        edges.append(max(edges[-1], char[1]))
    edges.append(max(edges[-1], line[-1][3]))
    size = max(c[5] for c in line)
    bottom = max(c[4] for c in line)
    baseline = bottom - 0.1 * size
    text = repair("".join([c[0] for c in line]))
    return Segment(text, edges, baseline - 0.85 * size, baseline + 0.2 * size, baseline, size)

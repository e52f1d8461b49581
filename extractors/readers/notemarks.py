"""Footnote marks left as bare numbers by a conversion to plain text: 「端末 13 の輸出額は」, 「判明した 79 。」

In Japanese text such a number is set off by blanks, counts nothing, and the numbers of a document ascend one by one.
A number is a mark only as a member of such a row, three long, or two where a line of notes opens with one of them
(74　内閣府「報告」). Numbers of tables and code, and of what is numbered itself (図表 1, フェーズ 2), are no marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from extractors.recognizers.folding import fold
from extractors.recognizers.noise import reference_before

Place = tuple[int, int]
_LETTER = r"[\u3041-\u30ff\u4e00-\u9fff」』）)\]％%]"
_MARK = re.compile(
    rf"(?<={_LETTER})[ \u00a0]+(?P<number>\d{{1,3}})(?:[ \u00a0]*(?=[。、，．])|[ \u00a0]+(?=\S)|[ \u00a0]*(?=\r?$))",
    re.M,
)
_CERTAIN = re.compile(r"[。、，．「『」』（(）)]|[のはがをにでともや](?![\u3041-\u309f]{3})|\s*\Z|\s*$", re.M)
_NOTE = re.compile(r"^[ \u3000]*(?P<number>\d{1,3})[\u3000\t ]+(?=[\u3041-\u30ff\u4e00-\u9fffA-Za-z「『（])", re.M)
_NUMBERED = re.compile(r"(?:第|約|計|[\d年月日])$")
_ROW = 3


def note_marks(text: str, tables: Iterable[Place]) -> list[Place]:
    """Return the places of such marks with the blanks round them; those inside `tables` are left alone."""
    held = sorted(tables)
    found = [m for m in _MARK.finditer(text) if not _inside(m.start("number"), held) and not _numbered(text, m)]
    if not found:
        return []
    notes = {int(m["number"]) for m in _NOTE.finditer(text) if not _inside(m.start(), held)}
    sure = [m for m in found if _CERTAIN.match(text, m.end()) or int(m["number"]) in notes]
    rows = [row for row in _rows(sure) if _convinces(row, notes, text)]
    return sorted(mark.span() for row in rows for mark in row)


def _inside(position: int, places: Sequence[Place]) -> bool:
    index = bisect_right(places, position, key=lambda place: place[0]) - 1
    return index >= 0 and position < places[index][1]


def _numbered(text: str, mark: re.Match[str]) -> bool:
    """Say whether the word before the number is one that numbers follow."""
    before = text[max(0, mark.start() - 12) : mark.start()]
    return _NUMBERED.search(before) is not None or reference_before(fold(before).text, len(before)) is not None


def _rows(marks: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Return the rows of marks that ascend by one in the order of the text, longest first, without a common member."""
    ending: dict[int, list[re.Match[str]]] = {}
    every: list[list[re.Match[str]]] = []
    for mark in marks:
        row = [*ending.get(int(mark["number"]) - 1, []), mark]
        every.append(row)
        if len(row) > len(ending.get(int(mark["number"]), [])):
            ending[int(mark["number"])] = row
    taken: set[int] = set()
    rows = []
    for row in sorted(every, key=len, reverse=True):
        if not taken.intersection(m.start() for m in row):
            rows.append(row)
            taken.update(m.start() for m in row)
    return rows


def _convinces(row: list[re.Match[str]], notes: set[int], text: str) -> bool:
    if len(row) < _ROW - 1 or (len(row) < _ROW and not any(int(m["number"]) in notes for m in row)):
        return False
    words = Counter(before for m in row if not re.search(r"[」』）)\]]$", before := text[m.start() - 2 : m.start()]))
    return not words or max(words.values()) * 2 <= max(len(row), 3)  # 店舗 1 の, 店舗 2 の: numbers of the shops

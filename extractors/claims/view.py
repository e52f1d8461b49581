"""A reading view of a stretch of a document: markup and wrapped line ends left out, offsets kept."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from itertools import pairwise

from schemas import Document, Span

_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef、。，．・「」『』（）〈〉《》【】"
_WRAP = re.compile(r"[ \t\u3000]*\r?\n[ \t\u3000]*")
_ENDS = re.compile(r"[。！？!?：:；;)）」』】\]]\s*$")
_REFERENCE = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,6});")
_JA = "ぁ-ゖァ-ヺー一-龥々〇"
_BLANK = re.compile(  # 売上高は 12 億円, 前年比 5% 増
    rf"(?<=[{_JA}]) (?=[A-Z0-9$¥€£+])(?<![ァ-ヺ一-龥] (?=(?:19|20)\d\d))|"
    rf"(?<=[ぁ-ゖ]) (?=[a-z])|(?<=[A-Za-z0-9%]) (?=[{_JA}])"
)
_TOUCHING = re.compile(rf"(?<=[{_JA}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{_JA}])")
_SPACED_LEAST, _SPACED_SHARE = 10, 0.6  # of a text whose style is to set Latin letters and digits apart
_SIGNS = str.maketrans("､｡｢｣･\u00a0\u2009\u202f", "、。「」・   ")
_NUMBERED = re.compile(  # 2.2 甲社 is section 2.2
    r"(?:^|\n)[ \t]*(?:\d{1,2}[.．-])+\d{0,2}[.)．）]?\Z"
)
_CODED = re.compile(  # 1234 甲社, not 1234 億円
    r"(?<![\d.,])[1-9]\d{3} (?=[ァ-ヺ一-龥])"
    r"(?![年円人万億千兆社件台個名本株点店回日時世校所床室棟戸枚冊頭匹倍位票字問])"
    r"(?![ァ-ヺ]{0,4}(?:月|ドル|ユーロ|ポイント|トン|メートル|バレル|トークン|ワット|ユーザー))"
)
_STOPS = re.compile(rf"(?<![0-9０-９])，|，(?![0-9０-９])|(?<=[{_JA}）」』)])．(?![0-9０-９])")
_ITEM = re.compile(r"\s*(?:[・●○■□◆◇▪•\-\*＊※①-⑳]|\(?\d{1,2}[.)）．]|（\d)")


@dataclass(slots=True)
class View:
    """Clean text with, for each of its characters, the offset in the document's canonical text.

    `lengths` gives, by offset, how many canonical characters stand for one: those of a reference (&nbsp;).
    """

    text: str
    offsets: list[int]
    lengths: dict[int, int] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        """Return the span of canonical text that `text[start:end]` (not empty) came from."""
        last = self.offsets[end - 1]
        return Span(start=self.offsets[start], end=last + self.lengths.get(last, 1))


def view_of_pieces(document: Document, spans: Sequence[Span]) -> View:
    """Return the view of the stretch over `spans`, or of them alone where other words stand between them."""
    whole = Span(start=min(s.start for s in spans), end=max(s.end for s in spans))
    if all(not document.text[a.end : b.start].strip() for a, b in pairwise(spans)):
        return view_of(document, whole)
    view = View("", [])
    for piece in (view_of(document, span) for span in spans):
        apart = (view.text[-1:] + piece.text[:1]).isascii() and bool(view.text)
        view.offsets += [*([view.offsets[-1]] if apart else []), *piece.offsets]
        view.text += " " * apart + piece.text
        view.lengths |= piece.lengths
    return view


def view_of(document: Document, span: Span) -> View:
    """Return the view of `span` without the document's marks (markup, footnote marks); breaks become line ends.

    A line end inside a wrapped Japanese line goes; another becomes one blank where the lines are one running text,
    and stays a line end where they are not (each line is then a sentence of its own).
    """
    pieces: list[str] = []
    offsets: list[int] = []
    position = span.start
    for hole, is_break in _holes(document, span):
        pieces.append(document.text[position : hole.start])
        offsets.extend(range(position, hole.start))
        if is_break and hole.start < span.end:
            pieces.append("\n")
            offsets.append(hole.start)
        position = max(position, hole.end)
    if position < span.end:
        pieces.append(document.text[position : span.end])
        offsets.extend(range(position, span.end))
    view = View("".join(pieces), offsets)
    if "&" in view.text:
        view = _resolved(view)
    view = _unwrap(view) if "\n" in view.text else view
    return _plain(view, is_spaced(document.text))


@lru_cache(maxsize=4)
def is_spaced(text: str) -> bool:
    """Say whether a text sets Latin letters and digits apart from Japanese (売上高は 12 億円), as a matter of style."""
    text = text.translate(_SIGNS)
    blanks = sum(1 for _ in _BLANK.finditer(text))
    if blanks < _SPACED_LEAST:
        return False
    return blanks >= _SPACED_SHARE * (blanks + sum(1 for _ in _TOUCHING.finditer(text)))


def _plain(view: View, spaced: bool) -> View:
    """Return `view` as the rules write: 、 for ､ and ，, and without the blanks of a text `spaced` for style."""
    text = view.text
    if text.isascii():
        return view
    text = text.translate(_SIGNS)
    text = _STOPS.sub(lambda found: "、" if found.group() == "，" else "。", text)
    blanks = [m.start() for m in _BLANK.finditer(text) if not _keeps(text, m.start())] if spaced else []
    if not blanks:
        return View(text, view.offsets, view.lengths)
    kept = [(a + 1, b) for a, b in pairwise([-1, *blanks, len(text)])]
    offsets = [offset for a, b in kept for offset in view.offsets[a:b]]
    return View("".join(text[a:b] for a, b in kept), offsets, view.lengths)


def _resolved(view: View) -> View:
    """Return `view` with each reference (&nbsp;) as the one character that it stands for."""
    pieces: list[str] = []
    kept: list[int] = []
    lengths: dict[int, int] = {}
    position = 0
    for found in _REFERENCE.finditer(view.text):
        character = unescape(found.group())
        if len(character) != 1:
            continue
        pieces.append(view.text[position : found.start()] + character)
        kept.extend(view.offsets[position : found.start() + 1])
        position = found.end()
        lengths[view.offsets[found.start()]] = view.offsets[position - 1] + 1 - view.offsets[found.start()]
    return View("".join((*pieces, view.text[position:])), kept + view.offsets[position:], lengths)


def _holes(document: Document, span: Span) -> list[tuple[Span, bool]]:
    """Return the marks and breaks that touch `span`, in order, cut to it."""
    found = []
    for holes, is_break in ((document.marks, False), (document.breaks, True)):
        index = bisect_left(holes, span.start, key=lambda hole: hole.end)
        while index < len(holes) and holes[index].start < span.end:
            hole = holes[index]
            start, end = max(hole.start, span.start), min(hole.end, span.end)
            if start < end:
                found.append((Span(start=start, end=end), is_break))
            index += 1
    return sorted(found, key=lambda pair: pair[0].start)


def _unwrap(view: View) -> View:
    text, offsets = view.text, view.offsets
    lines = text.splitlines()
    longest = max((_width(line.strip()) for line in lines), default=0)
    out: list[str] = []
    kept: list[int] = []
    position = 0
    for found in _WRAP.finditer(text):
        before = text[position : found.start()]
        out.append(before)
        kept.extend(offsets[position : found.start()])
        position = found.end()
        line = before.strip()
        following = text[position : position + 40]
        apart = (
            _ENDS.search(line)
            or _is_told(line, following)
            or _ITEM.match(following)
            or _width(line) < 0.75 * longest
            or longest < 28
        )
        if not line or not following.strip() or apart:
            glue = "\n"
        else:
            both_wide = re.match(f"[{_WIDE}]", line[-1]) and re.match(f"[{_WIDE}]", following.lstrip()[:1])
            glue = "" if both_wide else " "
        if glue:
            out.append(glue)
            kept.append(offsets[found.start()])
    out.append(text[position:])
    kept.extend(offsets[position:])
    return View("".join(out), kept, view.lengths)


def _is_told(line: str, following: str) -> bool:
    """Say whether a line ends its sentence with a noun of change (81か月連続の増加) and another subject follows."""
    return _TOLD.search(line) is not None and _SUBJECT.match(following) is not None


_TOLD = re.compile(r"[0-9０-９][^。]{0,12}の(?:増加|減少|上昇|低下|下落|プラス|マイナス)$")
_SUBJECT = re.compile(r"\s*(?![率幅額量数傾要分速局])[一-鿿ァ-ヺー][^。、\n]{1,20}?[はが]")


def _width(line: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in line)


def _keeps(text: str, blank: int) -> bool:
    """Say whether a blank keeps two things apart: a section's number or a code, and the name behind it."""
    before = text[max(0, blank - 12) : blank]
    return _NUMBERED.search(before) is not None or _CODED.match(text, max(0, blank - 4)) is not None

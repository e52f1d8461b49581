"""Inline Markdown with places: which characters are markup, which stand for a line break, what is left to read.

markdown-it-py gives no offsets inside a line, so its tokens are walked along the source: every token either is
its own text there or says which delimiter it came from.
"""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from markdown_it.token import Token

from extractors.readers.mdmath import math_marks
from extractors.readers.mdparser import parser

_REFERENCE_MARK = re.compile(r"\[\^[^\]\s]+\](?!:)|\]\[[^\[\]\n]{1,60}\](?!\()")
_LEFT_STARS = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_SUPERSCRIPT = re.compile(r"(?<=[\u3040-\u9fff\uff00-\uffef）」』。、])[¹²³⁰⁴-⁹]+")
_BREAK_TAG = re.compile(r"</?(?:br|p|li|ul|ol|div|tr|td|th|table|hr|dt|dd|h[1-6])\b[^>]*>", re.IGNORECASE)
_SUP_NOTE = re.compile(
    r"<sup\b[^>]*>(?P<mark>(?:<[^>]*>)*\s*(?:[（(\[]?\s*(?:注|\*|※|†|‡)?\s*\d{0,3}\s*[)）\]]?)\s*(?:<[^>]*>)*)</sup>",
    re.I,
)
_EXPONENT_BASE = re.compile(r"(?:(?<![\d.,])(?:10|2|e)|(?<![A-Za-z])(?:[A-Za-z]|[cmkμn]m|ft|in|yd|sec))$")
_AMPERSAND = "&amp;"
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


class Inline(NamedTuple):
    """Places in the source of a stretch of inline text; `text` is what a reader of the page sees."""

    text: str
    marks: list[tuple[int, int]]
    breaks: list[tuple[int, int]]


def closing(tokens: list[Token], i: int) -> int:
    """Return the token that closes what the token `i` opens."""
    return next(j for j in range(i + 1, len(tokens)) if tokens[j].nesting == -1 and tokens[j].level == tokens[i].level)


def paragraph_lines(tokens: list[Token]) -> list[str]:
    """Return the source's paragraph lines, an empty one between paragraphs."""
    lines: list[str] = []
    for token in tokens:
        if token.type == "inline" and token.map and token.level == 1:
            lines += [*token.content.split("\n"), ""]
    return lines


def read_inline(source: str) -> Inline:
    """Return the layers of `source`, a paragraph or a cell."""
    source = source.replace("\r\n", " \n").replace("\r", "\n")  # as the parser counts lines, length unchanged
    walk = _Walk(source)
    tokens = parser().parseInline(source)[0].children or []
    walk.tokens(tokens)
    marks = walk.marks + _left_over(source, walk.texts) + math_marks(source, walk.code)
    marks, breaks = _split_tags(source, marks, walk.tags)
    return Inline(visible(source, marks, breaks), sorted(marks), sorted(breaks))


def visible(source: str, marks: list[tuple[int, int]], breaks: list[tuple[int, int]]) -> str:
    """Return `source` without its marks, breaks as blanks, entities decoded, runs of blanks as one."""
    out, position = [], 0
    for start, end, stand_in in sorted([(*m, "") for m in marks] + [(*b, " ") for b in breaks]):
        out += [source[position : max(position, start)], stand_in]
        position = max(position, end)
    out.append(source[position:])
    return re.sub(r"\s+", " ", unescape("".join(out))).strip()


class _Walk:
    """Consumes the source token by token."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.marks: list[tuple[int, int]] = []
        self.tags: list[tuple[int, int]] = []
        self.texts: list[tuple[int, int]] = []
        self.code: list[tuple[int, int]] = []
        self._links: list[str] = []

    def tokens(self, tokens: list[Token]) -> None:
        for token in tokens:
            self._token(token)

    def _token(self, token: Token) -> None:
        if token.type == "text":
            self._text(token.content)
        elif token.type == "text_special":
            self._special(token)
        elif token.type == "code_inline":
            self._code(token)
        elif token.type == "html_inline":
            start = self._find(token.content)
            self.tags.append((start, self.at))
        elif token.type == "link_open":
            self._links.append(token.markup)
            self._mark("<" if token.markup == "autolink" else "[")
        elif token.type == "link_close":
            self._close_link(self._links.pop() if self._links else "")
        elif token.type == "image":
            self._image()
        elif token.type in ("softbreak", "hardbreak"):
            newline = self.source.find("\n", self.at)
            if newline >= 0:
                if "\\" in self.source[self.at : newline]:
                    self.marks.append((self.source.index("\\", self.at), newline))
                self.at = newline + 1
        elif token.markup:
            self._mark(token.markup)

    def _find(self, piece: str) -> int:
        start = self.source.find(piece, self.at)
        if start < 0:
            return self.at
        self.at = start + len(piece)
        return start

    def _text(self, content: str) -> None:
        if content:
            start = self._find(content)
            self.texts.append((start, self.at))

    def _special(self, token: Token) -> None:
        start = self._find(token.markup)
        if token.info == "escape" and token.content != token.markup:  # "\\t" is no escape but itself
            self.marks.append((start, start + 1))
        elif token.info == "entity" and token.markup == _AMPERSAND:  # S&amp;P500 is read as S&P500
            self.marks.append((start + 1, self.at))

    def _mark(self, delimiter: str) -> None:
        start = self._find(delimiter)
        if start < self.at:
            self.marks.append((start, self.at))

    def _code(self, token: Token) -> None:
        start = self.at
        self._mark(token.markup)
        close = self.source.find(token.markup, self.at)
        if close >= 0:
            self.at = close
            self._mark(token.markup)
            self.code.append((start, self.at))

    def _close_link(self, kind: str) -> None:
        if kind == "autolink":
            return self._mark(">")
        close = self.source.find("](", self.at)
        if close < 0:
            return None
        self.at = _after_target(self.source, close + 1)
        self.marks.append((close, self.at))
        return None

    def _image(self) -> None:
        start = self.source.find("![", self.at)
        close = self.source.find("](", start + 2)
        if start >= 0 and close >= 0:
            self.at = _after_target(self.source, close + 1)
            self.marks.append((start, self.at))


def _after_target(source: str, opening: int) -> int:
    """Return where the link target that opens at `opening` "(" ends; brackets inside it balance."""
    depth, quote, position = 0, "", opening
    while position < len(source):
        char = source[position]
        if char == "\\":
            position += 1
        elif quote:
            quote = "" if char == quote else quote
        elif char in "\"'" and source[position - 1] in " \n\t":
            quote = char
        elif char == "(":
            depth += 1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return position + 1
        position += 1
    return len(source)


def _left_over(source: str, texts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Marks in what the parser took for text: footnote marks, and `**` beside Japanese brackets (CommonMark does
    not see emphasis there), when they pair up."""
    marks: list[tuple[int, int]] = []
    stars: list[tuple[int, int]] = []
    for start, end in texts:
        piece = source[start:end]
        marks += [(start + m.start(), start + m.end()) for m in _REFERENCE_MARK.finditer(piece)]
        stars += [(start + m.start(), start + m.end()) for m in _LEFT_STARS.finditer(piece)]
    marks += [m.span() for m in _REFERENCE_MARK.finditer(source)]
    marks += [m.span() for m in _SUPERSCRIPT.finditer(source)]
    return marks + (stars if len(stars) % 2 == 0 else [])


def _split_tags(
    source: str, marks: list[tuple[int, int]], tags: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Sort inline tags into marks and breaks; a `<sup>` that holds a footnote mark goes with its content."""
    marks = marks + [m.span() for m in _COMMENT.finditer(source)]
    breaks: list[tuple[int, int]] = []
    for start, end in tags:
        is_break = _BREAK_TAG.fullmatch(source[start:end])
        (breaks if is_break else marks).append((start, end))
    for found in _SUP_NOTE.finditer(source):
        if is_note_mark(re.sub(r"<[^>]*>", "", found["mark"]), source[: found.start()]):
            marks.append(found.span())
    return marks, breaks


def is_note_mark(content: str, before: str) -> bool:
    """Say whether superscript `content` after `before` is a footnote mark, not an exponent or a square metre."""
    content = content.strip()
    if not content:
        return True
    if not content.isdigit():
        return bool(re.fullmatch(r"[（(\[]?\s*(?:注|\*|※|†|‡)?\s*\d{0,3}\s*[)）\]]?", content))
    return len(content) <= 3 and not _EXPONENT_BASE.search(re.sub(r"<[^>]*>", "", before))

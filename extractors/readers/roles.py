"""What one line of text is: caption, note, footnote, list item, running foot, heading."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from extractors.readers.words import words
from schemas import BlockKind

_STRONG_BULLETS = "・･•●○◆◇■□▪▫◦‣➢➤►▶▷✓✔☑⚫⚪"
_BULLET = re.compile(rf"([{re.escape(_STRONG_BULLETS)}])[\s　]*(?=\S)")
_DASH_BULLET = re.compile(r"([-–—*+－])[ \t　]+(?=\S)")
_NUMBERED = re.compile(
    r"(?:[（(][0-9０-９]{1,2}[)）]|[0-9０-９]{1,2}[.．)）](?![0-9０-９])|[①-⑳❶-❿]|[（(]?[ア-ンa-z][)）])[ \t　]*(?=\S)"
)
_FOOTNOTE = re.compile(
    r"(?:[¹²³⁰⁴-⁹]+|\[\^[^\]\s]+\]:|\*[0-9０-９]{1,3}(?![0-9])|[（(]?注[ \t]?[0-9０-９]{1,3}[)）.．:：]?|"
    r"[0-9０-９]{1,3}[)）](?=[ 　]?(?:https?:|「|『)))[ \t　]*"
)
_PAGE_NUMBER = re.compile(
    r"(?:[-–—―ー]\s*\d{1,4}\s*[-–—―ー]|\d{1,4}\s*/\s*\d{1,4}|(?:page|p\.?)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|"
    r"\d{1,4}\s*(?:ページ|頁)(?:\s*/\s*\d+\s*(?:ページ|頁))?)",
    re.IGNORECASE,
)
_ENDS_SENTENCE = tuple("。．！？!?、，,;；:：")
_OUTLINE = (
    (re.compile(r"第[0-9０-９一二三四五六七八九十百]{1,4}(?:[章部編]|[　 ]+(?=\S))"), 1),
    (re.compile(r"第[0-9０-９一二三四五六七八九十百]{1,4}節"), 2),
    (re.compile(r"[Ⅰ-Ⅻ]{1,3}[　](?=\S)"), 1),
    (re.compile(r"(?:[0-9０-９]{1,2}[.．][ \t　]*|[IVXⅠ-Ⅻ]{1,4}[.．][ \t　]*|[0-9０-９]{1,2}[　])(?![0-9０-９])\S"), 2),
    (re.compile(r"[0-9０-９]{1,2}[-－.．‐][0-9０-９]{1,2}[.．]?[ \t　]+(?![0-9])\S"), 3),
    (re.compile(r"[0-9０-９]{1,2}(?:[-－.．‐][0-9０-９]{1,2}){2,3}[.．]?[ \t　]+\S"), 4),
    (re.compile(r"[（(][0-9０-９]{1,2}[)）]"), 4),
    (re.compile(r"[①-⑳❶-❿]"), 5),
    (re.compile(r"[■◆●【＜〈《◎]|[ア-ン]　(?=\S)"), 5),
    (re.compile(r"[（(][ア-ン][)）]"), 6),
)
_MARK = re.compile(
    r"(?:第[0-9０-９一二三四五六七八九十百]{1,4}|[0-9０-９]{1,2}(?:[-－.．‐][0-9０-９]{1,2}){0,3}[.．]?|"
    r"[Ⅰ-Ⅻ]{1,3}[.．]?|[ア-ン])[　]+(?=\S)"
)


class Role(NamedTuple):
    """What a line is, and the length of the mark at its start."""

    kind: BlockKind
    marker: int = 0


@lru_cache(maxsize=1)
def _caption() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, words("lines", "captions")))
    number = (
        r"(?-i:[A-Z]{1,2}[-.]?)?[0-9０-９]{1,3}(?:[-－.．‐–][0-9０-９]{1,3})*[A-Za-zａ-ｚ]?"
        r"(?![0-9０-９年月日億万兆円%％社人件倍])"
    )
    return re.compile(
        rf"[【\[［＜<〈（(]?(?:{labels})[ \t　]*{number}(?:[ \t　】\]］＞>〉）):：.．、,|｜]|$)", re.IGNORECASE
    )


@lru_cache(maxsize=1)
def _note() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, words("lines", "notes") + words("lines", "sources")))
    return re.compile(
        rf"(?:[（(［\[〔【](?:{labels})[ \t]*[0-9０-９]*[)）］\]〕】]|(?:{labels})[ \t]*[0-9０-９]*[ \t]*[:：]|※)",
        re.IGNORECASE,
    )


@lru_cache(maxsize=1)
def _source() -> re.Pattern[str]:
    labels = "|".join(map(re.escape, words("lines", "sources")))
    return re.compile(rf"[（(［\[〔【]?(?:{labels})[ \t]*[0-9０-９]*[)）］\]〕】:：]", re.IGNORECASE)


def is_source_line(line: str) -> bool:
    """Say whether the line states where figures come from: "(出所) …", "Source: …"."""
    return bool(_source().match(line.lstrip()))


def is_caption(line: str) -> bool:
    """Say whether the line is a figure's or table's caption: "図表 3 …", "Table 2: …"."""
    line = line.strip()
    return bool(_caption().match(line)) and not line.endswith(("。", "．"))


def role_of(line: str) -> Role:
    """Return the role of a line by its start; a plain line is a paragraph. No blanks at its ends."""
    if _PAGE_NUMBER.fullmatch(line):
        return Role(BlockKind.FOOTER)
    if is_caption(line):
        return Role(BlockKind.CAPTION)
    footnote = _FOOTNOTE.match(line)
    if footnote and footnote.end() < len(line) and not line.startswith(("(注)", "（注）")):
        return Role(BlockKind.FOOTNOTE, footnote.end())
    if _note().match(line):
        return Role(BlockKind.NOTE)
    bullet = _BULLET.match(line) or _DASH_BULLET.match(line)
    if bullet:
        return Role(BlockKind.LIST_ITEM, bullet.end())
    return Role(BlockKind.PARAGRAPH)


def number_mark(line: str) -> int:
    """Return the length of a list number at the start of a line ("1. ", "(2)", "③"), 0 where there is none."""
    found = _NUMBERED.match(line)
    return found.end() if found else 0


def outline_level(line: str) -> int | None:
    """Return the heading level that a line's numbering or sign shows (第1章, 1., 1-1, (1), 【), or None."""
    kind = outline_kind(line)
    return None if kind is None else _OUTLINE[kind][1]


def outline_kind(line: str) -> int | None:
    """Return which way of numbering a line's start shows, as a number of its own for each; None where it shows none."""
    return next((i for i in reversed(range(len(_OUTLINE))) if _OUTLINE[i][0].match(line)), None)


def outline_mark(line: str) -> int:
    """Return the length of what numbers a heading at the start of a line ("１　", "1-1　", "Ⅰ　"), 0 for none."""
    found = _MARK.match(line)
    return found.end() if found else number_mark(line)


def may_head(line: str) -> bool:
    """Say whether a line is short and unfinished enough to be a heading."""
    wide = sum(2 if ord(c) > 0x2E80 else 1 for c in line)
    return 2 <= wide <= 90 and not line.endswith(_ENDS_SENTENCE) and "。" not in line and "\t" not in line


def ends_sentence(line: str) -> bool:
    """Say whether a sentence ends at the end of the line."""
    return line.rstrip().endswith(("。", "．", ".", "!", "?", "！", "？", "」", "』", "）", ")", "”", '"'))

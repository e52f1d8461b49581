"""Lines that title the lines under them without a mark of a heading, as cards and lists of news copied as text have."""

from __future__ import annotations

from extractors.claims.scene import Scene
from schemas import BlockKind

_LONGEST = 40  # characters: longer ones are sentences
_SHORTER = 0.6  # of the longest line of the paragraph; a wrapped line is as long as its neighbours
_ENDED = ("。", "．", ".", "！", "？", "!", "?")
_OPEN = ("、", "，", ",", "：", ":", "；", ";")
_MARKS = (":::", "[!")  # of boxes in Markdown


def is_title_line(scene: Scene) -> bool:
    """Say whether a sentence of a paragraph is a line of its own that titles the lines under it.

    It is short and without a full stop, what stands before it in the paragraph has ended, and a line stands in the
    paragraph that is so long and so ended that the others are no list.
    """
    if scene.kind != BlockKind.PARAGRAPH.value:
        return False
    text = scene.view.text
    before = text[: scene.start].rstrip(" \t　")
    if (before and not before.endswith("\n")) or not text[scene.end :].lstrip(" \t　").startswith("\n"):
        return False
    if before.rstrip() and not before.rstrip().endswith(_ENDED):
        return False
    following = text[scene.end :].lstrip().partition("\n")[0].rstrip()
    if scene.text.endswith((*_ENDED, *_OPEN)) or scene.text.startswith(_MARKS) or not following.endswith(_ENDED):
        return False
    longest = max(len(line) for line in text.split("\n"))
    return len(scene.text) <= min(_LONGEST, longest * _SHORTER)

"""Lines that title the lines under them without a mark of a heading, as cards and lists of news copied as text have."""

from __future__ import annotations

from extractors.claims.scene import Scene
from schemas import BlockKind

_LONGEST = 40  # characters: longer ones are sentences
_SHORTER = 0.6  # of the longest line of the paragraph; a wrapped line is as long as its neighbours
_ENDED = ("。", "．", ".", "！", "？", "!", "?")
_OPEN = ("、", "，", ",", "：", ":", "；", ";")
_BLANKS = " \t　"
_MARKS = (":::", "[!")  # of boxes in Markdown


def is_title_line(scene: Scene) -> bool:
    """Say whether a sentence of a paragraph is a line of its own that titles the lines under it.

    It is short and without a full stop, what stands before it in the paragraph has ended, and a line stands in the
    paragraph that is so long and so ended that the others are no list.
    """
    words, text = scene.text, scene.view.text
    if scene.kind != BlockKind.PARAGRAPH.value or len(words) > _LONGEST:
        return False
    if words.endswith((*_ENDED, *_OPEN)) or words.startswith(_MARKS):
        return False
    starts, stop = text.rfind("\n", 0, scene.start) + 1, text.find("\n", scene.end)
    if stop < 0 or text[starts : scene.start].strip(_BLANKS) or text[scene.end : stop].strip(_BLANKS):
        return False
    above, below = text[:starts].rstrip(), text[stop:].lstrip().partition("\n")[0].rstrip()
    if (above and not above.endswith(_ENDED)) or not below.endswith(_ENDED):
        return False
    return len(words) <= max(len(line) for line in text.split("\n")) * _SHORTER


_LEAD = 60  # characters


def leads_list(scene: Scene) -> bool:
    """Say whether a paragraph of one line says what the list right below it is of: Plover Labs (PLV):, In 2031:.

    It opens with a name, or tells a time and ends with a colon.
    """
    words = scene.text.strip("*_ ")
    if scene.kind != BlockKind.PARAGRAPH.value or scene.japanese or not scene.first or len(words) > _LEAD:
        return False
    if scene.view.text[scene.end :].strip() or scene.quantities or words.endswith(_ENDED):
        return False
    first = scene.end - len(scene.text.lstrip("*_ "))
    named = any(m.span.start == first and m.rule != "coreference" for m in scene.entities)
    return named or (bool(scene.periods) and words.endswith(":"))

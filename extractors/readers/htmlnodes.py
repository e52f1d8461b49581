"""The visible text of a page as lines, each with the elements its pieces came from."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

Element = etree._Element

_INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark meter nobr output q rb
    rp rt rtc ruby s samp small span strike strong sub sup time tt u var wbr
    """.split()  # noqa: SIM905
)
_SKIPPED = frozenset(
    """
    script style noscript template svg math head title meta link iframe object embed applet audio video
    canvas map select option datalist button input textarea progress rp rt rtc noframes frameset frame param
    source track dialog
    """.split()  # noqa: SIM905
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")


@dataclass
class Line:
    """A run of text between two block boundaries; `pieces` are (text, element it stands directly in)."""

    block: Element
    pieces: list[tuple[str, Element]] = field(default_factory=list)
    linked: int = 0  # characters inside links
    preformatted: bool = False
    breaks: int = 0  # how many <br> stand between it and the line before it in its block

    @cached_property
    def text(self) -> str:
        """Return the line as it is shown."""
        return "".join(text for text, _ in self.pieces)

    @cached_property
    def key(self) -> str:
        """Return the letters by which texts are compared: NFKC, lower case, no blanks or signs."""
        return key_of(self.text)

    @property
    def link_share(self) -> float:
        """Return the share of the line's letters that stand in links."""
        return min(1.0, self.linked / max(1, len(self.text.strip())))


def key_of(text: str) -> str:
    """Return the letters and digits of `text`, NFKC and lower case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def tag_of(element: Element) -> str:
    """Return the element's tag in lower case; "" for comments and processing instructions."""
    return element.tag.lower() if isinstance(element.tag, str) else ""


def inner_text(element: Element) -> str:
    """Return all text inside an element, shown or not."""
    return "".join(str(piece) for piece in element.itertext())


def is_hidden(element: Element) -> bool:
    """Say whether an element is not shown by its own attributes."""
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return True
    style = element.get("style")
    return bool(style and _HIDDEN_STYLE.search(style))


class _Collector:
    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._line: Line | None = None
        self._links = 0
        self._pre = 0
        self._blocks: list[Element] = []
        self._breaks = 0

    def walk(self, root: Element) -> list[Line]:
        self._blocks.append(root)
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            if event == "start":
                self._start(element, walker)
            elif event == "end":
                self._end(element, root)
            elif element is not root:
                self._text(element.tail, element.getparent())
        self._flush()
        return self.lines

    def _start(self, element: Element, walker: etree.iterwalk) -> None:
        tag = tag_of(element)
        if tag in _SKIPPED or is_hidden(element):
            walker.skip_subtree()
            return
        if tag == "a" and element.get("href") is not None:
            self._links += 1
        if tag in ("pre", "textarea"):
            self._pre += 1
        if tag == "br":
            self._flush(broken=True)
        elif tag not in _INLINE:
            self._flush()
            self._blocks.append(element)
        self._text(element.text, element)

    def _end(self, element: Element, root: Element) -> None:
        tag = tag_of(element)
        if tag not in _SKIPPED and not is_hidden(element):
            if tag == "a" and element.get("href") is not None:
                self._links -= 1
            if tag in ("pre", "textarea"):
                self._flush()
                self._pre -= 1
            if tag not in _INLINE and tag != "br":
                self._flush()
                if self._blocks and self._blocks[-1] is element:
                    self._blocks.pop()
        if element is not root:
            self._text(element.tail, element.getparent())

    def _text(self, text: str | None, owner: Element | None) -> None:
        if not text or owner is None:
            return
        if self._pre:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._add(first, owner)
            for piece in rest:
                self._flush(broken=True)
                self._add(piece, owner)
        else:
            self._add(_BLANKS.sub(" ", text), owner)

    def _add(self, text: str, owner: Element) -> None:
        if self._line is None:
            if not text.strip():
                return
            text = text if self._pre else text.lstrip(" ")
            self._line = Line(self._blocks[-1], preformatted=self._pre > 0, breaks=self._breaks)
            self._breaks = 0
        elif text.startswith(" ") and not self._pre and self._line.pieces[-1][0].endswith(" "):
            text = text[1:]
        if text:
            self._line.pieces.append((text, owner))
            if self._links:
                self._line.linked += len(text)

    def _flush(self, *, broken: bool = False) -> None:
        if self._line is not None:
            self._trim(self._line)
            if self._line.pieces:
                self.lines.append(self._line)
        self._line = None
        self._breaks = self._breaks + 1 if broken else 0

    @staticmethod
    def _trim(line: Line) -> None:
        while line.pieces:
            text, owner = line.pieces[-1]
            stripped = text.rstrip()
            if stripped:
                line.pieces[-1] = (stripped, owner)
                return
            line.pieces.pop()


def collect_lines(root: Element) -> list[Line]:
    """Return the visible lines under `root` in document order."""
    return _Collector().walk(root)

"""Which lines of a page are its article: the engines' votes, gathered on the page's own tree.

Every line gets the share of its letters that the engines kept, weighted by how far an engine agrees with the
others. The article is the subtree with the greatest sum of (vote - threshold) x letters, widened to the element that
the page names as its body; inside it parts with a negative sum are left out where their links or names show
boilerplate (maximum-weight subtree with pruning).
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from extractors.readers.htmlengines import trust
from extractors.readers.htmlnodes import Element, Line, key_of, tag_of
from extractors.readers.htmlparts import is_body, is_boilerplate, link_targets, once, same_kind
from extractors.readers.words import fold, words

_THRESHOLD = 0.5  # vote at which a line counts neither for nor against
_NO_ENGINE = 0.2  # vote below which not even one engine kept a part
_LEAST_SHARE = 0.4  # share of all votes for text that the article's element must hold; else one further up is
_SHINGLE = 8
_MOST_LINKS = 0.4  # share of linked letters up to which a part inside the article is no list of links
_CARD = 3  # lines a link from which on a part is there to be read, not only to be followed


class Region(NamedTuple):
    """The article's root element and the lines that belong to it."""

    root: Element
    lines: list[Line]
    dropped: set[Element]


class _Sums:
    """Weight, positive weight, letters, linked letters and lines of every subtree."""

    def __init__(self, lines: list[Line], weights: list[float]) -> None:
        self.weight: dict[Element, float] = defaultdict(float)
        self.gain: dict[Element, float] = defaultdict(float)
        self.letters: dict[Element, int] = defaultdict(int)
        self.linked: dict[Element, float] = defaultdict(float)
        self.lines: dict[Element, int] = defaultdict(int)
        for line, weight in zip(lines, weights, strict=True):
            for element in _ancestors(line.block):
                self.weight[element] += weight
                self.gain[element] += max(0.0, weight)
                self.letters[element] += len(line.key)
                self.linked[element] += len(line.key) * line.link_share
                self.lines[element] += 1

    def vote(self, element: Element) -> float:
        """Return the mean vote of a subtree's letters."""
        return self.weight[element] / max(1, self.letters[element]) + _THRESHOLD

    def is_plain(self, element: Element) -> bool:
        """Say whether a subtree is text rather than links."""
        return self.linked[element] <= self.letters[element] * _MOST_LINKS


def find_region(lines: list[Line], outputs: dict[str, str], body: Element) -> Region:
    """Return the article's lines; with no engine output the whole body stands in."""
    weights = _weights(lines, votes(lines, outputs))
    sums = _Sums(lines, weights)
    root = _widened(_root(sums, body), sums, body)
    dropped: set[Element] = set()
    _prune(root, sums, dropped)
    kept = once([line for line in lines if _inside(line.block, root, dropped)])
    return Region(root, _without_tail(kept), dropped)


def _root(sums: _Sums, body: Element) -> Element:
    if not sums.gain.get(body):
        return body  # no engine found anything: all that is no boilerplate
    root = max(sums.weight, key=lambda e: (round(sums.weight[e], 3), -sums.letters[e], _depth(e)), default=body)
    while root is not body and sums.gain[root] < sums.gain[body] * _LEAST_SHARE:
        above = root.getparent()
        if above is None:
            break
        root = above
    return root


def _widened(root: Element, sums: _Sums, body: Element) -> Element:
    """Return the element the page names as the article's body around `root`, or one that holds more parts like it."""
    if body not in _ancestors(root)[1:]:
        return root
    root = next((e for e in _ancestors(root) if is_body(e)), root)
    while (above := root.getparent()) is not None and above is not body:
        if not any(c in sums.letters and same_kind(root, c) and sums.is_plain(c) for c in above if c is not root):
            break
        root = above
    return root


def votes(lines: list[Line], outputs: dict[str, str]) -> list[float]:
    """Return for each line the weighted share of its letters that the engines kept."""
    weights = trust(outputs)
    found = []
    for name, text in outputs.items():
        key = key_of(text)
        shingles = {key[i : i + _SHINGLE] for i in range(max(1, len(key) - _SHINGLE + 1))}
        short = {key_of(line) for line in text.split("\n") if len(line) < 40}
        found.append((weights[name], shingles, short))
    return [sum(w * _share(line.key, shingles, short) for w, shingles, short in found) for line in lines]


def _share(key: str, shingles: set[str], short: set[str]) -> float:
    if not key:
        return 0.0
    if len(key) < _SHINGLE:
        return float(key in short)
    count = len(key) - _SHINGLE + 1
    return sum(key[i : i + _SHINGLE] in shingles for i in range(count)) / count


def _weights(lines: list[Line], shares: list[float]) -> list[float]:
    weights = []
    for line, share in zip(lines, shares, strict=True):
        weight = len(line.key) * (share - _THRESHOLD)
        if weight < 0 and line.link_share < 0.5 and any(tag_of(e) == "table" for e in _ancestors(line.block)):
            weight = 0.0  # engines lose tables; their silence says nothing
        weights.append(weight)
    return weights


def _ancestors(element: Element | None) -> list[Element]:
    chain = []
    while element is not None:
        chain.append(element)
        element = element.getparent()
    return chain


def _depth(element: Element) -> int:
    return len(_ancestors(element))


def _prune(root: Element, sums: _Sums, dropped: set[Element]) -> None:
    named = is_body(root)
    waiting = [root]
    while waiting:
        for child in waiting.pop():
            if child not in sums.letters:
                continue
            if tag_of(child) == "nav" or child.get("role") == "navigation":
                dropped.add(child)
            elif sums.weight[child] >= 0 or _tolerated(child, sums, named=named):
                waiting.append(child)
            elif not _is_card(child, sums):
                dropped.add(child)


def _tolerated(element: Element, sums: _Sums, *, named: bool) -> bool:
    """Say whether a part that most engines left out stays all the same: it names no boilerplate and has few links.

    Inside an element that the page itself names as the article's body (`named`), one engine's vote is enough.
    """
    return not is_boilerplate(element) and (sums.is_plain(element) or (named and sums.vote(element) >= _NO_ENGINE))


def _is_card(element: Element, sums: _Sums) -> bool:
    """Say whether a part is one linked box of facts (a shop, a book) between passages of the article."""
    around = (element.itersiblings(preceding=True), element.itersiblings())
    return (
        not is_boilerplate(element)
        and all(any(sums.gain.get(e, 0) > 0 for e in side) for side in around)
        and sums.lines[element] >= _CARD * max(1, link_targets(element))
    )


def _inside(block: Element | None, root: Element, dropped: set[Element]) -> bool:
    for element in _ancestors(block):
        if element in dropped:
            return False
        if element is root:
            return True
    return False


def _without_tail(lines: list[Line]) -> list[Line]:
    """Leave off what follows the article inside its own element: lists of other articles, lines about rights."""
    cut = len(lines)
    total = sum(len(line.key) for line in lines)
    seen = 0
    for i, line in enumerate(lines):
        seen += len(line.key)
        after = lines[i + 1 :]
        if seen > total * 0.5 and after and _opens_related(line) and _mostly_links(after):
            cut = i
            break
    kept = lines[:cut]
    while kept and len(kept[-1].text) < 120 and any(w in fold(kept[-1].text) for w in words("html", "rights")):
        kept.pop()
    return kept


def _opens_related(line: Line) -> bool:
    text = fold(line.text).strip(" .…:：!！◆■●▼【】[]<>「」")
    return any(text == w or (text.startswith(w) and len(text) < len(w) + 12) for w in words("html", "related"))


def _mostly_links(lines: list[Line]) -> bool:
    letters = sum(len(line.key) for line in lines)
    return sum(len(line.key) * line.link_share for line in lines) > letters * 0.5

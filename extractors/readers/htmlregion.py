"""Which lines of a page are its article: the engines' votes, gathered on the page's own tree.

Every line gets the share of its letters that the engines kept, weighted by how far an engine agrees with the
others. The article is the subtree with the greatest sum of (vote - threshold) x letters; inside it parts with a
negative sum are left out where their links or names show boilerplate (maximum-weight subtree with pruning).
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from extractors.readers.htmlengines import trust
from extractors.readers.htmlnodes import Element, Line, key_of, tag_of
from extractors.readers.words import fold, words

_THRESHOLD = 0.5  # vote at which a line counts neither for nor against
_LEAST_SHARE = 0.4  # share of all votes for text that the article's element must hold; else one further up is
_SHINGLE = 8
_MOST_LINKS = 0.4  # share of linked letters up to which a part inside the article is no list of links
_NO_ARTICLE = ("nav", "footer", "aside", "form", "button", "menu")


class Region(NamedTuple):
    """The article's root element and the lines that belong to it."""

    root: Element
    lines: list[Line]
    dropped: set[Element]


class _Sums:
    """Weight, positive weight, letters and linked letters of every subtree."""

    def __init__(self, lines: list[Line], weights: list[float]) -> None:
        self.weight: dict[Element, float] = defaultdict(float)
        self.gain: dict[Element, float] = defaultdict(float)
        self.letters: dict[Element, int] = defaultdict(int)
        self.linked: dict[Element, float] = defaultdict(float)
        for line, weight in zip(lines, weights, strict=True):
            for element in _ancestors(line.block):
                self.weight[element] += weight
                self.gain[element] += max(0.0, weight)
                self.letters[element] += len(line.key)
                self.linked[element] += len(line.key) * line.link_share


def find_region(lines: list[Line], outputs: dict[str, str], body: Element) -> Region:
    """Return the article's lines; with no engine output the whole body stands in."""
    weights = _weights(lines, votes(lines, outputs))
    sums = _Sums(lines, weights)
    root = _root(sums, body)
    dropped: set[Element] = set()
    _prune(root, sums, dropped)
    kept = [line for line in lines if _inside(line.block, root, dropped)]
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


@lru_cache(maxsize=1)
def _boilerplate() -> re.Pattern[str]:
    names = "|".join(map(re.escape, words("html", "boilerplate")))
    return re.compile(rf"(?:^|[\s_-])(?:{names})(?:$|[\s_-])", re.IGNORECASE)


def is_boilerplate(element: Element) -> bool:
    """Say whether an element's tag, class or id names it as navigation, sharing, advertising and the like."""
    if tag_of(element) in _NO_ARTICLE or element.get("role") in ("navigation", "complementary", "contentinfo"):
        return True
    return bool(_boilerplate().search(f"{element.get('class') or ''} {element.get('id') or ''}"))


def _prune(root: Element, sums: _Sums, dropped: set[Element]) -> None:
    waiting = [root]
    while waiting:
        for child in waiting.pop():
            if child not in sums.letters:
                continue
            navigation = tag_of(child) == "nav" or child.get("role") == "navigation"
            if navigation or (sums.weight[child] < 0 and not _tolerated(child, sums)):
                dropped.add(child)
            else:
                waiting.append(child)


def _tolerated(element: Element, sums: _Sums) -> bool:
    """Say whether a part that the engines left out stays all the same: it names no boilerplate and has few links."""
    return not is_boilerplate(element) and sums.linked[element] <= sums.letters[element] * _MOST_LINKS


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

"""What the parts of a page are by their names and shapes: boilerplate, an article's body, cards, repetitions."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.readers.htmlnodes import Element, Line, tag_of
from extractors.readers.words import words

_NO_ARTICLE = ("nav", "footer", "aside", "form", "button", "menu")
_WHOLE = ("article", "li", "tr", "td", "th", "dd", "body")  # elements whose like are other articles, items or cells
_REPEATED = 5  # links from which on the same ones in the same order are one list shown again


@lru_cache(maxsize=1)
def _boilerplate() -> re.Pattern[str]:
    names, first = ("|".join(map(re.escape, words("html", w))) for w in ("boilerplate", "boilerplate_first"))
    end = r"(?:$|[\s_-])"
    return re.compile(rf"(?:^|[\s_-])(?:{names}){end}|(?:^|\s)(?:{first}){end}", re.IGNORECASE)


def is_boilerplate(element: Element) -> bool:
    """Say whether an element's tag, class or id names it as navigation, sharing, advertising and the like."""
    if tag_of(element) in _NO_ARTICLE or element.get("role") in ("navigation", "complementary", "contentinfo"):
        return True
    return bool(_boilerplate().search(_names(element)))


def is_body(element: Element) -> bool:
    """Say whether an element is named as the one that holds the article's text (microdata, class or id)."""
    if (element.get("itemprop") or "").lower() == "articlebody":
        return True
    names = re.sub(r"[-_]+", "", _names(element).lower()).split()
    return any(name.endswith(words("html", "body")) for name in names)


def same_kind(one: Element, other: Element) -> bool:
    """Say whether two elements are parts of one thing by tag and class: paragraphs, or boxes of the same class."""
    tag, kind = tag_of(one), one.get("class") or ""
    if tag in _WHOLE or not (kind or tag == "p") or is_boilerplate(one):
        return False
    return (tag_of(other), other.get("class") or "") == (tag, kind)


def link_targets(element: Element) -> int:
    """Return how many addresses a part links to."""
    return len({link.get("href") for link in element.iter("a") if link.get("href")})


def once(lines: list[Line]) -> list[Line]:
    """Leave out a list of links that the page shows a second time, as pages made for two sizes of screen do."""
    keys = [line.key if line.link_share > 0.5 else "" for line in lines]
    first: dict[tuple[str, ...], int] = {}
    dropped: set[int] = set()
    for i in range(len(keys) - _REPEATED + 1):
        run = tuple(keys[i : i + _REPEATED])
        if all(run) and len(set(run)) > 1 and first.setdefault(run, i) + _REPEATED <= i:
            dropped.update(range(i, i + _REPEATED))
    return [line for i, line in enumerate(lines) if i not in dropped] if dropped else lines


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"

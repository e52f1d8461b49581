"""English noun phrases, by part-of-speech tags: TextBlob's lexicon tagger, which needs no model to be fetched."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache

from extractors.recognizers.names.scripts import in_title_case

_TOKEN = re.compile(
    r"['’]s\b|[A-Za-z](?:[A-Za-z0-9&.\-/]*[A-Za-z0-9])?(?:['’](?!s\b)[A-Za-z]+)*|[$€£¥]?\d[\d.,:/\-]*\w*%?|[^\sA-Za-z0-9]"
)
_INNER = re.compile(r".[A-Z0-9]")  # xAI, GPT, IBM
_NOUN = frozenset(["NN", "NNS", "NNP", "NNPS"])
_ADJECTIVE = frozenset(["JJ", "JJR", "JJS", "VBN", "VBG"])
_OPENER = frozenset(["DT", "PRP$"])
_NEVER = frozenset(["more", "less", "most", "least", "other", "same", "such", "up", "down", "around", "about"])
_VERB = frozenset(["VBD", "VBZ", "VBP", "VB", "MD"])
Tagged = tuple[int, int, str, str]  # start, end, word, tag


@cache
def _tagger() -> Callable[[list[str]], list[list[str]]]:
    from textblob.en import parser  # heavy: half a second, and only English text needs it

    return parser.find_tags  # type: ignore[no-any-return]


@lru_cache(maxsize=8)  # one sentence is asked for once a figure
def tagged(text: str) -> list[Tagged]:
    """Return the words of `text` with their places and Penn Treebank tags."""
    places = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    if not places:
        return []
    words = [text[a:b] for a, b in places]
    if in_title_case(text):  # the tagger takes every capital for a name
        words = [word if _INNER.search(word) else word.lower() for word in words]
    tags = [tag for _, tag in _tagger()(words)]
    return [(a, b, word, _mended(words, tags, i)) for i, ((a, b), word) in enumerate(zip(places, words, strict=True))]


def _mended(words: list[str], tags: list[str], index: int) -> str:
    """Mend what the tagger gets wrong most: a verb in -s or -ed that it takes for a noun or a participle."""
    word, tag = words[index], tags[index]
    before = tags[index - 1] if index else ""
    behind = words[index + 1] if index + 1 < len(words) else ""
    if word in ("'s", "’s"):
        return "POS"
    if not word[0].isalpha():
        return "CD" if word[-1].isalnum() or word.endswith("%") else tag
    follows = tags[index + 1] if index + 1 < len(tags) else ""
    object_behind = follows in _OPENER or follows == "CD" or behind[:1] in ("$", "€", "£", "¥")
    if tag in ("VBN", "VBD") and before in _NOUN:
        return "VBD"
    if tag == "NNS" and word.islower() and before in ("NN", "NNP") and object_behind:
        return "VBZ"
    if tag in ("VB", "VBP") and (before in ("DT", "PRP$", "JJ") or (before in _NOUN and follows in _VERB)):
        return "NN"
    return tag


def noun_phrases(text: str) -> list[tuple[int, int, bool]]:
    """Return the noun phrases of `text`, and whether a verb follows: (determiner) (adjectives) nouns.

    "A of B" are two phrases.
    """
    found: list[tuple[int, int, bool]] = []
    run: list[Tagged] = []
    for token in [*tagged(text), (len(text), len(text), "", "")]:
        if _goes_on(run, token):
            run.append(token)
        else:
            _close(run, token[3], found)
            run = [token] if _goes_on([], token) else []
    return found


def _goes_on(run: list[Tagged], token: Tagged) -> bool:
    tag, last = token[3], run[-1][3] if run else ""
    if tag in _OPENER:
        return not run
    if tag in _NOUN:
        return True
    if tag in _ADJECTIVE:
        return token[2].lower() not in _NEVER and (last not in _NOUN or token[2] == "operating")
    return False


def _close(run: list[Tagged], follows: str, found: list[tuple[int, int, bool]]) -> None:
    while run and run[-1][3] not in _NOUN:
        run.pop()
    if run and run[0][3] == "DT" and run[0][2].lower() not in ("the", "a", "an"):
        run = run[1:]
    if run and any(len(token[2]) > 1 for token in run):
        found.append((run[0][0], run[-1][1], follows in _VERB))

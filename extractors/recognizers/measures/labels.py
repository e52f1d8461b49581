"""Metric labels: the ontology's words for metrics found in text, with what may stand beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.ontology import Ontology
from extractors.recognizers.names.spelling import fold, widen
from extractors.recognizers.names.trie import WordSet, free_left, script
from schemas.ontology import MetricEntry

_PLURAL = re.compile(r"(?:e?s)(?![a-z0-9])")
_VERB_END = re.compile(
    r"[しすさせでをへ、。，．,.）)」・\s]|との|[0-9]|$"
)  # 調達し, 調達する, 調達。, 調達へ, 調達との報道
_VERSION = re.compile(r"\.?[0-9]")  # M2 is no label in M2.1
_COUNTED = re.compile(
    r"[0-9][0-9,.]*(?:[~〜～-][0-9,.]+)?[万億兆千百]*(?:[%円倍件社人台個回本戸店点名]|ドル|ユーロ|ウォン|元(?!年)|ポイント)"
)
_AMOUNT_END = re.compile(r"[円ドル元人台社件％%個機万億兆倍]$")
_PREFIX = re.compile(r"(?:追加|累計|新規|再|完全|共同|大量|総額|合計|正式|一斉)$")


@dataclass(slots=True, frozen=True)
class Label:
    """A metric's word at `text[start:end]`; `metric` None hides what stands there."""

    start: int
    end: int
    metric: MetricEntry | None
    verb: bool
    header: bool  # counts in the header of a table only
    plural: bool  # an English plural that is not itself a label


@dataclass(slots=True, frozen=True)
class _Word:
    metric: MetricEntry | None
    written: str
    kind: str  # "ja", "en", "verb_ja", "verb_en", "blocker"
    header: bool = False


class Labels:
    """The automaton over an ontology's metric labels, verbs and blockers."""

    def __init__(self, ontology: Ontology) -> None:
        self._followers = tuple(ontology.words("metric_follower"))
        self._words = WordSet((fold(word.written), word) for word in _words(ontology))

    def find(self, text: str, folded: str) -> Iterator[Label]:
        """Yield the labels in `text` (width made plain); they may overlap."""
        for start, end, found in self._words.matches(folded):
            if not free_left(text, start):
                continue
            for word in found:
                stop = self._stop(text, folded, start, end, word)
                if stop is not None:
                    yield Label(start, stop, word.metric, word.kind.startswith("verb"), word.header, stop > end)

    def _stop(self, text: str, folded: str, start: int, end: int, word: _Word) -> int | None:
        """Return where the label ends, or None if it does not stand there."""
        if word.kind == "blocker":
            return end
        if word.kind == "verb_ja":
            return end if _verbal(text, start, end) else None
        if word.kind == "ja" and not word.written.isascii():
            return end if self._complete(text, end) else None
        if len(word.written) <= 4 and word.written.isupper() and text[start:end] != word.written:
            return None
        if word.written[-1:].isdigit() and _VERSION.match(text, end):
            return None
        plural = _PLURAL.match(folded, end)
        if plural and word.kind != "verb_en":
            return plural.end()
        if end == len(text) or not word.written[-1].isalnum():  # n=787
            return end
        if len(word.written) >= 3 and word.written.isupper() and _COUNTED.match(text, end):  # PER10倍, ARR1億ドル
            return end
        return end if script(text[end]) != "latin" else None

    def _complete(self, text: str, end: int) -> bool:
        """Say whether a Japanese label is not the front of a longer noun (売上 in 売上原価)."""
        if end == len(text):
            return True
        last, following = script(text[end - 1]), script(text[end])
        if following == "latin":
            return last != "latin" or text[end].isdigit()
        if following not in ("kanji", "katakana"):
            return True
        return text.startswith(self._followers, end) and (last != "katakana" or following != "katakana")


def _verbal(text: str, start: int, end: int) -> bool:
    """Say whether a verb's stem stands there: いく, する forms behind it, no noun it would be part of around it."""
    if script(text[end - 1]) == "":  # stems that end in kana inflect by themselves
        return True
    if not _VERB_END.match(text, end):
        return False
    before = text[max(0, start - 2) : start]
    return not before or script(before[-1]) != "kanji" or bool(_AMOUNT_END.search(before) or _PREFIX.search(before))


def _words(ontology: Ontology) -> Iterator[_Word]:
    labels = {fold(word) for metric in ontology.metrics.values() for word in (*metric.ja, *metric.en, *metric.headers)}
    for metric in ontology.metrics.values():
        yield from (_Word(metric, form, "ja") for word in metric.ja for form in _spaced(widen(word)))
        yield from (_Word(metric, widen(word), "en") for word in metric.en)
        yield from (_Word(metric, widen(word), "en" if word.isascii() else "ja", True) for word in metric.headers)
        yield from (_Word(None, word, "blocker") for word in metric.blockers if fold(word) not in labels)
        for verb in metric.verbs:
            if not verb.isascii():
                yield _Word(metric, verb, "verb_ja")
            else:
                yield from (_Word(metric, form, "verb_en") for form in inflected(verb))


def _spaced(word: str) -> tuple[str, ...]:
    """Return a Japanese label, and as it is written with blanks beside its Latin letters: 実質 GDP."""
    apart = _SCRIPTS.sub(" ", word)
    return (word,) if apart == word else (word, apart)


_SCRIPTS = re.compile(r"(?<=[ぁ-ヺー一-龥])(?=[A-Za-z])|(?<=[A-Za-z])(?=[ぁ-ヺー一-龥])")


def inflected(verb: str) -> tuple[str, ...]:
    """Return the regular forms of an English verb: raise, raises, raised, raising."""
    if " " in verb:
        first, rest = verb.split(" ", 1)
        return tuple(f"{form} {rest}" for form in inflected(first))
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if re.search(r"(?:s|x|z|ch|sh)$", verb):
        return verb, f"{verb}es", f"{verb}ed", f"{verb}ing"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb):  # ship, shipped
        return verb, f"{verb}s", f"{verb}{verb[-1]}ed", f"{verb}{verb[-1]}ing"
    return verb, f"{verb}s", f"{verb}ed", f"{verb}ing"

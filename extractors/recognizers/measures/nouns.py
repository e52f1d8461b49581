"""Head nouns: the nominal compound that ends at a place, and those in a metric's position before a number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.ontology import Ontology
from extractors.recognizers.names.compounds import nominal, skip_modifiers, start_of
from extractors.recognizers.names.morphology import Word, words
from extractors.recognizers.names.spelling import fold
from schemas import Span

_LINE = re.compile(r"[^\n]*")
_NUMBER = re.compile(r"[▲△+−-]?[0-9０-９][0-9０-９,，.．]*")
# What may stand between a metric's noun and its number.
_BETWEEN = re.compile(
    r"(?:は|が|を|も|で|の|に|とも|では|には)?[はもに]?[、，:：\s（(]{0,3}"
    r"(?:約|およそ|ほぼ|おおよそ|計|合計|合計で|総額|最大|最大で|最低|平均|平均で|推定|推計|推定で|わずか|年間|月間|累計|累計で|前年比|前年同期比|過去最高の|当初の)?[はで]?"
    r"[▲△+＋−-]?$"
)
_TOPIC = re.compile(r"は|が|も")
_SENTENCE = re.compile(r"[。！？\n]")


@dataclass(slots=True, frozen=True)
class Noun:
    """A noun in a metric's position; `sure` when its last word names a quantity (率, 数, 額)."""

    start: int
    end: int
    sure: bool


def head_noun(text: str, before: int) -> Span | None:
    """Return the nominal compound that ends at `before` (blanks skipped), or None if no noun ends there.

    Kanji, katakana and Latin words belong to it as long as no particle, verb or sign parts them.
    """
    end = before
    while end > 0 and text[end - 1] in " 　":
        end -= 1
    line_start = text.rfind("\n", 0, end) + 1
    line = _LINE.match(text, line_start)
    tokens = words(line.group()) if line else ()
    at = _ending_at(tokens, end - line_start)
    if at is None or not nominal(tokens[at]) or tokens[at].detail[0] in ("数詞", "非自立可能"):
        return None
    return Span(start=line_start + tokens[start_of(tokens, at)].start, end=end)


def _ending_at(tokens: Sequence[Word], end: int) -> int | None:
    at = bisect_right(tokens, end, key=lambda t: t.end) - 1
    return at if at >= 0 and tokens[at].end == end else None


class Nouns:
    """Finds nouns in a metric's position with the word lists of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._heads = tuple(ontology.words("metric_head"))
        self._not = frozenset(ontology.words("not_metric"))
        self._drop = frozenset(ontology.words("metric_modifier"))
        self._entities = frozenset(fold(a) for e in ontology.entities.values() for a in (e.name, *e.aliases))

    def find(self, text: str, numbers: Sequence[Span]) -> Iterator[Noun]:
        """Yield the nouns right before `numbers`, and the quantity-like topics of their sentences."""
        tokens = words(text)
        read = 0
        for number in sorted(numbers, key=lambda span: span.start):
            noun = self._before(text, tokens, number.start)
            if noun:
                yield noun
            if number.start > read:
                start = _sentence_start(text, read, number.start)
                yield from self._topics(text, tokens, start, number.start)
                read = number.end

    def _before(self, text: str, tokens: Sequence[Word], number: int) -> Noun | None:
        window = text[max(0, number - 16) : number]
        between = _BETWEEN.search(window)
        if between is None:
            return None
        return self._noun(text, tokens, number - len(window) + between.start())

    def _topics(self, text: str, tokens: Sequence[Word], start: int, number: int) -> Iterator[Noun]:
        for particle in _TOPIC.finditer(text, start, number):
            noun = self._noun(text, tokens, particle.start())
            if noun and noun.sure:
                yield noun

    def _noun(self, text: str, tokens: Sequence[Word], end: int) -> Noun | None:
        at = _ending_at(tokens, end)
        if at is None or not nominal(tokens[at]) or tokens[at].detail[0] == "数詞":
            return None
        first = skip_modifiers(tokens, start_of(tokens, at), at, self._drop)
        name = text[tokens[first].start : end]
        if any(t.detail[0] == "数詞" for t in tokens[first : at + 1]) or name.isascii() or name[-1].isascii():
            return None
        sure = name.endswith(self._heads)
        if not sure and (fold(name) in self._entities or tokens[at].proper or tokens[at].detail[1] == "サ変可能"):
            return None
        if name in self._not or tokens[at].detail[1] in ("助数詞", "副詞可能", "人名", "地名") or len(name) < 2:
            return None
        return Noun(tokens[first].start, end, sure)


def numbers_in(text: str) -> list[Span]:
    """Return where digits stand, for callers that have no quantities."""
    return [Span(start=m.start(), end=m.end()) for m in _NUMBER.finditer(text)]


def _sentence_start(text: str, after: int, before: int) -> int:
    """Return where the sentence of `text[before]` begins, `after` at the earliest."""
    return max(after, max(text.rfind(mark, after, before) for mark in "。！？\n") + 1)

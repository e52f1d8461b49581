"""Unknown names by their letters: CamelCase and capitalised Latin words, Latin names with numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.ontology import Ontology
from extractors.recognizers.names.morphology import Word, simple
from extractors.recognizers.names.ordinary import is_ordinary
from extractors.recognizers.names.trie import free_right

_KANA = re.compile(r"[ぁ-んァ-ヺ一-鿿]")
_CAPITAL = r"[A-Z][A-Za-z]{0,30}"
_NUMBERED = re.compile(
    r"(?<![A-Za-z0-9À-ɏ.$/@#_-])(?=[A-Za-z-]{0,30}[A-Za-z][A-Za-z0-9.-]{0,30}\d)"
    r"[A-Z][A-Za-z]{0,30}(?:-?[A-Za-z]{0,30}\d{1,4}(?:\.\d{1,2})*[A-Za-z]{0,3}|-[A-Za-z][A-Za-z0-9.]{0,30}\d[A-Za-z0-9]{0,8})"
    r"(?:-[A-Za-z0-9][A-Za-z0-9.]{0,20})*(?![A-Za-z0-9À-ɏ])"
)
_NAME = re.compile(
    rf"(?<![A-Za-z0-9À-ɏ.$/@#_&-])[A-Z](?:[A-Za-z]|[&'’-](?=[A-Z]))*(?:[ ](?:{_CAPITAL})){{0,3}}(?![A-Za-z0-9À-ɏ])"
)
_ACRONYM = re.compile(r"(?<![A-Za-z0-9À-ɏ./@#_&$-])[A-Z]{3,6}(?![A-Za-z0-9À-ɏ/@&-])")
_NOT_NAME = re.compile(
    r"(?:FY|CY|[QHM]|Vol|No|Ver|Fig|Table|Page|pp?|ISO|IEC|PM|CO|COVID|MP|IPv|Web|Wave|Day|Step|Phase|Level|Lv|Scope|Tier|UTC|GMT|JST|A|B|C|V|[A-Z]{0,3}FP|BF|U?INT)-?\d[\d./-]*[A-Za-z]?$",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Z]{1,6}-0\d{1,3}$")  # the number of a record: INFO-028
_GLUED = re.compile(r"[A-Z][a-z]{4,}\d{1,2}|[A-Za-z]2[A-Za-z]")  # a word with a footnote's number, B2B
_TAIL = re.compile(
    r"(?:AI|Data|Labs?|Cloud|Systems|Networks?|Robotics|Bio|Health|Energy|Capital|Technologies|Software|Games|Motors|Power|"
    r"Solutions|Research|Security|Analytics|Foods|Bank|Group|Holdings|Semiconductor|Electronics|Materials|Pharma)$"
)
_BODY = re.compile(  # George Washington University is nobody
    r"(?:University|College|School|Hospital|Institute|Foundation|Company|Corp\.?|Inc\.?|Co\.?|Partners|Securities|Ventures|"
    r"Airlines|Stores|Prize|Awards?|Index|Survey|Law|Effect)$"
)
_TITLE = re.compile(
    r"\b(?:CEO|CFO|COO|CTO|CRO|Chairman|Chairwoman|Chair|President|Governor|Secretary|Minister|Senator|Professor|Prof\.|Dr\.|Mr\.|"
    r"Ms\.|Mrs\.|Founder|founder|co-founder|analyst|economist|strategist|executive|chief) $"
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:;\n\"“(*#|>•-]\s*|\d[.)]\s+|(?:^|\s)o\s+)$")  # o: a bullet, in flat text


_LONG = re.compile(r"(?<![A-Za-z])[A-Za-z][a-z]{3,}")
_LEAST_WORDS, _LEAST_SHARE = 4, 0.75


def in_title_case(text: str) -> bool:
    """Say whether nearly all longer words of a line have capitals, as headlines have: there a capital names nothing."""
    words = _LONG.findall(text)
    return len(words) >= _LEAST_WORDS and sum(w[0].isupper() for w in words) >= _LEAST_SHARE * len(words)


class Scripts:
    """Finds names by script, leaving out the words of an ontology's `latin_noise` and `katakana_noise`."""

    def __init__(self, ontology: Ontology) -> None:
        self._noise = frozenset(word.casefold() for word in ontology.words("latin_noise"))
        self._given = frozenset(ontology.words("given_name"))
        self._loans = frozenset(ontology.words("katakana_noise"))

    def numbered(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield Latin names with digits: MN-3, AX-3000, LFM2."""
        for match in _NUMBERED.finditer(text):
            word = match.group()
            stem = re.match(r"[A-Za-z]+", word)
            word = word.rstrip(".")
            if _NOT_NAME.match(word) or _CODE.match(word) or _GLUED.fullmatch(word) or len(word) < 3 or stem is None:
                continue
            if word[len(stem.group()) :].isdigit() and free_right(text, match.start() + len(stem.group())):
                continue  # NVIDIA|1社
            if stem.group().casefold() not in self._noise:
                yield match.start(), match.start() + len(word)

    def capitalised(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield Latin names without digits; no ordinary word of English prose whose capital is a sentence's start."""
        return ((start, end) for start, end, sure in self._capitals(text) if sure)

    def opening(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the words whose capital names nothing by itself, as it opens a sentence or a headline has it."""
        return ((start, end) for start, end, sure in self._capitals(text) if not sure)

    def _capitals(self, text: str) -> Iterator[tuple[int, int, bool]]:
        japanese = bool(_KANA.search(text))
        titled = not japanese and in_title_case(text)
        for match in _NAME.finditer(text):
            start, end = self._trimmed(text, match.start(), match.end())
            words = text[start:end].split()
            if not words or end - start < 3 or (text[start:end].isupper() and (len(words) > 1 or end - start > 6)):
                continue
            if not any(c.islower() for c in text[start:end]):
                continue
            camel = any(re.search(r"[a-z][A-Z]", word) for word in words)
            opening = None if japanese else _SENTENCE_START.search(text, max(0, start - 4), start)
            label = text[end : end + 1] == ":"
            opens = opening is not None and len(words) == 1 and (label or is_ordinary(words[0]))
            yield start, end, camel or not (titled or opens)

    def acronyms(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield words of three to six capitals that are not known to be common nouns (JASM, not GPU)."""
        for match in _ACRONYM.finditer(text):
            if match.group().casefold() not in self._noise:
                yield match.start(), match.end()

    def person(self, text: str, start: int, end: int) -> bool:
        """Say whether a capitalised name is a person's: a given name and another, or one behind a title."""
        words = text[start:end].split()
        titled = _TITLE.search(text, max(0, start - 24), start) is not None
        return (
            2 <= len(words) <= 3
            and not _TAIL.match(words[-1])
            and not _BODY.match(words[-1])
            and (words[0] in self._given or titled)
        )

    def loan(self, text: str) -> bool:
        """Say whether katakana are a loan word that names nobody, or several (オンチェーン・トークン)."""
        return all(part in self._loans for part in text.split("・"))

    def _trimmed(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return the place without noise words at either end."""
        pieces = [(start + m.start(), start + m.end()) for m in re.finditer(r"\S+", text[start:end])]
        while pieces and self._noisy(text, pieces[0]):
            pieces.pop(0)
        while pieces and self._noisy(text, pieces[-1]):
            if len(pieces) > 1 and _TAIL.match(text[slice(*pieces[-1])]):
                break  # Verity AI, Marlow Data
            pieces.pop()
        return (pieces[0][0], pieces[-1][1]) if pieces else (start, start)

    def _noisy(self, text: str, place: tuple[int, int]) -> bool:
        word = text[place[0] : place[1]].casefold()
        return word in self._noise or (word.endswith("s") and word[:-1] in self._noise)


def proper_nouns(words: Sequence[Word]) -> Iterator[tuple[int, int, str | None, bool]]:
    """Yield `(start, end, type, known)` of Japanese proper nouns: places, names in katakana.

    `known` is False for katakana that no dictionary explains: a name or a fresh loan word.
    """
    for at, word in enumerate(words):
        if word.end - word.start < 2 or word.surface.isascii():
            continue
        if word.detail[1] == "地名":
            yield word.start, word.end, "region", True
        elif len(word.surface) > 2 and _katakana(word.surface) and _named(word):
            first, last = _katakana_name(words, at)
            yield words[first].start, words[last].end, None, not word.unknown


def _named(word: Word) -> bool:
    return word.unknown or (word.proper and word.detail[1] == "一般" and simple(word.surface))


def _katakana_name(words: Sequence[Word], at: int) -> tuple[int, int]:
    """Return the first and last word of the katakana name around `words[at]`, middle dots included."""
    first = last = at
    while first > 0 and words[first - 1].end == words[first].start and _katakana(words[first - 1].surface):
        first -= 1
    while last + 1 < len(words) and words[last + 1].start == words[last].end and _katakana(words[last + 1].surface):
        last += 1
    while first < at and words[first].surface == "・":
        first += 1
    while last > at and words[last].surface == "・":
        last -= 1
    return first, last


def _katakana(text: str) -> bool:
    return all("ァ" <= c <= "ー" or c == "・" for c in text)

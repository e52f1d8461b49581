"""Names with numbers in them: families of models, chips and products with versions, sizes and variants.

A name is a family (data) followed by parts: a version (4o, 3.5, R1, v5e), a size (70B, 8x7B, 235B-A22B), a variant
word (Pro, Instruct, mini) or a date (0528). Parts stand after a hyphen, a blank or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from extractors.ontology import Ontology
from extractors.recognizers.names.spelling import fold, widen
from extractors.recognizers.names.trie import WordSet, free_left, script
from extractors.recognizers.noise import reference_before
from schemas.ontology import FamilyEntry

_NOT_WORD = r"(?![A-Za-z0-9À-ɏ])"
_END = r"(?![A-Za-z0-9À-ɏ]|[.,]\d)"
_SIZE = rf"(?:\d{{1,2}}x)?\d{{1,4}}(?:\.\d{{1,2}})?[BMT](?:-?A\d{{1,3}}(?:\.\d)?B)?{_END}"
_VERSION = rf"[VvRrKkMmEe]?\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}(?:[a-z]|[A-Z](?=-|{_NOT_WORD}))?{_END}"
_DATE = rf"(?:20\d\d-?[01]\d-?[0-3]\d|2[0-9][01]\d|[01]\d[0-3]\d|preview-\d\d-\d\d(?:-\d{{4}})?){_END}"
_CODE = rf"[A-Z]{{1,3}}\d{{1,4}}(?:\.\d)?[A-Z]{{0,2}}{_END}"  # DeepSeek-V3.2, Qwen2.5-VL, MI300X
# What turns a bare number behind a blank into a quantity of its own.
_COUNTED = re.compile(
    r"[ ]?(?:[%％万億兆千百円元人名台社件個機枚基年月日時分秒回倍割位歳校店冊本つ号期半か]|ヶ|カ所|ドル|ユーロ|ポイント"
    r"|(?i:percent|million|billion|trillion|thousand|times|years?|months?|days?|hours?|people|users|units|points?)\b"
    r"|[,.]\d)"
)


@dataclass(slots=True, frozen=True)
class FamilyName:
    """A name `text[start:end]` of a family, with its versions and variants."""

    start: int
    end: int
    family: FamilyEntry
    bare: bool  # the family's name alone


_UNKNOWN = FamilyEntry(id="unknown", names=("?",), alone=False)
_MOST_PARTS = 6
_SIZED = re.compile(r"[- ](?:\d{1,2}x)?\d{1,4}(?:\.\d{1,2})?B(?![A-Za-z0-9])")
_CODED = re.compile(r"[- ](?!(?:Q[1-4]|H[12]|FY\d+|CY\d+|[A-Z]0\d*)(?![A-Za-z0-9]))[A-Z]{1,3}\d{1,4}[A-Z]{0,2}")
_DECIMAL = re.compile(r"[- ]V?1?\d\.\d{1,2}(?:\.\d{1,2})?[a-jl-wyz]?")
_RUNS_ON = re.compile(r"\s?[/:~〜～–×]\s?\d|-\d+(?:\.\d+)?(?![\d.]|B)")  # 3/4, 4-5: no version


class Families:
    """The grammar of names with numbers over an ontology's families."""

    def __init__(self, ontology: Ontology) -> None:
        self._names = WordSet((fold(name), (name, f)) for f in ontology.families.values() for name in f.names)
        self._common = ontology.words("name_variant")
        self._variants = frozenset(word for word in self._common if word[0].isupper())
        self._exact = frozenset(ontology.words("common_word"))
        self._parts: dict[str, re.Pattern[str]] = {}

    def find(self, text: str, folded: str) -> Iterator[FamilyName]:
        """Yield the names in `text` (width made plain); they may overlap."""
        for start, end, found in self._names.matches(folded):
            if not free_left(text, start) or (start and text[start - 1] == "-" and script(text[start - 2 : start - 1])):
                continue
            for name, family in found:
                if not self._spelled(text[start:end], name):
                    continue
                stop = self._extend(text, start, end, family)
                if stop == end and (not family.alone or not _closed(text, end)):
                    continue
                yield FamilyName(start, stop, family, bare=stop == end)

    def _spelled(self, written: str, name: str) -> bool:
        """Say whether `written` may stand for `name`: short and common words only in their own case."""
        plain = widen(name)
        if plain.casefold() in self._exact or len(plain) <= 2 or plain.isupper():
            return written == plain
        return written == plain or not plain[0].isupper() or written[0].isupper() or len(plain) > 4

    def _extend(self, text: str, start: int, end: int, family: FamilyEntry) -> int:
        """Return where the name ends whose family stands at `text[start:end]`."""
        bare = end
        pattern = self._pattern(family)
        while True:
            part = pattern.match(text, end)
            if not part:
                return end
            if part["number"] and not _versioned(text, part, family, bare - start if bare == end else 0):
                return end
            if part["number"] and part["gap"] == " " and any(c.isdigit() for c in text[bare:end]):
                return end  # GPT-4o 80.5: what it scored
            end = part.end()

    def grown(self, text: str, start: int, end: int, taken: Collection[int]) -> tuple[int, bool]:
        """Return where the name of no known family at `text[start:end]` ends with its version, size and variants, and
        whether it has a size; `end` itself where nothing tells that it has any (Zukon 3, but Zukon 3.5, Zukon 3 4B).

        `taken` are the places of figures: their numbers are versions only before a size (Zukon 2 7B).
        """
        parts: list[tuple[str, int]] = []
        pattern, stop = self._pattern(_UNKNOWN), end
        while len(parts) < _MOST_PARTS and (part := pattern.match(text, stop)) is not None:
            if _COUNTED.match(text, part.end()) or _RUNS_ON.match(text, part.end()):
                break
            parts.append((part[0], stop))
            stop = part.end()
        sizes = [words for words, _ in parts if _SIZED.fullmatch(words)]
        while parts and not sizes and parts[-1][1] + 1 in taken:
            stop = parts.pop()[1]
        name = text[start:end]
        last = name.rpartition(" ")[2]
        if stop == end or reference_before(last.casefold(), len(last)):  # Section 3.2
            return end, False
        before = any(c.isdigit() for c in name)
        if before and not sizes and any(c.isdigit() for c in text[end:stop]):
            return end, False  # MATH-500 97.3
        named = before or any(_CODED.fullmatch(w) or _DECIMAL.fullmatch(w) for w, _ in parts)
        numbered = len(parts) > 1 or last in self._variants
        if sizes or named or (numbered and any(c.isdigit() for c in text[end:stop])):
            return stop, bool(sizes)
        return end, False

    def _pattern(self, family: FamilyEntry) -> re.Pattern[str]:
        key = family.id
        if key not in self._parts:
            words = sorted({*self._common, *family.variants}, key=len, reverse=True)
            variants = "|".join(re.escape(word) for word in words)
            number = rf"\d{{1,{max(family.digits, 2)}}}(?:\.\d{{1,2}})?{_END}"
            self._parts[key] = re.compile(
                rf"(?P<gap>[- ]?)(?:{_SIZE}|(?P<number>{number})|(?<=-){_DATE}|{_VERSION}|{_CODE}|"
                rf"(?:{variants})\d{{0,2}}{_NOT_WORD})"
            )
        return self._parts[key]


def _closed(text: str, end: int) -> bool:
    """Say whether a bare family name may end here: no letter, and no hyphenated word of another name."""
    if end >= len(text):
        return True
    return script(text[end]) != script(text[end - 1]) or script(text[end]) in ("kanji", "")


def _versioned(text: str, part: re.Match[str], family: FamilyEntry, name: int) -> bool:
    """Say whether a bare number is a version: short enough, not counting anything, and joined where it must be.

    `name` is the length of the family's name if the number follows it at once, else 0. Behind a blank, names that
    are words or letters by themselves (Step 3, H 100) take no whole number.
    """
    number = part["number"]
    if part["gap"] == "-":
        return True
    if len(number.split(".")[0]) > family.digits or _COUNTED.match(text, part.end()):
        return False
    if part["gap"] == "" or family.alone or not name:
        return True
    return name > 2 and (family.digits > 2 or "." in number)

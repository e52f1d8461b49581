"""Unknown organisations and persons by the words that mark them: 株式会社X, X銀行, X社, X氏, X Inc."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.ontology import Ontology
from extractors.recognizers.names.compounds import end_of, nominal, skip_modifiers, start_of
from extractors.recognizers.names.morphology import Word
from extractors.recognizers.names.scripts import in_title_case

_FORMS = (
    "株式会社|有限会社|合同会社|合資会社|一般社団法人|一般財団法人|公益社団法人|公益財団法人|独立行政法人|国立研究開発法人|"
    "学校法人|医療法人|社会福祉法人|特定非営利活動法人"
)
_FORM = re.compile(rf"{_FORMS}|㈱|㈲|[(（]株[)）]|[(（]有[)）]")
_TAIL = (
    r"Inc|Incorporated|Corp|Corporation|Co|Company|Ltd|Limited|LLC|LLP|PLC|plc|AG|SE|SA|S\.A|NV|N\.V|GmbH|KK|K\.K|"
    r"AB|ASA|SpA|S\.p\.A|Holdings|Holding|Group|Bank|University|Institute|Ministry|Agency|Capital|Ventures|Partners|"
    r"Securities|INC|CORP|CORPORATION|LTD|LIMITED|HOLDINGS|COMPANY|Foundation|Association|Society|Alliance|Consortium|"
    r"Federation|Commission|Authority"
)
_WORD = r"(?!\d{1,4}\.[ ])[A-Z0-9][\w&'’.-]{0,40}"  # bounded, so that time stays linear on any text
_ENGLISH = re.compile(
    rf"(?<![\w&])(?:(?:{_WORD}[ ](?:(?:of|and|&|for|de)[ ])?){{1,6}}?(?:{_TAIL})\b"
    r"(?:,?[ ](?:Inc|INC|Corp|CORP|Ltd|LTD|LLC|PLC|plc|Co|Limited|KK|Group|Holdings)\b)*\.?"
    rf"|{_WORD}(?:[ ](?:&|{_WORD})){{0,4}},[ ](?:Inc|INC|Corp|CORP|Co|Ltd|LTD|LLC|PLC)\b(?!-)(?:\.,?[ ]?Ltd)?\.?"
    r"|(?:University|Ministry|Institute|Bank|Department|Agency|Bureau)[ ]of(?:[ ](?:and[ ])?[A-Z][\w-]{1,40}){1,6})"
)
_HEADLINE_WORDS = 4  # of a name in a line where every word has a capital
_SENTENCE = re.compile(
    r"\b(?:Which|What|Who|Why|How|When|Where|Is|Are|Was|Were|Will|Has|Have|Had|Can|Does|Do|Did|Should)\b"
)
_ABOUT = re.compile(  # what a text or a person is of: Valuation of Acme Inc., Chief Executive of Acme Corp.
    r"(?:[A-Z][\w-]{1,30} ){0,3}(?:Valuation|Analysis|Overview|Profile|Review|History|Outlook|Report|Results|Shares|"
    r"Stock|Acquisition|Purchase|Sale|Takeover|Chairman|Chairwoman|Chair|President|Executive|Officer|Founder|CEO|CFO|Head|"
    r"Director|Shareholders|Stockholders|Investors|Subsidiary|Unit) (?:of|for) "
)
_DOTS = frozenset("・･/／")
_MUNICIPAL = frozenset("市町村")
_PERSON_JOINT = frozenset("・=＝ 　.")


@dataclass(slots=True, frozen=True)
class Organisation:
    """A marked name `text[start:end]`; `name` leaves out 社 and 氏."""

    start: int
    end: int
    name: str
    type: str


class Marked:
    """Finds marked names with the word lists of an ontology."""

    def __init__(self, ontology: Ontology) -> None:
        self._types = dict.fromkeys(ontology.words("government_suffix"), "government")
        self._types |= dict.fromkeys(ontology.words("organization_suffix"), "organization")
        self._types |= dict.fromkeys(ontology.words("company_suffix"), "company")
        self._weak = dict.fromkeys(ontology.words("weak_company_suffix"), "company")
        self._suffixes = tuple(sorted({*self._types, *self._weak}, key=len, reverse=True))
        self._drop = frozenset(ontology.words("modifier"))
        self._followers = frozenset(ontology.words("organization_follower"))
        self._titles = frozenset(ontology.words("person_title"))
        self._generic = frozenset(ontology.words("generic_organization"))

    def find(self, text: str, words: Sequence[Word]) -> Iterator[Organisation]:
        """Yield the marked names of a Japanese text with its words; they may overlap."""
        yield from self._forms(text, words)
        for at, word in enumerate(words):
            if word.surface == "社" and at:
                yield from self._company(text, words, at)
            elif word.surface in _MUNICIPAL and at and word.pos in ("接尾辞", "名詞"):
                yield from self._municipality(text, words, at)
            elif word.surface in self._titles and at:
                yield from self._person(text, words, at)
            elif word.surface.endswith(self._suffixes):
                yield from self._suffixed(text, words, at)

    def _suffixed(self, text: str, words: Sequence[Word], at: int) -> Iterator[Organisation]:
        word = words[at]
        suffix = next(s for s in self._suffixes if word.surface.endswith(s))
        if at + 1 < len(words) and words[at + 1].pos == "名詞" and not words[at + 1].surface.isascii():
            return  # the compound goes on: 銀行口座
        first = skip_modifiers(words, start_of(words, at), at, self._drop)
        for joint in range(first + 1, at):  # 総務省・経済産業省 are two
            if words[joint].surface in _DOTS and words[joint - 1].surface.endswith(self._suffixes):
                first = joint + 1
        name = text[words[first].start : word.end]
        stem = text[words[first].start : word.end - len(suffix)]
        proper = any(w.proper for w in words[first : at + 1])
        if not stem or name in self._generic or stem in self._drop or len(name) > 40:
            return
        if (suffix in self._weak and not proper) or (stem.isascii() and suffix == "HD" and len(stem) < 2):
            return
        if len(stem) < 2 and not proper:
            return
        yield Organisation(words[first].start, word.end, name, self._types.get(suffix) or self._weak[suffix])

    def _company(self, text: str, words: Sequence[Word], at: int) -> Iterator[Organisation]:
        before = words[at - 1]
        if before.detail[0] == "数詞" or before.end != words[at].start or not nominal(before):
            return
        first = skip_modifiers(words, start_of(words, at - 1), at - 1, self._drop)
        name = text[words[first].start : before.end]
        if name in self._drop or (len(name) < 2 and not name.isascii()) or name.isdigit():
            return
        yield Organisation(words[first].start, words[at].end, name, "company")

    def _municipality(self, text: str, words: Sequence[Word], at: int) -> Iterator[Organisation]:
        """Yield a town that the dictionary does not know: one to three nouns, no number, right before 市."""
        first = start_of(words, at)
        stem = text[words[first].start : words[at].start]
        parts = words[first:at]
        name = stem + words[at].surface
        plain = not any(w.detail[0] == "数詞" or w.pos == "接頭辞" or w.surface in self._drop for w in parts)
        ends = at + 1 == len(words) or not nominal(words[at + 1])
        fits = 1 < len(stem) < 6 and len(parts) < 4 and not stem.isascii()
        if plain and ends and fits and name not in self._generic:
            yield Organisation(words[first].start, words[at].end, name, "region")

    def _person(self, text: str, words: Sequence[Word], at: int) -> Iterator[Organisation]:
        first = at
        while first > 0 and _of_person(words, first - 1, first == at) and not _script_changes(words, first - 1, at):
            first -= 1
        while first < at and words[first].surface in _PERSON_JOINT:
            first += 1
        name = text[words[first].start : words[at].start]
        sure = words[at].surface == "氏" or any(w.detail[1] == "人名" for w in words[first:at])
        if first < at and sure and len(name) > 1:
            end = words[at].end if words[at].surface == "氏" else words[at].start
            yield Organisation(words[first].start, end, name, "person")

    def _last(self, words: Sequence[Word], first: int) -> int:
        """Return the last word of the name that begins with `words[first]`: X協会資料 is of X協会."""
        last = end_of(words, first)
        while last > first and words[last].surface in self._followers:
            last -= 1
        return last

    def _forms(self, text: str, words: Sequence[Word]) -> Iterator[Organisation]:
        starts = {word.start: n for n, word in enumerate(words)}
        ends = {word.end: n for n, word in enumerate(words)}
        for form in _FORM.finditer(text):
            right, left = starts.get(form.end()), ends.get(form.start())
            behind = right is not None and nominal(words[right])
            ahead = left is not None and nominal(words[left]) and words[left].surface not in self._drop
            if behind and right is not None and not (ahead and left is not None and words[left].proper):
                end = words[self._last(words, right)].end
                yield Organisation(form.start(), end, text[form.start() : end], "company")
            elif ahead and left is not None:
                first = skip_modifiers(words, start_of(words, left), left, self._drop)
                yield Organisation(words[first].start, form.end(), text[words[first].start : form.end()], "company")


def bare(name: str) -> str:
    """Return a name without its legal form: 株式会社X is X."""
    return _FORM.sub("", name).strip()


def _of_person(words: Sequence[Word], at: int, nearest: bool) -> bool:
    word = words[at]
    if word.detail[1] == "人名" or (word.surface[0].isascii() and word.surface[0].isalpha()):
        return True
    if word.surface in _PERSON_JOINT:
        return at > 0 and not nearest and _of_person(words, at - 1, False)
    katakana = all("ァ" <= c <= "ー" for c in word.surface)
    return katakana or (nearest and word.proper)


def _script_changes(words: Sequence[Word], left: int, at: int) -> bool:
    """Say whether a Japanese word stands right before a Latin name: a title (アナリストJohn Smith氏)."""
    return left + 1 < at and not words[left].surface[0].isascii() and words[left + 1].surface[0].isascii()


def english_organisations(text: str) -> Iterator[Organisation]:
    """Yield names with a legal form or the like (Acme Corp., Bank of Somewhere); they may overlap."""
    most = _HEADLINE_WORDS if in_title_case(text) else len(text)
    for match in _ENGLISH.finditer(text):
        name, start = match.group().rstrip(","), match.start()
        if (about := _ABOUT.match(name)) is not None:
            name, start = name[about.end() :], start + about.end()
        if (name.count(" ") >= most and len(name) < len(text.strip())) or _SENTENCE.search(name):
            continue
        for article in ("The ", "A ", "An "):
            if name.startswith(article):
                name, start = name[len(article) :], start + len(article)
        if name.count(" "):
            yield Organisation(start, start + len(name), name, "company")

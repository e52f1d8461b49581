"""Entities in text: by name (ontology), by grammar (models, organisations, markets) and by reference (同社)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.ontology import Ontology, load_ontology
from extractors.recognizers.names.classes import Classes
from extractors.recognizers.names.families import Families
from extractors.recognizers.names.gazetteer import Gazetteer
from extractors.recognizers.names.markets import Fields
from extractors.recognizers.names.morphology import Word, words
from extractors.recognizers.names.organizations import Marked, bare, english_organisations
from extractors.recognizers.names.scripts import Scripts, proper_nouns
from extractors.recognizers.names.spelling import fold, widen
from extractors.recognizers.names.trie import WordSet, free_left, free_right, longest, script
from schemas import Mention, MentionKind, Span
from schemas.ontology import EntityEntry

_JAPANESE = re.compile(r"[ぁ-んァ-ヺ一-鿿]")
_KANA = re.compile(r"[ぁ-んァ-ヺ]")
_URL = re.compile(r"(?:https?://|www\.)[^\s　、。）)」<>\"]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")


@dataclass(slots=True, frozen=True)
class _Found:
    """A candidate: `rank` settles equal lengths (less is better); `name` None hides what it covers."""

    name: str | None
    id: str | None
    type: str | None
    rule: str
    rank: int


_HIDDEN = _Found(None, None, None, "", 0)
_Candidate = tuple[int, int, _Found]


@dataclass(slots=True)
class Recogniser:
    """The parts of the entity recogniser, built for one ontology."""

    gazetteer: Gazetteer
    families: Families
    marked: Marked
    fields: Fields
    classes: Classes
    scripts: Scripts
    references: WordSet
    aliases: dict[str, EntityEntry]


def find_entities(text: str, *, ontology: Ontology | None = None, quantities: Sequence[Mention] = ()) -> list[Mention]:
    """Return the entities of `text`, not overlapping, longer ones first chosen, in order.

    `name` is canonical for known entities (`id` set) and as written otherwise (`id` None: unreviewed, never merged
    by guess). `rule` says how it was found: "gazetteer", "model-name", "suffix", "market", "segment", "person",
    "coreference" (name is the word itself: 同社, the company); "morphology", "script", "acronym" and "katakana" are
    unknown proper nouns, the least sure. `quantities` keeps numbers with units from becoming parts of unknown names.
    """
    ontology = ontology or load_ontology()
    parts = _recogniser(ontology)
    plain, folded = widen(text), fold(text)
    numbers = {place: q.span for q in quantities for place in range(q.span.start, q.span.end)}
    candidates = _uncrossed(list(_candidates(parts, plain, folded, numbers)))
    candidates.sort(key=lambda c: c[2].rank)
    mentions = []
    for start, end, found in longest(candidates):
        if found.name is not None and not _in_number(start, end, numbers):
            mentions.append(_mention(text, start, end, found))
    return _joined(text, _grown(parts, text, plain, mentions, numbers))


def _grown(
    parts: Recogniser, text: str, plain: str, mentions: Sequence[Mention], numbers: Mapping[int, Span]
) -> list[Mention]:
    """Give unknown names the versions, sizes and variants behind them (Zukon|3.5, Zukon|3 4B, Zukon-70B|Instruct)."""
    grown: list[Mention] = []
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        if grown and start < grown[-1].span.end:
            continue
        if mention.id is None and mention.type is None and mention.rule in _GROWING:
            stop, sized = parts.families.grown(plain, start, end, numbers)
            if stop > end and (sized or mention.rule != "acronym" or "." not in plain[end:stop]):  # NVD 3.1
                mention = _mention(text, start, stop, _numbered(text[start:stop], sized=sized))
        grown.append(mention)
    return grown


_GROWING = frozenset(["script", "acronym", "model-name"])


def _numbered(name: str, *, sized: bool) -> _Found:
    return _Found(name, None, "model" if sized else None, "model-name", 4)


def _uncrossed(candidates: list[_Candidate]) -> list[_Candidate]:
    """Leave out capitalised words that run from a known name into one with a number: Google Gemini|Gemini 3."""
    known = {start: end for start, end, found in candidates if found.rule == "gazetteer"}
    numbered = [(start, end) for start, end, found in candidates if found.rule == "model-name"]
    kept = []
    for start, end, found in candidates:
        cut = known.get(start, end) + 1
        if found.rule != "script" or not any(a == cut and cut < end < b for a, b in numbered):
            kept.append((start, end, found))
    return kept


def _joined(text: str, mentions: Sequence[Mention]) -> list[Mention]:
    """Join what is one unknown name in parts: Vera Rubin|NVL72, and in Japanese a model's with a word: GPT-5.6|Sol."""
    japanese = _KANA.search(text) is not None
    found: list[Mention] = []
    for mention in mentions:
        last = found[-1] if found else None
        if last is not None and text[last.span.end : mention.span.start] == " " and _is_one(last, mention, japanese):
            words = text[last.span.start : mention.span.end]
            span = Span(start=last.span.start, end=mention.span.end)
            found[-1] = last.model_copy(update={"span": span, "text": words, "name": words, "rule": "model-name"})
        else:
            found.append(mention)
    return found


def _is_one(first: Mention, second: Mention, japanese: bool) -> bool:
    if first.id is not None or second.id is not None or second.type is not None:
        return False
    if first.rule == "script" and first.type is None:
        return second.rule == "model-name"
    if not japanese or first.rule != "model-name" or second.rule != "script":
        return False
    return " " not in second.text if first.type == "model" else " " in first.text


def resolve(name: str, *, ontology: Ontology | None = None) -> EntityEntry | None:
    """Return the entity that has `name` among its aliases (width and case folded), or None."""
    return _recogniser(ontology or load_ontology()).aliases.get(fold(name))


def _recogniser(ontology: Ontology) -> Recogniser:
    if "entities" not in ontology.cache:
        references = ((fold(w), w) for w in ontology.words("coreference"))
        ontology.cache["entities"] = Recogniser(
            gazetteer=Gazetteer(ontology),
            families=Families(ontology),
            marked=Marked(ontology),
            fields=Fields(ontology),
            classes=Classes(ontology),
            scripts=Scripts(ontology),
            references=WordSet(references),
            aliases={fold(a): e for e in ontology.entities.values() for a in (e.name, *e.aliases)},
        )
    built: Recogniser = ontology.cache["entities"]
    return built


def _candidates(parts: Recogniser, text: str, folded: str, numbers: Mapping[int, Span]) -> Iterator[_Candidate]:
    for url in _URL.finditer(text):
        yield url.start(), url.end(), _HIDDEN
    for start, end, entity in parts.gazetteer.find(text, folded):
        yield start, end, _known(entity, "gazetteer") if entity else _HIDDEN
    yield from _families(parts, text, folded)
    yield from _references(parts, text, folded)
    if _JAPANESE.search(text):
        yield from _japanese(parts, text, words(text))
    yield from _latin(parts, text, numbers)


def _families(parts: Recogniser, text: str, folded: str) -> Iterator[_Candidate]:
    for name in parts.families.find(text, folded):
        surface = text[name.start : name.end]
        known = parts.aliases.get(fold(surface)) or parts.aliases.get(fold(surface.replace(" ", "-")))
        found = _Found(surface, None, name.family.type, "model-name", 1)
        yield name.start, name.end, _known(known, "model-name") if known else found


def _references(parts: Recogniser, text: str, folded: str) -> Iterator[_Candidate]:
    for start, end, found in parts.references.matches(folded):
        whole = free_left(text, start) and free_right(text, end) and not _inside_kanji(text, start, end)
        if whole and not text[start:end].isupper():
            yield start, end, _Found(found[0], None, None, "coreference", 3)


def _inside_kanji(text: str, start: int, end: int) -> bool:
    """Say whether a reference in kanji is part of a longer word: 同行者, 共同行動."""
    if script(text[start]) != "kanji":
        return False
    before = start > 0 and script(text[start - 1]) == "kanji"
    return before or (end < len(text) and (script(text[end]) == "kanji" or text[end] in "すしさ"))


def _japanese(parts: Recogniser, text: str, tokens: Sequence[Word]) -> Iterator[_Candidate]:
    for org in parts.marked.find(text, tokens):
        names = (org.name, text[org.start : org.end], bare(org.name))
        known = next((parts.aliases[fold(name)] for name in names if fold(name) in parts.aliases), None)
        rule = "person" if org.type == "person" else "suffix"
        yield org.start, org.end, _known(known, rule) if known else _Found(org.name, None, org.type, rule, 2)
    for field in parts.fields.find(text, tokens):
        rule = "segment" if field.type == "segment" else "market"
        yield field.start, field.end, _Found(text[field.start : field.end], None, field.type, rule, 2)
    for goods in _GOODS.finditer(text):
        if (known := parts.aliases.get(fold(f"{goods[0]}価格"))) is not None:
            yield goods.start(), goods.end(), _known(known, "gazetteer")
    for start, end in parts.classes.find(text):
        yield start, end, _Found(text[start:end], None, "segment", "segment", 2)
    for start, end in parts.scripts.acronyms(text):
        yield start, end, _Found(text[start:end], None, None, "acronym", 6)
    for start, end, type_, known_word in proper_nouns(tokens):
        if free_left(text, start) and free_right(text, end) and not parts.scripts.loan(text[start:end]):
            rule = "morphology" if known_word else "katakana"
            yield start, end, _Found(text[start:end], None, type_, rule, 5 if known_word else 6)


_GOODS = re.compile(  # 金は5,158ドル, 銅は1ポンド5.79ドル: what has a price, no part of a longer word, no お金, その金
    r"(?<![一-龥々ァ-ヺーA-Za-z0-9おたるい])(?<![そこあ]の)[一-龥ァ-ヺー]{1,6}"
    r"(?=(?:は|が|も|：|:\s?)(?:[一-龥ぁ-ん]{0,5}?1(?:トロイ)?(?:オンス|ポンド|トン|グラム)\s?[=＝]?)?(?:[一-龥]{0,3})約?[0-9][0-9,.]*(?:ドル|円))"
)


def _latin(parts: Recogniser, text: str, numbers: Mapping[int, Span]) -> Iterator[_Candidate]:
    for org in english_organisations(text):
        known = parts.aliases.get(fold(org.name))
        yield org.start, org.end, _known(known, "suffix") if known else _Found(org.name, None, org.type, "suffix", 2)
    for field in parts.fields.find_english(text):
        yield field.start, field.end, _Found(text[field.start : field.end], None, field.type, "market", 2)
    for described in _DESCRIBED.finditer(text):
        yield described.start(), described.end(), _Found(described[0], None, None, "coreference", 3)
    for start, end in parts.scripts.numbered(text):
        if not _clash(start, end, numbers):
            yield start, end, _Found(text[start:end], None, None, "model-name", 4)
    for start, end in parts.scripts.capitalised(text):
        person = "person" if parts.scripts.person(text, start, end) else None
        yield start, end, _Found(text[start:end], None, person, "script", 5)
    for start, end in parts.scripts.opening(text):
        stop, sized = parts.families.grown(text, start, end, numbers)
        if stop > end:
            yield start, stop, _numbered(text[start:stop], sized=sized)


_DESCRIBED = re.compile(  # the Taiwanese chipmaker, the world's largest PC maker: not the parent company, the law firm
    r"\b[Tt]he (?!parent|holding|same|other|new|first|combined|target|acquired|rival|resulting)"
    r"(?:(?!of\b|and\b|or\b|for\b|in\b|to\b|that\b|by\b|on\b|at\b|with\b|is\b|was\b|from\b|"
    r"(?:central|law|advisory|consulting|research|polling|equity|venture|age|control|treatment|placebo|study|test|"
    r"working|focus|peer|user|ethnic|income|interest|lobby|trade|advocacy|rights) )[A-Za-z][\w’'-]* ){1,4}"
    r"(?:company|firm|start-?up|bank|[a-z]*maker|giant|group|lender|insurer|carrier|airline|retailer|manufacturer|"
    r"conglomerate|unicorn|lab|miner|brokerage)(?=['’]s\b|[ ,.;])(?! of\b)"
)


def _clash(start: int, end: int, numbers: Mapping[int, Span]) -> bool:
    """Say whether a quantity begins a name or runs beyond it; one inside it is part of the name."""
    first, last = numbers.get(start), numbers.get(end - 1)
    return first is not None or (last is not None and last.end > end)


def _in_number(start: int, end: int, numbers: Mapping[int, Span]) -> bool:
    """Say whether `text[start:end]` lies inside a quantity (ドル in 30億ドル, US in US$3B)."""
    around = numbers.get(start)
    return around is not None and around.end >= end


def _known(entity: EntityEntry, rule: str) -> _Found:
    return _Found(entity.name, entity.id, entity.type, rule, 1)


def _mention(text: str, start: int, end: int, found: _Found) -> Mention:
    return Mention(
        kind=MentionKind.ENTITY,
        span=Span(start=start, end=end),
        text=text[start:end],
        name=found.name,
        id=found.id,
        type=found.type,
        rule=found.rule,
    )

"""Cue words as data: events that make a date a claim, and words that say how a source holds a figure."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from schemas import Modality, OntologyError

_NEVER = r"(?!)"


@dataclass(slots=True, frozen=True)
class ModalityCues:
    """Compiled cue patterns of one modality."""

    modality: Modality
    after: re.Pattern[str]
    before: re.Pattern[str]
    header: re.Pattern[str]
    whole: re.Pattern[str]
    marks: re.Pattern[str]


def _load(name: str) -> dict[str, Any]:
    file = resources.files("schemas").joinpath("data", "cues", name)
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise OntologyError(f"{name}: not valid TOML: {error}") from None


def _pattern(ja: list[str], en: list[str], marks: list[str] | None = None) -> re.Pattern[str]:
    parts = [re.escape(word) for word in sorted(ja, key=len, reverse=True)] + (marks or [])
    parts += [
        ("" if word.startswith("(?:(?<=") else r"\b")
        + rf"(?:{word})"
        + ("" if word.endswith(("\\b", "\\.?")) else r"\b")
        for word in en
    ]
    return re.compile("|".join(parts) or _NEVER, re.IGNORECASE)


@cache
def modality_cues() -> tuple[ModalityCues, ...]:
    """Return the cues of each modality, in the order of the file."""
    return tuple(
        ModalityCues(
            Modality(entry["id"]),
            _pattern(entry["after_ja"], entry["after_en"]),
            _pattern(entry["before_ja"], entry["before_en"]),
            _pattern(entry["header_ja"], entry["header_en"], entry.get("marks")),
            _pattern(entry["whole_ja"], entry.get("whole_en", [])),
            _pattern([], [], entry.get("marks")),
        )
        for entry in _load("modality.toml")["modality"]
    )


@cache
def holders_pattern() -> re.Pattern[str]:
    """Return what stands behind a share or number of those who foresee something: の企業が混乱を予想."""
    words = {key: "|".join(words) for key, words in _load("modality.toml")["holders"].items()}
    whose = r"の(?!確率|可能性|成長|増|減)[^、。\d]{1,16}[がは]"
    japanese = rf"\s?(?:超|以上|近く|弱|強)?(?:{whose}|が(?!見込))[^。\d]{{1,30}}を"
    return re.compile(
        rf"{japanese}(?:{words['verbs_ja']})|"
        rf" of (?:the )?[a-z ]{{0,24}}(?:{words['nouns_en']})[a-z ,]{{0,24}} (?:{words['verbs_en']})\b",
        re.IGNORECASE,
    )


@cache
def coming_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what tells that a time to come is one of a decision, and that it is one of an outcome."""
    coming = _load("modality.toml")["coming"]
    return tuple(re.compile("|".join(coming[name]), re.I) for name in ("decided", "foreseen"))  # type: ignore[return-value]


@cache
def event_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return one pattern for all event words, each in a named group, and the date metric of each group."""
    groups, metrics = [], {}
    for number, entry in enumerate(_load("events.toml")["event"]):
        group = f"e{number}"
        metrics[group] = entry["id"]
        groups.append(f"(?P<{group}>{_pattern(entry['ja'], entry['en']).pattern})")
    return re.compile("|".join(groups), re.IGNORECASE), metrics


@cache
def cue_lists(name: str) -> dict[str, Any]:
    """Return the lists of a file of cue words, by table and key."""
    return _load(name)


@dataclass(slots=True, frozen=True)
class EventWord:
    """An event word at `[start, end)` of a text and the date metric it makes."""

    start: int
    end: int
    metric: str
    sort: str = "listed"  # or verbal noun, native verb, what `event_words` tells; none of these is a listed word

    @property
    def plain(self) -> bool:
        """Whether it is any verb or noun, none of the words known to say that something happened."""
        return self.sort not in ("listed", "verbal")


def event_words(text: str, start: int, end: int) -> list[EventWord]:
    """Return the event words in `text[start:end]`, positions on `text`; of two that overlap the longer stays."""
    pattern, metrics = event_pattern()
    found = [
        EventWord(m.start(), m.end(), metrics[m.lastgroup])
        for m in pattern.finditer(text, start, end)
        if m.lastgroup and text[max(start, m.start() - 1) : m.start()] not in _NOT
    ]
    for verb in _VERBAL_NOUN.finditer(text, start, end):
        if not any(w.start < verb.end() and verb.start() < w.end for w in found):
            found.append(EventWord(verb.start(), verb.end(), "event_date", "verbal"))
    for verb in _NATIVE_VERB.finditer(text, start, end):
        if not any(w.start < verb.end() and verb.start() < w.end for w in found):
            found.append(EventWord(verb.start(), verb.end(), "event_date", "native"))
    return sorted(found, key=lambda word: word.start)


def row_event(text: str, start: int, end: int) -> str | None:
    """Return the date metric of the words that close `text[start:end]`, what brackets hold aside, for the row or line
    of a history or career; None where no known words close it."""
    plain = _BRACKETED.sub("", text[start:end]).rstrip(" \u3000。、\n")
    return next((metric for metric, closing in _row_events() if closing.search(plain)), None)


@cache
def _row_events() -> tuple[tuple[str, re.Pattern[str]], ...]:
    entries = _load("events.toml")["row"]
    closing = r"(?:する|した|される|された|し|を実施|を行う)?\Z"
    return tuple((entry["id"], re.compile(rf"(?:{'|'.join(entry['ends'])}){closing}", re.S)) for entry in entries)


_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")


def is_founding(before: str, behind: str) -> bool:
    """Say whether a time between these words is when somebody began: 2012年に設立, founded in 2012.

    On marked documents such a time never held for a figure beside it or in the sentences that follow (0 of 12).
    """
    front, back = _founding()
    return front.search(before) is not None or back.match(behind) is not None


@cache
def _founding() -> tuple[re.Pattern[str], re.Pattern[str]]:
    entry = next(e for e in _load("events.toml")["event"] if e["id"] == "founded_date")
    english, japanese = "|".join(entry["en"]), "|".join(entry["ja"])
    front = rf"\b(?:{english})(?: in [A-Z]\w+| back)?,? in (?:early |mid-?|late )?$"
    return re.compile(front, re.I), re.compile(rf"(?:に|の|、)?(?:{japanese})")


_NOT = ("非", "未", "不")  # 非公開, 未発表: what has not happened
_NATIVE_VERB = re.compile(
    r"[一-龥々]{1,2}[ぁ-ん]{0,2}(?:った|いた|した|した|れた|せた|えた|けた|めた|げた|びた|ちた|じた|んだ|いで|きた|る|く|す|む|ぐ|ぶ|つ|う|へ)(?=[。、）)]|$)"
)


_VERBAL_NOUN = re.compile(r"[一-龥々ァ-ヴー]{2,8}(?=し(?:た|て|、|ており)|する|され|へ[。、]?$)")

"""What an entry of a chronology is about, and which word says what happened: 新型センサーの量産開始, FOMC meeting.

What its sentence is about, or the thing that the word for the event is said of, is its entity; an entry that names
nothing but a thing that happens (東日本大震災) is about that thing. What only a company does (上場) is the company's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from extractors.claims.build import Named
from extractors.claims.cues import EventWord, event_words
from extractors.claims.modality import header_modality
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.labels import Label
from extractors.claims.tables.modalities import modality_of
from extractors.claims.tables.parts import Parts, Reading
from extractors.claims.view import View
from extractors.recognizers.names.morphology import words as tokens
from schemas import Cell, EvidenceRole, Mention, MentionKind, Modality

_SUBJECT = re.compile(
    r"(?P<thing>(?:(?!など)[^\s、。（(がはをにで]){2,24})(?:[（(][^（()）]*[）)])?[がは](?![るらりれっ])"
)
_LABEL = re.compile(r"(?P<thing>[^:：、。]{2,24}?)\s?[:：](?!//)")
_BESIDE = re.compile(r"[にでへと]|から|より|\s?(?:to|in|at|with|from)\b|[一-龥]{2}")  # 東証に上場, 千種工場
_BESIDE_EN = re.compile(r"\b(?:on|in|at|to|from|with|by|into)(?: the)? \Z")  # IPO on the Nasdaq
_ENDS = "。；;\n"
_ASIDE = re.compile(r"\s*[（(\[［][^（()）\[\]［］]*[）)\]］]")
_JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龥]")
_OF_COMPANY = frozenset(
    ["founded_date", "listing_date", "ipo_date", "funding_date", "investment_date", "partnership_date"]
)
_LONGEST = 32  # characters of a thing


class Happening(NamedTuple):
    """An entry of a chronology: its words, the one for the event where there is one, and what it names."""

    view: View
    word: EventWord | None
    said: list[Mention]

    @property
    def metric(self) -> str:
        """What its date is called."""
        return self.word.metric if self.word is not None else "event_date"

    @property
    def of_company(self) -> bool:
        """Whether it tells what a company does, so that what it names beside is no owner."""
        return self.metric in _OF_COMPANY


def happening_in(reading: Reading, cell: Cell) -> Happening | None:
    """Return what a cell tells in its first sentence; None where it tells a time of its own, or nothing."""
    if cell.span is None or not cell.text.strip():
        return None
    view = reading.context.view(cell.span)
    said = reading.context.mentions(view.text)
    if any(m.kind == MentionKind.PERIOD and is_dated(m) for m in said):
        return None
    ends = [at for mark in _ENDS if (at := view.text.find(mark)) >= 0]
    words = event_words(view.text, 0, min(ends, default=len(view.text)))
    apart = [m.span for m in said if m.kind == MentionKind.ENTITY]
    aside = [found.span() for found in _ASIDE.finditer(view.text)]
    words = [
        w
        for w in words
        if w.sort != "native"
        and not any(s.start <= w.start < s.end for s in apart)
        and not any(a <= w.start < b for a, b in aside)
    ]
    return Happening(view, _told(view.text, words), said)


def _told(text: str, words: list[EventWord]) -> EventWord | None:
    """Return the word that says what happened: where a Japanese entry ends with one, that, else the first."""
    ending = [w for w in words if _CLOSES.match(text, w.end)] if _JAPANESE.search(text) else []
    listed = [w for w in ending if w.sort == "listed"]
    return next(iter(listed or [w for w in words if w.sort == "listed"] or words), None)


_CLOSES = re.compile(
    r"(?:を?(?:し|行)?(?:た|う|する|開始|予定|見込み?|計画))?\s*(?:[（(\[［][^（()）]*[）)\]］])?[。\s]*\Z"
)


def thing_of(event: Happening) -> Named | None:
    """Return what an entry says that it happened to: its label, the subject of its clause, or a name that is no place
    of it."""
    view, word, said = event
    before = word.start if word is not None and word.start else len(view.text)
    names = [m for m in said if m.kind == MentionKind.ENTITY and m.rule != "coreference" and m.span.start < before]
    for pattern in (_LABEL, _SUBJECT):
        if (found := pattern.match(view.text, 0, before)) is not None:
            return named_by(event, names, *found.span("thing"))
    named = next((m for m in names if not _is_beside(view.text, m)), None)
    if named is None:
        return None
    longer = _GOES_ON.match(view.text, named.span.end, before)  # Kiln Conference Day 3
    return named_by(event, names, named.span.start, longer.end() if longer else named.span.end)


def _is_beside(text: str, named: Mention) -> bool:
    return bool(_BESIDE.match(text, named.span.end) or _BESIDE_EN.search(text[: named.span.start]))


_GOES_ON = re.compile(r"(?<=[A-Za-z0-9])(?: [A-Z0-9][\w.]*)+(?=[ 、（(—–-]|\Z)")


def object_of(event: Happening) -> Named | None:
    """Return what the word for the event is said of: 名古屋工場を開設, API v1 shutdown, Acquisition of Kiln."""
    view, word, said = event
    if word is None:
        return None
    pattern = _OBJECT if _JAPANESE.search(view.text) else _OBJECT_EN
    found = pattern.search(view.text, 0, word.start) or _OF.match(view.text, word.end)
    if found is None:
        return None
    start, end = found.span("thing")
    if _AWAY.search(view.text, start, end) is not None:
        return None
    if (results := _RESULTS.search(view.text, start, end)) is not None:
        end = results.start()
    elif end == word.start and (half := _half(view.text[start:end])) is not None:
        end = start + half
    counted = any(m.quantity is not None and start <= m.span.start < end for m in said)
    spoken = _SPOKEN.fullmatch(view.text, start, end) is not None  # the company was renamed
    if counted or spoken or _HALF.fullmatch(view.text, start, word.start):
        return None
    return named_by(event, said, start, end)


def _half(words: str) -> int | None:
    """Return where a thing ends whose last word is but the first half of the event's: 乙社の|完全子会社化."""
    of = words.rfind("の")
    last = tokens(words[of + 1 :]) if of > 0 else ()
    return of if len(last) == 1 and (last[0].pos == "形状詞" or last[0].detail[1] == "サ変可能") else None


_AWAY = re.compile(r"(?:から|より|まで)\Z")  # 南米から撤退: what is left, not what the event is of
_OBJECT = re.compile(r"(?:\A|[、はがでに]\s?)(?P<thing>[^\s、。はがをにでへ][^、。はがをにでへ]{1,31}?)[のを]?\s?\Z")
_OBJECT_EN = re.compile(
    r"\A(?:The )?(?P<thing>[^,.;:]{2,40}?)(?: (?:is|was|are|were|be|to|will|has|been|officially))*\s\Z"
)
_RESULTS = re.compile(r"の(?:第[1-4１-４一二三四]四半期|通期|中間|本)?(?:決算|業績)\Z")  # a company's
_SPOKEN = re.compile(r"(?:company|firm|group|bank|it|we|they)|[同当弊本]社|同(?:行|グループ)", re.I)
_HALF = re.compile(r"[一-龥]{1,2}")  # 完全子会社化, 復旧完了: no thing but the first half of a word
_OF = re.compile(
    r" (?:of|for) (?:the )?(?P<thing>[^,.;:()]{2,40}?)(?= (?:by|from|in|at|on|for|with|to|as)\b|[,.;:()]|\s*\Z)"
)


def whole_of(event: Happening) -> Named | None:
    """Return the words of an entry that tells no more than the name of what happens: 東日本大震災, FOMC meeting."""
    text = event.view.text
    stop = next((found.start() for found in _ASIDE.finditer(text) if found.start()), len(text))
    words = text[:stop].strip()
    start = text.index(words) if words else 0
    told = _CLAUSE.search(words) is not None or (not _JAPANESE.search(words) and len(words.split()) > _FEW)
    return None if told or not 1 < len(words) <= _LONGEST else named_by(event, event.said, start, start + len(words))


_CLAUSE = re.compile(r"[、。がをはにで]")
_FEW = 6  # words of an English name


def named_by(event: Happening, said: list[Mention], start: int, end: int) -> Named:
    """Return the words of an entry as what it is about, by the name they are known by."""
    text = event.view.text[start:end]
    known = next((m for m in said if (m.span.start, m.span.end) == (start, end) and m.kind == MentionKind.ENTITY), None)
    name = known.name if known is not None and known.name else text
    own = (known.id, known.type) if known is not None else (None, None)
    return Named(name, text, event.view.span(start, end), EvidenceRole.VALUE_CELL, *own)


def modality_at(parts: Parts, text: str, time: Label) -> Modality:
    """Say whether an entry has come by the day of the text, or is planned or foreseen: by its own words, its time, or,
    where nothing tells that day, a heading of plans."""
    now, period = parts.reading.context.reference_date, time.period
    if period is None or period.start is None or (now is not None and period.start <= now):
        return Modality.ACTUAL
    planned = any(_PLANS.search(words) for words in parts.reading.around.words[:2])
    if now is None and not planned:
        return modality_of(parts, text)
    return header_modality(text) or Modality.TARGET


_PLANS = re.compile(r"予定|今後|来[週月年]|スケジュール|ロードマップ|roadmap|upcoming|schedule|\bahead\b", re.I)

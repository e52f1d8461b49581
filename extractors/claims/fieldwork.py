"""When a survey was taken: the time of the answers that a report gives, whatever the day it came out."""

from __future__ import annotations

import re
from datetime import date
from itertools import islice

from extractors.claims.entity_candidates import Candidate
from extractors.recognizers import recognize
from schemas import EvidenceRole, Mention, MentionKind, Period, PeriodKind, Span

_TOLD_AFTER = re.compile(
    r"調査(?:実施)?(?:期間|時期|時点|実施日|基準日)|(?:回答|回収|実査|アンケート)(?:実施)?(?:期間|時期)|"
    r"\bfieldwork\b|\bsurvey (?:period|dates?|was (?:conducted|carried out|fielded|open|run|live))|"
    r"\b(?:poll|survey|interviews?|responses?|answers|data) (?:was |were )?(?:conducted|collected|gathered|taken|ran)",
    re.I,
)
_TOLD_BEFORE = re.compile(
    r"(?:調査|アンケート)(?:を(?:実施|行)|した|し、|を?実施)|(?:に|で)(?:尋ね|聞い|聞き|回答し)|"
    r"\b(?:answered|responded|respondents|took part|took the survey|surveyed|polled)\b"
)
_AT = re.compile(r"に(?:かけて)?|現在|時点|まで")
_ANSWERED = re.compile(r"回答|回収率|respon(?:dents?|ses)|answers", re.I)
_REACH = 80  # characters between the words and the time
_PLACES = 20  # so many places that speak of a survey are looked at
_LONGEST = 200  # days that the answers of one survey are gathered in


def fieldwork(text: str, reference: date | None) -> Candidate | None:
    """Return the time at which a document says that its survey was taken, None where it says none."""
    if _ANSWERED.search(text) is None:
        return None
    for place in _TOLD_AFTER.finditer(text):
        stop = text.find("\n", place.end(), place.end() + _REACH)
        found = _times(text, place.end(), stop if stop >= 0 else place.end() + _REACH, reference)
        if found:
            return found[0]
    for place in islice(_TOLD_BEFORE.finditer(text), _PLACES):
        floor = max(text.rfind("。", 0, place.start()), text.rfind("\n", 0, place.start()), place.start() - _REACH - 1)
        found = [c for c in _times(text, floor + 1, place.start(), reference) if _taken(text, c)]
        if found:
            return found[-1]
    return None


def _taken(text: str, candidate: Candidate) -> bool:
    """Say whether a time is one at which something was asked: 6月5日現在, 12日から24日まで, between 22 and 27 May."""
    end = candidate.span.end
    return (
        _AT.match(text, end) is not None or candidate.text.endswith("まで") or _SPAN.match(candidate.text) is not None
    )


_SPAN = re.compile(r"(?:between|from) .*\d", re.I)


def _times(text: str, start: int, end: int, reference: date | None) -> list[Candidate]:
    found = []
    for mention in recognize(text[start:end], reference_date=reference):
        period = mention.period
        if mention.kind != MentionKind.PERIOD or period is None or period.kind != PeriodKind.INTERVAL:
            continue
        if period.start is not None and period.end is not None and (period.end - period.start).days <= _LONGEST:
            found.append(_candidate(text, period, start + mention.span.start, start + mention.span.end))
    return found


def _candidate(text: str, period: Period, start: int, end: int) -> Candidate:
    words, span = text[start:end], Span(start=start, end=end)
    told = period.changed(text=words)
    mention = Mention(kind=MentionKind.PERIOD, span=span, text=words, period=told, rule="fieldwork")
    role = EvidenceRole.INHERITED
    return Candidate("survey", words, words, span, role, type=period.precision.value, mention=mention)

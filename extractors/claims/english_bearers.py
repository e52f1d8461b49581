"""Whom the English grammar around a figure makes its bearer.

$93.50 per Plover share                                 a price is that of the share which it names
Plover Labs, a three-year-old maker of X, has raised $6 million    of the subject that opens its sentence,
                                                        rather than of a name from a sentence before
Plover raised $5 million from Heron. The company …     and words for a company stand for such a subject
net income was $4.8 billion, down 10%                   a change told beside a figure is of whom the figure is of,
12% of firms, up from 10%                               and so is what the figure was before
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.entity_candidates import ORGANISATION, Candidate, Last
from extractors.claims.scene import Scene
from extractors.claims.used_by import of_the_used
from schemas import Mention

_PER = re.compile(r"\s(?:in cash )?(?:per|for each)\s$")
_SHARE = re.compile(r"(?:\s(?:ordinary|common))?\s(?:share|ADS|ADR)s?\b")
_APPOSED = r"(?:,\s(?:an?|the|which|whose|formerly|based|now)\s(?:[^.;:\n]|\.(?=[\d,-])){1,240}?,)?"
_BRACKETS = r"(?:\s\([^()\n]{1,40}\))*"
_SEAT = r"(?:\s(?:of|in|from)\s[A-Z][\w.]*(?:,? [A-Z][\w.]*){0,3},)?"  # Plover of Reno, Nev., withdrew
_OTHER = r"[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){0,3}"
_WITH = rf"(?:(?:, {_OTHER}){{0,4}},? and {_OTHER},?)?"  # Plover and Heron raised
_SUBJECT = re.compile(
    rf"{_WITH}{_BRACKETS}{_SEAT}{_APPOSED}\s"
    r"(?:(?:today|also|now|just|recently|has|have|had|is|was|will|would|already|since|then|later|said|says)\s)*"
    r"(?:[a-z]+(?:ed|es|s|ing)|rose|fell|grew|won|sold|bought|made|lost|saw|sank|hit|cut|spent|paid|held|led|sought|beat|"
    r"set|put|got|took|gave|to)\b"
)
_DATELINE = (  # LONDON (Heron News) -- , PORTLAND, Ore., Dec 6 (Heron) -
    r"(?:[A-Z][A-Z .,]{2,24}(?:, [A-Z][a-z. ]{1,16})?"
    r"(?: ?\([^()\n]{2,30}\)| ?,? [A-Z][a-z]+\.? \d{1,2}(?: \([^()\n]{2,20}\))?)?\s?(?:[—–-]+|--)\s)?"
)
_ADVERBS = (
    r"(?:(?:However|Meanwhile|Separately|Still|Also|Elsewhere|"
    r"(?:In|On|At|By|Near|Earlier|Late|Last|This|During)\s[^,\n]{2,40}),?\s)?"
)
_SORTED = (
    r"(?:[A-Z][a-z]+ (?:[A-Za-z-]+ ){0,3}(?:companies|firms|start-?ups|[a-z]*makers|banks|labs|giants|rivals),\s)?"
)
_OPENING = re.compile(rf"[\s*•\-–—>]*{_DATELINE}{_ADVERBS}{_SORTED}$")  # Two companies, Plover and Heron, secured
_MOVED = r"(?:increas|decreas|ris|declin|grow|fall|drop|gain|jump|dip)(?:es?|ed|ing|th|h)?"
_CHANGE = re.compile(
    r"(?: of (?:[a-z-]+ ){0,2}[a-z-]+(?: (?:[a-z]+ )?[a-z]+ing (?:on )?(?:it|them))?)?"  # of firms using it
    r",? \(?(?:(?:which|it) (?:is|was) )?"
    rf"(?:up|down|(?:an? (?:slight |sharp |small |modest )?)?{_MOVED}(?: of)?) "
    r"(?:by |from )?(?:(?:about|approximately|nearly|almost|around|roughly|some|over|more than) )?"
)
_TURNS = 6.0  # more than any other reason
_SURE = 12.0  # more than all others together


def settled_en(
    scene: Scene, candidates: Sequence[Candidate], scores: list[float], place: tuple[int, int], last: Last | None = None
) -> list[float]:
    """Return the scores of entity candidates for a figure at `place`, those raised that English grammar decides on.

    `last` is the figure before in the same sentence.
    """
    if last is not None and _CHANGE.fullmatch(scene.view.text, last.end, max(last.end, place[0])):
        return [s + _SURE if c.name == last.entity else s for c, s in zip(candidates, scores, strict=True)]
    local = [c for c in candidates if c.start >= 0]
    of_share = [c for c in local if c.mention is not None and _is_of_share(scene, c, place[1])]
    if of_share:
        return [s + _TURNS if c in of_share else s for c, s in zip(candidates, scores, strict=True)]
    scores = of_the_used(scene, candidates, scores, place)
    best = max(range(len(scores)), key=lambda i: scores[i])
    if candidates[best].start >= 0:
        return scores
    first = [
        c for c in local if c.end <= place[0] and not c.speaks and _may_open(scene, c) and opens(scene, c.start, c.end)
    ]
    return [s + _TURNS if c in first else s for c, s in zip(candidates, scores, strict=True)]


def _is_of_share(scene: Scene, candidate: Candidate, end: int) -> bool:
    text = scene.view.text
    return _PER.fullmatch(text, end, max(end, candidate.start)) is not None and bool(_SHARE.match(text, candidate.end))


def _may_open(scene: Scene, candidate: Candidate) -> bool:
    if candidate.mention is not None:
        return _is_name(candidate.mention)
    name = _NAME if _is_explained(scene, candidate.end) else _CAPITALS
    return candidate.source == "phrase" and name.fullmatch(candidate.text) is not None


_CAPITALS = re.compile(
    r"(?!(?:The|A|An|In|On|At|This|That|These|Its|Our|We|New)\b)[A-Z][\w&.-]*(?: [A-Z][\w&.-]*){1,3}"
)
_MAY = ORGANISATION | {None}


def _is_name(mention: Mention) -> bool:
    """Say whether a mention is the name of what is, or may be, a company."""
    return mention.type in _MAY and mention.rule != "coreference"


def opens(scene: Scene, start: int, end: int) -> bool:
    """Say whether the words at `[start, end)` of a scene's view end the subject that its sentence opens with."""
    text = scene.view.text
    if _SUBJECT.match(text, end, scene.end) is None:
        return False
    described = (p.start for p in scene.phrases if p.start < start and p.end == end)  # Swiss bank Heron
    return any(_OPENING.fullmatch(text, scene.start, first) is not None for first in (start, *described))


def antecedent(scene: Scene, candidate: Candidate) -> tuple[str, str | None, str | None] | None:
    """Return name, id and type of the subject that an English word for a company stands for: that of its own sentence,
    else of the two before.
    """
    if scene.japanese or _STANDS_FOR_ONE.match(candidate.text) is None:
        return None
    own = [m for m in scene.entities if m.span.end <= candidate.start]
    if any(m.type in ORGANISATION for m in own):
        return None  # the nearest of them
    found = _subject(scene, own)
    before, distance = scene.before, 0
    while found is None and before is not None and distance < _BACK:
        found = _subject(before, before.entities)
        before, distance = before.before, distance + 1
    return found


def _subject(scene: Scene, mentions: Sequence[Mention]) -> tuple[str, str | None, str | None] | None:
    for mention in mentions:
        if _is_name(mention) and opens(scene, mention.span.start, mention.span.end):
            return mention.name or mention.text, mention.id, mention.type
    for phrase in scene.phrases[:1]:  # Plover, a maker of pumps, has raised
        if _is_explained(scene, phrase.end) and _NAME.fullmatch(phrase.text) and opens(scene, phrase.start, phrase.end):
            return phrase.text, None, None
    return None


def _is_explained(scene: Scene, end: int) -> bool:
    return _EXPLAINED.match(scene.view.text, end, scene.end) is not None


_NAME = re.compile(r"[A-Z][\w&.-]*(?: [A-Z0-9][\w&.-]*){0,3}")
_EXPLAINED = re.compile(r",\s(?:an?|the)\s")


_STANDS_FOR_ONE = re.compile(r"its?$|the ", re.I)
_BACK = 2  # sentences

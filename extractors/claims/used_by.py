"""What a group of people use, choose or name bears the share of them that does, not the group.

Plover boards are now used by 45% of firms, up from 39%      the share is that of Plover boards
Kelp paint led again, with 89% of owners using it            and that of kelp paint
Chosen by 52% of owners, kelp paint gains ground             whose name may come behind
45% of firms use Plover boards                               while who acts bears what is told of them
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.claims.entity_candidates import Candidate
from extractors.claims.phrases import VERB
from extractors.claims.scene import Scene

_ABOUT = r"(?:(?:about|nearly|almost|around|roughly|some|over|just|only|more than|as many as) )*"
_DONE = r"(?:used|adopted|deployed|employed|selected|chosen|picked|cited|named|mentioned|preferred|favou?red)"
_BY = re.compile(rf"\b{_DONE} by (?:(?:a|the) (?:record|majority|total) (?:of )?)?{_ABOUT}$", re.I)
_OPENS_BY = re.compile(rf"[\s*•\-–—]*(?:(?:Currently|Now|Already|Today),? )?{_DONE} by {_ABOUT}", re.I)
_WITH = re.compile(rf", with {_ABOUT}$")
_GROUP = r" of (?:[A-Za-z-]+ ){0,2}[A-Za-z-]+"
_USING = re.compile(
    rf"{_GROUP} (?:(?:now|currently|already|actively) )?"
    r"(?:using|adopting|deploying|choosing|selecting|citing|naming|preferring|relying on|turning to) (?:it|them)\b"
)
_USED = re.compile(r"\b(?:used|adopted|deployed|employed) by (?:[a-z ]{0,16})$", re.I)
_USES = re.compile(rf"{_GROUP} (?:[a-z]+ )?(?:using|adopting|deploying|relying on) (?:it|them)\b")
_CLAUSE = re.compile(r"[;:]\s|,\s(?:and|but|while|whereas)\s")
_SURE = 12.0  # more than all others together


def of_the_used(
    scene: Scene, candidates: Sequence[Candidate], scores: list[float], place: tuple[int, int]
) -> list[float]:
    """Return the scores of entity candidates for a figure at `place`, those raised that a group does something with."""
    text, (start, end) = scene.view.text, place
    if not text.startswith("%", end - 1) and not text[start:end].endswith(("percent", "per cent")):
        return scores
    before = text[scene.start : start]
    with_it = _WITH.search(before) and _USING.match(text, end, scene.end)
    if not with_it and _BY.search(before) is None:
        return scores
    found = _behind(scene, candidates, end) if _OPENS_BY.fullmatch(before) else _subject(scene, candidates, before)
    return [s + _SURE if c in found else s for c, s in zip(candidates, scores, strict=True)]


def is_used(before: str, behind: str) -> bool:
    """Say whether a share between the words `before` and `behind` it is of those who use something."""
    return _USED.search(before) is not None or _USES.match(behind) is not None


def _subject(scene: Scene, candidates: Sequence[Candidate], before: str) -> list[Candidate]:
    """Return what stands first before a verb in the clause that the words `before` a figure end."""
    clauses = [found.end() for found in _CLAUSE.finditer(before)]
    for first in (scene.start + (clauses[-1] if clauses else 0), scene.start):
        verbs = [p for p in scene.phrases if p.particle == VERB and first <= p.start < scene.start + len(before)]
        if verbs:
            at = verbs[0]
            return [c for c in candidates if at.start <= c.start < c.end == at.end][:1]
    return []


def _behind(scene: Scene, candidates: Sequence[Candidate], end: int) -> list[Candidate]:
    """Return what the words behind a figure that opens a sentence are told of: Used by 52% of owners, kelp paint"""
    comma = _COMMA.match(scene.view.text, end, scene.end)
    return [] if comma is None else [c for c in candidates if c.start == comma.end()][:1]


_COMMA = re.compile(rf"(?:{_GROUP})?,\s(?:the |an? )?")

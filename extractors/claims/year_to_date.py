"""Returns since the new year: 年初来+10%, 年初来では4%高, 12% year-to-date hold from the first of January on."""

from __future__ import annotations

import re
from datetime import date

from extractors.claims.entity_candidates import Candidate
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Mention, MentionKind, Period, Precision, Span

# 年初来高値 is of the day it is reached
_WORDS = re.compile(r"年初来(?!の?(?:高値|安値|最))|(?<![a-z])ytd(?![a-z])|year-to-date", re.I)
_JOINS = re.compile(r"(?:の?(?:騰落率|リターン|上昇率|下落率))?(?:では|で|は)?[\s:：約*（(]*")


def is_told(text: str) -> bool:
    """Say whether words, such as a table's head, tell a return since the new year."""
    return _WORDS.search(text) is not None


def year_to(period: Period, told: date | None) -> Period:
    """Return the time from the first of January to the end of a period, or to the day `told` that lies in it."""
    end = period.end
    if end is None:
        return period
    if told is not None and period.start is not None and period.start <= told <= end:
        end = told
    return period.changed(start=date(end.year, 1, 1), end=end, precision=Precision.RANGE, iso=None, relative=True)


def since_new_year(
    scene: Scene, around: list[Candidate], place: tuple[int, int], told: date | None
) -> Candidate | None:
    """Return the time that such words tell of a figure at `place` which they touch: to the time that their sentence
    names before them, else to the day `told` of the text, else to the nearest time `around`.
    """
    found = next((x for x in _WORDS.finditer(scene.view.text, scene.start, scene.end) if _touch(scene, x, place)), None)
    if found is None:
        return None
    here = [c for c in around if c.source == "here" and c.end <= found.start()][-1:]
    dated = [p for c in here or around if c.mention is not None and (p := c.mention.period) is not None]
    base = next((p for p in dated if p.start is not None and p.end is not None), None)
    if told is not None and not here:
        base = Period(start=told, end=told)
    if base is None:
        return None
    words, (start, end) = found.group(), found.span()
    period = year_to(base, told).changed(text=words)
    mention = Mention(
        kind=MentionKind.PERIOD, span=Span(start=start, end=end), text=words, period=period, rule="new-year"
    )
    span = scene.span(start, end)
    return Candidate("ytd", words, words, span, EvidenceRole.STATED, start, end, type="ytd", mention=mention)


def _touch(scene: Scene, words: re.Match[str], place: tuple[int, int]) -> bool:
    text, (start, end) = scene.view.text, place
    if words.end() <= start:
        return _JOINS.fullmatch(text, words.end(), start) is not None
    return text[end : words.start()] == " "

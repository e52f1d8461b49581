"""Times that a figure cannot be of: what has come about holds for no time that is yet to come.

2030年度は2兆円になると予測する。主な品目の構成比は35%だった。      the 35% are of no 2030
"""

from __future__ import annotations

from datetime import date, timedelta

from extractors.claims.entity_candidates import Candidate
from extractors.claims.modality import is_told_past, modality_of
from extractors.claims.period_readings import period_of
from extractors.claims.scene import Scene
from schemas import Modality

_SAID_HERE = ("here", "base", "stretch")
_SAID_ELSEWHERE = frozenset(["before0", "before1", "section", "opening", "next", "carried", "main", "lede"])
_DAYS = 7  # by which the day that a text gives may lie behind what it tells


def not_yet(
    scene: Scene, around: list[Candidate], place: tuple[int, int], told: date | None, guessed: date | None
) -> set[int]:
    """Return the numbers of the times in `around` that other sentences name and that lie after a text's day, where the
    words behind a Japanese figure at `place` are in the past: others are often of a forecast told before.

    `told` is the day of the text, `guessed` the one that it seems told from where it gives none: what lies in the year
    behind that may have come.
    """
    last = told + timedelta(days=_DAYS) if told is not None else None
    if told is None and guessed is not None:
        last = date(guessed.year + 1, 12, 31)
    if last is None or not scene.japanese or not is_told_past(scene, place[1]):
        return set()
    return {i for i, c in enumerate(around) if c.source not in _SAID_HERE and _begins_after(c, last)}


def to_come(scene: Scene, around: list[Candidate], place: tuple[int, int], told: date | None) -> set[int]:
    """Return the same of a figure in English, by the day `told` of its publication; none for an outlook."""
    if told is None or scene.japanese:
        return set()
    elsewhere = (i for i, c in enumerate(around) if c.source.split(".")[0] in _SAID_ELSEWHERE)
    later = {i for i in elsewhere if _begins_after(around[i], told)}
    return later if later and modality_of(scene, *place)[0] == Modality.ACTUAL else set()


def _begins_after(candidate: Candidate, last: date) -> bool:
    period = period_of(candidate)
    return period is not None and period.start is not None and period.start > last

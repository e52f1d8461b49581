"""Times that a figure cannot be of: what has come about holds for no time that is yet to come.

2030年度は2兆円になると予測する。主な品目の構成比は35%だった。      the 35% are of no 2030
"""

from __future__ import annotations

from datetime import date, timedelta

from extractors.claims.entity_candidates import Candidate
from extractors.claims.modality import is_told_past
from extractors.claims.scene import Scene

_SAID_HERE = ("here", "base", "stretch")
_DAYS = 7  # by which the day that a text gives may lie behind what it tells


def not_yet(
    scene: Scene, around: list[Candidate], place: tuple[int, int], told: date | None, guessed: date | None
) -> set[int]:
    """Return the numbers of the times in `around` that other sentences name and that lie after a text's day, where the
    words behind a Japanese figure at `place` are in the past.

    `told` is the day of the text, `guessed` the one that it seems told from where it gives none: what lies in the year
    behind that may have come.
    """
    last = told + timedelta(days=_DAYS) if told is not None else None
    if told is None and guessed is not None:
        last = date(guessed.year + 1, 12, 31)
    if last is None or not scene.japanese or not is_told_past(scene, place[1]):
        return set()
    return {i for i, c in enumerate(around) if c.source not in _SAID_HERE and _begins_after(c, last)}


def _begins_after(candidate: Candidate, last: date) -> bool:
    period = candidate.mention.period if candidate.mention is not None else None
    return period is not None and period.start is not None and period.start > last

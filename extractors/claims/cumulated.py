"""Sums of all that has come so far: 累計調達額は3億ドル, cumulative funding has exceeded $3 billion hold up to a time.

On marked documents 14 of 15 such figures that have a time are open to the past. 上期累計, 4〜9月の累計 are
of that term.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.claims.entity_candidates import Candidate
from extractors.claims.period_readings import period_of
from extractors.claims.scene import Scene

_SUM = re.compile(
    r"(?<![期月年度来間日])(?<![期月年度間]の)累(?:計|積)(?:の?[一-龥A-Za-z]{1,10})??(?:の?(?:総額|金額|額|数))?"
    r"(?:は|が|で|では|に)?[\s*:：]*(?:<\w+>)?(?:約|およそ|\$)?\Z"
)
_SUM_EN = re.compile(r"\bcumulative\b[^.;,\n\d]{0,60}\Z", re.I)
_REACH = 70  # characters
_LONGEST = 370  # days of a time that is only when the sum was told


def up_to(scene: Scene, period: Candidate, start: int) -> Candidate:
    """Return the time of a figure at `start` open to the past where the words before it say that it is such a sum."""
    told = period_of(period)
    if told is None or told.start is None or told.end is None or (told.end - told.start).days > _LONGEST:
        return period
    before = scene.view.text[max(scene.start, start - _REACH) : start]
    if (_SUM if scene.japanese else _SUM_EN).search(before) is None or period.mention is None:
        return period
    return replace(period, mention=period.mention.changed(period=told.changed(start=None, iso=None)))

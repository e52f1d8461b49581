"""Rates of growth over years that the sentences before name: 2023年に1兆円、2030年に3兆円。年平均成長率は14%となる。"""

from __future__ import annotations

import re

from extractors.claims.entity_candidates import Candidate
from extractors.claims.period_readings import period_of
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Period, Precision

_RATE = re.compile(
    r"(?:年平均|年間平均|年率|年複利)(?:の?(?:成長|伸び|増加|拡大|減少|縮小)率)?|CAGR|compound annual", re.I
)
_MEANWHILE = re.compile(r"(?:こ|そ)の(?:間|期間)|同期間|期間中")  # 2028年度は4兆円で、この間の年平均成長率は12%
_REACH = 28  # characters between such words and their figure
_YEARS = 700  # days


def over_the_years(scene: Scene, around: list[Candidate], place: tuple[int, int], unit: str | None) -> Candidate | None:
    """Return the years that a yearly rate of growth at `place` goes over, where its own sentence names no time or says
    that it is of the years up to that.

    From the first to the last that the sentences before it tell, of which one is years after the other.

    On marked documents such rates are of those years, never of the last of them alone.
    """
    start, end = place
    if unit != "percent" or any(c.source == "stretch" for c in around):
        return None
    text, low = scene.view.text, max(scene.start, start - _REACH)
    if _RATE.search(text, low, min(scene.end, end + 8)) is None:
        return None
    here = [c for c in around if c.source in ("here", "base")]
    if here and _MEANWHILE.search(text, low, start) is None:
        return None
    told = [c for c in around if c.source.removesuffix(".until") in _SOURCES and c.mention is not None]
    if here:
        return _joined(told + here)
    nearest = next((s for s in _SOURCES if any(c.source.startswith(s) for c in told)), "-")
    return _joined([c for c in told if c.source.startswith(nearest)]) or _joined(told)


_SOURCES = ("before0", "before1", "lead0", "lead1")


def _joined(told: list[Candidate]) -> Candidate | None:
    """Return the stretch from the first to the last of some times, None where that is no more than two years."""
    dated = [(p.start, p.end, c) for c in told if (p := period_of(c)) is not None and p.start and p.end]
    if not dated:
        return None
    first, last = min(dated, key=lambda x: x[0]), max(dated, key=lambda x: x[1])
    if (last[1] - first[0]).days < _YEARS:
        return None
    words = last[2].text
    period = Period(start=first[0], end=last[1], text=words, precision=Precision.RANGE, relative=True)
    mention = last[2].mention.changed(period=period) if last[2].mention is not None else None
    return Candidate("stretch", words, words, last[2].span, EvidenceRole.INHERITED, type="stretch", mention=mention)

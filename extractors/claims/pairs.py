"""Two figures told for two times: 出生数（2015→2023）: 100万人→73万人 ▲27%, from 2015 to 2023 it fell from 5% to 3%.

The first figure holds for the first time, the second for the last, the change beside them for the time between.
What words of the year before touch was so then: 前年同期の8%から9%に, $3 million a year ago.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extractors.claims.entity_candidates import Candidate
from extractors.claims.period_readings import period_of
from extractors.claims.scene import Scene
from schemas import Mention, Period, QuantityKind

_TO = re.compile(r"\s?(?:→|⇒|➡|->|[~〜～]|から)\s?")
_FROM_TO = re.compile(r"[*）)]{0,3}\s?(?:→|⇒|➡|->|から|\bto\b)\s?[*]{0,2}(?:約|およそ|最大で?)?\s?")
_NUMBER = re.compile(r"[0-9０-９]+")
_NEAR = 14  # characters between a change and the figures that changed
_CHANGES = frozenset([QuantityKind.PERCENT, QuantityKind.RATIO, QuantityKind.PERCENT_POINT])


_BACK = re.compile(r"前年度?(?:同期|同月|同週|実績)?$|昨年(?:同期|同月)$")
_BACK_EN = re.compile(
    r"year[- ](?:ago|earlier|before|prior)\b|"
    r"(?:same|corresponding|comparable|prior|year)[- ]\w+.*(?:year|quarter|period|half|month)",
    re.I,
)
_OWN = re.compile(r"(?:度|実績|時点)?(?:(?P<of>の)|[はが]、?|[（(:：])\s?(?:約|およそ)?")
_OWN_EN = re.compile(  # $180 million, or $1 per diluted share, in the year-earlier period
    r"(?:,? or [$€£]?[\d.,]+(?:\d%| (?:million|billion|cents))?)?"
    r"(?: (?:per|a) (?:(?:diluted|basic|common|adjusted) )*share| of (?:net |total )?(?:sales|revenues?))?,?"
    r"\s(?:(?:in|for|during|of) (?:the )?)?(?:(?:quarter|period) )?"
)
_SLACK = 3  # days
_FROM_IT = re.compile(r"[）)]?\s?(?:から(?!は)|より|[をに][^、。]{0,8}(?:[上下]回|比べ|対し)|[とに]比)")


def told_back(scene: Scene, candidates: list[Candidate], scores: list[float], figure: Mention) -> int | None:
    """Return the candidate that is a year back where its words touch a figure: 前年同期の8%から, $3 a year ago.

    Of several readings of the words, the one a year before the time that scores best otherwise.
    """
    back = [i for i, c in enumerate(candidates) if c.source in ("back", "base", "here") and _touches(scene, c, figure)]
    if not back:
        return None
    others = (i for i, c in enumerate(candidates) if c.source not in ("back", "base") and i not in back)
    best = max(others, key=lambda i: scores[i], default=None)
    now = period_of(candidates[best]) if best is not None else None
    same = [i for i in back if now is not None and _a_year_before(period_of(candidates[i]), now)]
    return max(same or back, key=lambda i: candidates[i].source == "back")


def _touches(scene: Scene, candidate: Candidate, figure: Mention) -> bool:
    text, start, end = scene.view.text, figure.span.start, figure.span.end
    if candidate.start < 0:
        return False
    if not scene.japanese:
        after = end <= candidate.start and _OWN_EN.fullmatch(text, end, candidate.start) is not None
        after = after and not candidate.text.lower().startswith("from ")  # up $3 million from a year earlier
        return after and _BACK_EN.search(candidate.text) is not None
    joint = _OWN.fullmatch(text, candidate.end, max(candidate.end, start)) if _BACK.search(candidate.text) else None
    return joint is not None and (joint["of"] is None or _FROM_IT.match(text, end, scene.end) is not None)


def _a_year_before(period: Period | None, now: Period) -> bool:
    if period is None or None in (period.start, period.end, now.start, now.end):
        return False
    days = ((b - a).days for a, b in ((period.start, now.start), (period.end, now.end)) if a and b)
    return all(abs(n - 365) <= _SLACK for n in days)


def paired(scene: Scene, figures: list[Mention], candidates: list[Candidate], figure: Mention) -> int | None:
    """Return which period candidate is the time of a figure that stands in, or beside, a pair told for two times."""
    start, end = figure.span.start, figure.span.end
    ranges = [r for r in _ranges(scene, candidates) if r[0] <= start]
    if not ranges:
        return None
    told, first, last, whole = max(ranges)
    if any(c.source in ("here", "base") and told <= c.start < start for c in candidates):
        return None
    for a, b in pairwise(m for m in figures if m.span.start >= told):
        if not _from_to(scene, a, b):
            continue
        if figure.span in (a.span, b.span):
            return first if figure.span == a.span else last
        change = figure.quantity is not None and figure.quantity.kind in _CHANGES
        if change and (0 <= a.span.start - end <= 2 or 0 <= start - b.span.end <= _NEAR):
            return whole
    return None


def edge_of(scene: Scene, figures: list[Mention], candidates: list[Candidate], chosen: int, figure: Mention) -> int:
    """Return the first or the last year of a `chosen` range of years for a figure of a pair told for both ends.

    1995年から2020年をみる。甲は29.9%から24.1%へ低下した: the range is of another sentence.
    """
    range_ = candidates[chosen]
    place = next(((a, b) for a, b in pairwise(figures) if figure in (a, b) and _from_to(scene, a, b)), None)
    if place is None or len(_NUMBER.findall(range_.text)) < 2:
        return chosen
    name = f"{range_.source}.{'first' if figure is place[0] else 'last'}"
    same = (i for i, c in enumerate(candidates) if c.source == name and c.span == range_.span)
    return next(same, chosen)


def _from_to(scene: Scene, a: Mention, b: Mention) -> bool:
    return _alike(a, b) and _FROM_TO.fullmatch(scene.view.text, a.span.end, b.span.start) is not None


def _alike(a: Mention, b: Mention) -> bool:
    return a.quantity is not None and b.quantity is not None and a.quantity.kind == b.quantity.kind


def _ranges(scene: Scene, candidates: list[Candidate]) -> list[tuple[int, int, int, int]]:
    """Return where each pair of times ends and the candidates of its first, its last and all of its time."""
    places = {(c.source, c.start): i for i, c in enumerate(candidates)}
    found = []
    said = sorted((c for c in candidates if c.source in ("here", "base") and c.start >= 0), key=lambda c: c.start)
    for c in said:
        parts = [places.get((f"{c.source}.{name}", c.start)) for name in ("first", "last")]
        if parts[0] is not None and parts[1] is not None and len(_NUMBER.findall(c.text)) > 1:  # not the 1990s
            found.append((c.end, parts[0], parts[1], places[c.source, c.start]))
    for a, b in pairwise(said):
        whole = places.get(("stretch", b.start))
        if whole is not None and _TO.fullmatch(scene.view.text, a.end, b.start) is not None:
            found.append((b.end, places[a.source, a.start], places[b.source, b.start], whole))
    return found

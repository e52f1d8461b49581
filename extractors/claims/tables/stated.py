"""The time that stands around a table: in its caption, in the sentence before it, at the document's head."""

from __future__ import annotations

import re
from calendar import monthrange

from extractors.claims.build import When
from extractors.claims.context import Context
from extractors.claims.period_candidates import is_dated
from extractors.claims.scene import Scene
from schemas import EvidenceRole, Mention, Period, Precision


def period_before(context: Context, before: Scene | None) -> When | None:
    """The time that the sentence before the table states, else the document's first sentences, else its publication."""
    published = [c for c in context.published if c.mention is not None and c.mention.period is not None]
    for scene in ([before] if before is not None else []) + context.scenes[:3]:
        for mention in scene.periods:
            day = mention.period is not None and mention.period.precision == Precision.DAY and scene is not before
            if mention.period is not None and mention.period.start is None and _PLAN.search(scene.text):
                continue  # 2030年までに…する計画: no figure holds until then
            if is_dated(mention) and mention.period is not None and not (day and published):
                period = mention.period if scene is before else _month_of(mention.period)
                if scene is before and not scene.text.rstrip().endswith(("。", ".")):
                    period = at_end(period, mention.text)
                return When(period, scene.span(mention.span.start, mention.span.end), EvidenceRole.INHERITED)
    for candidate in published:
        if candidate.mention is not None and candidate.mention.period is not None:
            return When(candidate.mention.period, candidate.span, EvidenceRole.INHERITED)
    return None


_PLAN = re.compile(r"計画|予定|目標|目指|方針|見通し|\bplan|\btarget|\baim|\bwill\b", re.I)


def _month_of(period: Period) -> Period:
    """A day in a document's first lines is when it was written: its figures are rather of that month."""
    if period.precision != Precision.DAY or period.start is None:
        return period
    first = period.start.replace(day=1)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return period.changed(start=first, end=last, precision=Precision.MONTH, iso=None, relative=True)


def at_end(period: Period, text: str) -> Period:
    """A caption's 2024年末 is the day for which amounts are told, as in a head."""
    if not text.endswith("末") or period.end is None:
        return period
    return period.changed(start=period.end, precision=Precision.DAY, iso=None)


def is_day(mention: Mention) -> bool:
    """Say whether a mention is of one day."""
    return mention.period is not None and mention.period.precision == Precision.DAY

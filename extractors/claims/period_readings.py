"""Other readings of the times a text names: ends of ranges, the year before, the years up to a time, the last week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from extractors.claims.entity_candidates import Candidate
from extractors.claims.scene import Scene
from extractors.recognizers.times.calendar import add_months, month_days
from schemas import EvidenceRole, Mention, Period, PeriodKind, Precision

MONTHS = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.FISCAL_YEAR: 12, Precision.YEAR: 12}
_END = re.compile(r"末日?(?:現在|時点)?$|\bend\b|year-end|\bclose\b", re.I)
_YEAR_BACK = re.compile(
    r"前の?年(?!平均)|昨年同|前年度?同|year[- ](?:ago|earlier|before|prior)|"
    r"(?:same|corresponding|comparable|prior|previous|last)[\w -]*year",
    re.I,
)
_TERM_BACK = re.compile(
    r"前の?(?:期|四半期|回|半期|月|週)|(?:previous|prior|last) (?:quarter|month|period|half|week)", re.I
)
_SINCE_NEW_YEAR = re.compile(r"年初来|年初から|今年に入|year[- ]to[- ]date|so far this year", re.I)
_TENOR = re.compile(  # 10年債, 30年物, 5年ルール: what it is called by, no time up to now
    r"\s?(?:物|もの|国債|社債|債券?(?!務)|米国債|金利|利回り|固定|ルール|契約|保証|満期|定期|ぶり|連続|以来|前|後)|"
    r"[ -]?(?:notes?|bonds?|treasur(?:y|ies)|gilts?|jgbs?|yields?|tenor|term|contract|deal|lease|mortgage)\b",
    re.I,
)
_DURATION = re.compile(r"^P(?P<count>\d+)(?P<unit>[YMW])$")


def period_of(candidate: Candidate) -> Period | None:
    """Return the period a candidate stands for."""
    return candidate.mention.period if candidate.mention is not None else None


def reread(candidate: Candidate, name: str, period: Period) -> Candidate:
    """Return a candidate with the same words read as another period."""
    assert candidate.mention is not None
    source = f"{candidate.source}.{name}"
    return replace(candidate, source=source, type=name, mention=candidate.mention.changed(period=period))


def closed(candidate: Candidate) -> Period | None:
    """Return the period of a candidate, of an open one (2031年までに) the time it is open to."""
    period = period_of(candidate)
    if period is None or period.start is not None or period.end is None:
        return period
    months = MONTHS.get(period.precision)
    return period.changed(start=months_back(period.end, months) if months else period.end)


def variants(candidate: Candidate) -> Iterator[Candidate]:
    """Yield other readings of the same words: by 2030 as the year 2030, 年度末 as its last day, 9月末 as the month.

    A day is read as its month too: what a text tells of a day may hold for the month that it was told in.
    """
    period = period_of(candidate)
    if candidate.mention is None or period is None or candidate.source == "stretch" or period.end is None:
        return
    if period.start is None:
        yield reread(candidate, "until", closed(candidate) or period)
    elif _END.search(candidate.text):
        if period.start != period.end:
            yield reread(candidate, "lastday", period.changed(start=period.end, precision=Precision.DAY, iso=None))
        else:
            whole = period.changed(start=period.end.replace(day=1), precision=Precision.MONTH, iso=None)
            yield reread(candidate, "month", whole)
    elif period.precision == Precision.DAY:
        first, last = month_days(period.end.year, period.end.month)
        yield reread(candidate, "month", period.changed(start=first, end=last, precision=Precision.MONTH, iso=None))
    elif (period.end - period.start).days > 600:
        yield from _ends(candidate, period, period.start, period.end)


def _ends(candidate: Candidate, period: Period, start: date, end: date) -> Iterator[Candidate]:
    """Yield the first and the last year of a range of years: 2005年から2007年にかけて、34億ドルから38億ドルに."""
    first = period.changed(end=month_days(start.year, start.month, 12)[1], precision=Precision.YEAR, iso=None)
    last = period.changed(start=months_back(end, 12), precision=Precision.YEAR, iso=None)
    yield reread(candidate, "first", first)
    yield reread(candidate, "last", last)


_AT_END = re.compile(r"(?:半期|中間期)末$")


def at_the_end(candidates: list[Candidate], chosen: int, figure: Mention) -> int:
    """Return the last day of a quarter or half for a level told at its end, all of it for how far that moved.

    第2四半期末で2,241社（39社増）.
    """
    told, quantity = candidates[chosen], figure.quantity
    if quantity is None or _AT_END.search(told.text) is None:
        return chosen
    source = told.source.removesuffix(".lastday")
    source = f"{source}.lastday" if quantity.direction is None else source
    return next((i for i, c in enumerate(candidates) if c.source == source and c.span == told.span), chosen)


def months_back(end: date, months: int) -> date:
    """Return the first day of the `months` months that end with `end`."""
    month = end.year * 12 + end.month - months
    return date(month // 12, month % 12 + 1, 1)


def leaning(scene: Scene, said: list[Candidate], around: list[Candidate]) -> Iterator[Candidate]:
    """Yield the times that words of a sentence make of another one; `around` are those said elsewhere, nearest first.

    前年（8.5％）: a year before the time of the sentence; 3年間で: the three years up to it; 年初来: from January on.
    """
    for mention in scene.periods:
        if _TENOR.match(scene.view.text, mention.span.end):
            continue
        base = _base(mention, said, around)
        period = period_of(base) if base is not None else None
        if base is None or period is None or period.start is None or period.end is None:
            continue
        before = scene.view.text[max(scene.start, mention.span.start - _FEW) : mention.span.start]
        found = _coming(mention, period, before) or _between(mention, said, around) or _moved(mention, period)
        if found is not None:
            name, moved = found
            span = scene.span(mention.span.start, mention.span.end)
            place = mention.changed(period=moved.changed(text=mention.text))
            yield Candidate(
                name,
                mention.text,
                mention.text,
                span,
                EvidenceRole.STATED,
                mention.span.start,
                mention.span.end,
                type=name,
                mention=place,
            )


def _base(mention: Mention, said: list[Candidate], around: list[Candidate]) -> Candidate | None:
    """Return the time that a leaning one is told from: the last before it in its sentence, else the nearest around.

    前年同期, a year-ago quarter are told from no single day.
    """
    before = [c for c in said if c.end <= mention.span.start and not _leans(c.text)]
    found = before[-1:] or [c for c in around if not _leans(c.text)]
    if _OF_TERM.search(mention.text) is None:
        return next(iter(found), None)
    longer = [c for c in found if c.mention and c.mention.period and _is_long(c.mention.period)]
    return next(iter(longer or found), None)


def _is_long(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days > _SOME_DAYS


def _between(mention: Mention, said: list[Candidate], around: list[Candidate]) -> tuple[str, Period] | None:
    """Return the time between two years that lie so many years apart: 1990年を100とし、2025年は…35年間で."""
    found = _DURATION.match(mention.period.duration or "") if mention.period is not None else None
    if found is None or found["unit"] != "Y":
        return None
    near = [*said, *(c for c in around if c.source in _NEAR)]
    years = {p.start.year: p for c in near if (p := period_of(c)) is not None and p.start is not None and _short(p)}
    last = max((year for year in years if year - int(found["count"]) in years), default=None)
    if last is None or int(found["count"]) < 1:
        return None
    first = years[last - int(found["count"])]
    told = years[last].changed(start=first.start, precision=Precision.RANGE, iso=None, fiscal=None, relative=True)
    return "span", told


_SOME_DAYS = 6
_OF_TERM = re.compile(r"同期|quarter|period|half|(?:a|the) year (?:ago|earlier|before|prior)", re.I)
_NEAR = frozenset(["lead0", "before0", "heading0"])


def _short(period: Period) -> bool:
    return period.start is not None and period.end is not None and (period.end - period.start).days < 367


def _leans(text: str) -> bool:
    return _YEAR_BACK.search(text) is not None or _TERM_BACK.search(text) is not None


_FEW = 16  # characters
_NEXT = re.compile(r"(?:今後|向こう|これから)の?(?:約|およそ)?$|\b(?:next|coming) $", re.I)


def _coming(mention: Mention, base: Period, before: str) -> tuple[str, Period] | None:
    """Return the years or months that lie ahead of the time they are told in: 今後5年間で, over the next two years."""
    found = _DURATION.match(mention.period.duration or "") if mention.period is not None else None
    if found is None or found["unit"] == "W" or base.start is None or _NEXT.search(before) is None:
        return None
    first = base.start.replace(day=1)
    end = add_months(first, int(found["count"]) * (12 if found["unit"] == "Y" else 1)) - timedelta(days=1)
    return "span", base.changed(start=first, end=end, precision=Precision.RANGE, iso=None, fiscal=None, relative=True)


def _moved(mention: Mention, base: Period) -> tuple[str, Period] | None:
    assert base.start is not None and base.end is not None
    period = mention.period
    if period is not None and period.kind == PeriodKind.DURATION:
        found = _DURATION.match(period.duration or "")
        if found is None:
            return None
        count = int(found["count"])
        months = count * {"Y": 12, "M": 1, "W": 0}[found["unit"]]
        if not 0 < months <= 600:
            return None
        start = add_months(base.end + timedelta(days=1), -months)
        return "span", base.changed(start=start, precision=Precision.RANGE, iso=None, fiscal=None, relative=True)
    if _SINCE_NEW_YEAR.search(mention.text):
        return "ytd", base.changed(start=date(base.end.year, 1, 1), precision=Precision.RANGE, iso=None, relative=True)
    if _YEAR_BACK.search(mention.text):
        return "back", _shifted(base, -12)
    if _TERM_BACK.search(mention.text):
        months = round(((base.end - base.start).days + 1) / 30.4)
        return ("back", _shifted(base, -months)) if months else None
    return None


def _shifted(period: Period, months: int) -> Period:
    assert period.start is not None and period.end is not None
    start, end = (
        add_months(period.start, months),
        add_months(period.end + timedelta(days=1), months) - timedelta(days=1),
    )
    if end < start:
        end = start
    return period.changed(start=start, end=end, iso=None, fiscal=None, relative=True)

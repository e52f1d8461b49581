"""Times that need another time to be dates: Q4, 中間期, 前年同期, FY2025 without a calendar, cumulative quarters.

A document is read in order; the last dated period is the anchor of the ones that name no year. What an anchor gave is
marked `relative`. FY2025 without any calendar is read as the calendar year.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from extractors.claims.cues import is_founding
from extractors.claims.dating import back_to, is_base, is_yearless
from extractors.claims.fiscal_calendar import FISCAL
from extractors.claims.quarter_months import from_the_start, with_months, with_quarter
from extractors.claims.quarters import FROM_FIRST, QUARTER, Quarters, quarter_in
from extractors.claims.weekdays import on_its_weekday
from extractors.recognizers import recognize
from extractors.recognizers.times.calendar import month_days
from extractors.recognizers.times.strokes import month_day_of
from schemas import Mention, MentionKind, Period, PeriodKind, Precision

_HALF = re.compile(
    r"(?P<first>中間期|上期|上半期|前半|first half|\bH1\b|\b1H\b)|"
    r"(?P<second>下期|下半期|後半|second half|\bH2\b|\b2H\b)",
    re.I,
)
_MONTH = re.compile(r"[0-9０-９]\s?月")
_PARTS = frozenset([Precision.QUARTER, Precision.HALF])
_TERM = re.compile(
    r"[前当]?(?:[上下](?:半)?期|中間期|通期)|[1-4１-４]Q|第\s?[1-4１-４一二三四]\s?四半期"
)  # said of the fiscal year of the one who reports
_WHOLE = re.compile(r"通期|通年|年度|年間|full[- ](?:fiscal |financial )?year|the year", re.I)
_BEFORE = re.compile(
    r"前年|前期|前回|昨年|year[- ](?:ago|earlier|before|prior)|a year (?:earlier|before|ago)|last year|"
    r"(?:same|corresponding|comparable|prior)[\w -]*(?:year|period)|previous year",
    re.I,
)
_YEAR_BEFORE = re.compile(  # of the time last said
    r"前年同|(?:(?:a|the) )?year[- ](?:ago|earlier|before|prior)|"
    r"(?:the )?(?:same|corresponding|comparable|prior[- ]year) (?:period|quarter)",
    re.I,
)
_SAME = re.compile(
    r"今期|当期|当年|当四半期|当月|同期|同年|同月|同四半期|"
    r"本年度?|今年度?|this (?:year|quarter|period)|current",
    re.I,
)
_END = re.compile(r"年末|期末|year[- ]end", re.I)
_CLOSED = re.compile(r"quarter.* end(?:ed|ing) ")  # the third quarter ended September 30, 2031
_FOREIGN = re.compile(r"会計年度|[1-4]Q['’]?\d\d$")  # whose quarters are told one by one: 2Q26決算
_CUMULATIVE = re.compile(r"\s*(?:決算|累計|連結累計|（\s*(?:[3369]|９|６|３)\s*[ヶカか]月累計|（累計)")


_DEICTIC = re.compile(
    r"昨|去|今|本[年月日週]|来|先[月週]|足[元下許]|現在|現時点|目下|一昨|明|きのう|きょう|あす|"
    r"\b(?:last|this|next|past|coming|current|previous|prior|yesterday|today|tomorrow|ago|from now|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|[月火水木金土日]曜",
    re.I,
)
_AGO = re.compile(r"前|後|先|\b(?:earlier|later|before|hence)\b", re.I)
_EARLY = 8  # a full date among the first mentions of a text is the day it is told from


@dataclass(slots=True)
class Anchor:
    """The last dated period of the text, and the first month of the year it counts in.

    `told` is the day the text is told from, where one of its first words is a full date; `shift` says where the
    fiscal years of the text's subject lie: FY2026 begins `shift` months after January 2026 (None: not said).
    `published` is the day that the document's metadata give, `guessed` the one it seems told from. `term` is the last
    fiscal time said, `near` the last time of all, but those years ahead; where none is, 上期 and 通期 are those of the
    fiscal year from April (`april`: the text speaks Japanese) or from `first_month`. `own_month` is that of the terms
    that the text names, `month` the last month said that is not one before another, `quarters` the quarters said,
    `last` the last such time.
    """

    period: Period | None = None
    first_month: int = 1
    told: date | None = None
    shift: int | None = None
    seen: int = 0
    published: date | None = None
    guessed: date | None = None
    term: Period | None = None
    near: Period | None = None
    own_month: int | None = None
    april: bool = False
    month: Period | None = None
    last: Period | None = None
    quarters: Quarters = field(default_factory=Quarters)

    def __post_init__(self) -> None:
        if self.period is not None and self.first_month == 1:
            self.first_month = _first_month(self.period)

    @property
    def now(self) -> date | None:
        """The day after which nothing has happened yet: that of publication, else the one the text seems told from."""
        return self.published or self.told or self.guessed


def settle(mention: Mention, anchor: Anchor, behind: str, before: str = "") -> Mention:
    """Return a period mention with its days where the anchor gives them; `before` and `behind` is what stands around.

    A period that is dated by itself becomes the anchor.
    """
    period = mention.period
    if period is None or period.kind != PeriodKind.INTERVAL:
        return mention
    settled = period
    anchor.seen += 1
    if period.start is None and period.end is None:
        settled = _symbolic(period, anchor) or _anchored(period, mention.text, anchor) or period
        settled = _reread(mention.text, settled, anchor) if settled is period else settled
    elif period.precision == Precision.DAY and not period.relative and anchor.seen <= _EARLY:
        anchor.told = anchor.told or (period.start if _may_tell(mention.text, period, anchor) else None)
    if mention.text == _MONTH_BEFORE and anchor.month is not None:
        settled = _the_month_before(settled, anchor.month)
    settled = anchor.quarters.on(mention.text, settled)
    told = with_months(period, anchor.now, behind) or anchor.quarters.dated.get(mention.text)
    if told is not None:
        settled = anchor.quarters.told(mention.text, told)
    if told is not None or _CLOSED.search(mention.text):
        _open_calendar(anchor, mention.text, settled)
    if settled.relative and anchor.now is not None:
        again = back_to(settled, mention.text, anchor.now, before[-_NEAR_BEFORE:], behind)
        settled = settled if _follows(settled, anchor.last) else again
    settled = on_its_weekday(settled, before, behind)
    cumulative = _CUMULATIVE.match(behind) is not None and _FOREIGN.search(mention.text) is None
    if settled.fiscal and settled.fiscal.endswith(("Q2", "Q3")) and cumulative:
        settled = from_the_start(settled)
    if settled.start is not None and settled.end is not None and not period.relative:
        span = (settled.end - settled.start).days
        only_its_own = _is_only_its_own(settled, mention.text, before, behind)
        if span >= _LEAST and not only_its_own:
            ahead = _is_far(settled, anchor)
            anchor.term = settled if settled.fiscal and not ahead else anchor.term
            if not _retold(anchor.period, settled):
                anchor.period = settled
                anchor.near = anchor.near if ahead else settled
                anchor.first_month = _first_month(settled) if settled.fiscal else anchor.own_month or 1
    settled = with_quarter(settled, behind)
    _remember(anchor, mention.text, settled, compared=_compared(before, behind))
    return mention if settled is period else mention.changed(period=settled)


def _open_calendar(anchor: Anchor, text: str, told: Period) -> None:
    """Count in the years whose quarter a text tells with its months, where it names no year before."""
    number = quarter_in(text)
    if anchor.period is not None or number is None or told.start is None:
        return
    first = (told.start.month - 3 * (number - 1) - 1) % 12 + 1
    year = told.start.year - (1 if told.start.month < first else 0)
    anchor.period, anchor.first_month = told.changed(fiscal=f"FY{year}Q{number}"), first


def _may_tell(text: str, period: Period, anchor: Anchor) -> bool:
    """Say whether a day may be the one a text is told from: no 2021年12月末, nor one years before those it tells of."""
    later = anchor.guessed is not None and period.start is not None and anchor.guessed.year > period.start.year
    return not later and re.search(r"末日?$", text) is None


def _remember(anchor: Anchor, text: str, settled: Period, *, compared: bool) -> None:
    """Keep a time for those that lean on the last one: 前月, 前年同期."""
    if compared or text == _MONTH_BEFORE or _BEFORE.search(text) or settled.start is None or settled.end is None:
        return
    if settled.precision == Precision.MONTH:
        anchor.month = settled
    anchor.quarters.hear(text, settled)
    if (settled.end - settled.start).days >= _LEAST:
        anchor.last = settled


_NEAR_BEFORE = 40  # characters in which words say whether a time has come
_LEAST = 27  # days of a time that another is told to be the year before of


_MONTH_BEFORE = "前月"  # in a report of a month told a month later it is the one before the month reported


def _the_month_before(period: Period, month: Period) -> Period:
    assert month.start is not None
    start, end = month_days(month.start.year, month.start.month - 1, 1)
    return period.changed(start=start, end=end, iso=f"{start:%Y-%m}", relative=True)


def _follows(period: Period, last: Period | None) -> bool:
    """Say whether a time begins where the one said before ends: 7~9月期は4%、10~12月期は0%と予測した."""
    return bool(last and last.end and period.start and (period.start - last.end).days == 1)


_FAR = 400  # days from the day of a text to times that none of its years and quarters is told from


def _is_far(period: Period, anchor: Anchor) -> bool:
    return anchor.now is not None and period.start is not None and (period.start - anchor.now).days > _FAR


def _retold(period: Period | None, again: Period) -> bool:
    """Say whether a time only tells the days of the fiscal one before it: FY2026（2025年10月〜2026年9月）."""
    if period is None or not period.fiscal or again.fiscal:
        return False
    return (period.start, period.end) == (again.start, again.end)


_MEASURED = re.compile(
    r"\b(?:compared (?:to|with)|versus|vs\.?|than|against|from) (?:the )?(?:same )?"
    r"(?:(?:quarter|period|year) (?:in|of) )?$|"
    r"\b(?:compared (?:to|with)|versus|vs\.?|from) (?:an? )?[^.;,\n]{0,48}?"
    r"[\d$€£¥%][^;,\n]{0,24}? (?:in|for|of|at) (?:the )?$|"
    r"コロナ(?:禍|ショック)?(?:より|以)?前(?:の|で?ある|、|（)$",
    re.I,
)
_MEASURED_JA = re.compile(
    r"\s?(?:対?比(?!率|重|例)|と比|に比べ|に対し|を(?:上|下)回|"
    r"の[^、。はがを\n]{1,14}?(?:から(?!の)|より|[とに]比べ|と比較|を[^、。\n]{0,8}[上下]回)|"  # 8月の2.6%から縮小した
    r"(?:全体)?の[^、。はがを\n]{1,14}?の(?:約|およそ)?(?:半分|[0-9０-９.．]+(?:倍|割|[%％]))|"
    r"の(?:約|およそ)?[0-9０-９.．]+(?:倍|割|[%％](?:の水準|に相当|にとどま|程度|まで)))"  # 2019年の約8割の水準
)


def _is_only_its_own(period: Period, text: str, before: str, behind: str) -> bool:
    """Say whether no other time is of a year: one compared with, or when something was so (2023年時点で最も多い)."""
    state = period.precision == Precision.YEAR and (text.endswith("時点") or behind.startswith("時点"))
    return state or _compared(before, behind) or is_founding(before[-_NEAR_BEFORE:], behind) or is_base(behind)


def _compared(before: str, behind: str) -> bool:
    """Say whether a time is only what another is compared with (up 9% compared to Q1 2026): it dates nothing else."""
    return _MEASURED.search(before) is not None or _MEASURED_JA.match(behind) is not None


def _first_month(period: Period) -> int:
    """Return the month in which the year begins that a fiscal period is one of, 1 for another."""
    found = FISCAL.match(period.fiscal or "")
    if found is None or period.start is None:
        return 1
    if found.group("part") == "Q" and period.end is not None and (period.end - period.start).days > 100:
        return period.start.month  # cumulative: from the first day of the year
    length = {"Q": 3, "H": 6}.get(found.group("part") or "", 0)
    return (period.start.month - 1 - length * (int(found.group("number") or 1) - 1)) % 12 + 1


def _symbolic(period: Period, anchor: Anchor) -> Period | None:
    found = FISCAL.match(period.fiscal or "")
    if found is None:
        return None
    number = int(found.group("number") or 1)
    length = {"Q": 3, "H": 6}.get(found.group("part") or "", 12)
    first = 1 + (anchor.shift or 0) + (number - 1) * (length % 12)
    if found.group("upto"):
        length = 3 * int(found.group("upto"))
    start, end = month_days(int(found.group("year")), first, length)
    return period.changed(start=start, end=end)


def _anchored(period: Period, text: str, anchor: Anchor) -> Period | None:
    base = anchor.period
    if _MONTH.search(text) is not None:
        return None
    if _BEFORE.search(text) is None and (named := anchor.quarters.before(text, anchor.period)) is not None:
        return period.changed(start=named.start, end=named.end, relative=True, precision=named.precision)
    if base is not None and _is_far(base, anchor) and not text.startswith("同"):
        base = anchor.near or base  # 2035年の目標 … 今期は: this year is none of those ahead
    if _TERM.match(text) and (base is None or (base.fiscal is None and base.precision not in _PARTS)):
        base = anchor.term or term_of(anchor) or base
    elif base is None and anchor.own_month is not None and QUARTER.search(text):
        base = term_of(anchor)
    elif anchor.term is not None and base is not None and not base.fiscal and base.precision == Precision.MONTH:
        base = anchor.term if QUARTER.search(text) else base  # a month said between does not end the fiscal year
    if base is not None and base.start is not None and _YEAR_BEFORE.match(text) and anchor.last is not None:
        base = anchor.last
    if base is None or base.start is None or base.end is None:
        return None
    back = 1 if _BEFORE.search(text) else 0
    year = base.start.year - (1 if base.start.month < anchor.first_month else 0) - back
    first = _first_month(base) if base.fiscal else anchor.first_month
    start, end = None, None
    if found := FROM_FIRST.match(text):
        start, end = month_days(year, first, 3 * int(found.group("q") or found.group("n")))
    elif QUARTER.search(text):
        number = quarter_in(text) or 1
        start, end = month_days(year, first + (number - 1) * 3, 3)
    elif found := _HALF.search(text):
        start, end = month_days(year, first + (0 if found.group("first") else 6), 6)
    elif back:
        start, end = _shifted(base.start, -1), _shifted(base.end, -1)
    elif _END.search(text):
        start, end = date(year, 12, 1), date(year, 12, 31)
    elif _SAME.search(text):
        start, end = base.start, base.end
    elif _WHOLE.search(text):
        start, end = month_days(year, first, 12)
    if start is None or end is None:
        return None
    return period.changed(start=start, end=end, relative=True, precision=Precision.RANGE)


def term_of(anchor: Anchor) -> Period | None:
    """The fiscal year that a text without one reports on: the one of the weeks before its day."""
    now = anchor.now
    if now is None or not anchor.april:
        return None
    first = anchor.own_month or (anchor.first_month if anchor.first_month != 1 else 4)
    day = now - timedelta(days=45)
    year = day.year - (1 if day.month < first else 0)
    start, end = month_days(year, first, 12)
    return Period(start=start, end=end, precision=Precision.FISCAL_YEAR, fiscal=f"FY{year}", relative=True)


def _reread(text: str, period: Period, anchor: Anchor) -> Period:
    """Read words that lack a year again, from the day the text is told from or the time last said.

    Words such as 昨年, this month are told from the day of the text; a month or 5年前 from the time last said.
    """
    base = anchor.period
    if _DEICTIC.search(text) or base is None or base.end is None or base.start is None:
        days = [anchor.told or (anchor.guessed if is_yearless(text) else None)]
    elif _AGO.search(text):
        days = [base.start]
    else:
        days = [base.end, base.start]
    found = [_read_at(text, day) for day in days if day is not None]
    read = [p for p in found if p is not None]
    inside = (p for p in read if base and base.start and base.end and p.start and base.start <= p.start <= base.end)
    best = next(inside, read[0] if read else None)
    return period if best is None else best.changed(text=period.text, relative=True)


def _read_at(text: str, day: date) -> Period | None:
    if (stroke := month_day_of(text, day)) is not None:
        return stroke
    for mention in recognize(text, reference_date=day):
        if mention.kind == MentionKind.PERIOD and mention.span.start == 0 and mention.span.end == len(text):
            period = mention.period
            return period if period is not None and period.start is not None else None
    return None


def _shifted(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)

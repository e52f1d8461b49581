"""When a cell's figure holds: its heads, the time that heads and note give together, the columns beside, the text."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from extractors.claims.build import When
from extractors.claims.context import Context
from extractors.claims.period_candidates import is_dated
from extractors.claims.tables.axes import Axes
from extractors.claims.tables.labels import Label
from schemas import Cell, EvidenceRole, Modality, Period, Precision, Table

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?P<what>as (?:at|of)|ended|ending)\s+(?P<month>[A-Z][a-z]{2})[a-z]*\.?\s+(?P<day>\d{1,2})"
    r"(?!\d|,?\s*(?:19|20)\d\d)",
    re.I,
)
_MEAN = re.compile(r"年平均|年率|CAGR|annual(?:ized)? growth|倍率", re.I)
_YEARS = re.compile(r"(?<!\d)(?P<last>\d\d)/(?P<first>\d\d)\s*(?:年)?(?:年率|年平均|倍率|CAGR|比|増減|伸び)", re.I)
_MADE_AT = re.compile(
    r"[（(][^（）()]{0,16}(?:時点|発表|公表|修正|改定|更新|as of [^（）()]{1,12})[^（）()]{0,4}[）)]\s*$", re.I
)
_YEAR_BEHIND = re.compile(r"[（(]\s*20\d\d年?度?(?:\s*[-–〜~～]\s*20\d\d年?度?)?\s*[）)]\s*$")  # 世界市場（2026年）
_CUMULATED = ("period", "metric", "other", "change", "attribute")


def label_time(label: Label, others: list[Label], words: list[str]) -> When | None:
    """Return the time a head states; a year under or after "as at December 31" is that day or the year to it."""
    if label.period is None or label.period_span is None:
        return None
    if label.kind not in _CUMULATED and not (_YEAR_BEHIND.search(label.text) or _in_bracket(label)):
        return None
    if label.modality is not None and _MADE_AT.search(label.text):
        return None  # 新予想（2月修正）: when it was made, not what it is for
    period = label.period
    if re.fullmatch(r"(?:19|20)\d\d年?", label.text.strip()):
        for text in [*(x.text for x in others if x is not label), *words]:
            day = _DAY.search(text)
            if day is not None:
                period = _to_the_day(period, day) or period
                break
    elif re.search(r"末(?!尾)", label.text) and period.end is not None:
        period = period.changed(start=period.end, precision=Precision.DAY)
    return When(period, label.period_span, label.role)


def _in_bracket(label: Label) -> bool:
    """Say whether the head of a row has its time alone in brackets behind the thing: 生成AI市場（2026年）."""
    behind = _LAST_BRACKET.search(label.text) if label.role == EvidenceRole.ROW_HEADER else None
    return behind is not None and label.period is not None and behind.group(1).strip() == (label.period.text or "")


_LAST_BRACKET = re.compile(r"[（(]([^（()）]*)[）)]\s*$")


def _to_the_day(period: Period, day: re.Match[str]) -> Period | None:
    if period.end is None or day.group("month").lower()[:3] not in _MONTHS:
        return None
    month = _MONTHS.index(day.group("month").lower()[:3]) + 1
    end = date(period.end.year, month, min(int(day.group("day")), monthrange(period.end.year, month)[1]))
    if day.group("what").lower().startswith("as"):
        return period.changed(start=end, end=end, precision=Precision.DAY, iso=None)
    before = date(end.year - 1, month, monthrange(end.year - 1, month)[1])
    return period.changed(start=before + timedelta(days=1), end=end, precision=Precision.RANGE, iso=None)


def spanned(labels: list[Label], axes: Axes, told: Sequence[When] = ()) -> When | None:
    """Return the years a mean growth is over: those it names (30/25年率), else from the first column to the last, else
    from the first to the last of the times `told` beside the figures of its row ($1.6B (2025) | $3.8B (2035))."""
    label = next((x for x in labels if _MEAN.search(x.text)), None)
    if label is None:
        return None
    years = _YEARS.search(label.text)
    if years is not None:
        first, last = 2000 + int(years.group("first")), 2000 + int(years.group("last"))
        period = Period(start=date(first, 1, 1), end=date(last, 12, 31), precision=Precision.RANGE, text=years.group())
        return When(period, label.span, label.role) if first < last else None
    dated = _dated_columns(axes, range(min(axes.columns, default=0), max(axes.columns, default=-1) + 1))
    if len(dated) < 2:
        return _row_span(told, label)
    starts = [x.period.start for x in dated if x.period is not None and x.period.start is not None]
    ends = [x for x in dated if x.period is not None and x.period.end is not None]
    if not starts or not ends:
        return None
    last_one = max(ends, key=lambda x: x.period.end if x.period and x.period.end else date.min)
    if last_one.period is None or last_one.period_span is None:
        return None
    return When(last_one.period.changed(start=min(starts), iso=None), last_one.period_span, last_one.role)


def _row_span(told: Sequence[When], label: Label) -> When | None:
    starts = [w.period.start for w in told if w.period.start is not None]
    ends = [w for w in told if w.period.end is not None]
    if not starts or not ends:
        return None
    last = max(ends, key=lambda w: w.period.end or date.min)
    if last.period.end is None or last.period.end.year <= min(starts).year:
        return None
    period = last.period.changed(start=min(starts), precision=Precision.RANGE, iso=None)
    return When(period, last.span, last.role)


def is_mean(label: Label) -> bool:
    """Say whether a head tells a mean growth over years (CAGR)."""
    return _MEAN.search(label.text) is not None


def beside(cell: Cell, labels: list[Label], axes: Axes, columns: int) -> Label | None:
    """Return the head whose time a column of changes or shares is for.

    A share stands behind its figure; a change is that of the latest column before it (some print the latest first).
    """
    if not any(x.kind == "change" for x in labels):
        return None
    before = _dated_columns(axes, range(cell.column - 1, axes.first_column - 1, -1), _HEADED)
    found = before or _dated_columns(axes, range(cell.column + 1, columns), _HEADED)
    if not found:
        return None
    if any(re.search(r"構成[比率]|share", x.text, re.I) for x in labels):
        return found[0]
    return max(found, key=lambda x: x.period.end if x.period is not None and x.period.end else date.min)


def year_to(when: When | None) -> When | None:
    """A change beside a figure of one day (24年末) is over the year to that day."""
    if when is None or when.period.start is None or when.period.start != when.period.end:
        return when
    end = when.period.start
    start = end.replace(year=end.year - 1, day=min(end.day, 28) if end.month == 2 else end.day) + timedelta(days=1)
    return When(when.period.changed(start=start, precision=Precision.RANGE, iso=None), when.span, when.role)


_SPANS = (
    (1, re.compile(r"前日比|日次|\bdaily\b|\b1D\b", re.I)),
    (7, re.compile(r"週間|前週|週次|\bweekly\b|\bWoW\b|\b1W\b", re.I)),
)
_MONTHS_TOLD = (
    (1, re.compile(r"(?<!\d)月間|前月|月次|\bmonthly\b|\bMoM\b|\b1M\b", re.I)),
    (3, re.compile(r"四半期|\bquarterly\b|\bQoQ\b|\b3M\b", re.I)),
    (6, re.compile(r"半年|半期|\b6M\b", re.I)),
)
_COUNTED = re.compile(r"(?<!\d)(\d{1,2})\s?[かカヶケヵ箇]月")  # 3ヶ月騰落率


def span_to(when: When | None, text: str) -> When | None:
    """A change beside a figure of one day is over the days or months that its head tells (週間騰落率), else the year
    to that day."""
    if when is None or when.period.start is None or when.period.start != when.period.end:
        return when
    end = when.period.start
    days = next((days for days, told in _SPANS if told.search(text)), None)
    counted = _COUNTED.search(text)
    months = int(counted.group(1)) if counted else next((n for n, told in _MONTHS_TOLD if told.search(text)), None)
    if days is not None:
        start = end - timedelta(days=days - 1)
    elif months:
        start = _months_before(end, months)
    else:
        return year_to(when)
    precision = Precision.RANGE if start < end else Precision.DAY
    return When(when.period.changed(start=start, precision=precision, iso=None), when.span, when.role)


def _months_before(end: date, months: int) -> date:
    """Return the first day of the `months` months that end with the day `end`."""
    year, month = divmod(end.year * 12 + end.month - 1 - months, 12)
    last = monthrange(year, month + 1)[1]
    whole_month = end.day == monthrange(end.year, end.month)[1]
    return date(year, month + 1, last if whole_month else min(end.day, last)) + timedelta(days=1)


_OPENING = re.compile(r"(?:[当前]?期|年度|期間)[首初](?!配当)|前(?:期|(?:連結|事業|会計)*年度)末|^期首")
_CLOSING = re.compile(r"(?:[当今]?期|年度|期間)末|^期末|未(?:行使|確定)残")


def at_balance(when: When | None, words: list[str]) -> When | None:
    """Return the day of a balance under or beside 期首 or 期末: the first or last of the time that the table is for.

    An opening balance has the two days either side of midnight.
    """
    if when is None or when.period.start is None or when.period.end is None:
        return when
    start, end = when.period.start, when.period.end
    if (end - start).days < 28:
        return when
    if any(_OPENING.search(text) for text in words):
        period = when.period.changed(start=start - timedelta(days=1), end=start, precision=Precision.RANGE, iso=None)
        return When(period, when.span, when.role)
    if any(_CLOSING.search(text) for text in words):
        return When(when.period.changed(start=end, precision=Precision.DAY, iso=None), when.span, when.role)
    return when


_OPENING_EN = re.compile(
    r"^\W*(?:opening balance|balance,? (?:at |as at )?(?:the )?beginning\b)|"
    r"\bbeginning of (?:the )?(?:year|period)\W*$",
    re.I,
)


def at_opening(when: When | None, words: list[str]) -> When | None:
    """Return the midnight at which the year of an opening balance (Balance, beginning of year) began: the year is the
    one told, or the one that ends on the day told."""
    if when is None or not any(_OPENING_EN.search(text) for text in words):
        return when
    year = year_to(when)
    start, end = (year.period.start, year.period.end) if year is not None else (None, None)
    if year is None or start is None or end is None or not _YEAR_LEAST < (end - start).days < _YEAR_MOST:
        return when
    first = year.period.changed(start=start - timedelta(days=1), end=start, precision=Precision.RANGE, iso=None)
    return When(first, year.span, year.role)


_YEAR_LEAST, _YEAR_MOST = 360, 372  # days
_TIMES = ("period", "other")
_HEADED = ("period", "other", "metric")  # 市場規模（2024年）


def _dated_columns(axes: Axes, columns: range, kinds: tuple[str, ...] = _TIMES) -> list[Label]:
    return [
        label
        for column in columns
        for label in axes.columns.get(column, [])
        if label.period is not None and label.period_span is not None and label.kind in kinds
    ]


def sole_time(axes: Axes, metric: str | None = None) -> When | None:
    """Return the time of the dated columns of a table where they tell one: that of its undated columns too, but those
    of the same `metric` (市場規模（2024年） | 市場規模)."""
    dated = _dated_columns(axes, range(min(axes.columns, default=0), max(axes.columns, default=-1) + 1), _HEADED)
    if any(label.modality not in (None, Modality.ACTUAL) for label in dated):
        return None
    if metric is not None and any(label.metric_id == metric for label in dated):
        return None
    found = [when for label in dated if (when := label_time(label, [label], [])) is not None]
    if any(when.period.relative for when in found):  # Next-quarter guide
        return None
    return found[0] if len({(w.period.start, w.period.end) for w in found}) == 1 else None


def lost_heads(context: Context, table: Table, axes: Axes) -> dict[int, When]:
    """Return the times of columns whose heads stand as lines of text above a table without any head.

    Statements print 前連結会計年度(2022年3月31日) 当連結会計年度(2023年3月31日): as many times as there are columns.
    """
    columns = list(range(axes.first_column, table.columns))
    if axes.first_row or len(columns) < 2 or any(axes.columns.get(c) for c in columns):
        return {}
    found: list[When] = []
    for scene in reversed(context.scenes_before(table.span.start)):
        if (
            len(scene.text) > 60
            or len(found) >= len(columns)
            or table.span.start - scene.span(scene.start, scene.end).end > 300
        ):
            break
        dated = [m for m in scene.periods if is_dated(m) and m.period is not None and m.period.start is not None]
        found = [
            When(m.period, scene.span(m.span.start, m.span.end), EvidenceRole.COLUMN_HEADER) for m in dated if m.period
        ] + found
    distinct = {(w.period.start, w.period.end) for w in found}
    return dict(zip(columns, found, strict=True)) if len(found) == len(columns) == len(distinct) else {}


def answered(context: Context, when: When | None) -> When | None:
    """Return when the survey was taken that a document reports, where no head or caption of a table tells a time."""
    taken = next((c for c in context.published if c.source == "survey"), None)
    if taken is None or taken.mention is None or taken.mention.period is None:
        return when
    if when is not None and (when.role not in _AROUND or when.period.precision not in _VAGUE):
        return when
    return When(taken.mention.period, taken.span, EvidenceRole.INHERITED)


_AROUND = frozenset([EvidenceRole.INHERITED, EvidenceRole.HEADING])
_VAGUE = frozenset([Precision.YEAR, Precision.FISCAL_YEAR, Precision.MONTH, Precision.DAY])

"""Japanese times that lean on another: 同年4月 is in japanese.py; here months and days without a year, 先月, 今期, 前年同期, 3年前."""

from __future__ import annotations

import re
from datetime import timedelta

from extractors.recognizers.numerals import japanese_value
from extractors.recognizers.times.calendar import (
    add_months,
    day_or_none,
    interval,
    month_days,
    unresolved,
    week_of,
    year_days,
)
from extractors.recognizers.times.context import Context
from extractors.recognizers.times.eras import number
from extractors.recognizers.times.japanese import month_at
from extractors.recognizers.times.parts import month_part, quarter_days
from schemas import Period, Precision

_K = "一二三四五六七八九十"
_WORD = re.compile(
    r"(?P<month>先々月|先月|今月|来月|再来月|前月|翌月|同月|当月|本月)(?P<mpart>上旬|中旬|下旬|初旬|末|中)?(?:\s?(?P<mday>[0-9]{1,2})日)?(?!比|に比べ|と比)"
    r"|(?P<day>一昨日|おととい|昨日|今日|明日|明後日|本日|同日|前日|翌日|当日|翌々日|きのう|きょう|あす)(?!比|本|経)"
    r"|(?P<week>先週|今週|来週|前週|翌週|先々週|再来週)(?P<weekpart>末)?(?P<wd>[月火水木金土日]曜日?)?(?!比)"
    r"|(?P<same>前年同期|前年同月|前年同四半期|前年同日)(?!比|に比べ|から)"
    r"|(?P<term>今期|当期|来期|前期|翌期|前々期|来々期)(?!比|純|(?<=当期)(?:利益|損|包括)|に比べ|から|末残|首|間)"
    r"|(?P<quarter>前四半期|今四半期|当四半期|来四半期|翌四半期|直前四半期|同四半期)(?!比|に比べ)"
    r"|(?P<now>足下|足元|足許|現在|目下|現時点)(?=[のではも、にまが。]|$|[A-Za-z一-龯])(?!のところ|価値|地|進行|をすく|完了)"
    r"|(?P<fyend>年度末|年度初|期末|期初|期首|年末年始|年内|年末|年初)(?!残|比|来|調整)"
    r"|(?P<part>上半期|下半期|上期|下期|通期|中間期)(?!比)"
)
_MONTH = {"先々月": -2, "先月": -1, "今月": 0, "来月": 1, "再来月": 2, "本月": 0}
_LEANING_MONTH = {"前月": -1, "翌月": 1, "同月": 0, "当月": 0}
_DAY = {
    "一昨日": -2,
    "おととい": -2,
    "昨日": -1,
    "きのう": -1,
    "今日": 0,
    "きょう": 0,
    "本日": 0,
    "明日": 1,
    "あす": 1,
    "明後日": 2,
}
_LEANING_DAY = {"同日": 0, "前日": -1, "翌日": 1, "当日": 0, "翌々日": 2}
_WEEK = {"先週": -1, "今週": 0, "来週": 1, "前週": -1, "翌週": 1, "先々週": -2, "再来週": 2}
_TERM = {"今期": 0, "当期": 0, "来期": 1, "前期": -1, "翌期": 1, "前々期": -2, "来々期": 2}
_QUARTER = {"前四半期": -1, "直前四半期": -1, "今四半期": 0, "当四半期": 0, "同四半期": 0, "来四半期": 1, "翌四半期": 1}
_N = rf"(?:[0-9]{{1,3}}|[{_K}]{{1,3}})"
_MONTH_DAY = re.compile(
    rf"(?P<m1>[0-9]{{1,2}})\s?(?:月)?[~\-–—―ー](?P<m2>[0-9]{{1,2}})\s?月(?P<q>期)?(?!間)|(?P<m>{_N})\s?月(?P<term>期)?(?!間|次|額|曜|並|面|島|例|刊|報|限(?![定りっ度]))"
)
_AGO = re.compile(
    rf"(?:約|およそ)?(?P<n>{_N})\s?(?P<unit>年|[カヵヶかケ箇]月|週間|日|四半期|世紀)(?P<half>半)?(?P<way>前|後|先|ぶり)(?![年回期半後日方線述提節]|場)"
)
_QUARTER_ALONE = re.compile(
    r"第\s?(?P<q>[1-4一二三四])\s?四半期(?P<cum>累計(?:期間)?)?(?:連結)?(?:累計期間|会計期間)?(?:末(?!尾|比))?|(?P<q2>[1-4])q(?![a-z0-9])|q(?P<q3>[1-4])(?![a-z0-9])|(?P<h>[12])h(?![a-z0-9])|h(?P<h2>[12])(?![a-z0-9])"
)
_QUARTERS = re.compile(r"[0-9]\s?[~\-–—―ー]\s?[0-9]{1,2}\s?月期")  # 4-6月期…の後、7月期は: that month
_DAY_OF_MONTH = re.compile(
    r"(?P<d>3[01]|[12][0-9]|[1-9])日(?=[、に,はのまか]|付|午|夜|朝|早|時点|発|現在|終値|未明|正午)"
)


def word(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read 先月, 翌日, 来週, 前年同期, 今期, 足下 and their like."""
    match = _WORD.match(text, position)
    if match is None:
        return None
    end = match.end()
    if match["month"]:
        return _month_word(match, context)
    if match["day"]:
        base = context.reference if match["day"] in _DAY else context.last_day or context.day
        shift = _DAY.get(match["day"], _LEANING_DAY.get(match["day"], 0))
        if base is None:
            return end, unresolved(Precision.DAY, relative=True)
        day = base + timedelta(days=shift)
        return end, interval((day, day), Precision.DAY, day.isoformat(), relative=True)
    if match["week"]:
        return end, _week(match, context)
    if match["same"]:
        return end, _year_before(match["same"], context)
    if match["term"]:
        return end, _term(_TERM[match["term"]], context)
    if match["quarter"]:
        return end, _quarter(_QUARTER[match["quarter"]], context)
    if match["now"]:
        now = context.reference
        return end, interval((now, now), Precision.DAY, relative=True) if now else unresolved(
            Precision.DAY, relative=True
        )
    if match["part"]:
        return end, _part(match["part"], context)
    return end, _edge(match["fyend"], context)


def _month_word(match: re.Match[str], context: Context) -> tuple[int, Period]:
    name = match["month"]
    base = context.reference if name in _MONTH else context.day
    if base is None:
        return match.end(), unresolved(Precision.MONTH, relative=True)
    day = add_months(base.replace(day=1), _MONTH.get(name, _LEANING_MONTH.get(name, 0)))
    if match["mday"] and (exact := day_or_none(day.year, day.month, int(match["mday"]))):
        return match.end(), interval((exact, exact), Precision.DAY, exact.isoformat(), relative=True)
    if match["mpart"]:
        return match.end("mpart"), interval(
            month_part(day.year, day.month, match["mpart"]), Precision.RANGE, relative=True
        )
    return match.end(), interval(
        month_days(day.year, day.month), Precision.MONTH, f"{day.year:04d}-{day.month:02d}", relative=True
    )


def _week(match: re.Match[str], context: Context) -> Period:
    if context.reference is None:
        return unresolved(Precision.RANGE, relative=True)
    monday, sunday = week_of(context.reference, _WEEK[match["week"]])
    if match["wd"]:
        day = monday + timedelta(days="月火水木金土日".index(match["wd"][0]))
        return interval((day, day), Precision.DAY, day.isoformat(), relative=True)
    return interval(
        (sunday - timedelta(days=1), sunday) if match["weekpart"] else (monday, sunday), Precision.RANGE, relative=True
    )


def _year_before(name: str, context: Context) -> Period:
    """前年同期: the last period said, a year earlier."""
    last = context.last
    precision = Precision.MONTH if name == "前年同月" else Precision.DAY if name == "前年同日" else Precision.QUARTER
    if last is None or last.start is None or last.end is None:
        return unresolved(precision, relative=True)
    start, end = add_months(last.start, -12), add_months(last.end, -12)
    if end.month == 2 and last.end.day in (28, 29):
        end = month_days(end.year, 2)[1]
    return interval((start, end), last.precision, relative=True)


def _term(shift: int, context: Context) -> Period:
    if context.reference is None:
        return unresolved(Precision.FISCAL_YEAR, relative=True)
    year = context.fiscal_year(context.reference) + shift
    return interval(
        month_days(year, context.fiscal_start, 12), Precision.FISCAL_YEAR, fiscal=f"FY{year}", relative=True
    )


def _quarter(shift: int, context: Context) -> Period:
    base = context.reference
    if base is None:
        return unresolved(Precision.QUARTER, relative=True)
    first = 3 * ((base.month - 1) // 3) + 1 + 3 * shift
    return interval(month_days(base.year, first, 3), Precision.QUARTER, relative=True)


def _part(name: str, context: Context) -> Period:
    """上期, 通期 on their own: of the fiscal year last said, else unresolved."""
    fiscal = context.last.fiscal if context.last is not None and context.last.fiscal else None
    precision = Precision.FISCAL_YEAR if name == "通期" else Precision.HALF
    if fiscal is None or context.last is None or context.last.precision != Precision.FISCAL_YEAR:
        return unresolved(precision, relative=True)
    label = "" if name == "通期" else "H2" if name.startswith("下") else "H1"
    start = context.last.start
    if start is None:
        return unresolved(precision, fiscal=fiscal[:6] + label, relative=True)
    months = 12 if name == "通期" else 6
    first = start.month + (6 if label == "H2" else 0)
    return interval(month_days(start.year, first, months), precision, fiscal=fiscal[:6] + label, relative=True)


def _edge(name: str, context: Context) -> Period:
    base = context.reference
    if base is None or name in ("期末", "期初", "期首", "年末年始"):
        return unresolved(Precision.RANGE, relative=True)
    if name in ("年度末", "年度初"):
        year = context.fiscal_year(base)
        return interval(
            month_days(year, context.fiscal_start + (11 if name == "年度末" else 0)), Precision.MONTH, relative=True
        )
    if name == "年内":
        return interval(year_days(base.year), Precision.YEAR, f"{base.year:04d}", relative=True)
    return interval(month_days(base.year, 12 if name == "年末" else 1), Precision.MONTH, relative=True)


def month_day(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read 4月8日, 4～6月期, 4月 of the year last said, else of the reference date."""
    match = _MONTH_DAY.match(text, position)
    if match is None:
        return None
    year = context.year
    if match["m1"]:
        first, last = int(match["m1"]), int(match["m2"])
        if not (1 <= first <= 12 and 1 <= last <= 12):
            return None
        if year is None:
            return match.end(), unresolved(Precision.QUARTER, relative=True)
        months = (last - first) % 12 + 1
        precision = {3: Precision.QUARTER, 6: Precision.HALF}.get(months, Precision.RANGE)
        return match.end(), interval(month_days(year, first, months), precision, relative=True)
    month = number(match["m"])
    if not 1 <= month <= 12:
        return None
    end, period = month_at(text, match.end(), year or 2000, month, True)
    if match["term"] and _QUARTERS.search(text, max(0, position - 160), position) is None:
        end, period = (
            match.end(),
            interval(
                month_days((year or 2000), month - 11, 12),
                Precision.FISCAL_YEAR,
                fiscal=f"FY{(year or 2000) - (month != 12)}",
                relative=True,
            ),
        )
    return (end, period) if year is not None else (end, unresolved(period.precision, relative=True))


def ago(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read 3年前, 半年後 (as its words say), 2週間前: a place in the calendar, told from the reference date."""
    match = _AGO.match(text, position)
    if match is None or match["way"] == "ぶり":
        return None
    value = japanese_value(match["n"])
    if value is None or value.high is not None:
        return None
    count = int(value.low) * (-1 if match["way"] == "前" else 1)
    base, unit = context.reference, match["unit"]
    if base is None:
        return match.end(), unresolved(Precision.YEAR if unit == "年" else Precision.MONTH, relative=True)
    if unit == "年" and match["half"]:
        day = add_months(base, count * 12 + (6 if count > 0 else -6))
        return match.end(), interval(
            month_days(day.year, day.month), Precision.MONTH, f"{day.year:04d}-{day.month:02d}", relative=True
        )
    if unit in ("年", "世紀"):
        year = base.year + count * (100 if unit == "世紀" else 1)
        if not 1 <= year < 9999:
            return None
        return match.end(), interval(year_days(year), Precision.YEAR, f"{year:04d}", relative=True)
    if unit == "四半期":
        return match.end(), _quarter(count, context)
    if unit == "週間":
        return match.end(), interval(week_of(base, count), Precision.RANGE, relative=True)
    if unit == "日":
        day = base + timedelta(days=count)
        return match.end(), interval((day, day), Precision.DAY, day.isoformat(), relative=True)
    day = add_months(base, count)
    return match.end(), interval(
        month_days(day.year, day.month), Precision.MONTH, f"{day.year:04d}-{day.month:02d}", relative=True
    )


def quarter_alone(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read 第3四半期, 3Q, 2H without a year: of the fiscal year last said, else unresolved."""
    match = _QUARTER_ALONE.match(text, position)
    if match is None:
        return None
    half = match["h"] or match["h2"]
    quarter = 0 if half else number(match["q"] or match["q2"] or match["q3"])
    cumulative = match["cum"] or "累計" in match[0]
    label = f"H{half}" if half else f"Q1-Q{quarter}" if cumulative and quarter > 1 else f"Q{quarter}"
    precision = Precision.HALF if half else Precision.RANGE if cumulative else Precision.QUARTER
    last = context.last
    if last is None or not last.fiscal or last.precision != Precision.FISCAL_YEAR or "/" in last.fiscal:
        return match.end(), unresolved(precision, relative=True)
    if last.start is None:
        return match.end(), unresolved(precision, fiscal=last.fiscal + label, relative=True)
    if half:
        days = month_days(last.start.year, last.start.month + 6 * (int(half) - 1), 6)
    elif cumulative:
        days = month_days(last.start.year, last.start.month, 3 * quarter)
    else:
        days = quarter_days(last.start.year, quarter, last.start.month)
    return match.end(), interval(days, precision, fiscal=last.fiscal + label, relative=True)


def day_of_month(text: str, position: int, context: Context) -> tuple[int, Period] | None:
    """Read 8日 as a day of the month last said, else of the reference date's."""
    match = _DAY_OF_MONTH.match(text, position)
    base = context.day
    if match is None or base is None:
        return None
    day = day_or_none(base.year, base.month, int(match["d"]))
    return None if day is None else (match.end(), interval((day, day), Precision.DAY, day.isoformat(), relative=True))
